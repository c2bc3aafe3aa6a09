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
    /// The version that this entry brought, altered or erased, and that version's salted digest.
    public let version: Int?
    public let digest: [UInt8]?
    /// Who got it, where it was disclosed and somebody is named: an agency, never a person's name.
    public let recipient: String?

    /// The records that it showed, where it was a list.
    public var listed: [String] { record == nil ? ShownRecords.records(in: about) : [] }
}

/// A reading or writing of bulk facts: what is asked for, so that access can be decided and the log can say it.
public struct Consultation: Sendable {
    public let kind: String
    public let resource: ResourceClass
    public let operation: Operation
    /// Identifiers only, never what a person typed or a person's name.
    public let about: String
    /// The record it comes from, where it is one.
    public let record: String?
    /// Who gets it, where it is disclosed and somebody is named: an agency, never a person's name.
    public let recipient: String?

    public init(
        kind: String, _ resource: ResourceClass = .fact, _ operation: Operation, about: String, record: String? = nil,
        recipient: String? = nil
    ) {
        (self.kind, self.resource, self.operation, self.about) = (kind, resource, operation, about)
        (self.record, self.recipient) = (record, recipient)
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
    /// The version that the entry commits to, and its digest.
    var version: (number: Int, digest: [UInt8])?
    var recipient: String?

    /// Every 256th entry also completes a subtree of the log, in the same transaction.
    func write(_ writing: any Writing) throws {
        let sequence = (try writing.integer("SELECT MAX(sequence) FROM audit") ?? 0) + 1
        try writing.run(
            """
            INSERT INTO audit (sequence, at, person, agency, purpose, operation, kind, record, about, allowed, version,
                digest, recipient)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            """,
            [
                .integer(sequence), .integer(at.milliseconds), .text(actor.user), .text(actor.agency),
                .text(actor.purpose.rawValue), .text(operation.rawValue), .text(kind),
                record.map { .text($0) } ?? .null, .text(about), .integer(wasAllowed ? 1 : 0),
                version.map { .integer(Int64($0.number)) } ?? .null, version.map { .blob($0.digest) } ?? .null,
                recipient.map { .text($0) } ?? .null,
            ])
        if sequence % LogTiles.width == 0 { try LogTiles.complete(sequence, writing) }
    }
}

extension AuditNote {
    init(_ consultation: Consultation, as actor: Actor, at moment: Moment, allowed: Bool = true) {
        self.init(
            at: moment, actor: actor, operation: consultation.operation, kind: consultation.kind,
            record: consultation.record, about: consultation.about, wasAllowed: allowed,
            recipient: consultation.recipient)
    }
}

extension AuditEntry {
    /// In this order they stand in the bytes of a leaf too.
    static let columns =
        "sequence, at, person, agency, purpose, operation, kind, record, about, allowed, version, digest, recipient"

    init(_ row: Row) {
        self.init(
            sequence: row.integer(0), at: row.moment(1), user: row.text(2), agency: row.text(3), purpose: row.text(4),
            operation: Operation(rawValue: row.text(5)) ?? .consultation, kind: row.text(6),
            record: row.optionalText(7), about: row.text(8), wasAllowed: row.integer(9) == 1,
            version: row.optionalInteger(10).map { Int($0) },
            digest: row[11] == .null ? nil : row.blob(11), recipient: row.optionalText(12))
    }
}
