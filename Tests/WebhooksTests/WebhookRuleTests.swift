import Access
import Crypto
import Foundation
import Kernel
import Ledger
import Testing

@testable import Webhooks

@Suite("Where and when webhooks go")
struct WebhookRuleTests {
    private let egress = WebhookEgress(hosts: ["board.example", "inside.example:8443", "localhost:9000"])

    @Test(arguments: ["https://board.example/changes", "https://BOARD.example", "https://inside.example:8443/a"])
    func `a listed host is taken`(_ address: String) throws {
        #expect(try egress.target(address).isSecure)
    }

    @Test(arguments: [
        "http://board.example/", "https://other.example/", "https://board.example:8443/", "https://inside.example/",
        "https://u:p@board.example/", "https://board.example/?a=1", "https://board.example/#x", "ftp://board.example/",
        "https://board.example.evil.example/", "http://localhost:9000/", "https://localhost:9000/", "", "board.example",
    ])
    func `anything else is refused`(_ address: String) {
        #expect(throws: Problem.self) { try egress.target(address) }
    }

    @Test func `this machine is taken only where that was said`() throws {
        let trying = WebhookEgress(hosts: ["localhost:9000"], allowsLoopback: true)
        #expect(try trying.target("http://localhost:9000/").port == 9000)
        #expect(trying.admits([127, 0, 0, 1]) && !egress.admits([127, 0, 0, 1]))
    }

    @Test(arguments: [
        [10, 0, 0, 1], [172, 16, 0, 1], [172, 31, 255, 255], [192, 168, 1, 1], [100, 64, 0, 1],
        [0xFD] + [UInt8](repeating: 0, count: 15),
    ])
    func `a private address needs leave`(_ address: [UInt8]) {
        #expect(!egress.admits(address))
        #expect(WebhookEgress(allowsPrivate: true).admits(address))
    }

    @Test(arguments: [
        [0, 0, 0, 0], [169, 254, 169, 254], [224, 0, 0, 1], [255, 255, 255, 255], [198, 18, 0, 1], [203, 0, 113, 9],
        [0xFE, 0x80] + [UInt8](repeating: 0, count: 14), [0x20, 0x02] + [UInt8](repeating: 1, count: 14),
        [0x20, 0x01, 0x0D, 0xB8] + [UInt8](repeating: 1, count: 12), [UInt8](repeating: 0, count: 16), [1, 2, 3],
        [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF, 169, 254, 169, 254],
    ])
    func `an address of a special purpose is never asked`(_ address: [UInt8]) {
        #expect(!WebhookEgress(allowsLoopback: true, allowsPrivate: true).admits(address))
    }

    @Test func `the world is asked`() {
        for address in [[93, 184, 216, 34], [172, 32, 0, 1], [192, 1, 0, 1]] as [[UInt8]] {
            #expect(egress.admits(address))
        }
        #expect(egress.admits([0x2A, 0x00] + [UInt8](repeating: 7, count: 14)))
        #expect(!egress.admits([UInt8](repeating: 0, count: 10) + [0xFF, 0xFF, 127, 0, 0, 1]))
    }

    @Test func `a failure is tried again later and later, and given up after three days`() throws {
        let start = Moment(milliseconds: 1_793_000_000_000)
        func pause(_ attempt: Int, _ chance: Double) throws -> Int64 {
            let next = WebhookRetry.next(attempt: attempt, since: start, now: start, chance: chance)
            return try #require(next).milliseconds - start.milliseconds
        }
        #expect(try pause(1, 0) == 2500 && pause(1, 1) == 5000)
        #expect(try pause(2, 1) == 15_000 && pause(3, 1) == 45_000)
        #expect(try pause(100, 1) == 6 * 3_600_000)
        let late = start.adding(days: 3)
        #expect(WebhookRetry.next(attempt: 9, since: start, now: late, chance: 0) == nil)
        #expect(WebhookRetry.next(attempt: 9, since: start, now: late.adding(seconds: -1), chance: 0) != nil)
    }

    /// The vector of the Standard Webhooks specification's reference libraries.
    @Test func `a message is signed as Standard Webhooks has it, and holds names alone`() throws {
        let secret = Array(try #require(Data(base64Encoded: "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")))
        let code = HMAC<SHA256>.authenticationCode(
            for: Data(#"msg_p5jXN8AQM9LWM0D4loKWxJek.1614265330.{"test": 2432232314}"#.utf8),
            using: SymmetricKey(data: secret))
        #expect(Data(code).base64EncodedString() == "g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=")
        let id = try #require(Identifier<Webhook>("board"))
        let change = LedgerChange(
            sequence: 7, at: Moment(milliseconds: 0), kind: "action", record: "a-1", operation: .alteration, version: 2)
        let message = WebhookMessage(change, for: id)
        #expect(
            String(decoding: message.body, as: UTF8.self)
                == #"{"data":{"entry":7,"kind":"action","operation":"alteration","record":"a-1","version":2},"#
                + #""timestamp":"1970-01-01T00:00:00.000Z","type":"record.changed"}"#)
        let headers = Dictionary(
            uniqueKeysWithValues: message.headers(secret: secret, at: Moment(milliseconds: 5000)).map {
                ($0.name, $0.value)
            })
        let expected = HMAC<SHA256>.authenticationCode(
            for: Data("board-7.5.".utf8) + Data(message.body), using: SymmetricKey(data: secret))
        #expect(headers["webhook-signature"] == "v1,\(Data(expected).base64EncodedString())")
        #expect(headers["webhook-id"] == "board-7" && headers["webhook-timestamp"] == "5")
    }

    @Test func `a name that leads inside is not asked`() async throws {
        let target = WebhookEgress.Target(text: "https://localhost/", host: "localhost", port: 443, isSecure: true)
        let delivery = WebhookDelivery(target: target, headers: [], body: [])
        await #expect(throws: WebhookRefusal.inside) {
            try await WebhookClient(egress: WebhookEgress(hosts: ["localhost"])).carry(delivery)
        }
    }
}
