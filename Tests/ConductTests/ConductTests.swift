import Access
import Kernel
import Ledger
import People
import TestKit
import Testing

@testable import Conduct

struct ConductStore {
    let store: TemporaryStore
    let people: PeopleDesk
    let interests: InterestDesk
    let glass: GlassDesk
    static let born = Day(year: 1987, month: 3, day: 31)

    static func open(
        _ rooms: [Migration] = [], _ body: (ConductStore) async throws -> Void
    ) async throws {
        let store = try await TemporaryStore(rooms)
        do {
            try await body(
                ConductStore(
                    store: store, people: PeopleDesk(ledger: store.ledger),
                    interests: InterestDesk(ledger: store.ledger),
                    glass: GlassDesk(ledger: store.ledger)))
        } catch {
            try await store.remove()
            throw error
        }
        try await store.remove()
    }

    func ama(as actor: Actor = TestActor.practitioner()) async throws -> Identifier<Person> {
        try await people.create(
            Person(
                names: [KnownName(given: "Ama", family: "Mensah")],
                born: Self.born.map { PartialDate($0) }, narrative: "A secret."), as: actor)
    }

    func say(
        _ closeness: Interest.Closeness, given: String = "Ama", family: String = "MENSAH", as actor: Actor
    ) async throws -> Identifier<Interest> {
        try await interests.say(
            .init(closeness: closeness, identity: PartyIdentity(given: given, family: family, born: Self.born)),
            as: actor)
    }

    /// `manager` manages `user`, as the directory would write it.
    func manage(_ user: String, by manager: String) async throws {
        try await store.ledger.upkeep { writing in
            try writing.run(
                "INSERT INTO record_key (kind, name, entry, record) VALUES ($1, $2, $3, $4)",
                [.text(RecordKind.user.name), .text(PartyIndex.manager), .text(manager), .text(user)])
        }
    }

    static let emergency = "A neighbour reports screams next door."

    func smash(as actor: Actor) async throws -> Record<Glass> {
        try await glass.open(
            PartyIdentity(given: "Ama", family: "Mensah", born: Self.born), reason: Self.emergency, as: actor)
    }
}

