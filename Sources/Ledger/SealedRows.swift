import Kernel

/// The SQL of sealed values and their keys.
enum SealedRows {
    /// 0 when there is none.
    static func last(_ place: SealedPlace, _ reading: any Reading) throws -> Int {
        let found = try reading.integer(
            "SELECT MAX(version) FROM sealed_value WHERE record = $1 AND field = $2",
            [.text(place.record), .text(place.field)])
        return Int(found ?? 0)
    }

    /// The newest, or the newest at a moment.
    static func envelope(
        _ place: SealedPlace, asKnownAt moment: Moment? = nil, _ reading: any Reading
    ) throws -> SealedEnvelope? {
        try reading.row(
            """
            SELECT v.version, v.at, v.sealed, k.key_number, k.wrapped FROM sealed_value v
            JOIN sealed_key k ON k.record = v.record
            WHERE v.record = $1 AND v.field = $2 AND v.at <= $3 ORDER BY v.version DESC LIMIT 1
            """, [.text(place.record), .text(place.field), .integer(moment?.milliseconds ?? Int64.max)]
        ).map { row in
            SealedEnvelope(
                place: place, version: Int(row.integer(0)), at: row.moment(1), bytes: row.blob(2),
                key: WrappedKey(number: Int(row.integer(3)), bytes: row.blob(4)))
        }
    }

    static func insert(
        _ place: SealedPlace, _ version: Int, _ bytes: [UInt8], _ author: SealedAuthor, _ now: Moment,
        _ writing: any Writing
    ) throws {
        try writing.run(
            """
            INSERT INTO sealed_value (record, field, version, sealed, author, agency, purpose, at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
            """,
            [
                .text(place.record), .text(place.field), .integer(Int64(version)), .blob(bytes), .text(author.user),
                .text(author.agency), .text(author.purpose), .integer(now.milliseconds),
            ])
    }

    static func key(of record: String, _ reading: any Reading) throws -> WrappedKey? {
        try reading.row("SELECT key_number, wrapped FROM sealed_key WHERE record = $1", [.text(record)])
            .map { WrappedKey(number: Int($0.integer(0)), bytes: $0.blob(1)) }
    }

    static func insert(_ wrapped: WrappedKey, of record: String, _ now: Moment, _ writing: any Writing) throws {
        try writing.run(
            "INSERT INTO sealed_key (record, key_number, wrapped, at) VALUES ($1, $2, $3, $4)",
            [.text(record), .integer(Int64(wrapped.number)), .blob(wrapped.bytes), .integer(now.milliseconds)])
    }

    static func update(_ wrapped: WrappedKey, of record: String, _ writing: any Writing) throws {
        try writing.run(
            "UPDATE sealed_key SET key_number = $2, wrapped = $3 WHERE record = $1",
            [.text(record), .integer(Int64(wrapped.number)), .blob(wrapped.bytes)])
    }

    /// Data keys that are wrapped under another key than `number`.
    static func stale(_ number: Int, limit: Int, _ reading: any Reading) throws -> [(String, WrappedKey)] {
        try reading.rows(
            """
            SELECT record, key_number, wrapped FROM sealed_key WHERE key_number <> $1 ORDER BY record LIMIT $2
            """, [.integer(Int64(number)), .integer(Int64(limit))]
        ).map { ($0.text(0), WrappedKey(number: Int($0.integer(1)), bytes: $0.blob(2))) }
    }

    /// How many data keys each key wraps.
    static func counts(_ reading: any Reading) throws -> [Int: Int] {
        let rows = try reading.rows("SELECT key_number, COUNT(*) FROM sealed_key GROUP BY key_number")
        return Dictionary(uniqueKeysWithValues: rows.map { (Int($0.integer(0)), Int($0.integer(1))) })
    }

    /// One data key of each key in use, to see whether the keys are those of this store.
    static func probes(_ reading: any Reading) throws -> [(String, WrappedKey)] {
        try reading.rows(
            """
            SELECT k.record, k.key_number, k.wrapped FROM sealed_key k
            JOIN (SELECT MIN(record) AS record FROM sealed_key GROUP BY key_number) p ON p.record = k.record
            """
        ).map { ($0.text(0), WrappedKey(number: Int($0.integer(1)), bytes: $0.blob(2))) }
    }

    /// Removes one field, or all. With the last value the data key goes too: what old copies hold cannot be opened.
    static func erase(record: String, field: String?, _ writing: any Writing) throws {
        if let field {
            try writing.run(
                "DELETE FROM sealed_value WHERE record = $1 AND field = $2", [.text(record), .text(field)])
        } else {
            try writing.run("DELETE FROM sealed_value WHERE record = $1", [.text(record)])
        }
        try writing.run(
            """
            DELETE FROM sealed_key WHERE record = $1
            AND NOT EXISTS (SELECT 1 FROM sealed_value v WHERE v.record = $1)
            """, [.text(record)])
    }

    /// Values without a key and numbers that leave a gap, as sentences.
    static func faults(_ reading: any Reading) throws -> [String] {
        let lost = try reading.rows(
            """
            SELECT v.record, v.field FROM sealed_value v LEFT JOIN sealed_key k ON k.record = v.record
            WHERE k.record IS NULL GROUP BY v.record, v.field
            """
        ).map { "The sealed \($0.text(1)) of record \($0.text(0)) has lost its key." }
        let gaps = try reading.rows(
            """
            SELECT record, field FROM sealed_value GROUP BY record, field
            HAVING COUNT(*) <> MAX(version) OR MIN(version) <> 1
            """
        ).map { "The sealed \($0.text(1)) of record \($0.text(0)) lacks a version." }
        return lost + gaps
    }
}
