public import Access
public import Kernel
public import Ledger

/// Persons, what is sealed of them, and what is told of them to other agencies: all through the ledger.
public struct PeopleDesk: Sendable {
    let ledger: Ledger
    /// Filled at the first look-up, or before it by whoever keeps the house.
    public let finder: PersonFinder

    public init(ledger: Ledger) { (self.ledger, finder) = (ledger, PersonFinder(ledger: ledger)) }

    // MARK: Finding: see PersonFinding.swift

    /// By name, a page at a time.
    public func list(after position: ListPosition? = nil, as actor: Actor) async throws -> RecordPage<Person> {
        try await ledger.list(Person.self, index: "sort", after: position, limit: 50, as: actor)
    }

    // MARK: One person

    public func person(
        _ id: Identifier<Person>, asKnownAt moment: Moment? = nil, as actor: Actor
    ) async throws -> Record<Person> {
        try await ledger.read(Person.self, id, as: actor, asKnownAt: moment)
    }

    /// Any record of this room.
    public func record<Body: RecordBody>(
        _ id: Identifier<Body>, asKnownAt moment: Moment? = nil, as actor: Actor
    ) async throws -> Record<Body> {
        try await ledger.read(Body.self, id, as: actor, asKnownAt: moment)
    }

    public func history<Body: RecordBody>(of id: Identifier<Body>, as actor: Actor) async throws -> [Record<Body>] {
        try await ledger.history(Body.self, id, as: actor)
    }

    /// - Throws: `Problem.invalid` with field errors; `.absent` when she may not.
    public func create(_ person: Person, as actor: Actor) async throws -> Identifier<Person> {
        let id = ledger.newIdentifier(Person.self)
        let body = try await tagged(try await checked(person, over: nil, as: actor), id)
        try await ledger.commit([.create(id, body, owner: actor.agency)], as: actor)
        return id
    }

    /// - Throws: as above; `Conflict`.
    public func amend(
        _ id: Identifier<Person>, expecting version: Int, _ person: Person, as actor: Actor
    ) async throws {
        let body = try await tagged(try await checked(person, over: id, as: actor), id)
        try await ledger.commit([.amend(id, expecting: version, body)], as: actor)
    }

    func tagged(_ person: Person, _ id: Identifier<Person>) async throws -> Person {
        var tagged = person
        tagged.tags = try await ledger.tags(of: person.identities, record: id.text)
        return tagged
    }

    // MARK: What is sealed

    public func mask(
        _ field: SealedField, of id: Identifier<Person>, as actor: Actor
    ) async throws -> Sealed.Mask? {
        try await ledger.mask(field, of: id, as: actor)
    }

    /// Of several fields at once; one that has no value is left out.
    public func masks(
        _ fields: [SealedField], of id: Identifier<Person>, as actor: Actor
    ) async throws -> [SealedField: Sealed.Mask] {
        try await ledger.masks(fields, of: id, as: actor)
    }

    public func seal(
        _ value: String, _ field: SealedField, of id: Identifier<Person>, expecting version: Int, as actor: Actor
    ) async throws {
        try await ledger.seal(Sealed.Plain(value.trimmed()), field, of: id, expecting: version, as: actor)
    }

    public func reveal(
        _ field: SealedField, of id: Identifier<Person>, because reason: RevealReason, as actor: Actor
    ) async throws -> Sealed.Plain {
        try await ledger.reveal(field, of: id, because: reason, as: actor)
    }

    // MARK: Telling another agency

    /// Tells another agency what stands now in the fields chosen.
    /// - Parameter version: the version before her when she chose.
    /// - Throws: `Problem.invalid` with field errors; `.conflict` when the record moved on; `.absent`.
    public func disclose(
        _ draft: Disclosure.Draft, of id: Identifier<Person>, expecting version: Int, as actor: Actor
    ) async throws -> Identifier<Disclosure> {
        let person = try await person(id, as: actor)
        guard person.version == version else {
            throw Problem(
                .conflict, "Somebody changed this person while you were choosing. Nothing was told to anybody.",
                next: "Look at what stands now, then choose again.")
        }
        let disclosure = try Disclosure(draft, of: person, on: LondonTime.day(of: ledger.now))
        let new = ledger.newIdentifier(Disclosure.self)
        let about = "\(new) \(disclosure.quotedFields.map(\.rawValue).sorted().joined(separator: " "))"
        let change = try Change.create(new, disclosure, owner: actor.agency)
            .disclosing(Person.self, id, to: disclosure.recipient, about: about)
        try await ledger.commit([change], as: actor)
        return new
    }

    /// - Throws: `Problem.invalid`, `.conflict`, `.absent`; `Conflict`.
    public func withdraw(_ id: Identifier<Disclosure>, because words: String, as actor: Actor) async throws {
        let record = try await ledger.read(Disclosure.self, id, as: actor)
        try await ledger.commit(
            [
                .amend(
                    id, expecting: record.version,
                    record.body.withdrawn(because: words, on: LondonTime.day(of: ledger.now)))
            ], as: actor)
    }

    /// What was told of a person, newest first; of those that she may see.
    public func disclosures(of id: Identifier<Person>, as actor: Actor) async throws -> [Record<Disclosure>] {
        try await ledger.list(Disclosure.self, index: "person", key: id.text, limit: 200, as: actor).records.reversed()
    }

    /// What her agency was told, newest first.
    public func received(as actor: Actor) async throws -> [Record<Disclosure>] {
        try await ledger.list(Disclosure.self, index: "recipient", key: actor.agency, limit: 200, as: actor)
            .records.reversed()
    }

    /// One disclosure with the fields it shows.
    public func disclosure(
        _ id: Identifier<Disclosure>, asKnownAt moment: Moment? = nil, as actor: Actor
    ) async throws -> Quotation<Disclosure> {
        try await ledger.quote(Disclosure.self, id, as: actor, asKnownAt: moment)
    }

    /// What each agency could see of a person at a moment: the owner's record as it stood, and what others were told.
    public struct KnownAt: Sendable {
        public let record: Record<Person>
        public let told: [Quotation<Disclosure>]
    }

    /// - Throws: `Problem.absent` when there was no record yet or she may not see it.
    public func known(of id: Identifier<Person>, at moment: Moment, as actor: Actor) async throws -> KnownAt {
        let record = try await person(id, asKnownAt: moment, as: actor)
        var told: [Quotation<Disclosure>] = []
        for disclosure in try await disclosures(of: id, as: actor) {
            guard let known = try? await self.disclosure(disclosure.id, asKnownAt: moment, as: actor),
                known.record.body.isLive(at: moment)
            else { continue }
            told.append(known)
        }
        return KnownAt(record: record, told: told)
    }
}
