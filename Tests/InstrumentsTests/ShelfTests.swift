import Foundation
import Kernel
import Reference
import Testing

@testable import Instruments

@Suite("Instruments that come with the house")
struct BundledInstrumentTests {
    private let today = Day(daysSince1970: 20_782)

    @Test(arguments: [
        ("dash-2009", 27, InstrumentVersion.Standing.published), ("safelives-24", 24, .published),
        ("frequency-scaled", 18, .unofficial), ("thrive", 6, .published),
    ])
    func `each has the number of topics it is known for`(
        id: String, topics: Int, standing: InstrumentVersion.Standing
    ) throws {
        let version = try #require(try InstrumentShelf.bundled().inForce(id, on: today))
        #expect(version.topics.count == topics)
        #expect(version.topics.compactMap(\.number) == Array(1...topics))
        #expect(version.standing == standing)
        #expect(try ConcernRules.bundled().unknownTopics(of: version) == [])
    }

    @Test func `DASH asks the supplementary sets of stalking, honour and each child`() throws {
        let dash = try #require(try InstrumentShelf.bundled().inForce("dash-2009", on: today))
        #expect(dash.followUpSets.map(\.id) == ["stalking", "honour", "child"])
        #expect(dash.followUpSet("stalking")?.questions.count == 11)
        #expect(dash.followUpSet("child")?.isRepeated == true)
        let calling = dash.topics.filter { !$0.followUps.isEmpty }
        #expect(calling.compactMap(\.number) == [4, 8, 10, 20])
        #expect(dash.topics[16].topics == ["threats-to-kill"] && dash.topics[17].topics == ["strangulation"])
    }

    @Test func `the partners' list is the police list without its three topics on children`() throws {
        let shelf = try InstrumentShelf.bundled()
        let (police, partners) = (shelf.inForce("dash-2009", on: today), shelf.inForce("safelives-24", on: today))
        let children = ["children", "children-hurt", "children-threatened"]
        #expect(police?.topics.map(\.id).filter { !children.contains($0) } == partners?.topics.map(\.id))
    }

    @Test func `what is not confirmed says so, and the successor says that it is unofficial`() throws {
        let shelf = try InstrumentShelf.bundled()
        let dash = try #require(shelf.inForce("dash-2009", on: today))
        #expect(dash.topics.filter(\.isConfirmed).compactMap(\.number) == Array(1...11))
        #expect(shelf.inForce("frequency-scaled", on: today)?.notes.first?.hasPrefix("† Unofficial") == true)
    }

    @Test func `every heading and topic of DASH can be read in Welsh`() throws {
        let dash = try #require(try InstrumentShelf.bundled().inForce("dash-2009", on: today))
        #expect(dash.languages == ["en", "cy"])
        for wording in dash.sections.map(\.title) + dash.followUpSets.map(\.title) + dash.topics.map(\.label) {
            #expect(wording.isTranslated(into: "cy"), "\(wording.text)")
        }
        #expect(dash.sections.map { $0.title.text(in: "cy") }.contains("Plant a dibynyddion"))
        #expect(dash.followUpSets[0].questions[0].label.text(in: "cy") == "Very frightened")
    }
}

@Suite("The shelf of instruments")
struct InstrumentShelfTests {
    static let sound = """
        id: own
        version: "1.0"
        title: Our form
        standing: local
        from: 2020-01-01
        use: At the door.
        source: Ourselves
        topics: 2
        sections:
          - id: one
            title: One
            questions:
              - {id: a, number: 1, label: First, followUps: [more]}
              - {id: b, number: 2, label: Second, kind: scale, scale: how-often, critical: true, names: a thing}
        scales:
          - {id: how-often, values: [{id: never, label: Never}, {id: often, label: Often, counts: true}]}
        followUpSets:
          - {id: more, title: More, source: Ourselves, questions: [{id: c, label: Third, kind: text}]}
        """

