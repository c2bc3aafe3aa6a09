public import Access
public import Kernel
import Ledger

/// Months held of one kind of file of one force.
public struct Holding: Sendable, Equatable {
    public let force: String
    public let kind: FeedKind
    public let months: [Month]
    public let rows: Int

    /// Months between the first and the last for which nothing is held: a gap, not a zero.
    public var missing: [Month] {
        guard let first = months.first, let last = months.last else { return [] }
        let held = Set(months)
        return (first.index...last.index).map { Month(index: $0) }.filter { !held.contains($0) }
    }
}

extension FeedStore {
    /// What measures can speak of, by kind and force.
    public func holdings(as actor: Actor) async throws -> [Holding] {
        let consultation = Consultation(kind: "feed.part", .fact, .consultation, about: "holdings")
        let rows = try await ledger.consult(consultation, as: actor) { reading in
            try reading.rows(
                "SELECT kind, force, month, accepted FROM feed_part WHERE state = 'current' ORDER BY kind, force, month"
            )
        }
        let groups = Dictionary(grouping: rows) { [$0.text(0), $0.text(1)] }
        return groups.keys.sorted { $0.lexicographicallyPrecedes($1) }.compactMap { key in
            guard let kind = FeedKind(rawValue: key[0]), let rows = groups[key] else { return nil }
            return Holding(
                force: key[1], kind: kind, months: rows.compactMap { Month($0.text(2)) },
                rows: rows.reduce(0) { $0 + Int($1.integer(3)) })
        }
    }
}
