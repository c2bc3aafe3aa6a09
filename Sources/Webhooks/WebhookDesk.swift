public import Access
public import Accounts
public import Kernel
public import Ledger

/// Where subscriptions are made, looked at, ended and sent again. Whoever makes one answers for it: her access decides
/// on each change. Administrators see and end all of them.
public struct WebhookDesk: Sendable {
    public let topics: [WebhookTopic]
    public let egress: WebhookEgress
    let ledger: Ledger
    let signIn: SignIn

    static let secretName = "webhook"

    public init(ledger: Ledger, signIn: SignIn, topics: [WebhookTopic], egress: WebhookEgress) {
        (self.ledger, self.signIn, self.topics, self.egress) = (ledger, signIn, topics, egress)
    }

    public func mayLook(_ actor: Actor) -> Bool { isAdministrator(actor) || topics.contains { $0.isOpen(to: actor) } }

    private func isAdministrator(_ actor: Actor) -> Bool {
        decide(actor, .alteration, on: .account, standing: []).isAllowed
    }

    /// Tells `address` of changes from now on.
    /// - Parameter id: Of the request, when it has one: a request that is sent twice makes one.
    /// - Returns: The secret for checking signatures, which is not shown again; nil when it was made before.
    /// - Throws: `Problem.invalid` on `address` or `topics`; `Problem.absent` when she may tell nobody of anything.
    public func subscribe(
        _ address: String, to topics: Set<String>, id: Identifier<Webhook>? = nil, as actor: Actor
    ) async throws -> (webhook: Webhook, secret: String?) {
        guard self.topics.contains(where: { $0.isOpen(to: actor) }) else {
            try await note(.collection, "refused", actor, allowed: false)
            throw Problem.absent
        }
        let target = try egress.target(address)
        let open = Set(self.topics.filter { $0.isOpen(to: actor) }.map(\.name))
        guard !topics.isEmpty, topics.isSubset(of: open) else {
            throw Problem.fields([.init("topics", "Choose what to tell of, from what you may tell others.")])
        }
        let (id, secret, now) = (id ?? ledger.newIdentifier(Webhook.self), Ledger.systemRandom(32), ledger.now)
        try await note(.collection, "made \(id)", actor, to: target.host)
        let secrets = ledger.secrets
        let kept = try await ledger.upkeep { writing -> (Webhook, Bool) in
            if let held = try WebhookRows.find(id.text, writing) { return (held, false) }
            let webhook = Webhook(
                id: id, person: actor.user, purpose: actor.purpose, address: target.text, topics: topics, made: now,
                state: .active, cursor: try LedgerChange.last(writing), attempts: 0, failingSince: nil,
                retryAt: Moment(milliseconds: 0), trouble: "")
            try WebhookRows.keep(webhook, writing)
            try secrets.keep(secret, WebhookDesk.secretName, of: id.text, at: now, writing)
            return (webhook, true)
        }
        return (kept.0, kept.1 ? WebhookMessage.text(of: secret) : nil)
    }

    /// Her own; all of them for an administrator.
    public func webhooks(as actor: Actor) async throws -> [Webhook] {
        try await note(.consultation, "list", actor)
        let all = try await ledger.glance { try WebhookRows.all($0) }
        return isAdministrator(actor) ? all : all.filter { $0.person == actor.user }
    }

    /// - Throws: `Problem.absent` when there is none, or it is neither hers nor is she an administrator.
    public func webhook(_ id: Identifier<Webhook>, as actor: Actor) async throws -> Webhook {
        try await permitted(id, .consultation, "looked at", actor)
    }

    /// Tells nothing any more, and forgets the secret.
    @discardableResult
    public func end(_ id: Identifier<Webhook>, as actor: Actor) async throws -> Webhook {
        let webhook = try await permitted(id, .alteration, "ended", actor)
        let secrets = ledger.secrets
        try await ledger.upkeep { writing in
            _ = try WebhookRows.end(id.text, writing)
            try secrets.forget(WebhookDesk.secretName, of: id.text, writing)
        }
        return webhook
    }

    /// Tries again at once, from the change that could not be told.
    @discardableResult
    public func sendAgain(_ id: Identifier<Webhook>, as actor: Actor) async throws -> Webhook {
        _ = try await permitted(id, .alteration, "sent again", actor)
        _ = try await ledger.upkeep { try WebhookRows.resume(id.text, $0) }
        guard let webhook = try await ledger.glance({ try WebhookRows.find(id.text, $0) }) else { throw Problem.absent }
        return webhook
    }

    private func permitted(
        _ id: Identifier<Webhook>, _ operation: Operation, _ what: String, _ actor: Actor
    ) async throws -> Webhook {
        let found = try await ledger.glance { try WebhookRows.find(id.text, $0) }
        let isAllowed = found.map { $0.person == actor.user || isAdministrator(actor) } ?? false
        try await note(operation, "\(what) \(id)", actor, allowed: isAllowed)
        guard isAllowed, let found else { throw Problem.absent }
        return found
    }

    private func note(
        _ operation: Operation, _ about: String, _ actor: Actor, to recipient: String? = nil, allowed: Bool = true
    ) async throws {
        try await ledger.note(
            Consultation(kind: "webhook", .account, operation, about: about, recipient: recipient), as: actor,
            allowed: allowed)
    }
}
