import Access
import Instruments
import Kernel
import Ledger
import People
import TestKit
import Testing

@testable import RiskAssessment

@Suite("Grading, sending and reviewing an assessment", .onEveryEngine)
struct SendingTests {
    private static let threat = "He said \"I will kill you\" to her last night."

    @Test func `every pair of state and step goes where the table says and nowhere else`() {
        let steps: [Assessment.State: [Assessment.Event.What: Assessment.State]] = [
            .draft: [.sent: .sent], .returned: [.sent: .sent], .reopened: [.sent: .sent],
            .sent: [.agreed: .agreed, .returned: .returned, .reopened: .reopened], .agreed: [.reopened: .reopened],
        ]
        for state in Assessment.State.allCases {
            for what in Assessment.Event.What.allCases {
                #expect(Assessment.next(state, what) == steps[state]?[what], "\(state) \(what)")
            }
        }
    }

    @Test func `a concern asks for words below the gravest grade, and never changes the grade`() async throws {
        try await AssessmentScene.open { scene in
            let id = try await scene.begin()
            try await scene.fill(id, yes: ["threats-to-kill": Self.threat])
            let silent = await #expect(throws: Problem.self) { try await scene.graded(id) }
            #expect(silent?.fields.map(\.name) == ["against"])
            try await scene.graded(id, against: "It was said in drink and taken back. Question 17 was weighed.")
            let body = try await scene.desk.assessment(id, as: AssessmentScene.officer).body
            #expect(body.grading?.given.grade == "standard" && body.grading?.weighed == ["threats-to-kill"])
            #expect(body.grading?.against.contains("taken back") == true)
            try await scene.graded(id, "high", reason: "Question 17, threats to kill, and she believes that he will.")
            #expect(
                try await scene.desk.assessment(id, as: AssessmentScene.officer).body.grading?.against.isEmpty == true)
        }
    }

    @Test func `three events of the same two people in twelve months raise a concern, and one of others does not`()
        async throws
    {
        try await AssessmentScene.open { scene in
            for (days, number) in [(30, "CR/1"), (400, "CR/2")] {
                _ = try await AssessmentScene.occurrence(
                    scene.people, [(scene.victim, .victim), (scene.suspect, .suspect)], daysAgo: days, number,
                    scene.store)
            }
            _ = try await AssessmentScene.occurrence(
                scene.people, [(scene.victim, .victim)], daysAgo: 20, "CR/3", scene.store)
            let id = try await scene.begin()
            let read = { try await scene.desk.assessment(id, as: AssessmentScene.officer).body }
            #expect(try await scene.desk.concerns(in: read(), as: AssessmentScene.officer).isEmpty)
            _ = try await AssessmentScene.occurrence(
                scene.people, [(scene.victim, .victim), (scene.suspect, .suspect)], daysAgo: 60, "CR/4", scene.store)
            let raised = try await scene.desk.concerns(in: read(), as: AssessmentScene.officer)
            #expect(raised.map(\.id) == ["three-in-twelve-months"])
        }
    }

    @Test func `what is thin is said exactly, and is sent with a reason for each standard or not at all`()
        async throws
    {
        try await AssessmentScene.open { scene in
            let id = try await scene.begin()
            try await scene.fill(id, yes: ["threats-to-kill": ""])
            try await scene.graded(
                id, "high", reason: "Question 17: a threat to kill, and she fears that he means what he says.")
            let record = try await scene.desk.assessment(id, as: AssessmentScene.officer)
            let ready = try await scene.desk.readiness(of: record, as: AssessmentScene.officer)
            #expect(!ready.isReady)
            #expect(
                ready.ledger.feedback(at: .submission).map(\.sentence) == [
                    "Question 17, Threats to kill. You recorded a threat to kill and no words said, to whom or when."
                ])
            let stopped = await #expect(throws: Problem.self) {
                try await scene.desk.send(id, overriding: [:], as: AssessmentScene.officer)
            }
            #expect(stopped?.fields.map(\.name) == ["override-context"])
            #expect(try await scene.state(id) == .draft)
            try await scene.desk.send(
                id, overriding: [.context: "She would not repeat it.", .voice: "Not needed"],
                as: AssessmentScene.officer)
            let sent = try await scene.desk.assessment(id, as: AssessmentScene.officer).body
            #expect(sent.state == .sent && sent.overrides.map(\.standard) == [.context])
            await #expect(throws: Problem.self) { try await scene.answer(id, "injury", .yes, seen: 1) }
            #expect(try await scene.desk.quality(of: sent, copied: [])[.context]?.outcome == .notMet)
        }
    }

    @Test func `a concern raised after the grade sends her back to the grade, and without a grade it is not sent`()
        async throws
    {
        try await AssessmentScene.open { scene in
            let id = try await scene.begin()
            try await scene.fill(id)
            let none = await #expect(throws: Problem.self) {
                try await scene.desk.send(
                    id, overriding: [.rationale: "x", .consistency: "x"], as: AssessmentScene.officer)
            }
            #expect(none?.fields.first?.message == "Give a grade before you send it.")
            try await scene.graded(id)
            try await scene.answer(id, "strangulation", .yes, words: "He held her neck today.", seen: 1)
            let later = await #expect(throws: Problem.self) {
                try await scene.desk.send(
                    id, overriding: [.context: "x", .consistency: "x"], as: AssessmentScene.officer)
            }
            #expect(later?.fields.map(\.name).contains("grade") == true)
        }
    }

    @Test
    func `a supervisor sees what waits by concern and clock, returns it, and it comes back; nobody reviews her own`()
        async throws
    {
        try await AssessmentScene.open { scene in
            let low = try await scene.begin()
            try await scene.fill(low)
            try await scene.graded(low)
            try await scene.desk.send(low, overriding: [:], as: AssessmentScene.officer)
            scene.store.clock.advance(seconds: 3600)
            let second = try await AssessmentScene.occurrence(
                scene.people, [(scene.victim, .victim), (scene.suspect, .suspect)], daysAgo: 0, "CR/9", scene.store)
            let high = try await scene.begin(second)
            try await scene.fill(high, yes: ["threats-to-kill": Self.threat])
            try await scene.graded(
                high, "high", reason: "Question 17: a threat to kill, and she fears that he means what he says.")
            try await scene.desk.send(high, overriding: [:], as: AssessmentScene.officer)
            let waiting = try await scene.desk.waiting(as: AssessmentScene.sergeant)
            #expect(waiting.map(\.record.id) == [high, low])
            #expect(waiting[0].due == scene.now.adding(seconds: 24 * 3600) && !waiting[0].isLate(at: scene.now))
            #expect(try await scene.desk.waiting(as: AssessmentScene.housing).isEmpty)
            await #expect(throws: Problem.absent) {
                try await scene.desk.review(low, .agreed, words: "Good", as: AssessmentScene.other)
            }
            let both = TestActor.practitioner(roles: [.responseOfficer, .supervisor])
            await #expect(throws: Problem.self) { try await scene.desk.review(low, .agreed, words: "Good", as: both) }
            let silent = await #expect(throws: Problem.self) {
                try await scene.desk.review(low, .returned, words: " ", as: AssessmentScene.sergeant)
            }
            #expect(silent?.fields.map(\.name) == ["words"])
            try await scene.desk.review(
                low, .returned, words: "Say who else lives there.", as: AssessmentScene.sergeant)
            #expect(try await scene.state(low) == .returned)
            try await scene.answer(low, "injury", .notKnown, seen: 1)
            try await scene.desk.send(low, overriding: [:], as: AssessmentScene.officer)
            try await scene.desk.review(low, .agreed, words: "Thank you.", as: AssessmentScene.sergeant)
            #expect(try await scene.state(low) == .agreed)
            try await scene.desk.review(low, .reopened, words: "He was released.", as: AssessmentScene.sergeant)
            #expect(try await scene.state(low) == .reopened)
            let refused = try await scene.store.log().filter { !$0.wasAllowed && $0.about == "review" }
            #expect(refused.map(\.user) == ["otto"] && refused.first?.record == low.text)
        }
    }

    @Test func `the chronology tells of it once it is sent, for each of those it is about, and of no answer`()
        async throws
    {
        try await AssessmentScene.open { scene in
            let id = try await scene.begin()
            let lines = { (person: Identifier<Person>) in
                try await scene.people.chronology(
                    of: person, kinds: AssessmentDesk.chronologyKinds, as: AssessmentScene.officer
                ).lines.filter { $0.source.kind == "risk.assessment" }.map(\.entry)
            }
            #expect(try await lines(scene.victim).isEmpty)
            try await scene.fill(id, yes: ["injury": "zqcut on the left hand today"])
            try await scene.graded(id, reason: "One small injury, question 1, and no fear; she is with her sister.")
            try await scene.desk.send(id, overriding: [:], as: AssessmentScene.officer)
            let told = try await lines(scene.victim)
            #expect(told.map(\.line) == ["Risk assessed: Standard (CR/1042/26)"])
            #expect(told.first?.capacity == .victim && told.first?.field == .narrative)
            #expect(try await lines(scene.suspect).map(\.capacity) == [.suspect])
        }
    }

    @Test func `words of an earlier form of hers are found, of a colleague's are not, and a restart finds them again`()
        async throws
    {
        try await AssessmentScene.open { scene in
            let words =
                "She said that he pulled her from the car by the arm while the neighbours were watching from the gate."
            let first = try await scene.begin()
            try await scene.fill(first, yes: ["injury": words])
            try await scene.graded(
                first, reason: "One injury to the arm, question 1, and no fear; she is away from him.")
            try await scene.desk.send(first, overriding: [:], as: AssessmentScene.officer)
            let next = try await AssessmentScene.occurrence(
                scene.people, [(scene.victim, .victim), (scene.suspect, .suspect)], daysAgo: 0, "CR/9", scene.store)
            let second = try await scene.begin(next)
            try await scene.answer(second, "injury", .yes, words: words)
            let record = try await scene.desk.assessment(second, as: AssessmentScene.officer)
            let ready = try await scene.desk.readiness(of: record, as: AssessmentScene.officer)
            #expect(ready.copied.map(\.form) == [first.text])
            let told = ready.ledger[.context]?.reasons.map(\.sentence) ?? []
            #expect(told.contains { $0.contains("earlier form CR/1042/26") })
            let again = AssessmentDesk(
                ledger: scene.store.ledger, library: scene.desk.library, people: scene.people, seed: 9)
            #expect(try await again.copying.copies(in: record.body, of: second).count == 1)
            let theirs = try await scene.begin(next, as: AssessmentScene.other, instrument: "frequency-scaled")
            #expect(theirs != second)
            let colleague = try await scene.desk.assessment(theirs, as: AssessmentScene.other).body
            #expect(try await scene.desk.copying.copies(in: colleague, of: theirs).isEmpty)
        }
    }
}
