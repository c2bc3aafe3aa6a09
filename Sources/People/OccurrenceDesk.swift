public import Access
public import Kernel
public import Ledger

/// Occurrences, and who had a part in them.
extension PeopleDesk {
    /// Occurrences with this number or every word, or at a place with this postcode, newest first.
    /// - Throws: `Problem.invalid` when nothing is asked for.
    public func occurrences(matching text: String, as actor: Actor) async throws -> [Record<Occurrence>] {
        let words = NameWords.of(text)
        guard let first = words.first else {
            throw Problem.fields([.init("words", "Enter a number, a postcode or words")])
        }
        var found: [String: Record<Occurrence>] = [:]
        for record in try await listed("number", Occurrence.number(text), actor) { found[record.id.text] = record }
        let postcode = Place.folded(text)
        let near = try await ledger.list(Place.self, index: "postcode", key: postcode, limit: 50, as: actor).records
        for place in near {
            for record in try await listed("place", place.id.text, actor) { found[record.id.text] = record }
        }
        // What she does not see of it does not find it for her either.
        for record in try await listed("word", first, actor)
        where Set(NameWords.of("\(record.body.title) \(record.body.summary)")).isSuperset(of: words) {
            found[record.id.text] = record
        }
        return found.values.sorted { ($0.body.from.sortKey, $0.id.text) > ($1.body.from.sortKey, $1.id.text) }
    }

    private func listed(_ index: String, _ key: String, _ actor: Actor) async throws -> [Record<Occurrence>] {
        try await ledger.list(Occurrence.self, index: index, key: key, limit: 200, as: actor).records
    }

    /// The latest, a page at a time.
    public func occurrences(
        after position: ListPosition? = nil, as actor: Actor
    ) async throws -> RecordPage<Occurrence> {
        try await ledger.list(Occurrence.self, index: "sort", after: position, limit: 50, descending: true, as: actor)
    }

    /// Of those that name a person, the ones she may see, newest first.
    public func occurrences(of person: Identifier<Person>, as actor: Actor) async throws -> [Record<Occurrence>] {
        try await listed("person", person.text, actor).sorted { $0.body.from.sortKey > $1.body.from.sortKey }
    }

    /// Those of these persons that she may see.
    public func persons(_ ids: [Identifier<Person>], as actor: Actor) async throws -> [Record<Person>] {
        ids.isEmpty ? [] : try await ledger.list(Person.self, ids, shownIn: "links", as: actor)
    }

    /// - Throws: `Problem.invalid` with field errors; `.absent` when she may not, or may not see the place.
    public func create(_ occurrence: Occurrence, as actor: Actor) async throws -> Identifier<Occurrence> {
        let id = ledger.newIdentifier(Occurrence.self)
        let body = try await checked(occurrence, as: actor)
        try await ledger.commit([.create(id, body, owner: actor.agency)], as: actor)
        return id
    }

    /// - Throws: as above; `Conflict`.
    public func amend(
        _ id: Identifier<Occurrence>, expecting version: Int, _ occurrence: Occurrence, as actor: Actor
    ) async throws {
        let body = try await checked(occurrence, as: actor)
        try await ledger.commit([.amend(id, expecting: version, body)], as: actor)
    }

    /// Adds a person in a capacity. The same person may be in it in several, each kept apart with its days.
    /// - Throws: `Problem.invalid` when she is in it so already; `.absent` for a person of another agency; `Conflict`.
    public func involve(
        _ person: Identifier<Person>, as capacity: RecordSubject.Capacity, in id: Identifier<Occurrence>,
        expecting version: Int, as actor: Actor
    ) async throws {
        var body = try await record(id, as: actor).body
        let found = try await self.person(person, as: actor)
        guard found.owner == actor.agency else { throw Problem.absent }
        guard !body.involved.contains(where: { $0.person == person && $0.capacity == capacity && $0.until == nil })
        else { throw Problem.fields([.init("capacity", "This person is named so already")]) }
        body.involved.append(
            Involvement(
                person: person, capacity: capacity, since: LondonTime.day(of: ledger.now), recordedBy: actor.user))
        try await ledger.commit([.amend(id, expecting: version, body)], as: actor)
    }

    /// Ends what a person was named as; that it was so stays.
    /// - Throws: `Problem.absent` when she is not named so; `Conflict`.
    public func endPart(
        of person: Identifier<Person>, as capacity: RecordSubject.Capacity, in id: Identifier<Occurrence>,
        expecting version: Int, as actor: Actor
    ) async throws {
        var body = try await record(id, as: actor).body
        let place = body.involved.firstIndex { $0.person == person && $0.capacity == capacity && $0.until == nil }
        guard let place else { throw Problem.absent }
        body.involved[place].until = LondonTime.day(of: ledger.now)
        try await ledger.commit([.amend(id, expecting: version, body)], as: actor)
    }

    private func checked(_ occurrence: Occurrence, as actor: Actor) async throws -> Occurrence {
        let today = LondonTime.day(of: ledger.now)
        var (tidy, faults) = (occurrence, [Problem.Field]())
        (tidy.reference, tidy.summary) = (occurrence.reference.trimmed(), occurrence.summary.trimmed())
        if try !PeopleKinds.bundled().occurrences.holding(on: today).contains(where: { $0.code == tidy.what }) {
            faults.append(.init("what", "Choose what happened"))
        }
        if tidy.from.year == nil { faults.append(.init("from", "Enter at least the year, such as 2026")) }
        if let day = tidy.from.day, day > today { faults.append(.init("from", "Enter today or an earlier day")) }
        if let until = tidy.until, let from = tidy.from.day, until < from {
            faults.append(.init("until", "It cannot end before it began"))
        }
        if tidy.reference.count > 50 { faults.append(.init("reference", "Use 50 characters or fewer")) }
        if tidy.summary.isEmpty { faults.append(.init("summary", "Write what happened, in a sentence or two")) }
        if tidy.summary.count > 5000 { faults.append(.init("summary", "Use 5,000 characters or fewer")) }
        guard faults.isEmpty else { throw Problem.fields(faults) }
        if let place = tidy.place { _ = try await record(place, as: actor) }
        return tidy
    }
}
