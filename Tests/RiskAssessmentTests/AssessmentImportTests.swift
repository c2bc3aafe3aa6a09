import Access
import Instruments
import Kernel
import Ledger
import People
import Retention
import Samples
import TestKit
import Testing

@testable import RiskAssessment

/// A store into which assessments of another system are loaded.
struct ImportStore {
    let store: TemporaryStore
    let desk: AssessmentDesk
    let loading: AssessmentImport
    static let loader = TestActor.practitioner("mia", roles: [.safeguardingPractitioner])

    static func open(_ body: (ImportStore) async throws -> Void) async throws {
        let store = try await TemporaryStore(RetentionSchema.migrations + PeopleSchema.migrations)
        do {
            let people = PeopleDesk(ledger: store.ledger)
            let desk = AssessmentDesk(ledger: store.ledger, library: try .bundled(), people: people, seed: 7)
            var loading = AssessmentImport(desk)
            loading.limits.batch = 3
            try await body(ImportStore(store: store, desk: desk, loading: loading))
            #expect(try await store.ledger.verify().faults == [])
        } catch {
            try await store.remove()
            throw error
        }
        try await store.remove()
    }

    func load(
        _ changes: [[String: String]], agency: String = "police", agreement: Identifier<SharingAgreement>? = nil,
        as actor: Actor = loader, onReject: (Intake.Fault, [String]) throws -> Void = { _, _ in }
    ) async throws -> Record<Intake> {
        var plan = AssessmentPlan(agency: agency, agreement: agreement, mapping: try ImportFiles.mapping())
        plan.teams = ["response a": "team-a"]
        return try await loading.load(
            ImportFiles.file(changes.map { ImportFiles.values($0) }), plan, as: actor, onReject: onReject)
    }

    /// What was brought in under a number.
    func held(_ number: String, of agency: String = "police") async throws -> Record<Assessment>? {
        let key = Assessment.importedKey(agency, number)
        return try await store.ledger.glance { reading in
            try RecordUpkeep.records(Assessment.self, index: Assessment.importedIndex, key: key, reading).first
        }
    }
}

@Suite("Assessments made in another system", .onEveryEngine)
struct AssessmentImportTests {
    @Test func `they come in with where they came from, and the same file again changes nothing`() async throws {
        try await ImportStore.open { house in
            let lines = (1...5).map { ["number": "OLD-\($0)", "occurrence": "CR/\($0)/24", "victim": "N-\($0)0"] }
            let first = try await house.load(lines)
            #expect(first.body.state == .done && first.body.counts.created == 5 && first.body.what == "assessments")
            let record = try #require(try await house.held("old-3"))
            let from = try #require(record.body.imported)
            #expect(record.owner == "police" && record.version == 1 && record.body.state == .agreed)
            #expect(from.number == "OLD-3" && from.line == 4 && from.by == "mia" && from.file == "old.csv")
            #expect(from.intake == first.id.text && record.body.team == "team-a")
            let again = try await house.load(lines)
            #expect(again.body.counts.unchanged == 5 && again.body.counts.created == 0)
            #expect(try await house.held("OLD-3")?.version == 1)
            let log = try await house.store.log()
            let made = log.filter { $0.kind == "risk.assessment" && $0.operation == .collection }
            #expect(made.count == 5 && made.allSatisfy { $0.user == "mia" && $0.purpose == "safeguarding" })
            #expect(log.contains { $0.kind == "people.intake" && $0.operation == .collection })
            #expect(!log.contains { "\($0)".contains("kill you") || "\($0)".contains("Esme") })
        }
    }

    @Test func `a line that says something else is a new version, unless somebody here went on with it`() async throws {
        try await ImportStore.open { house in
            _ = try await house.load([["awaiting": "yes", "agreed": ""], ["number": "OLD-2"]])
            let changed = try await house.load([["awaiting": "yes", "agreed": "", "fear": "Y"], ["number": "OLD-2"]])
            #expect(changed.body.counts.amended == 1 && changed.body.counts.unchanged == 1)
            let record = try #require(try await house.held("OLD-1"))
            #expect(record.version == 2 && record.body.answers.answer(to: "fear")?.reply == .yes)
            try await house.desk.review(
                record.id, .agreed, words: "Seen and agreed here.", as: AssessmentScene.sergeant)
            // Said again as it was: nothing to do. Said otherwise: what was done here stays.
            let same = try await house.load([["awaiting": "yes", "agreed": "", "fear": "Y"]])
            #expect(same.body.counts.unchanged == 1)
            let other = try await house.load([["awaiting": "yes", "agreed": "", "fear": "N"], ["number": "OLD-2"]])
            #expect(other.body.counts.rejected == 1 && other.body.faults.first?.line == 2)
            #expect(other.body.faults.first?.words.contains("worked on here") == true)
            #expect(try await house.held("OLD-1")?.body.state == .agreed)
        }
    }

