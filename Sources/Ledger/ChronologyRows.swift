import Kernel

/// A row of the index of chronologies.
struct ChronologyRow {
    let position: ChronologyPosition
    let kind: String
    let owner: String
    let version: Int
    let knownSince: Moment
}

/// The index of chronologies: whose, when, and by which record. It holds no words: those are in the body, so that what is
/// erased or not to be seen is in no second place.
enum ChronologyRows {
    // MARK: Reading

    /// The first version's moment and what else entries depend on; nil when there is no such record.
    static func source(_ record: String, _ owner: String, _ reading: any Reading) throws -> ChronologySource? {
        try reading.row("SELECT at FROM record_version WHERE record = $1 AND version = 1", [.text(record)]).map {
            ChronologySource(record: record, owner: owner, since: $0.moment(0))
        }
    }

    static func listed(
        _ persons: [String], _ query: ChronologyQuery, after position: ChronologyPosition?, limit: Int,
        _ reading: any Reading
    ) throws -> [ChronologyRow] {
        var values: [Value] = [.integer(Int64(limit))] + persons.map { .text($0) }
        func place(_ value: Value) -> String {
            values.append(value)
            return "$\(values.count)"
        }
        var conditions = "c.person IN (\(persons.indices.map { "$\($0 + 2)" }.joined(separator: ", ")))"
        if let moment = query.asKnownAt {
            let known = place(.integer(moment.milliseconds))
            conditions += " AND c.since_at <= \(known) AND (c.until_at IS NULL OR c.until_at > \(known))"
        } else {
            conditions += " AND c.until_version IS NULL"
        }
        if let agency = query.agency { conditions += " AND r.owner = \(place(.text(agency)))" }
        if let position {
            let (at, record) = (place(.integer(position.at.milliseconds)), place(.text(position.record)))
            conditions += " AND (c.at, c.record, c.mark) < (\(at), \(record), \(place(.text(position.mark))))"
        }
        return try reading.rows(
            """
            SELECT c.at, c.record, c.mark, r.kind, r.owner, c.since_version, c.since_at FROM chronology c
            JOIN record r ON r.id = c.record WHERE \(conditions)
            ORDER BY c.at DESC, c.record DESC, c.mark DESC LIMIT $1
            """, values
        ).map { row in
            ChronologyRow(
                position: ChronologyPosition(at: row.moment(0), record: row.text(1), mark: row.text(2)),
                kind: row.text(3), owner: row.text(4), version: Int(row.integer(5)), knownSince: row.moment(6))
        }
    }

    // MARK: Writing

    private struct Place: Hashable {
        let person: String
        let at: Int64
        let mark: String
    }

    /// What a version publishes beside what stands: new entries begin with it, those it no longer has end.
    static func write(
        _ entries: [ChronologyEntry], of record: String, version: Int, at: Moment, _ writing: any Writing
    ) throws {
        let standing = try writing.rows(
            "SELECT person, at, mark FROM chronology WHERE record = $1 AND until_version IS NULL", [.text(record)])
        let before = Set(standing.map { Place(person: $0.text(0), at: $0.integer(1), mark: $0.text(2)) })
        let now = Set(entries.map { Place(person: $0.person, at: $0.when.moment.milliseconds, mark: $0.mark) })
        for place in before.subtracting(now) {
            try writing.run(
                """
                UPDATE chronology SET until_version = $5, until_at = $6
                WHERE person = $1 AND at = $2 AND record = $3 AND mark = $4 AND until_version IS NULL
                """,
                [
                    .text(place.person), .integer(place.at), .text(record), .text(place.mark),
                    .integer(Int64(version)), .integer(at.milliseconds),
                ])
        }
        for place in now.subtracting(before) {
            try writing.run(
                """
                INSERT INTO chronology (person, at, record, mark, since_version, since_at, until_version, until_at)
                VALUES ($1, $2, $3, $4, $5, $6, NULL, NULL)
                """,
                [
                    .text(place.person), .integer(place.at), .text(record), .text(place.mark),
                    .integer(Int64(version)), .integer(at.milliseconds),
                ])
        }
    }

    static func erase(record: String, _ writing: any Writing) throws {
        try writing.run("DELETE FROM chronology WHERE record = $1", [.text(record)])
    }

    // MARK: What lies in the store already

    static func shape(of kind: String, _ reading: any Reading) throws -> Int? {
        try reading.integer("SELECT shape FROM chronology_kind WHERE kind = $1", [.text(kind)]).map { Int($0) }
    }

    static func keep(shape: Int, of kind: String, _ writing: any Writing) throws {
        try writing.run(
            """
            INSERT INTO chronology_kind (kind, shape) VALUES ($1, $2)
            ON CONFLICT (kind) DO UPDATE SET shape = excluded.shape
            """, [.text(kind), .integer(Int64(shape))])
    }

    /// Publishes some records of a kind anew.
    /// - Returns: the last of them; nil when there is none after `last`.
    static func publish(
        _ kind: ChronologyKind, after last: String, limit: Int, _ writing: any Writing
    ) throws -> String? {
        let records = try writing.rows(
            "SELECT id FROM record WHERE kind = $1 AND id > $2 ORDER BY id LIMIT $3",
            [.text(kind.name), .text(last), .integer(Int64(limit))]
        ).map { $0.text(0) }
        for record in records {
            try erase(record: record, writing)
            for version in try kind.written(record, writing) {
                try write(version.entries, of: record, version: version.number, at: version.at, writing)
            }
        }
        return records.last
    }
}
