public import Access
import Accounts
public import Kernel
import Ledger

/// A subscription of another system to changes: whose it is, where they are told, of what, and how far it has come.
public struct Webhook: Sendable, Equatable {
    public enum State: String, Sendable, CaseIterable {
        case active
        /// Given up after three days of trying, or because its person left: nothing is told until somebody says so.
        case lost
    }

    public let id: Identifier<Webhook>
    /// Whose access decides on each change.
    public let person: String
    let purpose: Purpose
    public let address: String
    public let topics: Set<String>
    public let made: Moment
    public let state: State
    /// The last entry of the log that was told, or passed over.
    public let cursor: Int64
    /// Of the change that is told now.
    public let attempts: Int
    public let failingSince: Moment?
    public let retryAt: Moment
    /// What went wrong last, for people; never what the other side said.
    public let trouble: String
}

/// A kind of record of which others may be told.
public struct WebhookTopic: Sendable {
    /// The kind, as the log has it.
    public let name: String
    public let title: String
    public let resource: ResourceClass
    /// Whether she may know of that record, asked of the ledger for each change, which logs it; and may tell others.
    let mayTell: @Sendable (_ record: String, _ actor: Actor) async throws -> Bool

    public init(
        name: String, title: String, resource: ResourceClass,
        mayTell: @escaping @Sendable (_ record: String, _ actor: Actor) async throws -> Bool
    ) {
        (self.name, self.title, self.resource, self.mayTell) = (name, title, resource, mayTell)
    }

    /// Whether she could, in some relation, tell others of such records.
    public func isOpen(to actor: Actor) -> Bool {
        decide(actor, .disclosure, on: resource, standing: Relation.helping).isAllowed
    }
}
