public import Access
public import Kernel
import Ledger

/// A token and whose it is.
public struct HeldToken: Sendable, Equatable {
    public let person: String
    public let summary: TokenSummary
}

/// What administrators may do about tokens of others: see that there are some, and end them.
extension SignIn {
    /// Everybody's tokens that work, newest first.
    /// - Throws: `Problem.absent` when she is no administrator.
    public func everybodysTokens(as actor: Actor) async throws -> [HeldToken] {
        // Only administrators may collect accounts; a privacy officer, who may look at them, is not meant here.
        _ = try await ledger.permit(
            Consultation(kind: "token", .account, .collection, about: "everybody’s"), as: actor)
        let now = ledger.now
        return try await ledger.glance { try TokenRows.everybodys(at: now, $0) }
    }

    /// Ends a token, whosever it is, with its next request.
    /// - Returns: What was ended.
    /// - Throws: `Problem.absent` when there is none that works, or she is no administrator.
    @discardableResult
    public func endAnyToken(_ reference: String, as actor: Actor) async throws -> HeldToken {
        guard let named = Identifier<TokenSummary>(reference)?.text else { throw Problem.absent }
        _ = try await ledger.permit(
            Consultation(kind: "token", .account, .alteration, about: "ended \(named)"), as: actor)
        let now = ledger.now
        guard let ended = try await ledger.upkeep(.audit, { try TokenRows.end(named, at: now, $0) }) else {
            throw Problem.absent
        }
        return ended
    }
}

extension SignIn {
    /// A person as she stands now, for work that goes on for her while she is away; nil when her account is closed.
    public func actor(_ person: String, for purpose: Purpose) async throws -> Actor? {
        let now = ledger.now
        return try await ledger.glance { reading in
            guard let holder = try HolderRows.with(id: person, reading), holder.user.isActive(at: now) else {
                return nil
            }
            return holder.user.actor(holder.id, for: purpose)
        }
    }
}
