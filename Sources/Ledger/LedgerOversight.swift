public import Access
public import Kernel

/// Which part of the log is wanted. What is not named is not asked for; all that is named must hold.
public struct AuditQuery: Sendable, Equatable {
    /// Who did it.
    public var user: String?
    /// What was seen or changed, also in a list.
    public var record: String?
    /// Whom the record is about: every record that names the person, in whatever capacity.
    public var person: String?
    public var operation: Operation?
    /// From this moment, and before that one.
    public var from: Moment?
    public var until: Moment?
    /// Entries before this number, newest first.
    public var before: Int64?
    public var limit: Int

    public init(user: String? = nil, record: String? = nil, before: Int64? = nil, limit: Int = 50) {
        (self.user, self.record, self.before, self.limit) = (user, record, before, limit)
    }

    /// For the log: what was asked, in identifiers.
    var about: String {
        let named = [("user", user), ("record", record), ("person", person), ("operation", operation?.rawValue)]
        let days = [("from", from), ("until", until)].map { ($0.0, $0.1.map { "\($0)" }) }
        return (named + days).compactMap { name, value in value.map { "\(name) \($0)" } }.joined(separator: ", ")
    }
}

extension Ledger {
    /// At most so many entries are given out at once.
    public static let auditDownloadLimit = 100_000

    /// Entries of the log, newest first. Reading the log is itself logged.
    public func audit(_ query: AuditQuery, as actor: Actor) async throws -> [AuditEntry] {
        let consultation = Consultation(kind: "audit", .audit, .consultation, about: query.about)
        return try await consult(consultation, as: actor) { reading in
            try AuditSearch(query, limit: min(max(query.limit, 1), 1000), reading).entries()
        }
    }

    /// The same for taking away: all of them, up to `auditDownloadLimit`. Logged as a disclosure.
    public func auditDownload(
        _ query: AuditQuery, for recipient: String? = nil, as actor: Actor
    ) async throws -> [AuditEntry] {
        let consultation = Consultation(
            kind: "audit", .audit, .disclosure, about: query.about, recipient: recipient)
        return try await consult(consultation, as: actor) { reading in
            try AuditSearch(query, limit: Self.auditDownloadLimit, reading).entries()
        }
    }
}

/// One question to the log as a statement.
struct AuditSearch {
    private let query: AuditQuery
    private let reading: any Reading
    private var values: [Value] = []
    private var conditions: [String] = []

    init(_ query: AuditQuery, limit: Int, _ reading: any Reading) throws {
        (self.query, self.reading) = (query, reading)
        values = [.integer(query.before ?? Int64.max), .integer(Int64(limit))]
        conditions = ["a.sequence < $1"]
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

    private mutating func add(_ condition: String, _ value: Value) {
        values.append(value)
        conditions.append("\(condition) $\(values.count)")
    }

    /// The nodes of the tree know the times under them: so the numbers between which to look are found without an
    /// index of times. Clocks may step back; so each entry's own time decides.
    private mutating func addTimes() throws {
        guard query.from != nil || query.until != nil else { return }
        let held = (try reading.integer("SELECT COUNT(*) FROM log_node WHERE level = 8") ?? 0) * LogTiles.width
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
            add("a.sequence <=", .integer(max(inNodes, row?.optionalInteger(1) ?? 0)))
            add("a.at <", .integer(until.milliseconds))
        }
    }

    func entries() throws -> [AuditEntry] {
        try reading.rows(statement.text, statement.values).map(AuditEntry.init)
    }

    private var statement: (text: String, values: [Value]) {
        let all = conditions.joined(separator: " AND ")
        guard let about else {
            return ("SELECT \(Self.columns) FROM audit a WHERE \(all) ORDER BY a.sequence DESC LIMIT $2", values)
        }
        let text = """
            SELECT \(Self.columns) FROM audit a WHERE a.sequence IN (
                SELECT x.sequence FROM (SELECT a.sequence FROM audit a
                    WHERE \(about.condition("a.record")) AND \(all) ORDER BY a.sequence DESC LIMIT $2) x
                UNION
                SELECT y.sequence FROM (SELECT s.sequence FROM audit_shown s JOIN audit a ON a.sequence = s.sequence
                    WHERE \(about.condition("s.record")) AND s.sequence < $1 AND \(all)
                    ORDER BY s.sequence DESC LIMIT $2) y)
            ORDER BY a.sequence DESC LIMIT $2
            """
        return (text, values + about.values)
    }

    /// The condition on the records that are asked for; nil for any.
    private var about: (condition: (String) -> String, values: [Value])? {
        let (record, person) = ("$\(values.count + 1)", "$\(values.count + (query.record == nil ? 1 : 2))")
        let subject = "IN (SELECT p.record FROM record_subject p WHERE p.person = \(person))"
        switch (query.record, query.person) {
        case (let id?, nil): return ({ "\($0) = \(record)" }, [.text(id)])
        case (nil, let id?): return ({ "\($0) \(subject)" }, [.text(id)])
        case (let id?, let other?): return ({ "\($0) = \(record) AND \($0) \(subject)" }, [.text(id), .text(other)])
        case (nil, nil): return nil
        }
    }

    private static let columns = AuditEntry.columns.split(separator: ", ").map { "a.\($0)" }.joined(separator: ", ")
}