@Suite("Conflicts of interest", .onEveryEngine)
struct InterestTests {
    @Test func `a record about herself, or about somebody close to her, does not exist for her`() async throws {
        try await ConductStore.open { house in
            let id = try await house.ama()
            let (herself, husband, other) = (
                TestActor.practitioner("ama"), TestActor.practitioner("kofi"), TestActor.practitioner("pat")
            )
            #expect(try await house.people.person(id, as: herself).id == id)
            _ = try await house.say(.oneself, as: herself)
            _ = try await house.say(.partner, as: husband)
            for party in [herself, husband] {
                await #expect(throws: Problem.absent) { try await house.people.person(id, as: party) }
                await #expect(throws: Problem.absent) { try await house.people.history(of: id, as: party) }
                #expect(try await house.people.find(name: "Mensah", as: party).isEmpty)
                await #expect(throws: Problem.absent) {
                    try await house.people.amend(
                        id, expecting: 1, Person(names: [KnownName(given: "X", family: "Y")]), as: party)
                }
                await #expect(throws: Problem.absent) {
                    try await house.people.reveal(Person.safeContact, of: id, because: .listed("visit"), as: party)
                }
            }
            #expect(try await house.people.person(id, as: other).id == id)
        }
    }

    @Test func `a match with somebody close to her does not exist for her, before it is decided and after`()
        async throws
    {
        try await ConductStore.open(PeopleSchema.migrations) { house in
            let (one, twin) = (try await house.ama(), try await house.ama())
            let match = PersonPair(one, twin).match
            let roles: Set<Role> = [.safeguardingPractitioner]
            let (party, other) = (
                TestActor.practitioner("kofi", roles: roles), TestActor.practitioner("pat", roles: roles)
            )
            #expect(try await house.people.matches(as: party).lines.map(\.id) == [match])
            _ = try await house.say(.partner, as: party)
            let nobodys = PersonPair(house.store.ledger.newIdentifier(), house.store.ledger.newIdentifier()).match
            for state in [Match.State.open, .linked, .unlinked] {
                let queue = try await house.people.matches(as: party)
                #expect(queue.lines.isEmpty && queue.next == nil, "\(state)")
                for id in [match, nobodys] {
                    await #expect(throws: Problem.absent, "\(state)") {
                        try await house.people.match(id, as: party)
                    }
                    await #expect(throws: Problem.absent, "\(state)") {
                        try await house.people.decide(id, .link, because: "x", expecting: 0, as: party)
                    }
                }
                #expect(try await house.people.linked(with: one, as: party).isEmpty, "\(state)")
                switch state {
                case .open:
                    #expect(try await house.people.matches(as: other).lines.map(\.id) == [match])
                    try await house.people.decide(match, .link, because: "Same photo", expecting: 0, as: other)
                case .linked:
                    #expect(try await house.people.linked(with: one, as: other).count == 1)
                    try await house.people.decide(match, .unlink, because: "A twin", expecting: 1, as: other)
                default: break
                }
            }
            let told = try await house.store.log().filter { $0.user == "kofi" && $0.record == match.text }
            #expect(!told.isEmpty && told.allSatisfy { !$0.wasAllowed })
        }
    }

    @Test func `a record that comes after what she said is closed to her from its first moment`() async throws {
        try await ConductStore.open { house in
            _ = try await house.say(.formerPartner, as: TestActor.practitioner("kofi"))
            await #expect(throws: Problem.absent) { try await house.ama(as: TestActor.practitioner("kofi")) }
            let id = try await house.ama()
            await #expect(throws: Problem.absent) {
                try await house.people.person(id, as: TestActor.practitioner("kofi"))
            }
        }
    }

    @Test func `where she is the party, it is closed to her line manager, to whom she manages and to administrators`()
        async throws
    {
        try await ConductStore.open { house in
            let id = try await house.ama()
            _ = try await house.say(.oneself, as: TestActor.practitioner("ama"))
            try await house.manage("ama", by: "boss")
            try await house.manage("junior", by: "ama")
            for party in ["boss", "junior"] {
                await #expect(throws: Problem.absent) {
                    try await house.people.person(id, as: TestActor.practitioner(party))
                }
            }
            let administrator = TestActor.practitioner("root", roles: [.administrator, .supervisor])
            await #expect(throws: Problem.absent) { try await house.people.person(id, as: administrator) }
            #expect(try await house.people.person(id, as: TestActor.practitioner("pat")).id == id)
        }
    }

    @Test func `the compartment is told at once, and not of what concerns one of its own`() async throws {
        try await ConductStore.open { house in
            let id = try await house.ama()
            let interest = try await house.say(.oneself, as: TestActor.practitioner("ama"))
            let cases = try await house.interests.cases(as: TestActor.standards)
            #expect(cases.map(\.likeness.person) == [id.text] && cases.first?.ruling == nil)
            let isHerself = Actor(user: "ama", agency: "police", roles: [.professionalStandards], purpose: .oversight)
            #expect(try await house.interests.cases(as: isHerself).isEmpty)
            await #expect(throws: Problem.absent) {
                try await house.interests.rule(
                    interest: interest, person: id.text, isSame: false, words: "It is not I", as: isHerself)
            }
            await #expect(throws: Problem.absent) { try await house.interests.cases(as: TestActor.practitioner("pat")) }
        }
    }

    @Test func `a likeness found to be none opens the record again, and one found to be one stays`() async throws {
        try await ConductStore.open { house in
            let (id, ama) = (try await house.ama(), TestActor.practitioner("ama"))
            let interest = try await house.say(.oneself, as: ama)
            try await house.interests.rule(
                interest: interest, person: id.text, isSame: true, words: "Same passport", as: TestActor.standards)
            await #expect(throws: Problem.absent) { try await house.people.person(id, as: ama) }
            try await house.interests.rule(
                interest: interest, person: id.text, isSame: false, words: "Another passport", as: TestActor.standards)
            #expect(try await house.people.person(id, as: ama).id == id)
        }
    }

    @Test func `the names that were said lie nowhere in plain, and their opening is logged`() async throws {
        try await ConductStore.open { house in
            let ama = TestActor.practitioner("ama")
            let interest = try await house.say(.child, given: "Zebedee", family: "Quillfeather", as: ama)
            let plain = try await house.store.ledger.glance { reading in
                try reading.rows("SELECT body FROM record_version").map { $0.text(0) }
                    + reading.rows("SELECT entry FROM record_key").map { $0.text(0) }
            }
            #expect(!plain.contains { $0.lowercased().contains("quillfeather") })
            let names = try await house.interests.reveal(interest, because: .listed("review"), as: TestActor.standards)
            #expect(names.exposed.hasPrefix("Zebedee Quillfeather, born 31 March 1987"))
            let entry = try #require(try await house.store.log().last { $0.about.hasPrefix("reveal identity") })
            #expect(entry.user == "stan" && entry.record == interest.text)
        }
    }

    @Test func `only somebody else ends what she said`() async throws {
        try await ConductStore.open { house in
            let (id, ama) = (try await house.ama(), TestActor.practitioner("ama"))
            let interest = try await house.say(.sibling, as: ama)
            await #expect(throws: Problem.absent) { try await house.interests.end(interest, because: "x", as: ama) }
            try await house.interests.end(interest, because: "Said by mistake", as: TestActor.standards)
            #expect(try await house.people.person(id, as: ama).id == id)
        }
    }

    @Test func `a reader of the log who is a party finds nothing of the record in it`() async throws {
        try await ConductStore.open { house in
            let id = try await house.ama()
            _ = try await house.people.find(name: "Mensah", as: TestActor.practitioner("pat"))
            let reader = Actor(user: "kofi", agency: "police", roles: [.privacyOfficer], purpose: .oversight)
            let seen = { try await house.store.ledger.audit(AuditQuery(limit: 500), as: reader) }
            let number = try #require(try await seen().first { $0.record == id.text }).sequence
            #expect(try await house.store.ledger.inclusion(of: number, as: reader).entry.record == id.text)
            #expect(try await seen().contains { $0.record == id.text })
            _ = try await house.say(.partner, as: TestActor.practitioner("kofi"))
            let left = try await seen()
            #expect(!left.contains { $0.record == id.text || $0.about.contains(id.text) })
            #expect(try await house.store.ledger.audit(AuditQuery(record: id.text), as: reader).isEmpty)
            #expect(left.count > 1)
            await #expect(throws: Problem.absent) {
                try await house.store.ledger.inclusion(of: number, as: reader)
            }
        }
    }

    @Test(
        arguments: [("Mensah-Boateng", "A"), ("mensah", "Abena"), ("MÉNSAH", "ama")])
    func `names are alike whatever their case and accents, by a part of a double name and the first letter`(
        name: (family: String, given: String)
    ) async throws {
        try await ConductStore.open { house in
            let id = try await house.ama()
            let kofi = TestActor.practitioner("kofi")
            _ = try await house.say(.partner, given: name.given, family: name.family, as: kofi)
            await #expect(throws: Problem.absent) { try await house.people.person(id, as: kofi) }
        }
    }
}

