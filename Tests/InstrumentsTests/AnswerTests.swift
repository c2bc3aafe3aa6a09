import Foundation
import Kernel
import Reference
import Testing

@testable import Instruments

/// A form being filled in at the door, for tests.
struct Doorstep {
    let version: InstrumentVersion
    let day = Day(daysSince1970: 20_782)
    let now = Moment(milliseconds: 20_782 * 86_400_000 + 43_200_000)

    init(_ id: String = "dash-2009") throws {
        version = try #require(try InstrumentShelf.bundled().inForce(id, on: day))
    }

    func answer(_ question: String, _ reply: Answer.Reply, _ words: String = "", choice: String? = nil) -> Answer {
        Answer(
            to: question, reply, choice: choice, reason: reply == .notAsked ? "She was not there" : "", words: words,
            at: now)
    }

    /// Every topic answered no, but for those given.
    func answers(_ yes: [String: String] = [:]) -> AnswerSet {
        var answers = AnswerSet(to: version.key)
        for question in version.questions {
            if let words = yes[question.id] {
                answers.give(answer(question.id, question.kind == .text ? .written : .yes, words))
            } else {
                answers.give(answer(question.id, question.kind == .text ? .declined : .no))
            }
        }
        return answers
    }
}

@Suite("Answers to an instrument")
struct AnswerTests {
    @Test func `no, not known, declined and not asked are four things, and none is counted as a yes`() throws {
        let door = try Doorstep()
        var answers = AnswerSet(to: door.version.key)
        answers.give(door.answer("injury", .yes, "a cut above the eye"))
        answers.give(door.answer("fear", .no))
        answers.give(door.answer("isolation", .notKnown))
        answers.give(door.answer("victim-low", .declined))
        answers.give(door.answer("separation", .notAsked))
        let score = try #require(door.version.scores(of: answers).first)
        #expect(score.value == 1 && score.outOf == 27)
        #expect(score.inWords == "1 of 27; 1 not known, 1 declined, 23 not asked")
    }

    @Test func `on a scale of how often, never does not count and once does`() throws {
        let door = try Doorstep("frequency-scaled")
        var answers = AnswerSet(to: door.version.key)
        answers.give(door.answer("isolation", .chosen, choice: "never"))
        answers.give(door.answer("money", .chosen, choice: "once"))
        #expect(door.version.scores(of: answers).first?.value == 1)
    }

    @Test func `of two answers to one question the last stands and the first is kept`() throws {
        let door = try Doorstep()
        var answers = AnswerSet(to: door.version.key)
        answers.give(door.answer("fear", .no))
        answers.give(door.answer("fear", .yes, "of him coming back"))
        #expect(answers.standing.map(\.reply) == [.yes] && answers.given.count == 2)
    }

    @Test(arguments: [
        ("fear", Answer.Reply.yes, "", nil, ""), ("fear", .notAsked, "", nil, "Say why it was not asked."),
        ("fear", .written, "words", nil, "Choose an answer as well as writing words."),
        ("what-is-feared", .yes, "", nil, "Yes and no do not fit here."),
        ("what-is-feared", .written, " ", nil, "Write what was said."),
        ("fear", .chosen, "", "often", "Choose one of the values of the scale."),
        ("moon", .yes, "", nil, "dash-2009 2009.1 has no question “moon”. Choose one of its questions."),
    ])
    func `what cannot be taken says what to do`(
        question: String, reply: Answer.Reply, words: String, choice: String?, sentence: String
    ) throws {
        let door = try Doorstep()
        let answer = Answer(to: question, reply, choice: choice, words: words, at: door.now)
        #expect((door.version.refusal(of: answer)?.sentence ?? "") == sentence)
    }

    @Test func `a yes to stalking calls for its set, and a set of children is answered once for each`() throws {
        let door = try Doorstep()
        let answers = door.answers(["stalking": "follows her home", "children": "two sons"])
        #expect(door.version.followUps(calledForBy: answers).map(\.id) == ["stalking", "child"])
        #expect(door.version.refusal(of: Answer(to: "child-saw", round: 2, .yes, at: door.now)) == nil)
        #expect(door.version.refusal(of: Answer(to: "stalking-fear", round: 2, .yes, at: door.now)) != nil)
    }