    @Test func `a force adds its own wording in a folder, without code`() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("instruments-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try Self.sound.write(to: folder.appendingPathComponent("own.yaml"), atomically: true, encoding: .utf8)
        try "not read".write(to: folder.appendingPathComponent("README.txt"), atomically: true, encoding: .utf8)
        let shelf = try InstrumentShelf.bundled(with: folder)
        #expect(shelf.instrument("own")?.versions.first?.questions.map(\.id) == ["a", "b"])
        #expect(shelf.instrument("dash-2009") != nil)
        #expect(throws: Problem.self) { try InstrumentShelf.bundled(with: folder.appendingPathComponent("nowhere")) }
    }

    private func dated(_ version: String, _ from: String, until: String? = nil) -> (name: String, text: String) {
        let text = Self.sound.replacingOccurrences(of: "\"1.0\"", with: "\"\(version)\"").replacingOccurrences(
            of: "from: 2020-01-01", with: "from: \(from)" + (until.map { "\nuntil: \($0)" } ?? ""))
        return ("own-\(version).yaml", text)
    }

    @Test func `the newest that holds is in force, and an older one is readable for ever`() throws {
        let shelf = try InstrumentShelf(files: [
            dated("1.0", "2020-01-01", until: "2024-01-01"), dated("2.0", "2023-06-01"), dated("3.0", "2030-01-01"),
        ])
        func inForce(_ day: String) throws -> String? {
            shelf.inForce("own", on: try #require(Day(day)))?.version
        }
        #expect(try inForce("2019-12-31") == nil)
        #expect(try inForce("2023-05-31") == "1.0")
        #expect(try inForce("2023-06-01") == "2.0")
        #expect(try inForce("2026-11-25") == "2.0")
        #expect(shelf.version(InstrumentVersion.Key(id: "own", version: "1.0")) != nil)
    }

    @Test func `THRIVE alone comes for the call, and a file that says nothing is for the response`() throws {
        let shelf = try InstrumentShelf.bundled()
        let forCalls = shelf.instruments.flatMap(\.versions).filter { $0.stage == .call }
        #expect(forCalls.map(\.id) == ["thrive"])
        let own = try InstrumentShelf.check(Self.sound, name: "own.yaml")
        #expect(own.stage == .response)
        let text = Self.sound.replacingOccurrences(of: "use: At the door.", with: "for: call\nuse: By telephone.")
        let moved = try InstrumentShelf.check(text, name: "own.yaml")
        #expect(moved.stage == .call)
    }

    @Test func `two files may claim one version only when they say the same`() throws {
        let same = try InstrumentShelf(files: [("a.yaml", Self.sound), ("b.yaml", "# a copy\n" + Self.sound)])
        #expect(same.instrument("own")?.versions.count == 1)
        let error = #expect(throws: DefinitionMistakes.self) {
            try InstrumentShelf(files: [
                ("a.yaml", Self.sound), ("b.yaml", Self.sound.replacingOccurrences(of: "Second", with: "Other")),
            ])
        }
        #expect(error?.mistakes.map(\.file) == ["b.yaml"])
        #expect(error?.description.contains("own 1.0 is in “a.yaml” too") == true)
    }

    @Test(arguments: [
        ("id: own\n", "id: Own form\n", 1, "no id"), ("\"1.0\"", "v1", 2, "no version"),
        ("standing: local", "standing: mine", 4, "published, unofficial, local"),
        ("use: At the door.", "for: door\nuse: At the door.", 6, "call, response"),
        ("from: 2020-01-01", "from: 2020-02-30", 5, "not a day"),
        ("topics: 2", "topics: 3", 8, "says 3, and there are 2"),
        ("label: First", "lable: First", 13, "lable"), ("number: 2", "number: 3", 14, "where number 2 is due"),
        ("id: b, number", "id: a, number", 14, "there twice"),
        ("followUps: [more]", "followUps: [others]", 13, "no follow-up set “others”"),
        ("scale: how-often, critical", "scale: seldom, critical", 14, "no scale “seldom”"),
        (", names: a thing", "", 14, "“names”"), (", counts: true", "", 16, "some values count"),
        ("id: c, label", "id: a, label", 18, "there twice"), ("source: Ourselves\ntopics", "topics", 1, "“source”"),
        ("kind: text", "kind: poem", 18, "yes-no, scale, text"),
    ])
    func `a mistake is told with its line`(right: String, wrong: String, line: Int, words: String) throws {
        try #require(Self.sound.contains(right))
        let text = Self.sound.replacingOccurrences(of: right, with: wrong)
        let error = #expect(throws: DefinitionMistakes.self) { try InstrumentShelf.check(text, name: "own.yaml") }
        let found = error?.mistakes.contains {
            $0.line == line && $0.message.contains(words) && $0.file == "own.yaml"
        }
        #expect(found == true, "\(String(describing: error))")
    }

