import Access
import Kernel
import Ledger
import TestKit
import Testing

@testable import People

extension PeopleStore {
    func occurrence(_ summary: String = "A neighbour called.", reference: String = "CR/1042/26") async throws
        -> Identifier<Occurrence>
    {
        let when = try #require(PartialDate(year: 2026, month: 3, day: 3))
        return try await desk.create(
            Occurrence(what: "domestic-abuse", reference: reference, from: when, summary: summary),
            as: PeopleStore.officer)
    }

    func place(_ more: (inout Place) -> Void = { _ in }) async throws -> Identifier<Place> {
        var place = Place(lines: "9 Larch Close", postcode: "ts3 3aa", uprn: "100 012", what: "dwelling")
        more(&place)
        return try await desk.create(place, as: PeopleStore.officer)
    }
}

@Suite("Occurrences, places and links", .onEveryEngine)
struct OccurrenceTests {
    private static let colleague = TestActor.practitioner("pat")
    private static let housing = TestActor.practitioner("h1", agency: "housing", roles: [.partnerPractitioner])

    @Test func `a suspect here who is a victim elsewhere stays both, each apart and with its days`() async throws {
        try await PeopleStore.open { people in
            let ama = try await people.desk.create(PeopleStore.ama(), as: PeopleStore.officer)
            let (first, second) = (
                try await people.occurrence(), try await people.occurrence("A fight.", reference: "CR/2")
            )
            try await people.desk.involve(ama, as: .victim, in: first, expecting: 1, as: PeopleStore.officer)
            try await people.desk.involve(ama, as: .suspect, in: second, expecting: 1, as: PeopleStore.officer)
            try await people.desk.involve(ama, as: .victim, in: second, expecting: 2, as: PeopleStore.officer)
            let parts = try await people.desk.occurrences(of: ama, as: PeopleStore.officer)
                .map { Set($0.body.involved.map(\.capacity)) }
            #expect(Set(parts) == [[.victim], [.victim, .suspect]])
            try await people.desk.endPart(of: ama, as: .suspect, in: second, expecting: 3, as: PeopleStore.officer)
            let after = try await people.desk.record(second, as: PeopleStore.officer).body
            #expect(after.involved.map(\.capacity) == [.suspect, .victim] && after.involved[0].until != nil)
            #expect(after.involved[0].recordedBy == "ola" && after.involved[1].until == nil)
            let twice = await #expect(throws: Problem.self) {
                try await people.desk.involve(ama, as: .victim, in: second, expecting: 4, as: PeopleStore.officer)
            }
            #expect(twice?.fields.map(\.name) == ["capacity"])
            // Whoever asks the log who saw anything about her finds these too.
            let reader = Actor(user: "pia", agency: "police", roles: [.privacyOfficer], purpose: .oversight)
            var query = AuditQuery(limit: 1000)
            query.person = ama.text
            let seen = try await people.store.ledger.audit(query, as: reader)
            #expect(Set(seen.compactMap(\.record)).isSuperset(of: [first.text, second.text]))
        }
    }

    @Test func `an occurrence is found by its number, its words and the postcode of its place, and by no other agency`()
        async throws
    {
        try await PeopleStore.open { people in
            let (id, place) = (try await people.occurrence("Shouting zqlantern"), try await people.place())
            var body = try await people.desk.record(id, as: PeopleStore.officer).body
            body.place = place
            try await people.desk.amend(id, expecting: 1, body, as: PeopleStore.officer)
            for words in ["cr 1042 26", "zqlantern", "domestic shouting", "TS33AA", "ts3 3aa"] {
                let found = try await people.desk.occurrences(matching: words, as: PeopleStore.officer)
                #expect(found.map(\.id) == [id], "\(words)")
                #expect(try await people.desk.occurrences(matching: words, as: Self.housing).isEmpty, "\(words)")
            }
            #expect(try await people.desk.occurrences(matching: "CR/9", as: PeopleStore.officer).isEmpty)
            // Who sees no summary does not find by its words either.
            let records = TestActor.police([.recordsManager])
            #expect(try await people.desk.occurrences(matching: "zqlantern", as: records).isEmpty)
            await #expect(throws: Problem.absent) { try await people.desk.record(id, as: Self.housing) }
            #expect(try await people.desk.history(of: id, as: PeopleStore.officer).count == 2)
        }
    }

    @Test func `what cannot be is refused beside its field`() async throws {
        try await PeopleStore.open { people in
            let when = try #require(PartialDate(year: 2030, month: 1, day: 1))
            let wrong = Occurrence(what: "none", from: when, until: Day(year: 2029, month: 1, day: 1))
            let problem = await #expect(throws: Problem.self) {
                try await people.desk.create(wrong, as: PeopleStore.officer)
            }
            #expect(Set(problem?.fields.map(\.name) ?? []) == ["what", "from", "until", "summary"])
            let place = Place(uprn: "x", what: "none")
            let second = await #expect(throws: Problem.self) {
                try await people.desk.create(place, as: PeopleStore.officer)
            }
            #expect(Set(second?.fields.map(\.name) ?? []) == ["what", "name", "uprn"])
        }
    }

    @Test func `before a place is added those that may be the same are found`() async throws {
        try await PeopleStore.open { people in
            let id = try await people.place()
            let like = Place(lines: "9, Larch Close", postcode: "TS3 3AA", what: "dwelling")
            #expect(try await people.desk.placesLike(like, as: PeopleStore.officer).map(\.id) == [id])
            let other = Place(lines: "11 Quay Row", postcode: "TS3 3AA", what: "dwelling")
            #expect(try await people.desk.placesLike(other, as: PeopleStore.officer).isEmpty)
            for words in ["larch 9", "TS3 3AA", "100012"] {
                #expect(
                    try await people.desk.places(matching: words, as: PeopleStore.officer).map(\.id) == [id], "\(words)"
                )
            }
        }
    }

    @Test func `a refuge, and who stays there, exist for nobody but those named`() async throws {
        try await PeopleStore.open { people in
            let ama = try await people.desk.create(PeopleStore.ama(), as: PeopleStore.officer)
            let refuge = try await people.place { ($0.name, $0.isRefuge) = ("Zqharbour", true) }
            _ = try await people.desk.link(ama, "stays", to: .place(refuge), as: PeopleStore.officer)
            #expect(try await people.desk.links(of: ama, as: PeopleStore.officer).map(\.name).count == 1)
            #expect(try await people.desk.links(of: ama, as: Self.colleague).isEmpty)
            #expect(try await people.desk.places(matching: "Zqharbour", as: Self.colleague).isEmpty)
            await #expect(throws: Problem.absent) { try await people.desk.record(refuge, as: Self.colleague) }
            await #expect(throws: Problem.absent) {
                try await people.desk.link(ama, "stays", to: .place(refuge), as: Self.colleague)
            }
            #expect(
                try await people.desk.chronology(of: ama, as: Self.colleague).lines.allSatisfy { $0.entry.about == nil }
            )
            #expect(
                try await people.desk.chronology(of: ama, as: PeopleStore.officer).lines.contains {
                    $0.entry.about != nil
                })
        }
    }

    @Test func `a link is a dated fact that ends and is not taken away, and reads rightly from both ends`() async throws
    {
        try await PeopleStore.open { people in
            let ama = try await people.desk.create(PeopleStore.ama(), as: PeopleStore.officer)
            let kofi = try await people.desk.create(
                Person(names: [KnownName(given: "Kofi", family: "Mensah")]), as: PeopleStore.officer)
            let from = try #require(Day(year: 2020, month: 5, day: 1))
            let id = try await people.desk.link(ama, "parent", to: .person(kofi), from: from, as: PeopleStore.officer)
            let (hers, his) = (
                try await people.desk.links(of: ama, as: PeopleStore.officer),
                try await people.desk.links(of: kofi, as: PeopleStore.officer)
            )
            #expect(hers.map { $0.record.body.title(from: ama.text) } == ["Parent of"] && hers[0].name == "Kofi Mensah")
            #expect(his.map { $0.record.body.title(from: kofi.text) } == ["Child of"])
            try await people.desk.endLink(id, as: PeopleStore.officer)
            let ended = try await people.desk.links(of: ama, as: PeopleStore.officer)
            #expect(ended.count == 1 && ended[0].record.body.until != nil && ended[0].record.body.recordedBy == "ola")
            for relation in ["lives", "none"] {
                await #expect(throws: Problem.self) {
                    try await people.desk.link(ama, relation, to: .person(kofi), as: PeopleStore.officer)
                }
            }
        }
    }
}
