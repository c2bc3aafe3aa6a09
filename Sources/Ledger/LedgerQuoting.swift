public import Access
public import Kernel

/// A record that shows part of one version of another: what one agency told another. It holds no copy, so that what is
/// erased is gone here too, and what was told is shown as it stood then.
public protocol Quoting: RecordBody {
    associatedtype Quoted: RecordBody

    var quoted: Identifier<Quoted> { get }
    var quotedVersion: Int { get }
    /// The classes of fields that are shown; the others are not there, whoever reads it.
    var quotedFields: Set<FieldClass> { get }
}

/// A quoting record with what it shows.
public struct Quotation<Body: Quoting>: Sendable {
    public let record: Record<Body>
    /// Nil once it was erased.
    public let quoted: Record<Body.Quoted>?
}

extension Ledger {
    /// What a quoting record shows, for whoever may see that record; now, or as it was known at a moment.
    /// - Throws: `Problem.absent`.
    public func quote<Body: Quoting>(
        _ type: Body.Type, _ id: Identifier<Body>, as actor: Actor, asKnownAt moment: Moment? = nil
    ) async throws -> Quotation<Body> {
        let asking = Asking(actor: actor, at: now)
        let found = try await engine.read { reading in
            try RecordRows.visible(type, id.text, asking, reading) { current, _ -> Quotation<Body>? in
                let known = try moment.map { try RecordRows.version(type, id.text, at: $0, reading) } ?? current
                return try known.map { try Ledger.quotation($0, reading) }
            }
        }
        let entry = AuditNote(
            at: now, actor: actor, operation: .consultation, kind: Body.kind.name, record: id.text,
            about: moment.map { "quoted as known at \($0)" } ?? "quoted", wasAllowed: found != nil)
        try await log { try entry.write($0) }
        guard let found else { throw Problem.absent }
        return found
    }

    private static func quotation<Body: Quoting>(
        _ record: Record<Body>, _ reading: any Reading
    ) throws -> Quotation<Body> {
        let body = record.body
        let quoted = try RecordRows.version(Body.Quoted.self, body.quoted.text, number: body.quotedVersion, reading)
        return Quotation(record: record, quoted: quoted?.seen(body.quotedFields))
    }
}
