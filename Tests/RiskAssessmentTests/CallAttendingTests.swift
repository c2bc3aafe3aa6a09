import Access
import Kernel
import Ledger
import People
import TestKit
import Testing

@testable import RiskAssessment

@Suite("Who attends a call and what they knew", .onEveryEngine)
struct CallAttendingTests {
    @Test func `each of those sent says for herself that she has seen a flag, and one that came later is not seen yet`()
        async throws
    {
        try await CallScene.open { scene in
            let id = try await scene.take()
            try await scene.send(id)
            try await scene.send(id, AssessmentScene.other)
            await #expect(throws: Problem.self) {
                try await scene.desk.acknowledge(id, upTo: 1, name: "Ola", as: CallScene.officer)
            }
            try await scene.flag(id)
            #expect(try await scene.body(id).unaware.count == 2)
            try await scene.desk.acknowledge(id, upTo: 1, name: "Ola", as: CallScene.officer)
            try await scene.desk.acknowledge(id, upTo: 1, name: "Ola", as: CallScene.officer)
            var body = try await scene.body(id)
            #expect(body.seen.count == 1 && body.unaware.map(\.to) == [AssessmentScene.other.user])
            try await scene.flag(id, words: "A child is there.")
            // Her page was shown before the second came.
            try await scene.desk.acknowledge(id, upTo: 1, name: "Ola", as: CallScene.officer)
            body = try await scene.body(id)
            #expect(body.unseen(by: CallScene.officer.user).map(\.number) == [2])
            let silent = await #expect(throws: Problem.self) {
                try await scene.desk.withdraw(id, flag: 2, because: " ", as: CallScene.handler)
            }
            #expect(silent?.fields.map(\.name) == ["withdraw-reason"])
            try await scene.desk.withdraw(id, flag: 2, because: "No child lives there.", as: CallScene.handler)
            body = try await scene.body(id)
            #expect(body.flags.count == 2 && body.standing.map(\.number) == [1])
            #expect(body.unseen(by: CallScene.officer.user).isEmpty)
        }
    }

    @Test func `one of a team that was sent counts for the team, and whoever was not sent attends by saying so`()
        async throws
    {
        try await CallScene.open { scene in
            let id = try await scene.take()
            let crew = TestActor.practitioner("cora", teams: ["north"])
            try await scene.desk.send(id, "north", name: "North", as: CallScene.handler)
            try await scene.flag(id)
            #expect(try await scene.desk.going(as: crew).map(\.record.id) == [id])
            try await scene.desk.acknowledge(id, upTo: 1, name: "Cora", as: crew)
            #expect(try await scene.body(id).unaware.isEmpty)
            try await scene.desk.acknowledge(id, upTo: 1, name: "Ola", as: CallScene.officer)
            let body = try await scene.body(id)
            #expect(body.sent.map(\.to) == ["north", CallScene.officer.user] && body.unaware.isEmpty)
        }
    }

    @Test func `two who press at the same moment are both kept`() async throws {
        try await CallScene.open { scene in
            let id = try await scene.take()
            try await scene.flag(id)
            let crew = (1...4).map { TestActor.practitioner("crew-\($0)") }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for actor in crew {
                    group.addTask { try await scene.desk.acknowledge(id, upTo: 1, name: actor.user, as: actor) }
                }
                try await group.waitForAll()
            }
            #expect(Set(try await scene.body(id).seen.map(\.by)) == Set(crew.map(\.user)))
        }
    }

    @Test func `whoever is sent sees the call of a person who is kept to others, and nobody else does`()
        async throws
    {
        try await CallScene.open { scene in
            let (people, victim) = (scene.base.people, scene.base.victim)
            let id = try await scene.take()
            try await scene.send(id)
            var kept = try await people.person(victim, as: CallScene.handler).body
            (kept.isKept, kept.given) = (true, [CallScene.handler.user])
            try await people.amend(victim, expecting: 1, kept, as: CallScene.handler)
            #expect(try await scene.body(id, as: CallScene.officer).said == "She is shouting for help.")
            await #expect(throws: Problem.absent) { try await scene.body(id, as: AssessmentScene.other) }
            await #expect(throws: Problem.absent) { try await people.person(victim, as: CallScene.officer) }
        }
    }

    @Test
    func `what is known has earlier occurrences, grades, orders, children and that something is sealed, not what`()
        async throws
    {
        try await CallScene.open { scene in
            let (people, base) = (scene.base.people, scene.base)
            let sister = try await people.create(
                Person(
                    names: [KnownName(given: "Esi", family: "Mensah")],
                    born: PartialDate(year: 2020, month: 2, day: nil)), as: CallScene.officer)
            _ = try await people.link(base.victim, "parent", to: .person(sister), as: CallScene.officer)
            try await people.seal(
                "zqcodeword", Person.safeContact, of: base.victim, expecting: 0, as: CallScene.officer)
            let earlier = try await AssessmentScene.occurrence(
                people, [(base.victim, .victim)], daysAgo: 40, "CR/1", scene.store)
            _ = try await AssessmentScene.occurrence(
                people, [(base.victim, .victim)], daysAgo: 1500, "CR/0", scene.store)
            let before = try await scene.take(about: earlier)
            try await scene.assess(before, "immediate", ["threat": "Told."])
            let today = LondonTime.day(of: scene.now)
            for (kind, until) in [("bail", today.adding(days: -1)), ("non-molestation", today)] {
                try await scene.desk.find(before, order: kind, words: "zq\(kind)", until: until, as: CallScene.handler)
            }
            let id = try await scene.take()
            let body = try await scene.body(id)
            let known = try await scene.desk.known(
                of: body.persons, before: body.occurrence, at: nil, maySeal: true, as: CallScene.officer)
            #expect(known.earlier.map(\.id) == [earlier] && known.older == 1)
            #expect(known.calls.map(\.id) == [before] && known.lastGrade?.label == "Immediate")
            #expect(known.orders.map(\.order.words) == ["zqnon-molestation"], "what has ended is not in force")
            #expect(known.sealed == [base.victim] && !"\(known)".contains("zqcodeword"))
            #expect(Set(known.children.map(\.id)) == [sister, base.child])
            let other = try await scene.desk.known(
                of: body.persons, before: body.occurrence, at: nil, maySeal: false, as: AssessmentScene.housing)
            #expect(other.persons.isEmpty && other.earlier.isEmpty && other.calls.isEmpty && other.orders.isEmpty)
        }
    }
}
