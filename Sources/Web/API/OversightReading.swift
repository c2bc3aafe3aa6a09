import Accounts
import Federation
import Kernel
import Ledger

/// The log and everybody's tokens, for the programs of those who watch over the house.
enum OversightReading {
    @Sendable static func log(_ visit: APIVisit) async throws -> Answer {
        let query = AuditQuery(before: try visit.number(), limit: visit.limit)
        let entries = try await visit.site.ledger.audit(query, as: visit.actor)
        let last = entries.count == visit.limit ? entries.last?.sequence : nil
        return try visit.page(entries.map(APIItem.entry), next: last.flatMap { $0 > 1 ? ["\($0)"] : nil })
    }

    static let tokenShape = APIShape.object([
        ("reference", .name("Names it; opens nothing.")), ("person", .name("Whose it is.")),
        ("name", .text("What it is for.")), ("scopes", .list(.text("What it may."))),
        ("made", .text("When, ISO 8601 in UTC.")), ("expires", .text("When, ISO 8601 in UTC.")),
        ("seen", .optional(.text("When it was last used; null before that."))),
    ])

    @Sendable static func tokens(_ visit: APIVisit) async throws -> Answer {
        let after = try visit.cursor(1)?.first
        let all = try await visit.site.signIn.everybodysTokens(as: visit.actor)
        return try visit.slice(all, after: after, key: \.summary.reference, item)
    }

    @Sendable static func endToken(_ visit: APIVisit) async throws -> Answer {
        let ended = try await visit.site.signIn.endAnyToken(visit.call.parameter("reference"), as: visit.actor)
        return try visit.json(item(ended))
    }

    private static func item(_ token: HeldToken) -> StrictJSON {
        let summary = token.summary
        return .object([
            "reference": .text(summary.reference), "person": .text(token.person), "name": .text(summary.name),
            "scopes": .list(summary.scopes.map(\.rawValue).sorted().map { .text($0) }),
            "made": .text(summary.made.description), "expires": .text(summary.expires.description),
            "seen": .orNull(summary.seen?.description),
        ])
    }
}
