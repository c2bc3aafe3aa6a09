import Access
import Accounts
import Foundation
import Kernel
import Ledger
import Synchronization
import TestKit
import Testing

@testable import Webhooks

@Suite("Telling other systems")
struct WebhookCourierTests {
    @Test func `each change is told once, in order, with a signature and without a word of content`() async throws {
        try await WebhookHouse.open { house in
            _ = try await house.card("before anybody listened")
            let made = try await house.desk.subscribe("https://board.example/in", to: ["card"], as: house.lead)
            #expect(made.secret?.hasPrefix("whsec_") == true)
            let id = try await house.card("canary-4711")
            try await house.change(id, 1, "canary-4712")
            #expect(try await house.courier.round() == 2)
            #expect(try await house.courier.round() == 0)
            let carried = house.carrier.carried.withLock { $0 }
            let bodies = carried.map { String(decoding: $0.body, as: UTF8.self) }
            #expect(bodies.count == 2 && bodies[0].contains(#""version":1"#) && bodies[1].contains(#""version":2"#))
            #expect(bodies.allSatisfy { $0.contains(id.text) && !$0.contains("canary") })
            let disclosed = try await house.store.log().filter { $0.operation == .disclosure }
            #expect(
                disclosed.count == 2 && disclosed.allSatisfy { $0.recipient == "board.example" && $0.record == id.text }
            )
            #expect(disclosed.allSatisfy { $0.user == house.lead.user })
        }
    }

    @Test func `what its person may not see is passed over, and after she left nothing is told`() async throws {
        try await WebhookHouse.open { house in
            _ = try await house.desk.subscribe("https://board.example/in", to: ["card"], as: house.lead)
            _ = try await house.card("theirs", owner: "housing")
            #expect(try await house.courier.round() == 0)
            let id = try await house.card("ours")
            #expect(try await house.courier.round() == 1)
            let person = try #require(Identifier<User>(house.lead.user))
            let record = try await house.directory.user(person, as: .command(user: "test"))
            try await house.directory.disable(
                person, expecting: record.version, because: "Left", as: .command(user: "test"))
            try await house.change(id, 1, "later")
            #expect(try await house.courier.round() == 0)
            #expect(try await house.only().state == .lost)
        }
    }

    @Test func `a failure keeps the order, waits, is given up after three days, and goes on from there`() async throws {
        try await WebhookHouse.open { house in
            _ = try await house.desk.subscribe("https://board.example/in", to: ["card"], as: house.lead)
            _ = try await house.card("one")
            _ = try await house.card("two")
            house.carrier.status.withLock { $0 = 503 }
            #expect(try await house.courier.round() == 0)
            #expect(try await house.courier.round() == 0)
            #expect(house.carrier.ids.count == 1, "it waits before it tries again")
            #expect(try await house.only().trouble == "It answered with 503.")
            for _ in 0..<30 {
                house.store.clock.advance(seconds: 6 * 3600)
                _ = try await house.courier.round()
            }
            #expect(try await house.only().state == .lost)
            #expect(Set(house.carrier.ids).count == 1, "the second is not told before the first")
            let tries = house.carrier.ids.count
            house.carrier.status.withLock { $0 = 204 }
            #expect(try await house.courier.round() == 0)
            _ = try await house.desk.sendAgain(try await house.only().id, as: house.lead)
            #expect(try await house.courier.round() == 2)
            #expect(house.carrier.ids.count == tries + 2 && house.carrier.ids[tries] == house.carrier.ids[0])
        }
    }

    @Test func `only its person and an administrator see and end it, and only who may disclose makes one`() async throws
    {
        try await WebhookHouse.open { house in
            let made = try await house.desk.subscribe("https://board.example/in", to: ["card"], as: house.lead)
            let other = Actor(user: "other", agency: "police", roles: [.inspectionLead], purpose: .inspection)
            let keeper = Actor(user: "keeper", agency: "police", roles: [.administrator], purpose: .administration)
            #expect(try await house.desk.webhooks(as: other).isEmpty)
            await #expect(throws: Problem.self) { try await house.desk.end(made.webhook.id, as: other) }
            await #expect(throws: Problem.self) {
                try await house.desk.subscribe("https://board.example/in", to: ["card"], as: keeper)
            }
            #expect(try await house.desk.webhooks(as: keeper).count == 1)
            try await house.desk.end(made.webhook.id, as: keeper)
            #expect(try await house.desk.webhooks(as: keeper).isEmpty)
            let rows = try await house.store.ledger.glance {
                try $0.integer("SELECT COUNT(*) FROM sealed_value WHERE record = $1", [.text(made.webhook.id.text)])
            }
            #expect(rows == 0, "the secret is gone")
        }
    }

    @Test func `two nodes do not tell the same`() async throws {
        try await WebhookHouse.open { house in
            _ = try await house.desk.subscribe("https://board.example/in", to: ["card"], as: house.lead)
            for _ in 0..<5 { _ = try await house.card("x") }
            async let left = house.courier.round()
            async let right = house.courier.round()
            let told = try await left + right
            #expect(told == 5 && Set(house.carrier.ids).count == 5)
        }
    }
}
