public import Access
public import Kernel

/// One entry of the log of reads and writes: no personal content, only names of things.
public struct AuditEntry: Sendable, Equatable {
    public let sequence: Int64
    public let at: Moment
    public let user: String
    public let agency: String
    public let purpose: String
    public let operation: Operation
    /// The kind of record, or the family of bulk facts.
    public let kind: String
    /// The record, where it was one.
    public let record: String?
    /// What was asked for, in identifiers: a list's index and the records shown, a measure and a month.
    public let about: String
    public let wasAllowed: Bool
}

/// A reading or writing of bulk facts: what is asked for, so that access can be decided and the log can say it.
public struct Consultation: Sendable {
    public let kind: String
    public let resource: ResourceClass
    public let operation: Operation
    /// Identifiers only, never what a person typed or a person's name.
    public let about: String

    public init(kind: String, _ resource: ResourceClass = .fact, _ operation: Operation, about: String) {
        (self.kind, self.resource, self.operation, self.about) = (kind, resource, operation, about)
    }
}

/// What is written to the log, before it has a number.
struct AuditNote: Sendable {
    let at: Moment
    let actor: Actor
    let operation: Operation
    let kind: String
    var record: String?
    var about: String = ""
    var wasAllowed = true

    func write(_ writing: any Writing) throws {
        try writing.run(
            """
            INSERT INTO audit (sequence, at, person, agency, purpose, operation, kind, record, about, allowed)
            SELECT COALESCE(MAX(sequence), 0) + 1, $1, $2, $3, $4, $5, $6, $7, $8, $9 FROM audit
            """,
            [
                .integer(at.milliseconds), .text(actor.user), .text(actor.agency), .text(actor.purpose.rawValue),
                .text(operation.rawValue), .text(kind), record.map { .text($0) } ?? .null, .text(about),
                .integer(wasAllowed ? 1 : 0),
            ])
    }
}

extension AuditEntry {
    static let columns = "sequence, at, person, agency, purpose, operation, kind, record, about, allowed"

    init(_ row: Row) {
        self.init(
            sequence: row.integer(0), at: row.moment(1), user: row.text(2), agency: row.text(3), purpose: row.text(4),
            operation: Operation(rawValue: row.text(5)) ?? .consultation, kind: row.text(6),
            record: row.optionalText(7), about: row.text(8), wasAllowed: row.integer(9) == 1)
    }
}
