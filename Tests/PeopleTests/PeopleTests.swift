import Access
import Kernel
import Ledger
import TestKit
import Testing

@testable import People

/// A store with persons in it.
struct PeopleStore {
    let store: TemporaryStore
    let desk: PeopleDesk
    static let officer = TestActor.practitioner()

    static func open(_ body: (PeopleStore) async throws -> Void) async throws {
        let store = try await TemporaryStore(PeopleSchema.migrations)
        do {
            try await body(PeopleStore(store: store, desk: PeopleDesk(ledger: store.ledger)))
        } catch {
            try await store.remove()
            throw error
        }
        try await store.remove()
    }

    static func ama(_ more: (inout Person) -> Void = { _ in }) -> Person {
        var person = Person(
            names: [
                KnownName(given: "Ama", family: "Mensah-Ödegård"),
                KnownName(given: "Amy", family: "Mensah", use: .alias),
            ],
            born: PartialDate(year: 1987, month: 3, day: 31), sex: RecordedSex(.female, recordedBy: "police"),
            addresses: [PersonAddress(lines: "4 Quay Row", postcode: "TS1 1AA")], phones: ["07700 900123"],
            identifiers: [PersonIdentifier(scheme: "PNC", value: "1987/123456P")], warnings: [Warning("A dog")],
            narrative: "She was seen on Sunday.")
        more(&person)
        return person
    }
}

@Suite("Persons", .onEveryEngine)
struct PeopleTests {
    @Test func `a person is found by any part of any name, in any order and spelling of accents, or by date of birth`()
        async throws
    {
        try await PeopleStore.open { people in
            let id = try await people.desk.create(PeopleStore.ama(), as: PeopleStore.officer)
            for name in ["mensah", "ODEGARD ama", "Amy", "ama mensah"] {
                let found = try await people.desk.find(name: name, as: PeopleStore.officer)
                #expect(found.map(\.record.id) == [id], "\(name)")
            }
            let born = try await people.desk.find(
                name: "", born: Day(year: 1987, month: 3, day: 31), as: PeopleStore.officer)
            #expect(born.first?.why == "same date of birth")
            #expect(try await people.desk.find(name: "Nobody", as: PeopleStore.officer).isEmpty)
        }
    }

    @Test func `another agency finds nobody, and cannot open what it was not told`() async throws {
        try await PeopleStore.open { people in
            let id = try await people.desk.create(PeopleStore.ama(), as: PeopleStore.officer)
            let housing = TestActor.practitioner("h1", agency: "housing", roles: [.partnerPractitioner])
            #expect(try await people.desk.find(name: "Mensah", as: housing).isEmpty)
            await #expect(throws: Problem.absent) { try await people.desk.person(id, as: housing) }
            await #expect(throws: Problem.absent) {
                try await people.desk.reveal(Person.safeContact, of: id, because: .listed("visit"), as: housing)
            }
        }
    }

    @Test func `a narrow role sees no address, number or narrative, now, before or in a list`() async throws {
        try await PeopleStore.open { people in
            let id = try await people.desk.create(PeopleStore.ama(), as: PeopleStore.officer)
            let narrow = TestActor.practitioner("nia", roles: [.neighbourhoodOfficer])
            let seen = try await people.desk.person(id, as: narrow).body
            let listed = try await people.desk.find(name: "Mensah", as: narrow).first?.record.body
            let before = try await people.desk.history(of: id, as: narrow).first?.body
            let then = try await people.desk.person(id, asKnownAt: people.store.ledger.now, as: narrow).body
            for person in [seen, listed, before, then] {
                #expect(person?.name == "Ama Mensah-Ödegård" && person?.warnings.count == 1)
                #expect(person?.addresses == [] && person?.phones == [] && person?.identifiers == [])
                #expect(person?.narrative == "" && person?.tags == [])
            }
        }
    }

    @Test func `a person who is kept is absent for everybody but those to whom she was given`() async throws {
        try await PeopleStore.open { people in
            let kept = PeopleStore.ama { ($0.isKept, $0.given) = (true, ["ola", "team-9"]) }
            let id = try await people.desk.create(kept, as: PeopleStore.officer)
            let colleague = TestActor.practitioner("pat")
            let member = TestActor.practitioner("may", teams: ["team-9"])
            await #expect(throws: Problem.absent) { try await people.desk.person(id, as: colleague) }
            #expect(try await people.desk.find(name: "Mensah", as: colleague).isEmpty)
            #expect(try await people.desk.person(id, as: member).id == id)
            #expect(try await people.desk.person(id, as: PeopleStore.officer).id == id)
            let disclosure = try await people.desk.disclose(
                Self.draft(), of: id, expecting: 1, as: PeopleStore.officer)
            await #expect(throws: Problem.absent) { try await people.desk.disclosure(disclosure, as: colleague) }
        }
    }

    @Test func `a case reviewer sees what she was given, as each agency knew it then, and nothing else`() async throws {
        try await PeopleStore.open { people in
            let reviewer = Actor(user: "rae", agency: "police", roles: [.caseReviewer], purpose: .oversight)
            let id = try await people.desk.create(PeopleStore.ama(), as: PeopleStore.officer)
            try await people.desk.disclose(Self.draft(), of: id, expecting: 1, as: PeopleStore.officer)
            let then = people.store.ledger.now
            people.store.clock.advance(seconds: 3600)
            await #expect(throws: Problem.absent) { try await people.desk.person(id, as: reviewer) }
            try await people.desk.amend(
                id, expecting: 1, PeopleStore.ama { ($0.narrative, $0.given) = ("Later.", ["rae"]) },
                as: PeopleStore.officer)
            let known = try await people.desk.known(of: id, at: then, as: reviewer)
            #expect(known.record.body.narrative == "She was seen on Sunday.")
            #expect(known.told.map(\.record.body.recipient) == ["housing"])
            #expect(known.told.first?.quoted?.body.warnings.map(\.words) == ["A dog"])
            #expect(known.told.first?.quoted?.body.narrative == "")
            await #expect(throws: Problem.absent) {
                try await people.desk.amend(id, expecting: 2, PeopleStore.ama(), as: reviewer)
            }
        }
    }

    static func draft(until: Day? = nil) -> Disclosure.Draft {
        Disclosure.Draft(
            recipient: "housing", fields: [.identity, .warnings], basis: "crime-disorder-115", words: "A visit",
            until: until)
    }
}

