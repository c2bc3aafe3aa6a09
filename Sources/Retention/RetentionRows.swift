import Kernel
import Ledger

/// One record in the queue, as the index has it.
struct DueRow: Sendable {
    let record: String
    let kind: String
    let due: Day

    var position: ListPosition { ListPosition(key: due.description, record: record) }
}

/// The SQL of the room.
enum RetentionRows {
    static func put(_ record: RetainedRecord, _ due: RetentionDue, _ writing: any Writing) throws {
        try writing.run(
            """
            INSERT INTO retention_due (record, kind, owner, due, ends) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (record) DO UPDATE SET kind = $2, owner = $3, due = $4, ends = $5
            """,
            [
                .text(record.id), .text(record.kind.name), .text(record.owner), .text(due.day.description),
                record.facts.sharedUntil.map { .text($0.description) } ?? .null,
            ])
    }

    static func remove(_ record: String, _ writing: any Writing) throws {
        try writing.run("DELETE FROM retention_due WHERE record = $1", [.text(record)])
    }

    /// What an agency owns and is due up to `last`, the oldest first.
    static func due(
        of owner: String, through last: Day, after position: ListPosition?, limit: Int, _ reading: any Reading
    ) throws -> [DueRow] {
        try reading.rows(
            """
            SELECT record, kind, due FROM retention_due WHERE owner = $1 AND due <= $2 AND (due, record) > ($3, $4)
            ORDER BY due, record LIMIT $5
            """,
            [
                .text(owner), .text(last.description), .text(position?.key ?? ""), .text(position?.record ?? ""),
                .integer(Int64(limit)),
            ]
        ).compactMap(row)
    }

    /// What is due next after a day.
    static func due(of owner: String, after day: Day, limit: Int, _ reading: any Reading) throws -> [DueRow] {
        try reading.rows(
            """
            SELECT record, kind, due FROM retention_due WHERE owner = $1 AND due > $2 ORDER BY due, record LIMIT $3
            """, [.text(owner), .text(day.description), .integer(Int64(limit))]
        ).compactMap(row)
    }

    /// What was shared by an agreement that ended before `day`, whoever owns it.
    static func ended(
        before day: Day, after position: ListPosition?, limit: Int, _ reading: any Reading
    ) throws -> [DueRow] {
        try reading.rows(
            """
            SELECT record, kind, ends FROM retention_due WHERE ends < $1 AND (ends, record) > ($2, $3)
            ORDER BY ends, record LIMIT $4
            """,
            [
                .text(day.description), .text(position?.key ?? ""), .text(position?.record ?? ""),
                .integer(Int64(limit)),
            ]
        ).compactMap(row)
    }

    /// How many are due before a day, and from it to another.
    static func counts(
        of owner: String, before day: Day, through last: Day, _ reading: any Reading
    ) throws -> (overdue: Int, due: Int) {
        let count = "SELECT COUNT(*) FROM retention_due WHERE owner = $1 AND due"
        let overdue = try reading.integer("\(count) < $2", [.text(owner), .text(day.description)]) ?? 0
        let all = try reading.integer("\(count) <= $2", [.text(owner), .text(last.description)]) ?? 0
        return (Int(overdue), Int(all - overdue))
    }

    /// Rows that still say something of a record that was destroyed.
    static func left(of record: String, _ reading: any Reading) throws -> Int {
        let row = try reading.row(
            """
            SELECT (SELECT COUNT(*) FROM record_version WHERE record = $1 AND body <> '')
                + (SELECT COUNT(*) FROM record_key WHERE record = $1)
                + (SELECT COUNT(*) FROM record_subject WHERE record = $1 AND capacity <> 'other')
                + (SELECT COUNT(*) FROM sealed_value WHERE record = $1)
                + (SELECT COUNT(*) FROM sealed_key WHERE record = $1)
                + (SELECT COUNT(*) FROM retention_due WHERE record = $1)
            """, [.text(record)])
        return Int(row?.integer(0) ?? 0)
    }

    private static func row(_ row: Row) -> DueRow? {
        Day(row.text(2)).map { DueRow(record: row.text(0), kind: row.text(1), due: $0) }
    }

    static func state(_ name: String, _ reading: any Reading) throws -> String? {
        try reading.row("SELECT content FROM retention_state WHERE name = $1", [.text(name)])?.text(0)
    }

    static func keep(_ name: String, _ content: String, _ writing: any Writing) throws {
        try writing.run(
            """
            INSERT INTO retention_state (name, content) VALUES ($1, $2)
            ON CONFLICT (name) DO UPDATE SET content = $2
            """, [.text(name), .text(content)])
    }
}
