public import Access
public import Kernel
public import Ledger

/// Dated links between persons, and between a person and a place.
extension PeopleDesk {
    /// What a link is to.
    public enum LinkEnd: Sendable {
        case place(Identifier<Place>)
        case person(Identifier<Person>)
    }

    /// - Parameter relation: a code of `PeopleKinds.placeLinks` or `.personLinks`.
    /// - Throws: `Problem.invalid` with field errors; `.absent` where she may not see one of the two.
    public func link(
        _ person: Identifier<Person>, _ relation: String, to end: LinkEnd, from: Day? = nil, until: Day? = nil,
        as actor: Actor
    ) async throws -> Identifier<PersonLink> {
        guard try await self.person(person, as: actor).owner == actor.agency else { throw Problem.absent }
        let today = LondonTime.day(of: ledger.now)
        var faults: [Problem.Field] = []
        if try !words(for: end).holding(on: today).contains(where: { $0.code == relation }) {
            faults.append(.init("relation", "Choose how they are linked"))
        }
        if let from, from > today { faults.append(.init("link-from", "Enter today or an earlier day")) }
        if let from, let until, until < from { faults.append(.init("link-until", "It cannot end before it began")) }
        if case .person(let other) = end, other == person {
            faults.append(.init("relation", "Choose another person"))
        }
        guard faults.isEmpty else { throw Problem.fields(faults) }
        let (place, other, given) = try await reached(end, as: actor)
        let link = PersonLink(
            person: person, place: place, other: other, relation: relation, from: from, until: until,
            recordedBy: actor.user, isKept: given != nil, given: given ?? [])
        let id = ledger.newIdentifier(PersonLink.self)
        try await ledger.commit([.create(id, link, owner: actor.agency)], as: actor)
        return id
    }

    private func words(for end: LinkEnd) throws -> [Dated<KindWord>] {
        let kinds = try PeopleKinds.bundled()
        if case .place = end { return kinds.placeLinks }
        return kinds.personLinks
    }

    /// The other end, as far as she may see it; and who alone may know of the link, where it leads to a refuge.
    private func reached(
        _ end: LinkEnd, as actor: Actor
    ) async throws -> (Identifier<Place>?, Identifier<Person>?, Set<String>?) {
        switch end {
        case .place(let id):
            let place = try await record(id, as: actor)
            guard place.owner == actor.agency else { throw Problem.absent }
            return (id, nil, place.body.isRefuge ? place.body.given : nil)
        case .person(let id):
            guard try await person(id, as: actor).owner == actor.agency else { throw Problem.absent }
            return (nil, id, nil)
        }
    }

    /// The link ends today; that it was there stays.
    /// - Throws: `Problem.conflict` when it ended before; `.absent`; `Conflict`.
    public func endLink(_ id: Identifier<PersonLink>, as actor: Actor) async throws {
        let record = try await ledger.read(PersonLink.self, id, as: actor)
        guard record.body.until == nil else { throw Problem(.conflict, "This link was ended before.") }
        var body = record.body
        body.until = LondonTime.day(of: ledger.now)
        try await ledger.commit([.amend(id, expecting: record.version, body)], as: actor)
    }

    /// Those of a person whose other end she may see too, newest first.
    public func links(of person: Identifier<Person>, as actor: Actor) async throws -> [ShownLink] {
        let found = try await ledger.list(PersonLink.self, index: "person", key: person.text, limit: 200, as: actor)
        let others = found.records.compactMap {
            [$0.body.person, $0.body.other].compactMap { $0 }.first { $0 != person }
        }
        let persons = try await persons(others, as: actor)
        let places = try await places(found.records.compactMap(\.body.place), as: actor)
        return found.records.reversed().compactMap { record in
            let body = record.body
            if let id = body.place {
                return places.first { $0.id == id }.map {
                    ShownLink(record: record, end: .place(id), name: $0.body.title)
                }
            }
            let other = body.person == person ? body.other : body.person
            return persons.first { $0.id == other }.map {
                ShownLink(record: record, end: .person($0.id), name: $0.body.name)
            }
        }
    }

    /// Those to a place, with each person she may see.
    public func links(to place: Identifier<Place>, as actor: Actor) async throws -> [ShownLink] {
        let found = try await ledger.list(PersonLink.self, index: "place", key: place.text, limit: 200, as: actor)
        let persons = try await persons(found.records.map(\.body.person), as: actor)
        return found.records.reversed().compactMap { record in
            persons.first { $0.id == record.body.person }.map {
                ShownLink(record: record, end: .person($0.id), name: $0.body.name)
            }
        }
    }

    /// A link with its other end, as she sees it.
    public struct ShownLink: Sendable {
        public let record: Record<PersonLink>
        public let end: LinkEnd
        public let name: String
    }
}
