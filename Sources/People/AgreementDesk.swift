public import Access
public import Kernel
public import Ledger

/// Agreements by which partners share: entering, changing and ending one, and what that means for the persons it brought.
extension IntakeDesk {
    /// - Throws: `Problem.invalid` with field errors; `.absent` when she may not.
    public func agree(
        _ draft: SharingAgreement.Draft, as actor: Actor
    ) async throws -> Identifier<SharingAgreement> {
        let id = ledger.newIdentifier(SharingAgreement.self)
        let body = try SharingAgreement(draft, for: actor.agency, on: today)
        try await ledger.commit([.create(id, body, owner: actor.agency)], as: actor)
        return id
    }

    /// By their last day, the soonest first; at most 500.
    public func agreements(as actor: Actor) async throws -> [Record<SharingAgreement>] {
        try await ledger.list(SharingAgreement.self, index: "until", limit: 500, as: actor).records
    }

    public func agreement(
        _ id: Identifier<SharingAgreement>, as actor: Actor
    ) async throws -> Record<SharingAgreement> {
        try await ledger.read(SharingAgreement.self, id, as: actor)
    }

    public func history(
        of id: Identifier<SharingAgreement>, as actor: Actor
    ) async throws -> [Record<SharingAgreement>] {
        try await ledger.history(SharingAgreement.self, id, as: actor)
    }

    /// Another name, law or last day; the agency that shares stays. Call `carry` after it.
    /// - Throws: `Problem.invalid` with field errors; `.conflict` when it was ended; `.absent`; `Conflict`.
    public func change(
        _ id: Identifier<SharingAgreement>, expecting version: Int, _ draft: SharingAgreement.Draft, as actor: Actor
    ) async throws {
        let body = try await agreement(id, as: actor).body.changed(draft, for: actor.agency, on: today)
        try await ledger.commit([.amend(id, expecting: version, body)], as: actor)
    }

    /// Today becomes its last day: what came by it is erased in the next night. Call `carry` after it.
    /// - Throws: `Problem.invalid` without a reason; `.conflict` when it is over; `.absent`; `Conflict`.
    public func end(
        _ id: Identifier<SharingAgreement>, expecting version: Int, because words: String, as actor: Actor
    ) async throws {
        let body = try await agreement(id, as: actor).body.ended(because: words, on: today)
        try await ledger.commit([.amend(id, expecting: version, body)], as: actor)
    }

    // MARK: What came by it

    private static let batch = 250

    /// Gives each person the last day of the agreement that brought her, where that was changed since. Done after a
    /// change and again before each night's erasure, so that a stop in between loses nothing. It is the house that does
    /// it: whoever changed the agreement may not see all of them.
    /// - Returns: how many were changed; nil when another does it.
    @discardableResult
    public func carry(_ progress: @Sendable (Int) -> Void = { _ in }) async throws -> Int? {
        try await ledger.aloneOrNot("people-carry") {
            var (carried, position) = (0, ListPosition?.none)
            repeat {
                try Task.checkCancellation()
                let place = position
                let (late, last) = try await ledger.glance { reading in
                    let page = try RecordUpkeep.page(
                        of: Person.self, index: Person.sourceIndex, after: place, limit: Self.batch, reading)
                    return (try Self.late(page.records, reading), page.last)
                }
                for (record, until) in late where try await carry(record, until) { carried += 1 }
                if !late.isEmpty { progress(carried) }
                position = last
            } while position != nil
            return carried
        }
    }

    /// Those whose agreement says another day than they do.
    private static func late(
        _ persons: [Record<Person>], _ reading: any Reading
    ) throws -> [(record: Record<Person>, until: Day)] {
        var days: [String: Day] = [:]
        for id in Set(persons.compactMap(\.body.source?.agreement)) {
            days[id] = try RecordUpkeep.current(SharingAgreement.self, id, reading)?.body.until
        }
        return persons.compactMap { record in
            guard let source = record.body.source, let until = source.agreement.flatMap({ days[$0] }),
                source.until != until
            else { return nil }
            return (record, until)
        }
    }

    /// - Returns: false when somebody else changed her meanwhile; the next time finds her again.
    private func carry(_ record: Record<Person>, _ until: Day) async throws -> Bool {
        var next = record.body
        next.source?.until = until
        do {
            try await ledger.commit(
                [.amend(record.id, expecting: record.version, next)],
                as: .house(carryingFor: record.owner, next.given))
            return true
        } catch is Conflict {
            return false
        } catch let problem as Problem where problem.code == .absent {
            return false
        }
    }
}

extension Actor {
    /// The house itself, for an agency; also for those to whom a person is kept, of whom it learns nothing.
    fileprivate static func house(carryingFor agency: String, _ given: Set<String>) -> Actor {
        Actor(
            user: "house", agency: agency, roles: [.safeguardingPractitioner], teams: given, purpose: .safeguarding)
    }
}
