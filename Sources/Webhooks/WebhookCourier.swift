import Access
import Accounts
import Kernel
import Ledger

/// Brings one message to one place.
public protocol WebhookCarrier: Sendable {
    /// - Returns: The status that came back.
    /// - Throws: When nothing did, or the place may not be reached.
    func carry(_ message: WebhookDelivery) async throws -> Int
}

/// What a carrier is given.
public struct WebhookDelivery: Sendable {
    public let target: WebhookEgress.Target
    public let headers: [(name: String, value: String)]
    public let body: [UInt8]
}

/// Follows the log for each subscription and tells what it may: in order, at least once, from one node at a time. There is
/// no second list of what is to be told, so nothing can stand in one and not in the other.
public struct WebhookCourier: Sendable {
    private static let (work, most) = ("webhook.deliver", 50)
    /// How far a subscription may lie behind entries that are none of its before that is written down.
    private static let slack: Int64 = 500

    private let desk: WebhookDesk
    private let carrier: any WebhookCarrier
    private let chance: @Sendable () -> Double
    private var ledger: Ledger { desk.ledger }

    /// - Parameter chance: From 0 up to 1, for the spread of retries.
    public init(
        desk: WebhookDesk, carrier: any WebhookCarrier,
        chance: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) }
    ) {
        (self.desk, self.carrier, self.chance) = (desk, carrier, chance)
    }

    /// Tells what there is to tell now; nothing while another node does.
    /// - Returns: How many were told.
    @discardableResult
    public func round() async throws -> Int {
        let held = try await ledger.glance { try WebhookRows.all($0) }
        guard held.contains(where: isDue) else { return 0 }
        return try await ledger.aloneOrNot(WebhookCourier.work) {
            var told = 0
            for webhook in try await ledger.glance({ try WebhookRows.all($0) }) where isDue(webhook) {
                told += try await follow(webhook)
            }
            return told
        } ?? 0
    }

    private func isDue(_ webhook: Webhook) -> Bool { webhook.state == .active && webhook.retryAt <= ledger.now }

    /// Stops at the first that could not be told: the order is kept.
    private func follow(_ webhook: Webhook) async throws -> Int {
        let (topics, cursor) = (webhook.topics, webhook.cursor)
        let (changes, end) = try await ledger.glance { reading in
            (
                try LedgerChange.after(cursor, kinds: topics, limit: WebhookCourier.most, reading),
                try LedgerChange.last(reading)
            )
        }
        var told = 0
        for change in changes {
            guard let actor = try await desk.signIn.actor(webhook.person, for: webhook.purpose) else {
                try await lose(webhook, "The person who made it is no longer here.")
                return told
            }
            let topic = desk.topics.first { $0.name == change.kind }
            if let topic, topic.isOpen(to: actor), try await topic.mayTell(change.record, actor) {
                guard try await tell(change, of: topic, webhook, actor) else { return told }
                told += 1
            }
            try await ledger.upkeep { try WebhookRows.advance(webhook.id.text, to: change.sequence, $0) }
        }
        if changes.count < WebhookCourier.most, end - cursor > WebhookCourier.slack {
            try await ledger.upkeep { try WebhookRows.advance(webhook.id.text, to: end, $0) }
        }
        return told
    }

    /// The log knows before it leaves the house.
    private func tell(
        _ change: LedgerChange, of topic: WebhookTopic, _ webhook: Webhook, _ actor: Actor
    ) async throws -> Bool {
        let message = WebhookMessage(change, for: webhook.id)
        var trouble = "This host is not on the list any more."
        if let target = try? desk.egress.target(webhook.address) {
            let secrets = ledger.secrets
            let secret = try await ledger.glance {
                try secrets.find(WebhookDesk.secretName, of: webhook.id.text, $0)
            }
            guard let secret else {
                try await lose(webhook, "Its secret is not here. End it and make another.")
                return false
            }
            try await ledger.note(
                Consultation(
                    kind: "webhook", topic.resource, .disclosure, about: "\(webhook.id) entry \(change.sequence)",
                    record: change.record, recipient: target.host), as: actor)
            let headers = message.headers(secret: secret, at: ledger.now)
            do {
                let status = try await carrier.carry(
                    WebhookDelivery(target: target, headers: headers, body: message.body))
                if (200...299).contains(status) { return true }
                trouble = "It answered with \(status)."
            } catch let refusal as WebhookRefusal {
                trouble = refusal.rawValue
            } catch {
                trouble = "It could not be reached."
            }
        }
        try await fail(webhook, trouble)
        return false
    }

    private func fail(_ webhook: Webhook, _ trouble: String) async throws {
        let now = ledger.now
        // What was told since it was read has begun its count anew.
        let held = try await ledger.glance { try WebhookRows.find(webhook.id.text, $0) } ?? webhook
        let (attempts, since) = (held.attempts + 1, held.failingSince ?? now)
        guard let next = WebhookRetry.next(attempt: attempts, since: since, now: now, chance: chance()) else {
            return try await lose(webhook, trouble)
        }
        try await ledger.upkeep {
            try WebhookRows.wait(webhook.id.text, attempts: attempts, since: since, until: next, trouble, $0)
        }
    }

    private func lose(_ webhook: Webhook, _ trouble: String) async throws {
        try await ledger.upkeep { try WebhookRows.lose(webhook.id.text, trouble, $0) }
    }
}

/// Why a place was not asked at all.
public enum WebhookRefusal: String, Error, Sendable {
    case inside = "Its name leads to an address that Holdfast may not send to."
    case unknown = "Its name is not known."
}