    @Test func `answers keep their version for ever and read in it after a newer one came`() throws {
        let old = (name: "1.yaml", text: InstrumentShelfTests.sound)
        let new = (
            name: "2.yaml",
            text: old.text.replacingOccurrences(of: "\"1.0\"", with: "\"2.0\"").replacingOccurrences(
                of: "2020-01-01", with: "2025-01-01"
            ).replacingOccurrences(of: "First", with: "Asked otherwise")
        )
        let before = try InstrumentShelf(files: [old])
        let key = try #require(before.instrument("own")?.versions.first?.key)
        let at = Moment(milliseconds: 0)
        var answers = AnswerSet(to: key, [Answer(to: "a", .yes, words: "so it was", at: at)])
        answers.give(Answer(to: "gone", .declined, at: at))
        let kept = try JSONDecoder().decode(AnswerSet.self, from: JSONEncoder().encode(answers))
        #expect(kept == answers)
        let after = try InstrumentShelf(files: [new, old])
        #expect(after.inForce("own", on: Day(daysSince1970: 20_782))?.version == "2.0")
        let reading = try after.reading(kept)
        #expect(reading.lines.map(\.label) == ["First", "Second", "Third", "gone"])
        #expect(reading.lines.map(\.reply) == ["Yes", "No answer", "No answer", "Declined to answer"])
        #expect(reading.lines.last?.question == nil)
        #expect(throws: Problem.self) { try InstrumentShelf(files: [new]).reading(kept) }
    }

    @Test func `a whole version can be kept as a record and reads back the same`() throws {
        for version in try InstrumentShelf.bundled().instruments.flatMap(\.versions) {
            let kept = try JSONDecoder().decode(InstrumentVersion.self, from: JSONEncoder().encode(version))
            #expect(kept == version)
        }
    }

    @Test func `a partner's list reads after the force changed to another instrument`() throws {
        let door = try Doorstep("safelives-24")
        let reading = try InstrumentShelf.bundled().reading(door.answers(["fear": "of the car outside"]))
        #expect(reading.lines.filter { $0.reply == "Yes" }.map(\.label) == ["Fear"])
        #expect(reading.scores.first?.inWords == "1 of 24; 1 declined")
    }
}

@Suite("Concerns that answers raise")
struct ConcernTests {
    private func concerns(_ yes: [String], earlier: [Int] = []) throws -> [String] {
        let door = try Doorstep()
        let answers = door.answers(Dictionary(uniqueKeysWithValues: yes.map { ($0, "words") }))
        return try ConcernRules.bundled().concerns(
            in: answers, door.version, earlier: earlier.map { door.day.adding(days: -$0) }, on: door.day
        ).map(\.id)
    }

    @Test(
        arguments: [
            ([], []), (["separation"], []), (["stalking"], []),
            (["stalking", "separation"], ["stalking-after-separation"]),
            (["strangulation"], ["strangulation"]),
            (["threats-to-kill", "weapons"], ["threats-to-kill", "threats-with-means"]),
            (["perpetrator-suicide", "separation", "control"], ["suicide-threats", "suicide-and-separation"]),
            (["breach"], ["breach"]), (["injury"], []),
        ] as [([String], [String])])
    func `a critical combination raises one`(yes: [String], expected: [String]) throws {
        #expect(try concerns(yes) == expected)
    }

    @Test func `fourteen answers that count raise one and thirteen do not`() throws {
        let calm = [
            "injury", "fear", "isolation", "victim-low", "child-contact", "pregnancy", "children", "frequency",
            "severity", "control", "animals", "money", "criminal-history",
        ]
        #expect(try concerns(calm) == [])
        #expect(try concerns(calm + ["others-threaten"]) == ["fourteen-yes"])
    }

    @Test func `the third event in twelve months raises one, and one a year ago to the day is too long ago`() throws {
        #expect(try concerns([], earlier: [20]) == [])
        #expect(try concerns([], earlier: [20, 364]) == ["three-in-twelve-months"])
        #expect(try concerns([], earlier: [20, 365]) == [])
    }

    @Test func `a concern names its questions and its source, and no grade`() throws {
        let door = try Doorstep()
        let found = try ConcernRules.bundled().concerns(
            in: door.answers(["stalking": "x", "separation": "y"]), door.version, on: door.day)
        let concern = try #require(found.first)
        #expect(concern.questions == ["stalking", "separation"] && !concern.isConfirmed)
        for rule in try ConcernRules.bundled().combinations {
            for grade in door.version.grades {
                #expect(!rule.value.says.lowercased().contains("is \(grade.id)"))
            }
        }
    }

    @Test func `a rule about an unknown topic is refused with its line`() throws {
        let yaml = """
            topics: [{id: a, title: A}]
            combinations:
              - {id: x, from: 2020-01-01, all: [b], says: s, source: s}
            conventions:
              - {id: y, from: 2020-01-01, instruments: [i], score: s, minimum: 0, says: s, source: s}
            escalations:
              - {id: z, from: 2020-01-01, events: 3, months: 12, says: s}
            """
        let error = #expect(throws: DefinitionMistakes.self) { try ConcernRules(yaml: yaml, name: "own.yaml") }
        #expect(error?.mistakes.map(\.line) == [3, 5, 7])
    }
}
