import Access
import Accounts
import Kernel
import Ledger
import Synchronization
import TestKit
import Testing

@testable import Webhooks

/// A record that says something nobody outside may read.
struct Card: RecordBody {
    static let kind = RecordKind("card", .improvement)
    var words: String
}

/// Keeps what it is given and answers as told.
final class Carrier: WebhookCarrier {
    let carried = Mutex<[WebhookDelivery]>([])
    let status = Mutex(200)

    func carry(_ delivery: WebhookDelivery) async throws -> Int {
        carried.withLock { $0.append(delivery) }
        return status.withLock { $0 }
    }

    var ids: [String] {
        carried.withLock { $0 }.map { delivery in delivery.headers.first { $0.name == "webhook-id" }?.value ?? "" }
    }
}

/// A force with one lead, and a desk where she makes webhooks.
struct WebhookHouse {
    let store: TemporaryStore
    let directory: Accounts.Directory
    let desk: WebhookDesk
    let carrier = Carrier()
    let lead: Actor

    var courier: WebhookCourier { WebhookCourier(desk: desk, carrier: carrier) { 1 } }

    func card(_ words: String, owner: String = "police") async throws -> Identifier<Card> {
        let id = store.ledger.newIdentifier(Card.self)
        var writer = lead
        if owner != "police" {
            writer = Actor(user: "writer", agency: owner, roles: [.inspectionLead], purpose: .inspection)
        }
        try await store.ledger.commit([try .create(id, Card(words: words), owner: owner)], as: writer)
        return id
    }

    func change(_ id: Identifier<Card>, _ version: Int, _ words: String) async throws {
        try await store.ledger.commit([try .amend(id, expecting: version, Card(words: words))], as: lead)
    }

    func only() async throws -> Webhook { try #require(try await desk.webhooks(as: lead).first) }

    static func open(
        _ egress: WebhookEgress = WebhookEgress(hosts: ["board.example"]),
        _ body: (WebhookHouse) async throws -> Void
    ) async throws {
        let store = try await TemporaryStore(AccountsSchema.migrations + WebhooksSchema.migrations)
        let ledger = store.ledger
        let directory = Accounts.Directory(ledger: ledger)
        _ = try await directory.bootstrap(forceName: "Anytown Police")
        let police = try #require(Identifier<Agency>("police"))
        let user = User(name: "Noor Example", signInName: "noor", agency: police, roles: [.inspectionLead])
        let id = try await directory.create(user, as: .command(user: "test"))
        let topic = WebhookTopic(name: "card", title: "Cards", resource: .improvement) { record, actor in
            guard let id = Identifier<Card>(record) else { return false }
            return (try? await ledger.read(Card.self, id, as: actor)) != nil
        }
        let desk = WebhookDesk(
            ledger: ledger, signIn: SignIn(ledger: ledger), topics: [topic], egress: egress)
        let lead = Actor(user: id.text, agency: "police", roles: [.inspectionLead], purpose: .inspection)
        try await body(WebhookHouse(store: store, directory: directory, desk: desk, lead: lead))
        #expect(try await ledger.verify().faults == [])
        try await store.remove()
    }
}
