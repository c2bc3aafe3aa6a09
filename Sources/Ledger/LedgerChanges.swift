public import Access
public import Kernel

/// That a record was made or changed, in the order of the log: names only. Whether somebody may know of it is not decided
/// here; whoever tells it asks the ledger for her first.
public struct LedgerChange: Sendable, Equatable {
    public let sequence: Int64
    public let at: Moment
    public let kind: String
    public let record: String
    public let operation: Operation
    public let version: Int

    public init(sequence: Int64, at: Moment, kind: String, record: String, operation: Operation, version: Int) {
        (self.sequence, self.at, self.kind, self.record) = (sequence, at, kind, record)
        (self.operation, self.version) = (operation, version)
    }

    /// Those of these kinds after an entry, oldest first. What was erased is not among them: nothing is left to decide on.
    public static func after(
        _ sequence: Int64, kinds: Set<String>, limit: Int, _ reading: any Reading
    ) throws -> [LedgerChange] {
        guard !kinds.isEmpty else { return [] }
        let places = (0..<kinds.count).map { "$\($0 + 3)" }.joined(separator: ", ")
        return try reading.rows(
            """
            SELECT sequence, at, kind, record, operation, version FROM audit
            WHERE sequence > $1 AND operation <> 'consultation' AND operation <> 'erasure' AND version IS NOT NULL
                AND record IS NOT NULL AND allowed = 1 AND kind IN (\(places)) ORDER BY sequence LIMIT $2
            """, [.integer(sequence), .integer(Int64(limit))] + kinds.sorted().map { .text($0) }
        ).compactMap { row in
            Operation(rawValue: row.text(4)).map {
                LedgerChange(
                    sequence: row.integer(0), at: row.moment(1), kind: row.text(2), record: row.text(3), operation: $0,
                    version: Int(row.integer(5)))
            }
        }
    }

    /// The last entry of the log; 0 when there is none.
    public static func last(_ reading: any Reading) throws -> Int64 {
        try reading.integer("SELECT MAX(sequence) FROM audit") ?? 0
    }
}
