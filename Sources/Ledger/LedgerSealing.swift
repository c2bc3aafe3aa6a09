public import Access
public import Kernel

extension Ledger {
    /// Sets a sealed field. Access is decided as for an alteration of the record, and of the field's own class.
    /// - Parameter version: the version of the value that the writer saw; 0 when there was none.
    /// - Returns: the new version.
    /// - Throws: `Problem`: `.absent` when she may not or there is no such record, `.conflict`, `.invalid`.
    @discardableResult
    public func seal<Body: SealedBody>(
        _ value: Sealed.Plain, _ field: SealedField, of id: Identifier<Body>, expecting version: Int, as actor: Actor
    ) async throws -> Int {
        let draft = Sealed.Draft(value: value, field: field, expecting: version)
        try draft.check()
        let request = SealedRequest(Body.self, id, field, actor, .alteration, at: now)
        let vault = try vault()
        let written = try await engine.write(.change) { writing -> Int? in
            let isAllowed = try request.isAllowed(writing)
            try request.note("seal \(field.name)", allowed: isAllowed, writing)
            guard isAllowed else { return nil }
            return try vault.put(
                Array(value.exposed.utf8), request.place, expecting: version, by: request.author, at: request.at,
                writing)
        }
        guard let written else { throw Problem.absent }
        return written
    }

    /// Opens a sealed field for one person with a reason. The log holds it, on disk, before the answer leaves.
    /// - Throws: `Problem`: `.absent` when she may not, or there is no such record or value; `.invalid` without a
    ///   reason; `.failed` when it cannot be opened.
    public func reveal<Body: SealedBody>(
        _ field: SealedField, of id: Identifier<Body>, because reason: RevealReason, as actor: Actor,
        asKnownAt moment: Moment? = nil
    ) async throws -> Sealed.Plain {
        let request = SealedRequest(Body.self, id, field, actor, .consultation, at: now)
        let code = try reason.checked(on: LondonTime.day(of: request.at))
        let about = "reveal \(field.name) \(code)" + (moment.map { " as known at \($0)" } ?? "")
        let vault = try vault()
        let found = try await engine.write(.audit) { writing -> SealedEnvelope? in
            let isAllowed = try request.isAllowed(writing)
            let found = isAllowed ? try SealedRows.envelope(request.place, asKnownAt: moment, writing) : nil
            try request.note(about, allowed: found != nil, writing)
            if found != nil, case .words(let words) = reason {
                try vault.put(
                    Array(words.exposed.utf8), request.reasons, by: request.author, at: request.at, writing)
            }
            return found
        }
        guard let found else { throw Problem.absent }
        return Sealed.Plain(String(decoding: try vault.open(found), as: UTF8.self))
    }

    /// That there is a value, and since when; for whoever may see the record. Nil when there is none.
    /// - Throws: `Problem.absent` when she may not see the record.
    public func mask<Body: SealedBody>(
        _ field: SealedField, of id: Identifier<Body>, as actor: Actor
    ) async throws -> Sealed.Mask? {
        try await masks([field], of: id, as: actor)[field]
    }

    /// The same of several fields in one reading; a field without a value is left out.
    /// - Throws: `Problem.absent` when she may not see the record.
    public func masks<Body: SealedBody>(
        _ fields: [SealedField], of id: Identifier<Body>, as actor: Actor
    ) async throws -> [SealedField: Sealed.Mask] {
        guard let first = fields.first else { return [:] }
        let request = SealedRequest(Body.self, id, first, actor, .consultation, at: now)
        let found = try await engine.read { reading -> [SealedField: Sealed.Mask]? in
            guard try request.relations(reading) != nil else { return nil }
            let masks = try fields.map { field in
                try SealedRows.envelope(SealedPlace(record: id.text, field: field.name), reading)
                    .map { (field, Sealed.Mask(version: $0.version, setAt: $0.at)) }
            }
            return Dictionary(masks.compactMap(\.self), uniquingKeysWith: { $1 })
        }
        let names = fields.map(\.name).joined(separator: " ")
        try await log { try request.note("mask \(names)", allowed: found != nil, $0) }
        guard let found else { throw Problem.absent }
        return found
    }

    /// Destroys the values of one field, of every version; with a record's last sealed value its data key too.
    public func eraseSealed<Body: SealedBody>(
        _ field: SealedField, of id: Identifier<Body>, as actor: Actor
    ) async throws {
        let request = SealedRequest(Body.self, id, field, actor, .erasure, at: now)
        let isAllowed = try await engine.write(.change) { writing in
            let isAllowed = try request.isAllowed(writing)
            try request.note("erase \(field.name)", allowed: isAllowed, writing)
            guard isAllowed else { return false }
            try SealedRows.erase(record: request.place.record, field: request.place.field, writing)
            try SealedRows.erase(record: request.reasons.record, field: request.reasons.field, writing)
            return true
        }
        guard isAllowed else { throw Problem.absent }
    }

    func vault() throws -> SealedVault { try secrets.vault() }
}

/// One person's wish to do something with one sealed field.
private struct SealedRequest: Sendable {
    let place: SealedPlace
    let at: Moment
    private let kind: RecordKind
    private let field: SealedField
    private let actor: Actor
    private let operation: Operation
    private let isDeclared: Bool
    /// How she stands to the record; nil when there is none or she may not see it.
    let relations: @Sendable (_ reading: any Reading) throws -> Set<Relation>?

    init<Body: SealedBody>(
        _ type: Body.Type, _ id: Identifier<Body>, _ field: SealedField, _ actor: Actor, _ operation: Operation,
        at: Moment
    ) {
        (self.kind, self.field, self.actor, self.operation, self.at) = (Body.kind, field, actor, operation, at)
        place = SealedPlace(record: id.text, field: field.name)
        isDeclared = Body.sealedFields.contains(field)
        relations = { reading in
            let asking = Asking(actor: actor, at: at)
            return try RecordRows.visible(type, id.text, asking, reading) { current, _ in
                try asking.relations(current, reading)
            }
        }
    }

    /// Where the words of reasons lie: sealed with the record they are about.
    var reasons: SealedPlace { SealedPlace(record: place.record, field: "\(place.field).reason") }

    var author: SealedAuthor {
        SealedAuthor(user: actor.user, agency: actor.agency, purpose: actor.purpose.rawValue)
    }

    /// Both the record and the field must allow it. A field is read by whoever may see its record, and changed by
    /// whoever may change it; erasing is for the field's own class alone.
    func isAllowed(_ reading: any Reading) throws -> Bool {
        guard isDeclared, let relations = try relations(reading) else { return false }
        let ofRecord = operation == .erasure ? .consultation : operation
        return decide(actor, ofRecord, on: kind.resource, standing: relations).isAllowed
            && decide(actor, operation, on: field.resource, standing: relations).isAllowed
    }

    /// Under a kind of its own: an entry of the record's kind brings a version, and `verify` counts them.
    func note(_ about: String, allowed: Bool, _ writing: any Writing) throws {
        try AuditNote(
            at: at, actor: actor, operation: operation, kind: "\(kind.name).sealed", record: place.record, about: about,
            wasAllowed: allowed
        ).write(writing)
    }
}
