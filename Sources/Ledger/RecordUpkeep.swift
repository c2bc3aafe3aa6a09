public import Access
import Kernel

/// A change of a record, as the log tells it.
public struct RecordChange: Sendable, Equatable {
    public let sequence: Int64
    public let kind: String
    public let record: String
}

/// For what a room works out from records and keeps beside them, inside `glance` or `upkeep`. It shows nobody anything,
/// and so neither decides nor logs: what a person is shown goes through the gateway's own reading.
public enum RecordUpkeep {
    /// The record as it stands; nil when there is none or it was erased.
    public static func current<Body: RecordBody>(
        _ type: Body.Type, _ id: String, _ reading: any Reading
    ) throws -> Record<Body>? {
        try RecordRows.current(type, id, reading)
    }

    /// One version of a record; nil when there is none or it was erased.
    public static func version<Body: RecordBody>(
        _ type: Body.Type, _ id: String, number: Int, _ reading: any Reading
    ) throws -> Record<Body>? {
        try RecordRows.version(type, id, number: number, reading)
    }

    /// Records that have `key` in `index`, in the order of their identifiers.
    public static func records<Body: RecordBody>(
        _ type: Body.Type, index: String, key: String, _ reading: any Reading
    ) throws -> [Record<Body>] {
        try reading.rows(
            "SELECT record FROM record_key WHERE kind = $1 AND name = $2 AND entry = $3 ORDER BY record",
            [.text(Body.kind.name), .text(index), .text(key)]
        ).compactMap { try RecordRows.current(type, $0.text(0), reading) }
    }

    /// Records in the order of an index, a page at a time, to work something out from all of them.
    /// - Returns: those that are not erased, and the place of the last looked at; nil at the end.
    public static func page<Body: RecordBody>(
        of type: Body.Type, index: String, after position: ListPosition?, limit: Int, _ reading: any Reading
    ) throws -> (records: [Record<Body>], last: ListPosition?) {
        let rows = try reading.rows(
            """
            SELECT entry, record FROM record_key WHERE kind = $1 AND name = $2 AND (entry, record) > ($3, $4)
            ORDER BY entry, record LIMIT $5
            """,
            [
                .text(Body.kind.name), .text(index), .text(position?.key ?? ""), .text(position?.record ?? ""),
                .integer(Int64(limit)),
            ])
        return (
            try rows.compactMap { try RecordRows.current(type, $0.text(1), reading) },
            rows.count < limit ? nil : rows.last.map { ListPosition(key: $0.text(0), record: $0.text(1)) }
        )
    }

    /// The persons a record is or was about, also when it was erased.
    public static func persons(of record: String, _ reading: any Reading) throws -> [String] {
        try reading.rows(
            "SELECT DISTINCT person FROM record_subject WHERE record = $1 ORDER BY person", [.text(record)]
        ).map { $0.text(0) }
    }

    /// Persons, and records about them, that do not exist for somebody because of who she is: a figure that is counted past
    /// the gateway leaves them out.
    public static func hidden(from actor: Actor, _ reading: any Reading) throws -> Set<String> {
        try Parties(reading: reading).hidden(from: actor)
    }

    /// Versions that were written or erased, by entries of the log after `sequence`, oldest first.
    /// - Returns: at most about `limit` of them, and the entry through which they are all there are.
    public static func changes(
        after sequence: Int64, limit: Int, _ reading: any Reading
    ) throws -> (changes: [RecordChange], through: Int64) {
        var (found, through) = ([RecordChange](), try reading.integer("SELECT MAX(sequence) FROM audit") ?? 0)
        for operation in ["alteration", "collection", "combination", "erasure"] {
            // By operation, each from an index: reads are nearly all of the log.
            let rows = try reading.rows(
                """
                SELECT sequence, kind, record FROM audit WHERE operation = $1 AND operation <> 'consultation'
                AND sequence > $2 ORDER BY sequence LIMIT $3
                """, [.text(operation), .integer(sequence), .integer(Int64(limit))])
            found += rows.map { RecordChange(sequence: $0.integer(0), kind: $0.text(1), record: $0.text(2)) }
            if rows.count == limit, let last = rows.last { through = min(through, last.integer(0)) }
        }
        return (found.filter { $0.sequence <= through }.sorted { $0.sequence < $1.sequence }, through)
    }
}