    @Test func `several mistakes are told at once, and so is what is no YAML`() throws {
        let text = Self.sound.replacingOccurrences(of: "label: First", with: "label: ''")
            .replacingOccurrences(of: "from: 2020-01-01", with: "from: soon")
            .replacingOccurrences(of: "kind: text", with: "kind: poem")
        let error = #expect(throws: DefinitionMistakes.self) { try InstrumentShelf.check(text, name: "own.yaml") }
        #expect(error?.mistakes.map(\.line) == [5, 13, 18])
        let torn = #expect(throws: DefinitionMistakes.self) {
            try InstrumentShelf.check("id: a\ntitle: [b\n", name: "torn.yaml")
        }
        #expect(torn?.mistakes.count == 1)
        let twice = #expect(throws: DefinitionMistakes.self) {
            try InstrumentShelf.check("version: '1'\nid: a\nid: b\n", name: "twice.yaml")
        }
        #expect(twice?.mistakes.first.map { $0.line > 1 } == true, "\(String(describing: twice))")
    }
}

@Suite("A force's own folder")
struct InstrumentLibraryTests {
    private func folder(_ files: [String: String], _ body: (URL) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("library-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        for (name, text) in files {
            try text.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
        }
        try body(folder)
    }

    private static let concerns = """
        topics: [{id: breach, title: Breach}]
        combinations: [{id: own, from: 2020-01-01, all: [breach], says: Look at it., source: ours}]
        conventions: [{id: ten, from: 2020-01-01, instruments: [dash-2009], score: yes-count, minimum: 10, says: s, source: ours}]
        escalations: [{id: two, from: 2020-01-01, events: 2, months: 6, says: s, source: ours}]
        """

    @Test func `rules in it take the place of ours, and instruments are added to ours`() throws {
        try folder(["own.yaml": InstrumentShelfTests.sound, "concerns.yaml": Self.concerns]) { folder in
            let library = try InstrumentLibrary.bundled(with: folder)
            #expect(library.concerns.combinations.map(\.value.id) == ["own"])
            #expect(library.quality.details.count == (try QualityRules.bundled()).details.count)
            #expect(library.shelf.instrument("own") != nil && library.shelf.instrument("thrive") != nil)
            #expect(library.shelf.instrument("concerns") == nil)
        }
    }

    @Test func `mistakes of all its files are told at once`() throws {
        let files = [
            "own.yaml": InstrumentShelfTests.sound.replacingOccurrences(of: "kind: text", with: "kind: poem"),
            "concerns.yaml": Self.concerns.replacingOccurrences(of: "all: [breach]", with: "all: [moon]"),
            "quality.yaml": "standards: [",
        ]
        try folder(files) { folder in
            let error = #expect(throws: DefinitionMistakes.self) { try InstrumentLibrary.bundled(with: folder) }
            #expect(error?.mistakes.map(\.file) == ["concerns.yaml", "own.yaml", "quality.yaml"])
        }
    }

    @Test(arguments: ["on*", "st*ng", "*ed", "k*"])
    func `a star that would find half the language is refused`(cue: String) {
        let text = """
            details: [{id: a, missing: m, unsaid: u, cues: ["\(cue)"], from: 2020-01-01, source: s}]
            """
        let error = #expect(throws: DefinitionMistakes.self) {
            try InstrumentLibrary.check(text, name: "ours/quality.yaml")
        }
        #expect(error?.mistakes.contains { $0.message.contains("“\(cue)”") } == true)
    }
}
