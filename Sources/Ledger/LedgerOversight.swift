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
            try AuditView(actor: actor, reading).entries(query, limit: min(max(query.limit, 1), 1000))
        }
    }

    /// The same for taking away: all of them, up to `auditDownloadLimit`. Logged as a disclosure.
    public func auditDownload(
        _ query: AuditQuery, for recipient: String? = nil, as actor: Actor
    ) async throws -> [AuditEntry] {
        let consultation = Consultation(
            kind: "audit", .audit, .disclosure, about: query.about, recipient: recipient)
        return try await consult(consultation, as: actor) { reading in
            try AuditView(actor: actor, reading).entries(query, limit: Self.auditDownloadLimit)
        }
    }
}

/// The log without what does not exist for whoever reads it.
struct AuditView {
    private let hidden: Set<String>
    private let reading: any Reading

    init(actor: Actor, _ reading: any Reading) throws {
        self.reading = reading
        hidden = try Parties(reading: reading).hidden(from: actor)
    }

    /// As many as wanted, however many are hidden between.
    func entries(_ query: AuditQuery, limit: Int) throws -> [AuditEntry] {
        if let record = query.record ?? query.person, hidden.contains(record) { return [] }
        var (query, found, isComplete) = (query, [AuditEntry](), false)
        while found.count < limit && !isComplete {
            let batch = try AuditSearch(query, limit: limit, reading).entries()
            found += batch.compactMap(shown)
            isComplete = batch.count < limit
            query.before = batch.last?.sequence
        }
        return Array(found.prefix(limit))
    }

    func shown(_ entry: AuditEntry) -> AuditEntry? {
        guard !hidden.isEmpty else { return entry }
        if let record = entry.record, hidden.contains(record) { return nil }
        // A list that showed it, and whatever else names it in passing.
        return hidden.contains(where: entry.about.contains) ? nil : entry
    }
}
