import Access
import Crypto
import Foundation
import Kernel
import Ledger
import TestKit
import Testing

@testable import Webhooks

/// The real client, to a receiver on this machine.
@Suite("Bringing a message to another system")
struct WebhookDeliveryTests {
    @Test func `a change arrives with a signature that the shown secret proves`() async throws {
        try await Receiver.open(.status(204)) { receiver in
            let egress = WebhookEgress(hosts: ["127.0.0.1:\(receiver.port)"], allowsLoopback: true)
            try await WebhookHouse.open(egress) { house in
                let address = "http://127.0.0.1:\(receiver.port)/changes"
                let made = try await house.desk.subscribe(address, to: ["card"], as: house.lead)
                let id = try await house.card("canary-4711")
                let courier = WebhookCourier(desk: house.desk, carrier: WebhookClient(egress: egress))
                #expect(try await courier.round() == 1)
                #expect(try await courier.round() == 0)
                let message = try #require(receiver.received.first)
                #expect(receiver.received.count == 1 && message.path == "/changes")
                let secret = try #require(made.secret)
                #expect(try isSigned(message, with: secret))
                let text = String(decoding: message.body, as: UTF8.self)
                #expect(text.contains(id.text) && !text.contains("canary"))
                #expect(message.headers["content-type"] == "application/json")
                let webhook = try await house.only()
                #expect(webhook.state == .active && webhook.attempts == 0)
            }
        }
    }

    /// As whoever receives it would check, from the text of the secret alone.
    private func isSigned(_ message: Receiver.Message, with secret: String) throws -> Bool {
        let key = try #require(Data(base64Encoded: String(secret.dropFirst("whsec_".count))))
        let (id, time) = (message.headers["webhook-id"] ?? "", message.headers["webhook-timestamp"] ?? "")
        let signature = try #require(message.headers["webhook-signature"])
        let code = try #require(Data(base64Encoded: String(signature.dropFirst("v1,".count))))
        func holds(_ body: [UInt8]) -> Bool {
            HMAC<SHA256>.isValidAuthenticationCode(
                code, authenticating: Data("\(id).\(time).".utf8) + Data(body), using: SymmetricKey(data: key))
        }
        return signature.hasPrefix("v1,") && holds(message.body) && !holds(message.body + [0])
    }

    @Test func `a redirect is not followed`() async throws {
        try await Receiver.open(.redirect) { receiver in
            let status = try await carry(to: receiver)
            #expect(status == 307)
            #expect(receiver.received.map(\.path) == ["/in"])
        }
    }

    @Test func `a long answer counts by its status and is not read`() async throws {
        try await Receiver.open(.talks) { receiver in
            let status = try await carry(to: receiver)
            #expect(status == 200)
        }
    }

    @Test func `who does not answer is not waited for`() async throws {
        try await Receiver.open(.silent) { receiver in
            let start = ContinuousClock.now
            await #expect(throws: (any Error).self) { try await carry(to: receiver, seconds: 1) }
            #expect(start.duration(to: .now) < .seconds(20))
        }
    }

    @Test func `nothing is sent to this machine unless that was said`() async throws {
        try await Receiver.open(.status(204)) { receiver in
            await #expect(throws: WebhookRefusal.inside) { try await carry(to: receiver, allowsLoopback: false) }
            #expect(receiver.received.isEmpty)
        }
    }

    private func carry(to receiver: Receiver, seconds: Double = 10, allowsLoopback: Bool = true) async throws -> Int {
        let target = WebhookEgress.Target(
            text: "http://127.0.0.1:\(receiver.port)/in", host: "127.0.0.1", port: receiver.port, isSecure: false)
        let egress = WebhookEgress(hosts: ["127.0.0.1:\(receiver.port)"], allowsLoopback: allowsLoopback)
        return try await WebhookClient(egress: egress, seconds: seconds).carry(
            WebhookDelivery(target: target, headers: [("webhook-id", "m-1")], body: Array("{}".utf8)))
    }
}