@Suite("Emergency access", .onEveryEngine)
struct GlassTests {
    private static let housing = TestActor.practitioner("h1", agency: "housing", roles: [.partnerPractitioner])

    @Test func `it opens one person for one hour, for reading only, and never what is sealed`() async throws {
        try await ConductStore.open { house in
            let id = try await house.ama()
            let other = try await house.people.create(
                Person(names: [KnownName(given: "Else", family: "Where")]), as: TestActor.practitioner())
            await #expect(throws: Problem.absent) { try await house.people.person(id, as: Self.housing) }
            #expect(try await house.smash(as: Self.housing).body.persons == [id.text])
            #expect(try await house.people.person(id, as: Self.housing).body.narrative == "A secret.")
            await #expect(throws: Problem.absent) { try await house.people.person(other, as: Self.housing) }
            await #expect(throws: Problem.absent) {
                try await house.people.amend(
                    id, expecting: 1, Person(names: [KnownName(given: "X", family: "Y")]), as: Self.housing)
            }
            try await house.people.seal(
                "Text after six", Person.safeContact, of: id, expecting: 0, as: TestActor.practitioner())
            await #expect(throws: Problem.absent) {
                try await house.people.reveal(Person.safeContact, of: id, because: .listed("visit"), as: Self.housing)
            }
            house.store.clock.advance(seconds: 3599)
            #expect(try await house.people.person(id, as: Self.housing).id == id)
            house.store.clock.advance(seconds: 2)
            await #expect(throws: Problem.absent) { try await house.people.person(id, as: Self.housing) }
        }
    }

    @Test func `a party finds nothing, and her answer is that of a person nobody holds`() async throws {
        try await ConductStore.open { house in
            let id = try await house.ama()
            let kofi = TestActor.practitioner("kofi", agency: "housing", roles: [.partnerPractitioner])
            _ = try await house.say(.formerPartner, as: kofi)
            let opened = try await house.smash(as: kofi)
            #expect(opened.body.persons.isEmpty)
            await #expect(throws: Problem.absent) { try await house.people.person(id, as: kofi) }
            let nobody = try await house.glass.open(
                PartyIdentity(given: "No", family: "Body", born: ConductStore.born), reason: ConductStore.emergency,
                as: kofi)
            #expect(nobody.body.persons.isEmpty)
        }
    }

    @Test func `without a review in time it stays shut, and somebody without a part in it opens the way again`()
        async throws
    {
        try await ConductStore.open { house in
            _ = try await house.ama()
            let first = try await house.smash(as: Self.housing)
            house.store.clock.advance(seconds: 3601)
            let soon = await #expect(throws: Problem.self) { try await house.smash(as: Self.housing) }
            #expect(soon?.code == .refused)
            house.store.clock.advance(seconds: 72 * 3600)
            let other = await #expect(throws: Problem.self) {
                try await house.glass.open(
                    PartyIdentity(given: "No", family: "Body", born: ConductStore.born),
                    reason: ConductStore.emergency, as: Self.housing)
            }
            #expect(other?.code == .refused)
            try await house.glass.review(first.id, wasRight: true, words: "A real call", as: TestActor.privacy)
            #expect(try await house.smash(as: Self.housing).body.persons.count == 1)
        }
    }

    @Test func `found not to be right, it closes at once and that person stays shut to her`() async throws {
        try await ConductStore.open { house in
            let id = try await house.ama()
            let glass = try await house.smash(as: Self.housing)
            try await house.glass.review(glass.id, wasRight: false, words: "No call was made", as: TestActor.standards)
            await #expect(throws: Problem.absent) { try await house.people.person(id, as: Self.housing) }
            let again = await #expect(throws: Problem.self) { try await house.smash(as: Self.housing) }
            #expect(again?.code == .refused)
        }
    }

    @Test func `she does not review her own, nor that of her manager, nor what she is a party to`() async throws {
        try await ConductStore.open { house in
            _ = try await house.ama()
            let officer = TestActor.practitioner("vic", roles: [.responseOfficer, .privacyOfficer])
            let glass = try await house.smash(as: officer)
            try await house.manage("vic", by: "pia")
            for reviewer in [officer, TestActor.privacy] {
                #expect(try await house.glass.reviewable(as: reviewer).isEmpty)
                await #expect(throws: Problem.absent) {
                    try await house.glass.review(glass.id, wasRight: true, words: "Fine", as: reviewer)
                }
            }
            let relative = Actor(user: "kofi", agency: "police", roles: [.privacyOfficer], purpose: .oversight)
            _ = try await house.say(.partner, as: TestActor.practitioner("kofi"))
            await #expect(throws: Problem.absent) {
                try await house.glass.review(glass.id, wasRight: true, words: "Fine", as: relative)
            }
            #expect(try await house.glass.reviewable(as: TestActor.standards).map(\.record.id) == [glass.id])
            try await house.glass.review(glass.id, wasRight: true, words: "Fine", as: TestActor.standards)
            let twice = await #expect(throws: Problem.self) {
                try await house.glass.review(glass.id, wasRight: false, words: "No", as: TestActor.standards)
            }
            #expect(twice?.code == .conflict)
        }
    }

    @Test func `without a reason, a name and a date of birth nothing opens`() async throws {
        try await ConductStore.open { house in
            let problem = await #expect(throws: Problem.self) {
                try await house.glass.open(
                    PartyIdentity(given: " ", family: "", born: nil), reason: "please", as: Self.housing)
            }
            #expect(problem?.fields.map(\.name) == ["given", "family", "born", "reason"])
            await #expect(throws: Problem.absent) {
                try await house.smash(as: Actor(user: "ana", agency: "police", roles: [.analyst], purpose: .analysis))
            }
        }
    }
}
