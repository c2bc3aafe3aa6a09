import Feeds
import Kernel
import Ledger

/// The month of one force from the file that counts, or counted at the moment asked for.
struct HeldPart: Sendable, Hashable {
    let id: Int64
    let kind: FeedKind
    let force: String
    let month: Month
    let cells: Int64
    let accepted: Int64
}

/// The months that are held of one kind of file.
struct HeldParts: Sendable {
    let parts: [HeldPart]

    init(_ parts: [HeldPart]) {
        self.parts = parts.sorted { ($0.month, $0.force, $0.id) < ($1.month, $1.force, $1.id) }
    }

    static func read(
        _ kind: FeedKind, force: String? = nil, asKnownAt moment: Moment? = nil, _ reading: any Reading
    ) throws -> HeldParts {
        var values: [Value] = [.text(kind.rawValue)]
        var conditions = "kind = $1 AND state = 'current'"
        if let moment {
            values.append(.integer(moment.milliseconds))
            conditions =
                "kind = $1 AND state IN ('current', 'superseded') AND since <= $2 AND (until IS NULL OR until > $2)"
        }
        let rows = try reading.rows(
            "SELECT id, force, month, cells, accepted FROM feed_part WHERE \(conditions)", values)
        return HeldParts(
            rows.compactMap { row in
                guard let month = Month(row.text(2)), force == nil || force == row.text(1) else { return nil }
                return HeldPart(
                    id: row.integer(0), kind: kind, force: row.text(1), month: month, cells: row.integer(3),
                    accepted: row.integer(4))
            })
    }

    /// Changes whenever a part begins or ceases to count, is counted anew, or a word is new. Each of the numbers that such
    /// a change touches only grows.
    static func stamp(_ reading: any Reading) throws -> [Int64] {
        let parts = try reading.row(
            "SELECT COUNT(*), MAX(id), COUNT(since), COUNT(until), MAX(cells) FROM feed_part")
        let word = try reading.integer("SELECT MAX(id) FROM feed_word") ?? 0
        return (0..<5).map { parts?.integer($0) ?? 0 } + [word]
    }

    var forces: Set<String> { Set(parts.map(\.force)) }
    /// The force with the most months, then the most rows: the one whose house this is, as far as the files can tell.
    var mainForce: String? {
        let byForce = Dictionary(grouping: parts, by: \.force)
        return byForce.max { left, right in
            let rows = (left.value.reduce(0) { $0 + $1.accepted }, right.value.reduce(0) { $0 + $1.accepted })
            return (left.value.count, rows.0, right.key) < (right.value.count, rows.1, left.key)
        }?.key
    }

    func kept(to force: String) -> HeldParts { HeldParts(parts.filter { $0.force == force }) }

    var first: Month? { parts.first?.month }
    var last: Month? { parts.last?.month }

    func within(_ months: ClosedRange<Month>) -> [HeldPart] { parts.filter { months.contains($0.month) } }

    /// Months for which every force has its file: with one missing, a sum would look like a fall.
    var whole: Set<Month> {
        let count = forces.count
        let byMonth = Dictionary(grouping: parts, by: \.month)
        return Set(byMonth.filter { Set($0.value.map(\.force)).count == count }.keys)
    }
}
