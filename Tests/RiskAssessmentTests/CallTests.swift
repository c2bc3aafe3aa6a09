import Access
import Instruments
import Kernel
import Ledger
import People
import TestKit
import Testing

@testable import RiskAssessment

@Suite("Calls", .onEveryEngine)
struct CallTests {
    @Test func `a call is taken once from an occurrence, and whoever may not see the occurrence takes none`()
        async throws
    {
        try await CallScene.open { scene in
            let id = try await scene.take()
            #expect(try await scene.take() == id)
            let body = try await scene.body(id)
            #expect(body.reference == "CR/1042/26" && body.parties.count == 3 && body.teams == ["control"])
            let problem = await #expect(throws: Problem.self) {
                try await scene.desk.take(
                    .init(
                        occurrence: scene.base.occurrence, reportedAt: scene.now.adding(seconds: 60), caller: " ",
                        said: ""), as: CallScene.handler)
            }
            #expect(problem?.fields.map(\.name) == ["reported", "caller", "said"])
            await #expect(throws: Problem.absent) { try await scene.take(as: AssessmentScene.housing) }
            await #expect(throws: Problem.absent) { try await scene.desk.call(id, as: AssessmentScene.housing) }
            #expect(try await scene.desk.open(as: AssessmentScene.housing).isEmpty)
        }
    }

    @Test func `THRIVE wants all six, words where something was seen, and a reason for the grade`() async throws {
        try await CallScene.open { scene in
            let id = try await scene.take()
            var draft = try scene.draft("none", ["threat": ""])
            draft.answers.removeLast()
            draft.reason = " "
            let problem = await #expect(throws: Problem.self) {
                try await scene.desk.assess(id, draft, known: 0, as: CallScene.handler)
            }
            #expect(problem?.fields.map(\.name) == ["words-threat", "answer-engagement", "grade", "reason"])
            #expect(try await scene.body(id).thrives.isEmpty)
        }
    }

    @Test func `THRIVE done again keeps the one before, says what changed, and never goes over a colleague's`()
        async throws
    {
        try await CallScene.open { scene in
            let id = try await scene.take()
            try await scene.assess(id)
            try await scene.assess(id)
            #expect(try await scene.body(id).thrives.count == 1, "a form that came twice counts once")
            scene.advance(minutes: 5)
            let silent = await #expect(throws: Problem.self) {
                try await scene.assess(id, "immediate", ["threat": "He has a knife."], known: 1)
            }
            #expect(silent?.fields.map(\.name) == ["changed"])
            try await scene.assess(
                id, "immediate", ["threat": "He has a knife."], changed: "A second caller saw a knife.", known: 1)
            await #expect(throws: Overtaken.self) {
                try await scene.assess(id, "scheduled", changed: "Calm now.", known: 1)
            }
            let thrives = try await scene.body(id).thrives
            #expect(thrives.map(\.label) == ["Priority", "Immediate"] && thrives[0].changed.isEmpty)
            #expect(thrives[1].answers.answer(to: "threat")?.words == "He has a knife.")
            #expect(thrives[1].answers.instrument.id == "thrive")
        }
    }

    @Test func `THRIVE is done at the call and nowhere else`() async throws {
        try await CallScene.open { scene in
            let problem = await #expect(throws: Problem.self) { try await scene.base.begin(instrument: "thrive") }
            #expect(problem?.fields.map(\.name) == ["instrument"])
            let version = try scene.desk.instrument()
            #expect(version.id == "thrive" && version.stage == .call)
        }
    }

    @Test
    func `it asks to be assessed again when time passed, somebody was named, a warning or another occurrence came`()
        async throws
    {
        try await CallScene.open { scene in
            let (id, people) = (try await scene.take(), scene.base.people)
            let changes = {
                try await scene.desk.changes(in: try await scene.body(id), as: CallScene.officer).map(\.what.rawValue)
            }
            #expect(try await changes().isEmpty, "before the first there is nothing to do again")
            try await scene.assess(id)
            scene.advance(minutes: 1)
            #expect(try await changes().isEmpty)
            let brother = try await people.create(
                Person(names: [KnownName(given: "Yaw", family: "Mensah")]), as: CallScene.officer)
            try await people.involve(
                brother, as: .suspect, in: scene.base.occurrence, expecting: 1, as: CallScene.officer)
            #expect(try await changes() == ["person"])
            var suspect = try await people.person(scene.base.suspect, as: CallScene.officer).body
            suspect.warnings = [Warning("Carries a knife")]
            try await people.amend(scene.base.suspect, expecting: 1, suspect, as: CallScene.officer)
            _ = try await AssessmentScene.occurrence(
                people, [(scene.base.victim, .victim)], daysAgo: 3, "CR/7", scene.store)
            try await scene.desk.find(
                id, order: "bail", words: "He may not go there.", until: nil, as: CallScene.handler)
            #expect(try await changes() == ["person", "warning", "occurrence", "order"])
            scene.advance(minutes: 60)
            #expect(try await changes().first == "time")
            try await scene.assess(id, changed: "All of that.", known: 1)
            scene.advance(minutes: 1)
            #expect(try await changes().isEmpty)
            #expect(try await scene.body(id).persons.contains(brother), "who may see it is asked of him too")
        }
    }

    @Test func `a check and a flag are two facts, and a vulnerability that was found and not flagged is said`()
        async throws
    {
        try await CallScene.open { scene in
            let id = try await scene.take()
            try await scene.check(id, .couldNotTell)
            #expect(try await !scene.desk.lacksFlag(try await scene.body(id)))
            try await scene.check(id)
            let found = try await scene.body(id)
            #expect(found.checks.map(\.outcome) == [.couldNotTell, .vulnerable] && found.flags.isEmpty)
            #expect(scene.desk.lacksFlag(found))
            let silent = await #expect(throws: Problem.self) {
                try await scene.desk.close(id, true, words: "", as: CallScene.handler)
            }
            #expect(silent?.fields.map(\.name) == ["closing-words"])
            try await scene.flag(id)
            try await scene.flag(id)
            #expect(try await scene.body(id).flags.count == 1)
            let none = await #expect(throws: Problem.self) {
                try await scene.desk.flag(id, ["no-such-word"], words: "", as: CallScene.handler)
            }
            #expect(none?.fields.map(\.name) == ["kinds", "flag-words"])
            try await scene.desk.close(id, true, words: "", as: CallScene.handler)
            await #expect(throws: Problem.self) { try await scene.flag(id, words: "Too late") }
            #expect(try await scene.desk.open(as: CallScene.handler).isEmpty)
        }
    }

    @Test func `what THRIVE says of vulnerability counts as found, whether or not anybody checked`() async throws {
        try await CallScene.open { scene in
            let id = try await scene.take()
            try await scene.assess(id, "priority", ["harm": "A broken window."])
            #expect(try await !scene.desk.lacksFlag(try await scene.body(id)))
            try await scene.assess(
                id, "priority", ["vulnerability": "She is deaf."], changed: "She cannot hear.", known: 1)
            #expect(try await scene.desk.lacksFlag(try await scene.body(id)))
        }
    }

    @Test func `the list has first what nobody at the door has seen, then what was not flagged, then the clock`()
        async throws
    {
        try await CallScene.open { scene in
            let late = try await scene.take("late")
            let unseen = try await scene.take("unseen")
            let (seen, found) = (try await scene.take("seen"), try await scene.take("found"))
            for id in [late, unseen, seen, found] { try await scene.assess(id) }
            for id in [unseen, seen] {
                try await scene.flag(id)
                try await scene.send(id)
            }
            try await scene.check(found)
            try await scene.desk.acknowledge(seen, upTo: 1, name: "Ola", as: CallScene.officer)
            let open = try await scene.desk.open(as: CallScene.handler)
            #expect(open.map(\.record.id) == [unseen, found, seen, late])
            let going = try await scene.desk.going(as: CallScene.officer)
            #expect(going.map(\.record.id) == [unseen, seen])
            #expect(try await scene.desk.going(as: CallScene.sergeant).isEmpty)
        }
    }

    @Test func `whoever sees no narrative sees that a call is there and no word, flag or grade of it`() async throws {
        try await CallScene.open { scene in
            let id = try await scene.take("zqsaid")
            try await scene.assess(id)
            try await scene.flag(id, words: "zqflag")
            let seen = try await scene.body(id, as: TestActor.police([.recordsManager]))
            #expect(!"\(seen)".contains("zq") && seen.thrives.isEmpty && seen.flags.isEmpty && seen.parties.count == 3)
            let entries = try await scene.store.log().filter { $0.kind == "risk.call" }
            #expect(entries.count { $0.operation == .alteration && $0.wasAllowed } == 2)
            #expect(!entries.contains { "\($0)".contains("zq") })
        }
    }

    @Test func `the chronology tells of the call, its grade and its flags, and of no word and no kind`() async throws {
        try await CallScene.open { scene in
            let id = try await scene.take("zqsaid")
            try await scene.assess(id)
            scene.advance(minutes: 1)
            try await scene.flag(id, words: "zqflag")
            scene.advance(minutes: 1)
            try await scene.desk.withdraw(id, flag: 1, because: "Another house", as: CallScene.handler)
            let lines = try await scene.base.people.chronology(
                of: scene.base.victim, kinds: CallDesk.chronologyKinds, as: CallScene.officer
            ).lines.filter { $0.source.kind == "risk.call" }.map(\.entry.line)
            #expect(
                lines == [
                    "A flag of the call was withdrawn (CR/1042/26)", "Flagged at the call as vulnerable (CR/1042/26)",
                    "Police called: Priority (CR/1042/26)",
                ])
        }
    }
}
