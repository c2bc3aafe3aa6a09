public import Access
import Kernel

/// Proof that access to bulk facts was decided and the log knows: only the `Ledger` makes one.
public struct Permit: Sendable {
    let engine: any Engine

    public func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Reading) throws -> Result
    ) async throws -> Result {
        try await engine.read(body)
    }

    /// One durable transaction. Keep it short: everybody's audit waits behind it.
    public func write<Result: Sendable>(
        _ body: @escaping @Sendable (any Writing) throws -> Result
    ) async throws -> Result {
        try await engine.write(.change, body)
    }
}

extension Ledger {
    /// Decides and logs once, for work of many transactions such as an import.
    /// - Throws: `Problem.absent` when refused.
    public func permit(_ consultation: Consultation, as actor: Actor) async throws -> Permit {
        let decision = decide(actor, consultation.operation, on: consultation.resource, standing: [])
        try await note(consultation, as: actor, allowed: decision.isAllowed)
        guard decision.isAllowed else { throw Problem.absent }
        return Permit(engine: engine)
    }

    /// Reads bulk facts: decided, read, logged durably, then answered.
    /// - Parameter relations: how she stands to whatever `body` reads, and no more than that.
    public func consult<Result: Sendable>(
        _ consultation: Consultation, as actor: Actor, standing relations: Set<Relation> = [],
        _ body: @escaping @Sendable (any Reading) throws -> Result
    ) async throws -> Result {
        let decision = decide(actor, consultation.operation, on: consultation.resource, standing: relations)
        guard decision.isAllowed else {
            try await note(consultation, as: actor, allowed: false)
            throw Problem.absent
        }
        let result = try await engine.read(body)
        try await note(consultation, as: actor)
        return result
    }

    /// Writes bulk facts and the audit entry in one transaction.
    public func collect<Result: Sendable>(
        _ consultation: Consultation, as actor: Actor, _ body: @escaping @Sendable (any Writing) throws -> Result
    ) async throws -> Result {
        let decision = decide(actor, consultation.operation, on: consultation.resource, standing: [])
        guard decision.isAllowed else {
            try await note(consultation, as: actor, allowed: false)
            throw Problem.absent
        }
        let entry = AuditNote(consultation, as: actor, at: now)
        return try await engine.write(.change) { writing in
            try entry.write(writing)
            return try body(writing)
        }
    }
}
