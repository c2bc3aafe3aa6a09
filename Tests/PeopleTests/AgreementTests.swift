import Access
import Kernel
import Ledger
import Retention
import TestKit
import Testing

@testable import People

@Suite("Sharing agreements are changed and ended", .onEveryEngine)
struct AgreementTests {
    private func draft(_ house: IntakeStore, days: Int, title: String = "MASH 2026") -> SharingAgreement.Draft {
        .init(agency: "council", title: title, basis: "children-47", until: house.desk.today.adding(days: days))
    }

    private func sweep(_ house: IntakeStore) async throws -> Int? {
        let desk = RetentionDesk(
            ledger: house.store.ledger, rules: try .bundled(), kinds: RetainedKinds([RetainedKind(Person.self)]))
        return try await desk.sweep()?.expired
    }

    @Test func `an earlier last day holds for everybody who came by it, also for whom a colleague may not see`()
        async throws
    {
        try await IntakeStore.open { house in
            _ = try await house.load(IntakeStore.rows(4))
            let kept = try #require(try await house.find("Quill2").first)
            var hidden = kept.body
            (hidden.isKept, hidden.given) = (true, ["rae"])
            try await house.people.amend(kept.id, expecting: 1, hidden, as: IntakeStore.loader)
            try await house.desk.change(
                house.agreement, expecting: 1, draft(house, days: 2), as: IntakeStore.loader)
            #expect(try await house.desk.carry() == 4)
            #expect(try await house.desk.carry() == 0)
            let held = try await house.people.person(kept.id, as: TestActor.practitioner("rae"))
            #expect(held.body.source?.until == house.desk.today.adding(days: 2) && held.body.isKept)
            house.store.clock.advance(seconds: 2 * 86_400)
            #expect(try await sweep(house) == 0)
            house.store.clock.advance(seconds: 86_400)
            #expect(try await sweep(house) == 4)
            #expect(try await house.find("Quill1").isEmpty)
            let log = try await house.store.log()
            #expect(Set(log.filter { $0.operation == .erasure && $0.wasAllowed }.map(\.record)).count == 4)
            let carried = log.filter { $0.user == "house" && $0.operation == .alteration }
            #expect(carried.count == 4 && carried.allSatisfy { $0.kind == "people.person" && $0.agency == "police" })
            #expect(
                log.contains { $0.record == house.agreement.text && $0.user == "mia" && $0.operation == .alteration })
        }
    }

    @Test func `a later last day keeps them`() async throws {
        try await IntakeStore.open { house in
            _ = try await house.load(IntakeStore.rows(3))
            try await house.desk.change(
                house.agreement, expecting: 1, draft(house, days: 90, title: "MASH, longer"), as: IntakeStore.loader)
            #expect(try await house.desk.carry() == 3)
            house.store.clock.advance(seconds: 31 * 86_400)
            #expect(try await sweep(house) == 0)
            #expect(try await house.find("Quill1").count == 1)
            let versions = try await house.desk.history(of: house.agreement, as: IntakeStore.loader)
            #expect(versions.map(\.body.title) == ["MASH 2026", "MASH, longer"])
        }
    }

    @Test func `an agreement that was ended lets nothing more in, and what came by it goes in the next night`()
        async throws
    {
        try await IntakeStore.open { house in
            _ = try await house.load(IntakeStore.rows(3))
            let empty = await #expect(throws: Problem.self) {
                try await house.desk.end(house.agreement, expecting: 1, because: " ", as: IntakeStore.loader)
            }
            #expect(empty?.fields.map(\.name) == ["reason"])
            try await house.desk.end(house.agreement, expecting: 1, because: "They left", as: IntakeStore.loader)
            try await house.desk.carry()
            let late = await #expect(throws: Problem.self) { try await house.load(IntakeStore.rows(4)) }
            #expect(late?.fields.map(\.name) == ["agreement"])
            await #expect(throws: Problem.self) {
                try await house.desk.change(
                    house.agreement, expecting: 2, draft(house, days: 90), as: IntakeStore.loader)
            }
            house.store.clock.advance(seconds: 86_400)
            #expect(try await sweep(house) == 3)
            #expect(try await house.find("Quill1").isEmpty)
        }
    }

    @Test func `whoever may not load may not change or end one, nor may another agency`() async throws {
        try await IntakeStore.open { house in
            for actor in [PeopleStore.officer, TestActor.practitioner("h", agency: "housing", roles: [.supervisor])] {
                await #expect(throws: Problem.absent) {
                    try await house.desk.change(house.agreement, expecting: 1, draft(house, days: 9), as: actor)
                }
                await #expect(throws: Problem.absent) {
                    try await house.desk.end(house.agreement, expecting: 1, because: "x", as: actor)
                }
            }
            let now = try await house.desk.agreement(house.agreement, as: IntakeStore.loader)
            #expect(now.version == 1)
        }
    }
}
