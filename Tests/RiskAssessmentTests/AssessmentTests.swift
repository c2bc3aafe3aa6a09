import Access
import Foundation
import Instruments
import Kernel
import Ledger
import People
import TestKit
import Testing

@testable import RiskAssessment

@Suite("Assessments of risk", .onEveryEngine)
struct AssessmentTests {
    @Test
    func `it is begun once from an occurrence, and names its victim, suspect and child as the law keeps them apart`()
        async throws
    {
        try await AssessmentScene.open { scene in
            let id = try await scene.begin()
            #expect(try await scene.begin() == id)
            let body = try await scene.desk.assessment(id, as: AssessmentScene.officer).body
            #expect(body.reference == "CR/1042/26" && body.state == .draft && body.answers.instrument.id == "dash-2009")
            #expect(
                Set(body.subjects) == [
                    RecordSubject(person: scene.victim.text, capacity: .victim),
                    RecordSubject(person: scene.suspect.text, capacity: .suspect),
                    RecordSubject(person: scene.child.text, capacity: .child),
                ])
            let problem = await #expect(throws: Problem.self) {
                try await scene.desk.begin(
                    .init(
                        occurrence: scene.occurrence, instrument: "none", victim: nil, suspect: scene.suspect,
                        reportedAt: scene.now.adding(seconds: 60)), as: AssessmentScene.officer)
            }
            #expect(problem?.fields.map(\.name) == ["instrument", "victim", "reported"])
        }
    }

    @Test func `it keeps the team of whoever began it, and none where she is in several`() async throws {
        try await AssessmentScene.open { scene in
            let one = TestActor.practitioner(teams: ["response-a"])
            let id = try await scene.begin(as: one)
            let body = try await scene.desk.assessment(id, as: one).body
            #expect(body.team == "response-a" && body.district == nil && body.isWorkedHere)
            #expect(body.seen([]).team == "response-a")
            let two = TestActor.practitioner(teams: ["response-a", "domestic-abuse"])
            let other = try await scene.begin(as: two, instrument: "safelives-24")
            #expect(try await scene.desk.assessment(other, as: two).body.team == nil)
        }
    }

    @Test func `one that was kept before teams were known reads as it was`() async throws {
        try await AssessmentScene.open { scene in
            let id = try await scene.begin(as: TestActor.practitioner(teams: ["response-a"]))
            let body = try await scene.desk.assessment(id, as: AssessmentScene.officer).body
            var kept = try #require(
                try JSONSerialization.jsonObject(with: try JSONEncoder().encode(body)) as? [String: Any])
            #expect(kept.removeValue(forKey: "team") != nil)
            kept["district"] = nil
            let read = try JSONDecoder().decode(
                Assessment.self, from: try JSONSerialization.data(withJSONObject: kept))
            #expect(read.team == nil && read.district == nil && read.imported == nil && read.events == body.events)
        }
    }

    @Test func `each answer is saved as it is given, an earlier one stays, and one that came twice counts once`()
        async throws
    {
        try await AssessmentScene.open { scene in
            let id = try await scene.begin()
            try await scene.answer(id, "injury", .no)
            try await scene.answer(id, "injury", .no)
            try await scene.answer(id, "injury", .yes, words: "A cut on the hand.", seen: 1)
            let record = try await scene.desk.assessment(id, as: AssessmentScene.officer)
            #expect(record.version == 3 && record.body.times("injury") == 2)
            #expect(record.body.answers.answer(to: "injury")?.words == "A cut on the hand.")
            let wrong = await #expect(throws: Problem.self) { try await scene.answer(id, "fear", .notAsked) }
            #expect(wrong?.fields.map(\.message) == ["Say why it was not asked."])
            let entries = try await scene.store.log().filter { $0.kind == "risk.assessment" }
            #expect(entries.count { $0.operation == .alteration && $0.wasAllowed } == 2)
            #expect(!entries.contains { "\($0)".contains("cut on") })
        }
    }

    @Test func `two devices may answer different questions at once, and the same question never over each other`()
        async throws
    {
        try await AssessmentScene.open { scene in
            let id = try await scene.begin()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for question in ["injury", "fear", "isolation", "separation"] {
                    group.addTask { try await scene.answer(id, question, .no) }
                }
                try await group.waitForAll()
            }
            let body = try await scene.desk.assessment(id, as: AssessmentScene.officer).body
            #expect(Set(body.answers.given.map(\.question)) == ["injury", "fear", "isolation", "separation"])
            await #expect(throws: Overtaken.self) {
                try await scene.answer(id, "injury", .yes, words: "Mine", as: AssessmentScene.other)
            }
            #expect(try await scene.desk.assessment(id, as: AssessmentScene.officer).body.answers.given.count == 4)
        }
    }

    @Test func `a set that an answer calls for comes right after it, and once for each child`() async throws {
        try await AssessmentScene.open { scene in
            let id = try await scene.begin()
            try await scene.answer(id, "children", .yes, words: "Kofi, 9.")
            var body = try await scene.desk.assessment(id, as: AssessmentScene.officer).body
            let version = try scene.desk.version(of: body)
            #expect(body.next(after: "children", round: 1, in: version)?.question.id == "child-there")
            try await scene.answer(id, "child-there", .yes, words: "Upstairs.")
            try await scene.answer(id, "child-there", .no, round: 2)
            body = try await scene.desk.assessment(id, as: AssessmentScene.officer).body
            #expect(body.steps(in: version).filter { $0.set == "child" }.map(\.round).max() == 2)
            #expect(body.steps(in: version).count == version.questions.count + 14)
            await #expect(throws: Problem.self) { try await scene.answer(id, "injury", .no, round: 2) }
        }
    }

    @Test func `it reads back in the version in which it was asked when a newer one has come`() async throws {
        try await AssessmentScene.open { scene in
            let folder = scene.store.folder.appendingPathComponent("forms", isDirectory: true)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            func desk(_ version: String, from day: String, label: String) throws -> AssessmentDesk {
                let text = Self.form.replacing("VERSION", with: version).replacing("FROM", with: day)
                    .replacing("LABEL", with: label)
                try Data(text.utf8).write(to: folder.appendingPathComponent("form-\(version).yaml"))
                return AssessmentDesk(
                    ledger: scene.store.ledger, library: try .bundled(with: folder), people: scene.people, seed: 1)
            }
            let old = try desk("1", from: "2020-01-01", label: "As first asked")
            let beginning = AssessmentDesk.Beginning(
                occurrence: scene.occurrence, instrument: "local-form", victim: scene.victim, reportedAt: scene.now)
            let id = try await old.begin(beginning, as: AssessmentScene.officer)
            try await old.answer(
                Answer(to: "one", .yes, words: "Said", at: scene.now), seen: 0, in: id, as: AssessmentScene.officer)
            let new = try desk("2", from: "2021-01-01", label: "As asked now")
            let body = try await new.assessment(id, as: AssessmentScene.officer).body
            #expect(try new.library.shelf.reading(body.answers).lines.map(\.label) == ["As first asked"])
            #expect(
                new.library.shelf.inForce("local-form", on: body.day)?.question("one")?.label.text == "As asked now")
            // Without its file the answers are kept and it says what to do.
            let lost = await #expect(throws: Problem.self) {
                try await scene.desk.answer(
                    Answer(to: "one", .no, at: scene.now), seen: 1, in: id, as: AssessmentScene.officer)
            }
            #expect(lost?.code == .unavailable && lost?.next.contains("The answers are kept") == true)
        }
    }

    private static let form = """
        id: local-form
        version: "VERSION"
        title: A local form
        standing: local
        from: FROM
        use: Here
        source: Ours
        languages: [en]
        topics: 1
        sections:
          - id: a
            title: A
            questions:
              - {id: one, number: 1, label: LABEL}
        grades:
          - {id: high, label: High, meaning: Much}
        """

    @Test func `another agency finds none of it, and a party to it neither`() async throws {
        try await AssessmentScene.open { scene in
            let id = try await scene.begin()
            await #expect(throws: Problem.absent) {
                try await scene.desk.assessment(id, as: AssessmentScene.housing)
            }
            await #expect(throws: Problem.absent) {
                try await scene.answer(id, "injury", .no, as: AssessmentScene.housing)
            }
            await #expect(throws: Problem.absent) { try await scene.begin(as: AssessmentScene.housing) }
            #expect(try await scene.desk.unsent(as: AssessmentScene.housing).isEmpty)
            #expect(try await scene.desk.about(scene.occurrence, as: AssessmentScene.housing).isEmpty)
            // Whoever asks the log who saw anything about the child finds it too.
            var query = AuditQuery(limit: 1000)
            query.person = scene.child.text
            let seen = try await scene.store.ledger.audit(query, as: TestActor.privacy)
            #expect(seen.contains { $0.record == id.text })
        }
    }

    @Test func `whoever sees no narrative sees that it is there and no answer, grade or word`() async throws {
        try await AssessmentScene.open { scene in
            let id = try await scene.begin()
            try await scene.answer(id, "injury", .yes, words: "zqcut")
            try await scene.graded(id)
            let keeper = TestActor.police([.recordsManager])
            let seen = try await scene.desk.assessment(id, as: keeper).body
            #expect(seen.answers.given.isEmpty && seen.grading == nil && seen.parties.count == 3)
            #expect(seen.answers.instrument.id == "dash-2009" && seen.place == nil)
        }
    }
}
