import Access
import Kernel
import Ledger
import TestKit
import Testing

@testable import People

@Suite("Chronologies", .onEveryEngine)
struct ChronologyTests {
    private static let housing = TestActor.practitioner("h1", agency: "housing", roles: [.partnerPractitioner])

    private static func day(_ month: Int, _ day: Int) -> Day {
        Day(year: 2026, month: month, day: day) ?? Day(daysSince1970: 0)
    }

    /// With an address since February and a warning since March.
    private static func known(_ person: inout Person) {
        person.addresses = [PersonAddress(lines: "4 Quay Row", postcode: "TS1 1AA", kind: .home, from: day(2, 1))]
        person.warnings = [Warning("A dog", since: day(3, 1))]
    }

    private func lines(
        _ people: PeopleStore, _ id: Identifier<Person>, _ query: ChronologyQuery = ChronologyQuery(),
        as actor: Actor = PeopleStore.officer
    ) async throws -> [String] {
        try await people.desk.chronology(of: id, query, as: actor).lines.map(\.entry.line)
    }

    @Test func `what happened stands newest first, each with its agency, its capacity and since when it was known`()
        async throws
    {
        try await PeopleStore.open { people in
            let id = try await people.desk.create(PeopleStore.ama(Self.known), as: PeopleStore.officer)
            let occurrence = try await people.occurrence()
            people.store.clock.advance(seconds: 86_400)
            try await people.desk.involve(id, as: .victim, in: occurrence, expecting: 1, as: PeopleStore.officer)
            let told = try await people.desk.chronology(of: id, as: PeopleStore.officer).lines
            #expect(
                told.map(\.entry.line) == [
                    "This record was opened", "Domestic abuse (CR/1042/26): Victim", "Warning: A dog",
                    "Home: 4 Quay Row, TS1 1AA",
                ])
            #expect(told.map(\.entry.capacity) == [.other, .victim, .other, .other])
            #expect(told.allSatisfy { $0.agency == "police" })
            #expect(told[1].version == 2 && told[1].knownSince == people.store.ledger.now && told[0].version == 1)
            let victim = ChronologyQuery(capacity: .victim)
            #expect(try await lines(people, id, victim) == ["Domestic abuse (CR/1042/26): Victim"])
            #expect(try await lines(people, id, ChronologyQuery(agency: "housing")).isEmpty)
        }
    }

    @Test func `as known at a moment it holds what was written down by then, in its words of then`() async throws {
        try await PeopleStore.open { people in
            let id = try await people.desk.create(PeopleStore.ama(Self.known), as: PeopleStore.officer)
            let then = people.store.ledger.now
            people.store.clock.advance(seconds: 3600)
            let changed = PeopleStore.ama {
                Self.known(&$0)
                $0.warnings = [Warning("Two dogs", since: Self.day(3, 1))]
                $0.addresses[0].until = Self.day(4, 1)
            }
            try await people.desk.amend(id, expecting: 1, changed, as: PeopleStore.officer)
            let now = try await lines(people, id)
            #expect(now.contains("Warning: Two dogs") && !now.contains("Warning: A dog"))
            #expect(now.contains("No longer there: 4 Quay Row, TS1 1AA"))
            let before = try await lines(people, id, ChronologyQuery(asKnownAt: then))
            #expect(before.contains("Warning: A dog") && !before.contains { $0.contains("Two dogs") })
            #expect(!before.contains { $0.contains("No longer") })
            #expect(try await lines(people, id, ChronologyQuery(asKnownAt: then.adding(seconds: -1))).isEmpty)
        }
    }

    @Test func `two agencies: each sees its own, and of the other’s what it was told, also joined`() async throws {
        try await PeopleStore.open { people in
            let hers = try await people.desk.create(PeopleStore.ama(Self.known), as: PeopleStore.officer)
            let theirs = try await people.desk.create(
                Person(names: [KnownName(given: "Ama", family: "Mensah")]), as: Self.housing)
            let told = try await people.desk.disclose(
                PeopleTests.draft(), of: hers, expecting: 1, as: PeopleStore.officer)
            let page = try await people.desk.chronology(of: theirs, with: [hers], as: Self.housing).lines
            #expect(Set(page.map(\.entry.line)) == ["This record was opened", "Told: who it is, warnings"])
            #expect(Set(page.map(\.agency)) == ["housing", "police"])
            #expect(page.first { $0.agency == "police" }?.entry.recipient == "housing")
            await #expect(throws: Problem.absent) { try await people.desk.chronology(of: hers, as: Self.housing) }
            let own = try await people.desk.chronology(of: hers, with: [theirs], as: PeopleStore.officer).lines
            #expect(own.allSatisfy { $0.agency == "police" } && own.contains { $0.entry.recipient == "housing" })
            // Taken back: she is no longer entitled, and the owner sees that it ended.
            try await people.desk.withdraw(told, because: "A mistake", as: PeopleStore.officer)
            #expect(try await people.desk.chronology(of: theirs, with: [hers], as: Self.housing).lines.count == 1)
            #expect(try await lines(people, hers).contains("What was told was taken back"))
        }
    }

    @Test
    func `a narrow role gets no line of a class it does not see, and nobody a word of a narrative or what is sealed`()
        async throws
    {
        try await PeopleStore.open { people in
            let id = try await people.desk.create(PeopleStore.ama(Self.known), as: PeopleStore.officer)
            try await people.desk.seal("zqsealed", Person.safeContact, of: id, expecting: 0, as: PeopleStore.officer)
            let occurrence = try await people.occurrence("zqnarrative")
            try await people.desk.involve(id, as: .victim, in: occurrence, expecting: 1, as: PeopleStore.officer)
            let narrow = TestActor.practitioner("nia", roles: [.neighbourhoodOfficer])
            #expect(try await lines(people, id, as: narrow) == ["This record was opened", "Warning: A dog"])
            let all = try await people.desk.chronology(of: id, as: PeopleStore.officer)
            #expect(!"\(all)".contains("zqsealed") && !"\(all)".contains("zqnarrative") && !"\(all)".contains("Sunday"))
            let stored = try await people.store.ledger.glance { try $0.rows("SELECT * FROM chronology") }
            #expect(stored.count >= 4 && !"\(stored)".contains("Quay") && !"\(stored)".contains("dog"))
        }
    }

    @Test func `what is erased is gone from it, and a record kept to others is as if it were not`() async throws {
        try await PeopleStore.open { people in
            let id = try await people.desk.create(PeopleStore.ama(Self.known), as: PeopleStore.officer)
            let kept = try await people.desk.create(
                PeopleStore.ama { ($0.isKept, $0.given) = (true, ["ola"]) }, as: PeopleStore.officer)
            let occurrence = try await people.occurrence()
            try await people.desk.involve(id, as: .victim, in: occurrence, expecting: 1, as: PeopleStore.officer)
            try await people.desk.involve(kept, as: .suspect, in: occurrence, expecting: 2, as: PeopleStore.officer)
            let colleague = TestActor.practitioner("pat")
            #expect(try await !lines(people, id, as: colleague).contains { $0.contains("Domestic") })
            #expect(try await lines(people, id).contains { $0.contains("Domestic") })
            let second = try await people.occurrence("Later.", reference: "CR/2")
            try await people.desk.involve(id, as: .witness, in: second, expecting: 1, as: PeopleStore.officer)
            #expect(try await lines(people, id, as: colleague).contains { $0.contains("CR/2") })
            try await people.store.ledger.erase(Occurrence.self, second, as: TestActor.police([.recordsManager]))
            #expect(try await !lines(people, id).contains { $0.contains("CR/2") })
            let left = try await people.store.ledger.glance {
                try $0.integer("SELECT COUNT(*) FROM chronology WHERE record = $1", [.text(second.text)])
            }
            #expect(left == 0)
        }
    }

    @Test func `it comes a page at a time without losing or repeating a line, whatever is hidden between`() async throws
    {
        try await PeopleStore.open { people in
            let many = PeopleStore.ama { person in
                person.warnings = (1...25).map { Warning("Warning \($0)", since: Self.day(1, $0 % 9 + 1)) }
            }
            let id = try await people.desk.create(many, as: PeopleStore.officer)
            let whole = try await lines(people, id)
            var (paged, query) = ([String](), ChronologyQuery(limit: 4))
            while true {
                let page = try await people.desk.chronology(of: id, query, as: PeopleStore.officer)
                #expect(page.lines.count <= 4)
                paged += page.lines.map(\.entry.line)
                guard let next = page.next else { break }
                query.after = try #require(ChronologyPosition(next.text))
            }
            #expect(paged == whole && whole.count == 26)
            for text in ["", "1.2", "x.y.z", "1.2.3.4"] { #expect(ChronologyPosition(text) == nil) }
        }
    }

    @Test func `reading it is one entry of the log that names the records shown, and is found by any of them`()
        async throws
    {
        try await PeopleStore.open { people in
            let id = try await people.desk.create(PeopleStore.ama(Self.known), as: PeopleStore.officer)
            let occurrence = try await people.occurrence()
            try await people.desk.involve(id, as: .victim, in: occurrence, expecting: 1, as: PeopleStore.officer)
            _ = try await people.desk.chronology(of: id, as: PeopleStore.officer)
            let entries = try await people.store.log().filter { $0.kind == "chronology" }
            #expect(entries.count == 1 && entries[0].operation == .consultation && entries[0].user == "ola")
            #expect(Set(entries[0].listed) == [id.text, occurrence.text] && !entries[0].about.contains("Ama"))
        }
    }

    @Test func `what lay in the store before is published once, as each version had it`() async throws {
        try await PeopleStore.open { people in
            let id = try await people.desk.create(PeopleStore.ama(Self.known), as: PeopleStore.officer)
            let then = people.store.ledger.now
            people.store.clock.advance(seconds: 3600)
            try await people.desk.amend(id, expecting: 1, PeopleStore.ama(), as: PeopleStore.officer)
            let (now, before) = (
                try await lines(people, id), try await lines(people, id, ChronologyQuery(asKnownAt: then))
            )
            try await people.store.ledger.upkeep { try $0.run("DELETE FROM chronology") }
            #expect(try await lines(people, id).isEmpty)
            let kinds = ChronologyKinds(PeopleDesk.chronologyKinds)
            try await people.store.ledger.publishChronologies(kinds)
            #expect(try await lines(people, id) == now)
            #expect(try await lines(people, id, ChronologyQuery(asKnownAt: then)) == before && before.count > now.count)
            let rows = { try await people.store.ledger.glance { try $0.integer("SELECT COUNT(*) FROM chronology") } }
            let count = try await rows()
            try await people.store.ledger.publishChronologies(kinds)
            #expect(try await rows() == count)
        }
    }

    @Test func `an occurrence, a link or a place that is erased leaves no line with anybody, also where she is linked`()
        async throws
    {
        try await PeopleStore.open { people in
            let officer = PeopleStore.officer
            let (ama, twin, kofi) = (
                try await people.desk.create(PeopleStore.ama(), as: officer),
                try await people.desk.create(PeopleStore.ama(), as: officer),
                try await people.desk.create(
                    Person(names: [KnownName(given: "Kofi", family: "Boateng")]), as: officer)
            )
            let (occurrence, place) = (try await people.occurrence(), try await people.place())
            try await people.desk.involve(twin, as: .victim, in: occurrence, expecting: 1, as: officer)
            try await people.desk.involve(kofi, as: .suspect, in: occurrence, expecting: 2, as: officer)
            let lives = try await people.desk.link(twin, "lives", to: .place(place), as: officer)
            let partner = try await people.desk.link(twin, "partner", to: .person(kofi), as: officer)
            let records = TestActor.police([.recordsManager])
            let told = {
                let hers = try await people.desk.chronology(of: ama, with: [twin], as: officer).lines
                let his = try await people.desk.chronology(of: kofi, as: officer).lines
                return (hers: hers.map(\.entry.kind), his: his.map(\.entry.kind))
            }
            let before = try await told()
            #expect(before.hers.filter { $0 == "people.occurrence" }.count == 1)
            #expect(before.hers.filter { $0 == "people.link" }.count == 2 && before.his.contains("people.link"))
            try await people.store.ledger.erase(Occurrence.self, occurrence, as: records)
            let first = try await told()
            #expect(!first.hers.contains("people.occurrence") && !first.his.contains("people.occurrence"))
            try await people.store.ledger.erase(PersonLink.self, partner, as: records)
            let second = try await told()
            #expect(!second.his.contains("people.link") && second.hers.filter { $0 == "people.link" }.count == 1)
            // A line about a place that is gone is gone too.
            try await people.store.ledger.erase(Place.self, place, as: records)
            #expect(try await !told().hers.contains("people.link"))
            try await people.store.ledger.erase(PersonLink.self, lives, as: records)
            let left = try await people.store.ledger.glance { reading in
                try [occurrence.text, partner.text, place.text, lives.text].map {
                    try reading.integer("SELECT COUNT(*) FROM chronology WHERE record = $1", [.text($0)]) ?? -1
                }
            }
            #expect(left == [0, 0, 0, 0])
        }
    }

    @Test func `on paper another agency gets what it was told by then, of ours alone, and of nobody else`() async throws
    {
        try await PeopleStore.open { people in
            let officer = PeopleStore.officer
            let ama = try await people.desk.create(PeopleStore.ama(Self.known), as: officer)
            let kofi = try await people.desk.create(
                Person(names: [KnownName(given: "Kofi", family: "Boateng")]), as: officer)
            let occurrence = try await people.occurrence()
            try await people.desk.involve(ama, as: .victim, in: occurrence, expecting: 1, as: officer)
            _ = try await people.desk.link(ama, "partner", to: .person(kofi), as: officer)
            let refuge = try await people.place { ($0.name, $0.isRefuge) = ("Zqharbour", true) }
            _ = try await people.desk.link(ama, "stays", to: .place(refuge), as: officer)
            let theirs = try await people.desk.create(PeopleStore.ama(Self.known), as: Self.housing)
            people.store.clock.advance(seconds: 3600)
            func paper(_ fields: Set<FieldClass>, _ recipient: String = "housing") async throws -> [String] {
                let draft = Disclosure.Draft(
                    recipient: recipient, fields: fields, basis: "consent", words: "A visit", until: nil)
                let id = try await people.desk.disclose(draft, of: ama, expecting: 1, as: officer)
                let told = try await people.desk.disclosure(id, as: officer).record
                let extract = ChronologyExtract(told, secret: [refuge.text])
                return try await people.desk.chronology(of: ama, with: [theirs], as: officer).lines
                    .filter(extract.holds).map(\.entry.line)
            }
            #expect(try await paper([.warnings]) == ["Warning: A dog"])
            let identity = try await paper([.identity])
            #expect(identity.contains("This record was opened") && !identity.contains { $0.contains("Victim") })
            let all = try await paper(Set(FieldClass.allCases))
            #expect(all.contains("Domestic abuse (CR/1042/26): Victim") && all.contains("Home: 4 Quay Row, TS1 1AA"))
            #expect(!all.contains { $0.hasPrefix("Partner") || $0.hasPrefix("Stays") })
            #expect(all.filter { $0.hasPrefix("Home") }.count == 1, "nothing of theirs")
            _ = try await paper([.warnings], "health")
            #expect(try await !paper(Set(FieldClass.allCases)).contains("Told: warnings, "))
            let late = try await people.desk.disclosures(of: ama, as: officer).last
            people.store.clock.advance(seconds: 60)
            try await people.desk.endPart(of: ama, as: .victim, in: occurrence, expecting: 2, as: officer)
            let extract = ChronologyExtract(try #require(late))
            let since = try await people.desk.chronology(of: ama, as: officer).lines.filter(extract.holds)
            #expect(!since.contains { $0.entry.line.hasPrefix("No longer") }, "what came since was not told")
        }
    }
}
