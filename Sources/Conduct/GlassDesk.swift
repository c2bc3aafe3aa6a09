public import Access
public import Kernel
public import Ledger

/// Emergency access: breaking the glass, and reviewing that it was right.
public struct GlassDesk: Sendable {
    let ledger: Ledger

    public init(ledger: Ledger) { self.ledger = ledger }

    /// Opens what any agency holds of one person, for one hour. Whoever asked must have proved anew who she is.
    ///
    /// For a party to the record nothing is found, as for a person nobody holds: the answer is the same.
    /// - Throws: `Problem.invalid` with field errors; `.refused` while an earlier one awaits its review.
    @discardableResult
    public func open(_ who: PartyIdentity, reason: String, as actor: Actor) async throws -> Record<Glass> {
        try Self.check(who, reason)
        let tags = try await ledger.tags(of: [who])
        let persons = try await ledger.persons(tagged: tags, as: actor)
        let earlier = try await mine(as: actor).map { (glass: $0.record.body, review: $0.review) }
        if let refusal = GlassRules.refusal(earlier, persons: persons.keys.sorted(), at: ledger.now) { throw refusal }
        guard let limits = GlassLimits.dated.holding(on: LondonTime.day(of: ledger.now)).first else {
            throw Problem(.unavailable, "No limits for emergency access hold today.")
        }
        let glass = Glass(
            user: actor.user, agency: actor.agency, persons: persons, reason: reason.trimmed(), at: ledger.now, limits)
        let id = ledger.newIdentifier(Glass.self)
        try await ledger.commit([.create(id, glass, owner: actor.agency)], as: actor)
        return try await ledger.read(Glass.self, id, as: actor)
    }

    /// - Throws: `Problem.invalid` with field errors.
    public static func check(_ who: PartyIdentity, _ reason: String) throws {
        var faults: [Problem.Field] = []
        if who.given.trimmed().isEmpty { faults.append(.init("given", "Enter the first name")) }
        if who.family.trimmed().isEmpty { faults.append(.init("family", "Enter the family name")) }
        if who.born == nil { faults.append(.init("born", "Enter the date of birth, such as 31 3 1987")) }
        if reason.trimmed().count < GlassRules.fewestWords {
            faults.append(.init("reason", "Say in at least \(GlassRules.fewestWords) characters why you need this now"))
        }
        guard faults.isEmpty else { throw Problem.fields(faults) }
    }

    /// Her own with their reviews, newest first.
    public func mine(as actor: Actor) async throws -> [Standing] {
        let records = try await ledger.list(Glass.self, index: "user", key: actor.user, limit: 200, as: actor).records
        return try await standings(records.reversed(), as: actor)
    }

    private func standings(_ records: [Record<Glass>], as actor: Actor) async throws -> [Standing] {
        var found: [Standing] = []
        for record in records {
            let review = try await verdict(of: record.id, as: actor)
            found.append(Standing(record: record, review: review, at: ledger.now))
        }
        return found
    }

    private func verdict(of glass: Identifier<Glass>, as actor: Actor) async throws -> GlassReview? {
        try await ledger.list(GlassReview.self, index: "glass", key: glass.text, as: actor).records.first?.body
    }

    public struct Standing: Sendable {
        public let record: Record<Glass>
        public let review: GlassReview?
        public let state: GlassState

        init(record: Record<Glass>, review: GlassReview?, at now: Moment) {
            (self.record, self.review) = (record, review)
            state = GlassState.of(record.body, review, at: now)
        }
    }

    // MARK: Review

    /// All for those who review, the newest first; those of her own and of people she manages or who manage her are not
    /// hers to review and are left out.
    public func reviewable(as actor: Actor) async throws -> [Standing] {
        let records = try await ledger.list(Glass.self, index: "opened", limit: 200, descending: true, as: actor)
            .records
        var apart: [Record<Glass>] = []
        for record in records where try await isApart(actor, record.body) { apart.append(record) }
        return try await standings(apart, as: actor)
    }

    /// Shuts at once what was not right.
    /// - Throws: `Problem.invalid` with field errors, `.conflict` when it was reviewed before, `.absent` when she has a
    ///   part in it.
    public func review(_ id: Identifier<Glass>, wasRight: Bool?, words: String, as actor: Actor) async throws {
        let record = try await ledger.read(Glass.self, id, as: actor)
        guard try await isApart(actor, record.body) else { throw Problem.absent }
        var faults: [Problem.Field] = []
        if wasRight == nil { faults.append(.init("right", "Say whether it was right")) }
        if words.trimmed().isEmpty { faults.append(.init("words", "Enter what you found")) }
        guard faults.isEmpty, let wasRight else { throw Problem.fields(faults) }
        guard try await verdict(of: id, as: actor) == nil else { throw Problem(.conflict, "This was reviewed before.") }
        // Named after the glass, so that two reviews at once cannot both stand.
        guard let review = Identifier<GlassReview>("review-\(id.text)") else { throw Problem.absent }
        let body = GlassReview(record, wasRight: wasRight, words: words.trimmed())
        var changes = [try Change.create(review, body, owner: actor.agency)]
        if !wasRight {
            changes.append(try .amend(id, expecting: record.version, record.body.shut(at: ledger.now)))
        }
        do {
            try await ledger.commit(changes, as: actor)
        } catch is Conflict {
            throw Problem(.conflict, "Somebody else reviewed this a moment ago.")
        }
    }

    private func isApart(_ actor: Actor, _ glass: Glass) async throws -> Bool {
        guard glass.user != actor.user else { return false }
        return try await !ledger.isManaging(glass.user, actor.user)
    }
}