@Suite("What one agency tells another", .onEveryEngine)
struct DisclosureTests {
    private static let housing = TestActor.practitioner("h1", agency: "housing", roles: [.partnerPractitioner])
    private static let health = TestActor.practitioner("n1", agency: "health", roles: [.partnerPractitioner])

    @Test func `the recipient sees the fields it was told as they stood, whatever is written later`() async throws {
        try await PeopleStore.open { people in
            let id = try await people.desk.create(PeopleStore.ama(), as: PeopleStore.officer)
            let told = try await people.desk.disclose(
                PeopleTests.draft(), of: id, expecting: 1, as: PeopleStore.officer)
            try await people.desk.amend(
                id, expecting: 1, PeopleStore.ama { $0.warnings = [Warning("Two dogs")] }, as: PeopleStore.officer)
            let seen = try await people.desk.disclosure(told, as: Self.housing).quoted?.body
            #expect(seen?.name == "Ama Mensah-Ödegård" && seen?.warnings.map(\.words) == ["A dog"])
            #expect(seen?.addresses == [] && seen?.narrative == "" && seen?.identifiers == [])
            #expect(try await people.desk.received(as: Self.housing).map(\.id) == [told])
            await #expect(throws: Problem.absent) { try await people.desk.person(id, as: Self.housing) }
            await #expect(throws: Problem.absent) { try await people.desk.disclosure(told, as: Self.health) }
            #expect(try await people.desk.received(as: Self.health).isEmpty)
        }
    }

    @Test func `telling is in the log as a disclosure with its recipient, and without what was told`() async throws {
        try await PeopleStore.open { people in
            let id = try await people.desk.create(PeopleStore.ama(), as: PeopleStore.officer)
            try await people.desk.disclose(PeopleTests.draft(), of: id, expecting: 1, as: PeopleStore.officer)
            let entry = try #require(try await people.store.log().last { $0.operation == .disclosure })
            #expect(entry.record == id.text && entry.recipient == "housing" && entry.user == "ola")
            #expect(entry.about.hasSuffix("identity warnings") && !entry.about.contains("Ama"))
        }
    }

    @Test func `it ends when it is taken back, and on the day after its last`() async throws {
        try await PeopleStore.open { people in
            let today = LondonTime.day(of: people.store.ledger.now)
            let id = try await people.desk.create(PeopleStore.ama(), as: PeopleStore.officer)
            let first = try await people.desk.disclose(
                PeopleTests.draft(until: today), of: id, expecting: 1, as: PeopleStore.officer)
            let second = try await people.desk.disclose(
                PeopleTests.draft(), of: id, expecting: 1, as: PeopleStore.officer)
            try await people.desk.withdraw(second, because: "A mistake", as: PeopleStore.officer)
            await #expect(throws: Problem.absent) { try await people.desk.disclosure(second, as: Self.housing) }
            #expect(try await people.desk.disclosure(first, as: Self.housing).quoted != nil)
            people.store.clock.advance(seconds: 86_400)
            await #expect(throws: Problem.absent) { try await people.desk.disclosure(first, as: Self.housing) }
        }
    }

    @Test func `nobody tells of what she may not see, and nothing is told of a version that has passed`() async throws {
        try await PeopleStore.open { people in
            let id = try await people.desk.create(PeopleStore.ama(), as: PeopleStore.officer)
            await #expect(throws: Problem.absent) {
                try await people.desk.disclose(PeopleTests.draft(), of: id, expecting: 1, as: Self.health)
            }
            let narrow = TestActor.practitioner("nia", roles: [.neighbourhoodOfficer])
            await #expect(throws: Problem.absent) {
                try await people.desk.disclose(PeopleTests.draft(), of: id, expecting: 1, as: narrow)
            }
            try await people.desk.amend(id, expecting: 1, PeopleStore.ama(), as: PeopleStore.officer)
            let late = await #expect(throws: Problem.self) {
                try await people.desk.disclose(PeopleTests.draft(), of: id, expecting: 1, as: PeopleStore.officer)
            }
            #expect(late?.code == .conflict)
            #expect(try await people.desk.disclosures(of: id, as: PeopleStore.officer).isEmpty)
        }
    }
}
