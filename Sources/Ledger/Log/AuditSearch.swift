import Access
import Kernel

/// One question to the log. A record's own entries are found by their index; lists that showed it by what stands beside
/// the nodes of the tree; and what is too new for a node is looked through.
struct AuditSearch {
    private let query: AuditQuery
    private let limit: Int
    private let reading: any Reading
    /// The lowest nodes that are stored.
    private let nodes: Int64
    private var values: [Value] = []
    private var conditions: [String] = []

    init(_ query: AuditQuery, limit: Int, _ reading: any Reading) throws {
        (self.query, self.limit, self.reading) = (query, limit, reading)
        let held = try reading.row("SELECT COUNT(*), MAX(place) FROM log_node WHERE level = 8")
        // Where one is missing, nothing is taken from any: slower, and still all that there is.
        nodes = held?.optionalInteger(1).map { $0 + 1 } == held?.integer(0) ? held?.integer(0) ?? 0 : 0
        add("a.sequence <", .integer(query.before ?? Int64.max))
        // With a record or a person that index leads to few rows; without its own, a busy user's would lead to many.
        let isNarrow = query.record != nil || query.person != nil
        if let user = query.user { add(isNarrow ? "a.person || '' =" : "a.person =", .text(user)) }
        if let operation = query.operation {
            add("a.operation =", .text(operation.rawValue))
            // Said again, so that the index of what is no reading may be used.
            if operation != .consultation { conditions.append("a.operation <> 'consultation'") }
        }
        try addTimes()
    }

    func entries() throws -> [AuditEntry] {
        guard let records = try records() else { return try entries("") }
        var found = try shown(records)
        for record in records.sorted() {
            found += try entries("a.record = $\(values.count + 1) AND ", [.text(record)])
            found = Array(found.sorted { $0.sequence > $1.sequence }.prefix(limit))
        }
        return found
    }

    /// Those that are asked for; nil for any.
    private func records() throws -> Set<String>? {
        let named = query.record.map { Set([$0]) }
        guard let person = query.person else { return named }
        let about = Set(
            try reading.rows("SELECT DISTINCT record FROM record_subject WHERE person = $1", [.text(person)])
                .map { $0.text(0) }
        )
        .union([person])
        return named?.intersection(about) ?? about
    }

    /// Newest first, at most `limit` or as many as are wanted to choose from.
    private func entries(_ condition: String, _ more: [Value] = [], most: Int? = nil) throws -> [AuditEntry] {
        try reading.rows(
            """
            SELECT \(Self.columns) FROM audit a WHERE \(condition)\(conditions.joined(separator: " AND "))
            ORDER BY a.sequence DESC LIMIT \(most ?? limit)
            """, values + more
        ).map(AuditEntry.init)
    }

    private static let columns = AuditEntry.columns.split(separator: ", ").map { "a.\($0)" }.joined(separator: ", ")

    private mutating func add(_ condition: String, _ value: Value) {
        values.append(value)
        conditions.append("\(condition) $\(values.count)")
    }

    /// The nodes of the tree know the times under them: so the numbers between which to look are found without an
    /// index of times. Clocks may step back; so each entry's own time decides.
    private mutating func addTimes() throws {
        let held = nodes * LogTiles.width
        if let from = query.from {
            let first = try reading.row(
                "SELECT MIN(place) FROM log_node WHERE level = 8 AND latest >= $1", [.integer(from.milliseconds)])
            add("a.sequence >", .integer(first?.optionalInteger(0).map { $0 * LogTiles.width } ?? held))
            add("a.at >=", .integer(from.milliseconds))
        }
        if let until = query.until {
            let row = try reading.row(
                """
                SELECT (SELECT MAX(place) FROM log_node WHERE level = 8 AND earliest < $1),
                    (SELECT MAX(sequence) FROM audit WHERE sequence > $2 AND at < $1)
                """, [.integer(until.milliseconds), .integer(held)])
            let inNodes = row?.optionalInteger(0).map { ($0 + 1) * LogTiles.width } ?? 0
            // One bound, not two: an engine uses only one of them to find where to begin.
            values[0] = .integer(
                min(query.before ?? Int64.max, max(inNodes, row?.optionalInteger(1) ?? 0) + 1))
            add("a.at <", .integer(until.milliseconds))
        }
    }
}

extension AuditSearch {
    private static let batch = 256

    /// Entries of lists that showed one of the records, newest first, at most `limit`.
    private func shown(_ records: Set<String>) throws -> [AuditEntry] {
        guard !records.isEmpty, query.operation == nil || query.operation == .consultation else { return [] }
        func shows(_ entry: AuditEntry) -> Bool { !records.isDisjoint(with: entry.listed) }
        var found = try entries("a.record IS NULL AND a.sequence > \(nodes * LogTiles.width) AND ", most: .max).filter(
            shows)
        let digests = records.map { ShownRecords.digest($0.utf8) }
        var place = min(nodes, (query.before ?? Int64.max) / LogTiles.width + 1) - 1
        while found.count < limit, place >= 0 {
            let candidates = try candidates(digests, &place)
            for start in stride(from: 0, to: candidates.count, by: Self.batch) where found.count < limit {
                found += try numbered(candidates[start..<min(start + Self.batch, candidates.count)]).filter(shows)
            }
        }
        return Array(found.prefix(limit))
    }

    /// Numbers of entries that may have shown one of the records, newest first, from the node `place` down; at least a
    /// batch of them, or all.
    private func candidates(_ digests: [UInt32], _ place: inout Int64) throws -> [Int64] {
        var (numbers, next) = ([Int64](), Int64(-1))
        try reading.each(
            """
            SELECT s.place, s.shown FROM log_shown s JOIN log_node n ON n.level = 8 AND n.place = s.place
            WHERE s.place <= $1 AND n.latest >= $2 AND n.earliest < $3 ORDER BY s.place DESC
            """,
            [
                .integer(place), .integer(query.from?.milliseconds ?? Int64.min),
                .integer(query.until?.milliseconds ?? Int64.max),
            ]
        ) { cursor in
            let row = cursor.row()
            let first = row.integer(0) * LogTiles.width + 1
            let entries = row.blob(1).withUnsafeBytes { ShownRecords.entries(in: $0, showing: digests) }
            numbers += entries.sorted(by: >).map { first + Int64($0) }
            next = row.integer(0) - 1
            return numbers.count < Self.batch
        }
        place = numbers.count < Self.batch ? -1 : next
        return numbers
    }

    /// Those of the entries that the other conditions hold for.
    private func numbered(_ numbers: ArraySlice<Int64>) throws -> [AuditEntry] {
        // As many places as a batch has, so that one statement serves all.
        let places = (1...Self.batch).map { "$\(values.count + $0)" }.joined(separator: ", ")
        let padded =
            numbers.map { Value.integer($0) } + Array(repeating: .integer(0), count: Self.batch - numbers.count)
        return try entries("a.sequence IN (\(places)) AND ", padded, most: Self.batch)
    }
}