    @Test func `nothing of the past waits on anybody's list but what still awaits a review`() async throws {
        try await ImportStore.open { house in
            _ = try await house.load([
                ["number": "A", "agreed": ""], ["number": "B", "agreed": "", "sent": ""],
                ["number": "C", "agreed": "", "awaiting": "yes"], ["number": "D"],
            ])
            #expect(try await house.desk.unsent(as: AssessmentScene.sergeant).isEmpty)
            let waiting = try await house.desk.waiting(as: AssessmentScene.sergeant)
            #expect(waiting.compactMap(\.record.body.imported?.number) == ["C"])
            // They count all the same: the one that nobody reviewed is found.
            let figures = try await house.desk.figures("standards", as: AssessmentScene.sergeant)
            let reviewed = figures.share(.standard(.supervision))
            #expect(figures.count == 3 && reviewed.count == 1 && reviewed.of == 3)
        }
    }

    @Test func `persons are found by number and never joined, and one without a number is somebody new`() async throws {
        try await ImportStore.open { house in
            _ = try await house.load([
                ["number": "A"], ["number": "B", "victim name": "Esme Other"], ["number": "C", "victim": ""],
                ["number": "D", "victim": "", "children names": "Nia; Wren"],
                [
                    "number": "E", "victim": "N-9", "victim name": "", "victim born": "", "suspect": "",
                    "suspect name": "",
                ],
                ["number": "F", "victim": "", "victim name": "", "victim born": "", "suspect": "", "suspect name": ""],
            ])
            var victims: [String: Identifier<Person>?] = [:]
            for number in ["A", "B", "C", "D", "E", "F"] {
                victims[number] = try await house.held(number)?.body.victim
            }
            #expect(victims["A"] == victims["B"] && victims["C"] != victims["A"] && victims["C"] != victims["D"])
            // A number that is not held and has no name is nobody's: it is said.
            #expect(victims["E"] == .some(nil) && victims["F"] == .some(nil))
            #expect(try await house.held("D")?.body.parties.map(\.capacity) == [.victim, .suspect, .child, .child])
            let person = try #require(victims["A"] ?? nil)
            let held = try await house.desk.people.person(person, as: ImportStore.loader)
            #expect(held.body.name == "Esme Ashgrove" && held.version == 1 && held.body.source?.number == "N-1")
            let again = try await house.load([["number": "C", "victim": ""], ["number": "G"]])
            #expect(again.body.counts.unchanged == 1 && again.body.counts.created == 1)
        }
    }

    @Test func `an occurrence that is held is named, and another is made once for its number`() async throws {
        try await ImportStore.open { house in
            let known = try await house.desk.people.create(
                Occurrence(
                    what: "domestic-abuse", reference: "CR/77/24",
                    from: try #require(PartialDate(year: 2026, month: 9, day: nil)),
                    summary: "Known before."), as: ImportStore.loader)
            _ = try await house.load([
                ["number": "A"], ["number": "B", "occurrence": "CR/78/24"], ["number": "C", "occurrence": "CR/78/24"],
                ["number": "D", "occurrence": ""], ["number": "E", "occurrence": "CR/78/24"],
            ])
            #expect(try await house.held("A")?.body.occurrence == known)
            let made = try #require(try await house.held("B")?.body.occurrence)
            for number in ["C", "E"] { #expect(try await house.held(number)?.body.occurrence == made) }
            #expect(try await house.held("D")?.body.occurrence != made)
            #expect(try await house.desk.people.record(made, as: ImportStore.loader).body.reference == "CR/78/24")
        }
    }

    @Test func `bad lines are left out with their reason and the good ones are taken whole`() async throws {
        try await ImportStore.open { house in
            var refused: [String] = []
            let done = try await house.load(
                [
                    ["number": "A"], ["number": "B", "sent": "31/02/2026"], ["number": "a", "fear": "Y"],
                    ["number": "D", "version": "3"], ["number": "E"], ["number": "F"],
                ], onReject: { fault, values in refused.append("\(fault.line) \(values[0])") })
            #expect(done.body.counts.created == 3 && done.body.counts.rejected == 3)
            #expect(refused == ["3 B", "4 a", "5 D"])
            #expect(done.body.faults[1].words == "Its number is that of line 2, which is taken")
            #expect(done.body.faults[2].words.contains("On the shelf: dash-2009 2009.1"))
            #expect(try await house.held("B") == nil)
            // Mostly useless: nothing of it is taken, and nothing is begun.
            let before = try await house.store.log().count
            let problem = await #expect(throws: Problem.self) {
                try await house.load([["number": "X", "sent": "x"], ["number": "Y", "sent": "x"], ["number": "Z"]])
            }
            #expect(problem?.message.contains("2 of 3 lines cannot be used, so nothing was loaded. Line 2:") == true)
            #expect(try await house.held("Z") == nil)
            #expect(try await house.store.log().count { $0.operation == .collection && $0.sequence > before } == 0)
        }
    }

