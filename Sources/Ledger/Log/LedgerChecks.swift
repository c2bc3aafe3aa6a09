/// Checks of records, and of the log against them. Each gives its first faults only.
enum LedgerChecks {
    private static let limit = 20
    /// What an entry is of that brings a version.
    private static let bringing = "a.allowed = 1 AND a.operation IN ('collection', 'alteration', 'combination')"

    static func versions(_ reading: any Reading) throws -> (count: Int, faults: [String]) {
        var (faults, count) = ([String](), 0)
        try reading.each(
            "SELECT record, version, schema_number, body, salt, digest FROM record_version", []
        ) { cursor in
            count += 1
            let row = cursor.row()
            if !isErased(row), !digestHolds(row), faults.count < limit {
                faults.append("Version \(row.integer(1)) of record \(row.text(0)) does not match its digest.")
            }
            return true
        }
        return (count, faults)
    }

    /// Body and salt are gone, the digest stays. Whether the log tells of the erasure is checked apart.
    private static func isErased(_ row: Row) -> Bool { row.text(3).isEmpty && row.blob(4).isEmpty }

    private static func digestHolds(_ row: Row) -> Bool {
        let digest = BodyCoding.digest(
            salt: row.blob(4), record: row.text(0), version: Int(row.integer(1)), schema: Int(row.integer(2)),
            body: row.text(3))
        return digest == row.blob(5)
    }

    static func chains(_ reading: any Reading) throws -> [String] {
        try reading.rows(
            """
            SELECT r.id, r.version, COUNT(v.version) FROM record r
            LEFT JOIN record_version v ON v.record = r.id GROUP BY r.id, r.version
            HAVING COUNT(v.version) <> r.version OR MAX(v.version) <> r.version OR MIN(v.version) <> 1
                OR MAX(v.version) IS NULL ORDER BY r.id LIMIT \(limit)
            """
        ).map { "Record \($0.text(0)) says version \($0.integer(1)) but holds \($0.integer(2)) versions." }
    }

    static func numbering(_ reading: any Reading) throws -> [String] {
        guard
            let row = try reading.row(
                "SELECT COUNT(*), COALESCE(MAX(sequence), 0), COALESCE(MIN(sequence), 1) FROM audit"),
            row.integer(0) != row.integer(1) || row.integer(2) != 1
        else { return [] }
        return [
            "The log holds \(row.integer(0)) entries but its numbers run from \(row.integer(2)) to \(row.integer(1))."
        ]
    }

    /// Between the log and the versions nothing is too much and nothing is missing.
    static func commitments(_ reading: any Reading) throws -> [String] {
        try mismatches(reading) + counts(reading) + doubles(reading) + uncommitted(reading) + erasures(reading)
    }

    private static func mismatches(_ reading: any Reading) throws -> [String] {
        try reading.rows(
            """
            SELECT a.sequence, a.version, a.record FROM audit a
            LEFT JOIN record_version v ON v.record = a.record AND v.version = a.version
            WHERE a.version IS NOT NULL AND (a.digest IS NULL OR v.digest IS NULL OR v.digest <> a.digest)
            ORDER BY a.sequence LIMIT \(limit)
            """
        ).map {
            "Entry \($0.integer(0)) commits to version \($0.integer(1)) of record \($0.text(2)), which is another now or is gone."
        }
    }

    /// Also for versions that are older than the tree: each had its entry.
    private static func counts(_ reading: any Reading) throws -> [String] {
        try reading.rows(
            """
            SELECT c.id, c.version, c.entries FROM (
                SELECT r.id, r.version, (SELECT COUNT(*) FROM audit a
                    WHERE a.record = r.id AND a.kind = r.kind AND \(bringing)) AS entries
                FROM record r) c
            WHERE c.entries <> c.version ORDER BY c.id LIMIT \(limit)
            """
        ).map { "Record \($0.text(0)) holds \($0.integer(1)) versions, and the log tells of \($0.integer(2))." }
    }

    private static func doubles(_ reading: any Reading) throws -> [String] {
        try reading.rows(
            """
            SELECT a.record, a.version, COUNT(*) FROM audit a WHERE a.version IS NOT NULL AND \(bringing)
            GROUP BY a.record, a.version HAVING COUNT(*) > 1 ORDER BY a.record, a.version LIMIT \(limit)
            """
        ).map { "\($0.integer(2)) entries commit to version \($0.integer(1)) of record \($0.text(0))." }
    }

    /// Entries from before the tree commit to nothing; after the first that does, all must.
    private static func uncommitted(_ reading: any Reading) throws -> [String] {
        guard
            let first = try reading.row("SELECT MIN(sequence) FROM audit WHERE version IS NOT NULL")?.optionalInteger(0)
        else { return [] }
        return try reading.rows(
            """
            SELECT a.sequence, a.record FROM audit a JOIN record r ON r.id = a.record AND r.kind = a.kind
            WHERE a.sequence > $1 AND a.version IS NULL AND \(bringing) ORDER BY a.sequence LIMIT \(limit)
            """, [.integer(first)]
        ).map { "Entry \($0.integer(0)) changed record \($0.text(1)) and commits to no version." }
    }

    private static func erasures(_ reading: any Reading) throws -> [String] {
        try reading.rows(
            """
            SELECT v.record, v.version FROM record_version v WHERE v.body = '' AND NOT EXISTS (
                SELECT 1 FROM audit a WHERE a.record = v.record AND a.version = v.version
                    AND a.operation = 'erasure' AND a.allowed = 1)
            ORDER BY v.record, v.version LIMIT \(limit)
            """
        ).map { "Version \($0.integer(1)) of record \($0.text(0)) is empty, and the log tells of no erasure." }
    }
}
