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
