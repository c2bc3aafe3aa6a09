import Access
import Crypto
import Foundation
public import Kernel
public import Ledger

/// What is told of a change: names, kind, operation, version and time. Never what a record says: whoever is told reads
/// it with a token, and the ledger decides then.
public struct WebhookMessage: Sendable {
    /// The same for every try, so that the other side can pass over what it has.
    public let id: String
    public let body: [UInt8]

    public init(_ change: LedgerChange, for webhook: Identifier<Webhook>) {
        id = "\(webhook)-\(change.sequence)"
        let data: [String: any Sendable] = [
            "entry": change.sequence, "kind": change.kind, "operation": change.operation.rawValue,
            "record": change.record, "version": change.version,
        ]
        let members: [String: any Sendable] = [
            "type": "record.changed", "timestamp": change.at.description, "data": data,
        ]
        let written = try? JSONSerialization.data(
            withJSONObject: members, options: [.sortedKeys, .withoutEscapingSlashes])
        body = written.map { Array($0) } ?? []
    }

    /// As Standard Webhooks has it: HMAC-SHA256 over id, seconds and body.
    public func headers(secret: [UInt8], at now: Moment) -> [(name: String, value: String)] {
        let seconds = String(now.milliseconds / 1000)
        let signed = Array("\(id).\(seconds).".utf8) + body
        let code = HMAC<SHA256>.authenticationCode(for: signed, using: SymmetricKey(data: secret))
        return [
            ("webhook-id", id), ("webhook-timestamp", seconds),
            ("webhook-signature", "v1,\(Data(code).base64EncodedString())"), ("content-type", "application/json"),
        ]
    }

    /// What the other side is given once, to check signatures with.
    static func text(of secret: [UInt8]) -> String { "whsec_" + Data(secret).base64EncodedString() }
}
