public import Access
public import Kernel
public import Ledger

extension MeasureShelf {
    /// Starts a measure's limits again from a month. Nothing is overwritten: who, when and why are kept.
    ///
    /// - Throws: `Problem` without a reason, for an unknown measure, or when she may not.
    @discardableResult
    public func rebase(
        _ measure: String, from month: Month, reason: String, as actor: Actor
    ) async throws -> Identifier<MeasureRebase> {
        let known = try await ledger.glance { try MeasureShelf.definition(measure, $0) }
        let body = try MeasureRebase(measure: known.id, month: month, reason: reason)
        let id = ledger.newIdentifier(MeasureRebase.self)
        try await ledger.commit([.create(id, body, owner: actor.agency)], as: actor)
        return id
    }

    /// Takes a re-base back, with a reason. It stays in the history.
    ///
    /// - Throws: `Conflict` when somebody changed it meanwhile.
    public func withdrawRebase(
        _ id: Identifier<MeasureRebase>, expecting version: Int, reason: String, as actor: Actor
    ) async throws {
        var body = try await ledger.read(MeasureRebase.self, id, as: actor).body
        // The same check as for a new one: a reason is a reason.
        body.withdrawn = try MeasureRebase(measure: body.measure, month: body.month, reason: reason).reason
        try await ledger.commit([.amend(id, expecting: version, body)], as: actor)
    }

    /// Every re-base of a measure, withdrawn ones too.
    public func rebases(of measure: String, as actor: Actor) async throws -> [Record<MeasureRebase>] {
        try await ledger.list(MeasureRebase.self, index: "measure", key: measure, limit: 500, as: actor).records
    }
}
