public import Access
public import Kernel

extension Ledger {
    /// Takes away all that is held of a record, for good: the content of every version, what it is found by, every
    /// sealed value and its key, and what rooms keep beside it. What stays: that it was there, who wrote each version and
    /// when, the identifiers of whom it was about, and the digests, which without their salts tell nothing of the content.
    /// So the log still verifies. Each version has an entry of its own. Whether it may go is decided elsewhere; what
    /// files still hold of it until they are tidied up, see `scrub`.
    /// - Parameters:
    ///   - stop: asked in the same transaction; what it answers is thrown and nothing is erased.
    ///   - beside: removes what lies beside it, in the same transaction.
    /// - Throws: `Problem.absent` when there is none, it was erased before, or she may not erase it.
    public func erase<Body: RecordBody>(
        _ type: Body.Type, _ id: Identifier<Body>, as actor: Actor,
        unless stop: @escaping @Sendable (Record<Body>, any Reading) throws -> Problem? = { _, _ in nil },
        beside: @escaping @Sendable (ErasureStep) throws -> Void = { _ in }
    ) async throws {
        let moment = now
        let refusal = try await engine.write(.change) { writing -> Problem? in
            let current = try RecordRows.current(type, id.text, writing)
            let asking = Asking(actor: actor, at: moment)
            let isAllowed = try current.map { try asking.decide(.erasure, $0, writing).isAllowed } ?? false
            let reason = isAllowed ? try current.flatMap { try stop($0, writing) } : Problem.absent
            guard reason == nil else {
                try AuditNote(
                    at: moment, actor: actor, operation: .erasure, kind: Body.kind.name, record: id.text,
                    wasAllowed: false
                ).write(writing)
                return reason
            }
            try Erasure(kind: Body.kind.name, record: id.text, actor: actor, at: moment).apply(writing)
            try beside(ErasureStep(writing: writing, actor: actor, at: moment))
            return nil
        }
        if let refusal { throw refusal }
    }
}

/// An erasure that is under way, for what goes with it in the same transaction.
public struct ErasureStep {
    public let writing: any Writing
    fileprivate let actor: Actor
    fileprivate let at: Moment

    /// Erases another record too, as far as she may.
    /// - Throws: `Problem.absent`, and then nothing of all of it is erased.
    public func erase<Body: RecordBody>(_ type: Body.Type, _ id: Identifier<Body>) throws {
        guard let current = try RecordRows.current(type, id.text, writing),
            try Asking(actor: actor, at: at).decide(.erasure, current, writing).isAllowed
        else { throw Problem.absent }
        try Erasure(kind: Body.kind.name, record: id.text, actor: actor, at: at).apply(writing)
    }
}

private struct Erasure {
    let kind: String
    let record: String
    let actor: Actor
    let at: Moment

    func apply(_ writing: any Writing) throws {
        let versions = try writing.rows(
            "SELECT version, digest FROM record_version WHERE record = $1 AND body <> '' ORDER BY version",
            [.text(record)])
        for version in versions {
            try writing.run(
                "UPDATE record_version SET body = '', salt = $3 WHERE record = $1 AND version = $2",
                [.text(record), version[0], .blob([])])
            try AuditNote(
                at: at, actor: actor, operation: .erasure, kind: kind, record: record,
                version: (Int(version.integer(0)), version.blob(1))
            ).write(writing)
        }
        try writing.run("DELETE FROM record_key WHERE record = $1", [.text(record)])
        try ChronologyRows.erase(record: record, writing)
        try eraseCapacities(writing)
        try eraseSealed(writing)
    }

    /// The law wants to know for as long as the log stands who looked at what was held of a person (Data Protection Act
    /// 2018, section 62): so the identifier stays, which leads nowhere once the person's own record is erased. As what she
    /// was written about is content, and goes.
    private func eraseCapacities(_ writing: any Writing) throws {
        let persons = try writing.rows(
            "SELECT person, MIN(since_version) FROM record_subject WHERE record = $1 GROUP BY person", [.text(record)])
        try writing.run("DELETE FROM record_subject WHERE record = $1", [.text(record)])
        for person in persons {
            try writing.run(
                """
                INSERT INTO record_subject (record, person, capacity, since_version, until_version)
                VALUES ($1, $2, $3, $4, NULL)
                """,
                [.text(record), person[0], .text(RecordSubject.Capacity.other.rawValue), person[1]])
        }
    }

    private func eraseSealed(_ writing: any Writing) throws {
        let held = try writing.integer("SELECT COUNT(*) FROM sealed_value WHERE record = $1", [.text(record)]) ?? 0
        guard held > 0 else { return }
        try SealedRows.erase(record: record, field: nil, writing)
        try AuditNote(
            at: at, actor: actor, operation: .erasure, kind: "\(kind).sealed", record: record, about: "erase all"
        ).write(writing)
    }
}
