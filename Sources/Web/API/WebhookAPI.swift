import Accounts
import Federation
import HTTPTypes
import Kernel
import Ledger
import Webhooks

/// Subscriptions, for programs.
enum WebhookAPI {
    static let all: [APIRoute] = [
        APIRoute(
            path: "/webhooks", title: "Your webhooks, newest first", scope: .webhooks, query: APIPaging.parameters,
            answer: APIPaging.shape(shape), handler: list),
        APIRoute(
            path: "/webhooks/:id", title: "One webhook and how it does", scope: .webhooks, answer: shape, handler: show),
        APIRoute(
            method: .post, path: "/webhooks", title: "Tell another system of changes: of names, never of content",
            scope: .writeWebhooks, condition: .once, body: bodyShape, status: .created, answer: madeShape,
            handler: make),
        APIRoute(
            method: .delete, path: "/webhooks/:id", title: "End a webhook", scope: .writeWebhooks, answer: shape,
            handler: end),
        APIRoute(
            method: .post, path: "/webhooks/:id/attempts", title: "Try again now, from the change that was not told",
            scope: .writeWebhooks, answer: shape, handler: sendAgain),
    ]

    private static let bodyShape = APIShape.object([
        ("address", .text("Where to send, on a host that the house may send to.", 1...500)),
        ("topics", .list(.text("A kind of record, such as inspection.area.", 1...64))),
    ])

    private static let members: [(name: String, shape: APIShape)] = [
        ("id", .name("The webhook.")), ("person", .name("Whose it is: her access decides on each change.")),
        ("address", .text("Where it sends.")), ("topics", .list(.text("A kind of record."))),
        ("made", .text("When, ISO 8601 in UTC.")),
        ("state", .choice("Whether it works or was given up.", Webhook.State.allCases.map(\.rawValue))),
        ("entry", .integer("The last entry of the log that was told or passed over.")),
        ("attempts", .integer("Failures since then.")), ("trouble", .optional(.text("What went wrong last."))),
    ]

    private static let shape = APIShape.object(members)
    private static let madeShape = APIShape.object(
        members + [("secret", .optional(.text("For checking signatures; null when it was made before: shown once.")))])

    @Sendable private static func list(_ visit: APIVisit) async throws -> Answer {
        let after = try visit.cursor(1)?.first
        let held = try await visit.site.webhooks.webhooks(as: visit.actor)
        return try visit.slice(held, after: after, key: \.id.text) { .object(item($0)) }
    }

    @Sendable private static func show(_ visit: APIVisit) async throws -> Answer {
        try visit.json(.object(item(try await visit.site.webhooks.webhook(try visit.identifier(), as: visit.actor))))
    }

    @Sendable private static func make(_ visit: APIVisit) async throws -> Answer {
        let once = try await visit.once(newID: visit.site.ledger.newIdentifier(Webhook.self).text)
        let made = try await visit.site.webhooks.subscribe(
            visit.body["address"]?.text ?? "", to: Set(visit.body["topics"]?.texts ?? []), id: Identifier(once.id),
            as: visit.actor)
        var members = item(made.webhook)
        members["secret"] = .orNull(made.secret)
        return try visit.json(
            .object(members), status: .created,
            headers: [(.location, "\(APIRoutes.base)/webhooks/\(made.webhook.id)")])
    }

    @Sendable private static func end(_ visit: APIVisit) async throws -> Answer {
        try visit.json(.object(item(try await visit.site.webhooks.end(try visit.identifier(), as: visit.actor))))
    }

    @Sendable private static func sendAgain(_ visit: APIVisit) async throws -> Answer {
        try visit.json(.object(item(try await visit.site.webhooks.sendAgain(try visit.identifier(), as: visit.actor))))
    }

    private static func item(_ webhook: Webhook) -> [String: StrictJSON] {
        [
            "id": .text(webhook.id.text), "person": .text(webhook.person), "address": .text(webhook.address),
            "topics": .list(webhook.topics.sorted().map { .text($0) }), "made": .text(webhook.made.description),
            "state": .text(webhook.state.rawValue), "entry": .number(Double(webhook.cursor)),
            "attempts": .whole(webhook.attempts),
            "trouble": webhook.trouble.isEmpty ? .null : .text(webhook.trouble),
        ]
    }
}
