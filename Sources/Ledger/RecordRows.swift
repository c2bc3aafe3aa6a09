import Access
import Kernel

/// Who asks, and when: what she opened in an emergency closes again.
struct Asking: Sendable {
    let actor: Actor
    let at: Moment

    func relations<Body: RecordBody>(_ record: Record<Body>, _ reading: any Reading) throws -> Set<Relation> {
        try record.body.relations(to: actor, owner: record.owner, record: record.id.text, at: at, reading)
    }

    func decide<Body: RecordBody>(
        _ operation: Operation, _ record: Record<Body>, _ reading: any Reading
    ) throws -> Decision {
        Access.decide(actor, operation, on: Body.kind.resource, standing: try relations(record, reading))
    }
}

/// The SQL of records, and how a row becomes a `Record`.
enum RecordRows {
    private static let columns = "v.record, v.version, r.owner, v.body, v.author, v.at"

    /// `answer` given the current record and the fields she sees of it, when there is one and `actor` may consult it.
    static func visible<Body: RecordBody, Answer>(
        _ type: Body.Type, _ id: String, _ asking: Asking, _ reading: any Reading,
        _ answer: (Record<Body>, Set<FieldClass>) throws -> Answer?
    ) throws -> Answer? {
        guard let current = try current(type, id, reading) else { return nil }
        let decision = try asking.decide(.consultation, current, reading)
        return decision.isAllowed ? try answer(current, decision.fields) : nil
    }

    static func current<Body: RecordBody>(
        _ type: Body.Type, _ id: String, _ reading: any Reading
    ) throws -> Record<Body>? {
        try reading.row(
            """
            SELECT \(columns) FROM record r JOIN record_version v ON v.record = r.id AND v.version = r.version
            WHERE r.id = $1 AND r.kind = $2
            """, [.text(id), .text(Body.kind.name)]
        ).flatMap { try record(type, $0) }
    }

    static func version<Body: RecordBody>(
        _ type: Body.Type, _ id: String, at moment: Moment, _ reading: any Reading
    ) throws -> Record<Body>? {
        try reading.row(
            """
            SELECT \(columns) FROM record r JOIN record_version v ON v.record = r.id
            WHERE r.id = $1 AND v.at <= $2 ORDER BY v.version DESC LIMIT 1
            """, [.text(id), .integer(moment.milliseconds)]
        ).flatMap { try record(type, $0) }
    }

    static func version<Body: RecordBody>(
        _ type: Body.Type, _ id: String, number: Int, _ reading: any Reading
    ) throws -> Record<Body>? {
        try reading.row(
            """
            SELECT \(columns) FROM record r JOIN record_version v ON v.record = r.id
            WHERE r.id = $1 AND r.kind = $2 AND v.version = $3
            """, [.text(id), .text(Body.kind.name), .integer(Int64(number))]
        ).flatMap { try record(type, $0) }
    }

    static func versions<Body: RecordBody>(
        _ type: Body.Type, _ id: String, _ reading: any Reading
    ) throws -> [Record<Body>] {
        try reading.rows(
            """
            SELECT \(columns) FROM record r JOIN record_version v ON v.record = r.id
            WHERE r.id = $1 ORDER BY v.version
            """, [.text(id)]
        ).compactMap { try record(type, $0) }
    }

    static func page<Body: RecordBody>(
        _ type: Body.Type, _ query: ListQuery, after position: ListPosition?, _ asking: Asking, _ reading: any Reading
    ) throws -> RecordPage<Body> {
        var (position, shown, isComplete) = (position, [(Record<Body>, ListPosition)](), false)
        while shown.count <= query.limit && !isComplete {
            let rows = try listed(query, after: position, reading)
            for row in rows {
                let place = ListPosition(key: row.text(6), record: row.text(0))
                position = place
                guard let record = try record(type, row) else { continue }
                let decision = try asking.decide(.consultation, record, reading)
                if decision.isAllowed { shown.append((record.seen(decision.fields), place)) }
            }
            isComplete = rows.count <= query.limit
        }
        let kept = shown.prefix(query.limit)
        return RecordPage(records: kept.map(\.0), next: shown.count > query.limit ? kept.last?.1 : nil)
    }

    private static func listed(
        _ query: ListQuery, after position: ListPosition?, _ reading: any Reading
    ) throws -> [Row] {
        let (order, past) = query.descending ? ("DESC", "<") : ("ASC", ">")
        var values: [Value] = [.text(query.kind), .text(query.index), .integer(Int64(query.limit + 1))]
        var conditions = "k.kind = $1 AND k.name = $2"
        if let key = query.key {
            values.append(.text(key))
            conditions += " AND k.entry = $\(values.count)"
        }
        if let position {
            values += [.text(position.key), .text(position.record)]
            conditions += " AND (k.entry, k.record) \(past) ($\(values.count - 1), $\(values.count))"
        }
        return try reading.rows(
            """
            SELECT \(columns), k.entry FROM record_key k JOIN record r ON r.id = k.record
            JOIN record_version v ON v.record = r.id AND v.version = r.version
            WHERE \(conditions) ORDER BY k.entry \(order), k.record \(order) LIMIT $3
            """, values)
    }

    /// Nil where the body was erased.
    private static func record<Body: RecordBody>(_ type: Body.Type, _ row: Row) throws -> Record<Body>? {
        guard let id = Identifier<Body>(row.text(0)), !row.text(3).isEmpty else { return nil }
        return Record(
            id: id, version: Int(row.integer(1)), owner: row.text(2), body: try BodyCoding.decode(type, row.text(3)),
            author: row.text(4), at: row.moment(5))
    }
}
