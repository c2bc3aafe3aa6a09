public import Access
public import Kernel
import Ledger

/// What came of a decision to destroy.
public enum DestroyOutcome: Sendable, Equatable {
    /// A second person must confirm it.
    case awaited
    case destroyed
}

extension RetentionDesk {
    /// Keeps a record until its next review, which is worked out.
    /// - Throws: `Problem` with fields; `Problem.absent` when she may not.
    public func keep(
        _ kind: String, _ id: String, reason: String, words: String, as actor: Actor
    ) async throws {
        let record = try await reviewed(kind, id, actor)
        try await requireNoneAwaited(id)
        let decision = try RetentionDecision.make(
            .keep, record, reason: reason, words: words, rules, by: actor.user, at: ledger.now)
        try await ledger.commit(
            [try .create(ledger.newIdentifier(), decision, owner: actor.agency)], as: actor)
        try await index.catchUp(most: 4)
    }

    /// Destroys a record, or asks a second person to confirm it where its group wants two.
    /// - Throws: `Problem` with fields; `Problem.refused` while a hold covers it; `Problem.absent` when she may not.
    public func destroy(_ kind: String, _ id: String, reason: String, as actor: Actor) async throws -> DestroyOutcome {
        let record = try await reviewed(kind, id, actor)
        try await requireNoneAwaited(id)
        let today = today
        let holds = try await ledger.glance { try RetentionHold.keeping(record, on: today, $0) }
        if let hold = holds.first { throw RetentionDesk.held(hold) }
        let decision = try RetentionDecision.make(
            .destroy, record, reason: reason, words: "", rules, by: actor.user, at: ledger.now)
        let decisionID = ledger.newIdentifier(RetentionDecision.self)
        try await ledger.commit([try .create(decisionID, decision, owner: actor.agency)], as: actor)
        guard decision.state == .ordered else { return .awaited }
        try await carryOut(decisionID, as: actor)
        return .destroyed
    }

    /// The second person's word; then it is destroyed.
    /// - Throws: `Problem.refused` when it is her own decision, a hold covers it, or the record changed since.
    public func confirm(_ id: Identifier<RetentionDecision>, as actor: Actor) async throws {
        try await step(.confirmed, id, as: actor)
        try await carryOut(id, as: actor)
    }

    public func withdraw(_ id: Identifier<RetentionDecision>, as actor: Actor) async throws {
        try await step(.withdrawn, id, as: actor)
    }

    private func step(
        _ what: RetentionDecision.Step.What, _ id: Identifier<RetentionDecision>, as actor: Actor
    ) async throws {
        let record = try await ledger.read(RetentionDecision.self, id, as: actor)
        // Reading is open to more people than deciding; the commit below decides again.
        let next = try record.body.after(what, by: actor.user, at: ledger.now)
        try await ledger.commit([try .amend(id, expecting: record.version, next)], as: actor)
    }

    /// Erases what a decision orders. A decision that was ordered and not carried out, because the machine stopped, is
    /// carried out by the next sweep.
    func carryOut(_ id: Identifier<RetentionDecision>, as actor: Actor) async throws {
        let record = try await ledger.read(RetentionDecision.self, id, as: actor)
        let decision = record.body
        guard let kind = kinds[decision.recordKind] else { throw Problem.absent }
        do {
            try await erase(decision.record, kind, but: id, as: actor) { found in
                guard found.version == decision.recordVersion else { return RetentionDesk.changed }
                return nil
            }
        } catch let problem as Problem where problem == .absent {
            // Erased before, by the run that stopped.
            guard try await isErased(decision.record, kind) else { throw problem }
        } catch let problem as Problem where problem.code == .refused {
            // It no longer holds: what was decided on has changed, or a hold came between.
            try await withdrawOrdered(record, as: actor)
            throw problem
        }
        let done = try decision.after(.carriedOut, by: actor.user, at: ledger.now)
        try await ledger.commit([try .amend(id, expecting: record.version, done)], as: actor)
        try await index.catchUp(most: 4)
    }

    /// Erases one record with all that lies beside it, unless a hold covers it. Words of earlier decisions speak of what
    /// is gone, and go too.
    /// - Parameter last: the decision that orders it, which stays.
    func erase(
        _ record: String, _ kind: RetainedKind, but last: Identifier<RetentionDecision>? = nil, as actor: Actor,
        unless stop: @escaping @Sendable (RetainedRecord) throws -> Problem?
    ) async throws {
        let (today, kinds) = (today, kinds)
        try await kind.erase(
            record, ledger, actor,
            { found, reading in
                if let hold = try RetentionHold.keeping(found, on: today, reading).first {
                    return RetentionDesk.held(hold)
                }
                return try stop(found)
            },
            { step in
                try kinds.removeAttached(of: record, kind, step.writing)
                for decision in try RetentionDesk.decisions(record, step.writing) where decision.id != last {
                    try step.erase(RetentionDecision.self, decision.id)
                }
                try RetentionRows.remove(record, step.writing)
                try RetentionRows.keep("untidy", today.description, step.writing)
            })
    }

    private func withdrawOrdered(_ record: Record<RetentionDecision>, as actor: Actor) async throws {
        let next = record.body.givenUp(by: actor.user, at: ledger.now)
        try await ledger.commit([try .amend(record.id, expecting: record.version, next)], as: actor)
    }

    private func isErased(_ record: String, _ kind: RetainedKind) async throws -> Bool {
        try await ledger.glance { try kind.current(record, $0) == nil }
    }

    private func reviewed(_ kind: String, _ id: String, _ actor: Actor) async throws -> RetainedRecord {
        guard let kind = kinds[kind] else { throw Problem.absent }
        let record = try await kind.read(id, ledger, actor)
        guard record.owner == actor.agency else { throw Problem.absent }
        return record
    }

    private func requireNoneAwaited(_ id: String) async throws {
        let isAwaited = try await ledger.glance { reading in
            try RetentionDesk.decisions(id, reading).contains { $0.body.state == .awaited }
        }
        guard !isAwaited else {
            throw Problem(
                .refused, "Somebody decided to destroy this record, and that is not settled yet.",
                next: "Confirm or withdraw that decision first.")
        }
    }

    static func held(_ hold: RetentionHold) -> Problem {
        Problem(
            .refused, "A hold covers this record: \(hold.title). Nothing it covers may be destroyed.",
            next: "Ask whoever set the hold whether it still stands.")
    }

    static let changed = Problem(
        .refused, "The record was changed after it was looked at, so it was not destroyed.",
        next: "Look at it again and decide anew.")
}