    @Test func `whoever may not load learns nothing and writes nothing`() async throws {
        try await ImportStore.open { house in
            await #expect(throws: Problem.absent) {
                try await house.load([["number": "A"]], as: TestActor.practitioner())
            }
            let held = try await house.held("A")
            #expect(held == nil)
            let unshared = await #expect(throws: Problem.self) {
                try await house.load([["number": "A"]], agency: "council")
            }
            #expect(unshared?.fields.map(\.name) == ["agreement"])
        }
    }

    @Test func `what a partner shares goes whole when its agreement ends`() async throws {
        try await ImportStore.open { house in
            let intake = IntakeDesk(people: house.desk.people)
            let agreement = try await intake.agree(
                .init(
                    agency: "council", title: "DASH of the IDVA", basis: "children-47",
                    until: intake.today.adding(days: 30)), as: ImportStore.loader)
            _ = try await house.load([["number": "A"]], agency: "council", agreement: agreement)
            _ = try await house.load([["number": "A", "victim": "N-7"]])
            #expect(try await house.held("A", of: "council")?.body.imported?.until != nil)
            let retention = RetentionDesk(
                ledger: house.store.ledger, rules: try .bundled(),
                kinds: RetainedKinds([
                    RetainedKind(Person.self), RetainedKind(Occurrence.self), RetainedKind(Assessment.self),
                ]))
            house.store.clock.advance(seconds: 31 * 86_400)
            #expect(try await retention.sweep()?.expired == 4)
            #expect(try await house.held("A", of: "council") == nil)
            #expect(try await house.held("A") != nil)
        }
    }

    @Test func `copied words are found among what comes in, and in what was here before`() async throws {
        try await ImportStore.open { house in
            let words =
                "He stood by the stairs and said \"I will kill you\" to her on Tuesday while her sister Greta Holroyd "
                + "waited in the car with the engine running."
            _ = try await house.load([["number": "A", "Q17 words": words], ["number": "B", "Q17 words": words]])
            #expect(try await house.held("A")?.body.copied.isEmpty == true)
            let a = try #require(try await house.held("A"))
            #expect(try await house.held("B")?.body.copied.map(\.form) == [a.id.text])
            _ = try await house.load([
                ["number": "C", "Q17 words": words], ["number": "D", "officer": "F200", "Q17 words": words],
            ])
            #expect(try await house.held("C")?.body.copied.isEmpty == false)
            // What came later does not make the first one a copy when its grade is put right.
            _ = try await house.load([["number": "A", "Q17 words": words, "grade": "Medium"]])
            #expect(try await house.held("A")?.version == 2)
            #expect(try await house.held("A")?.body.copied.isEmpty == true)
            // Another officer's own first form.
            #expect(try await house.held("D")?.body.copied.isEmpty == true)
        }
    }

    @Test func `the columns of an agency are remembered`() async throws {
        try await ImportStore.open { house in
            #expect(try await house.loading.columns(of: "police", as: ImportStore.loader) == nil)
            let survey = try await house.loading.preview(
                ImportFiles.file([ImportFiles.values()]), try ImportFiles.mapping(), as: ImportStore.loader)
            #expect(survey.rows == 1 && survey.samples.first?.number == "OLD-1" && survey.refusal == nil)
            #expect(try await house.held("OLD-1") == nil)
            _ = try await house.load([[:]])
            let kept = try await house.loading.columns(of: "police", as: ImportStore.loader)
            let mapping = try ImportFiles.mapping()
            #expect(kept?.body.mapping == mapping)
        }
    }
}

@Suite("What the standards find of known defects, in a store")
struct ImportedQualityTests {
    @Test func `a file with known defects that was brought in is judged as the file is judged`() async throws {
        try await ImportStore.open { house in
            let month = try #require(Month("2026-06"))
            let (file, truth) = ImportFiles.sample(
                SampleAssessmentFile(seed: 3, from: month, months: 2, perMonth: 60, officers: 6))
            let mapping = AssessmentGuess.mapping(of: SampleAssessmentFile.header, try .bundled())
            var loading = house.loading
            loading.limits.batch = 50
            let done = try await loading.load(
                file, AssessmentPlan(agency: "police", agreement: nil, mapping: mapping), as: ImportStore.loader)
            #expect(done.body.counts.created == truth.assessments && done.body.faults == [])
            let judged = try await AssessmentJudging(try .bundled()).judge(file, mapping, at: house.store.ledger.now)
            let figures = try await house.desk.figures("standards", as: AssessmentScene.sergeant)
            #expect(figures.count == truth.assessments)
            for standard in QualityStandard.allCases {
                let share = figures.share(.standard(standard))
                #expect(share.count == judged.tally.all.met(standard), "\(standard)")
                #expect(share.of == judged.tally.all.judged(standard), "\(standard)")
            }
        }
    }
}
