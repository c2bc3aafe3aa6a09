public import Access
import Kernel

extension Ledger {
    /// Writes all changes and their audit entries in one transaction, or none of the changes.
    ///
    /// - Throws: `Conflict` when a record moved on since it was read; `Problem.absent` when a record does not exist or
    ///   may not be changed by her; `StorageError` when it could not be made durable.
    @discardableResult
    public func commit(_ changes: [Change], as actor: Actor) async throws -> [Receipt] {
        let moment = now
        let salts = changes.map { _ in random(16) }
        let outcome = try await engine.write(.change) { writing in
            try CommitSteps(
                actor: actor, at: moment, salts: salts, writing: writing, secrets: secrets
            ).apply(changes)
        }
        switch outcome {
        case .written(let receipts): return receipts
        case .conflict(let conflict): throw conflict
        case .refused: throw Problem.absent
        }
    }
}

/// A refusal is an outcome, not an error: its audit entry must be kept, and an error would undo it.
enum CommitOutcome: Sendable {
    case written([Receipt])
    case conflict(Conflict)
    case refused
}

private struct StoredHead {
    let owner: String
    let version: Int
    let body: String
    let author: String
    let at: Moment
}

private struct CommitSteps {
    let actor: Actor
    let at: Moment
    let salts: [[UInt8]]
    let writing: any Writing
    let secrets: SealedSecrets

    /// Everything is decided before anything is written.
    func apply(_ changes: [Change]) throws -> CommitOutcome {
        let heads = try changes.map(head)
        for (change, head) in zip(changes, heads) where try !isAllowed(change, head) {
            try note(change, allowed: false)
            return .refused
        }
        for (change, head) in zip(changes, heads) {
            guard let head, head.version != change.expecting else { continue }
            // The writer is about to be shown what is stored: that is a consultation.
            try AuditNote(
                at: at, actor: actor, operation: .consultation, kind: change.kind.name, record: change.id,
                about: "conflict"
            ).write(writing)
            return .conflict(try conflict(change, head))
        }
        let receipts = try changes.indices.map { index in
            try write(changes[index], after: heads[index], salt: salts[index])
        }
        return .written(receipts)
    }

    private func head(_ change: Change) throws -> StoredHead? {
        try writing.row(
            """
            SELECT r.owner, r.version, v.body, v.author, v.at FROM record r
            JOIN record_version v ON v.record = r.id AND v.version = r.version WHERE r.id = $1 AND r.kind = $2
            """, [.text(change.id), .text(change.kind.name)]
        ).map {
            StoredHead(
                owner: $0.text(0), version: Int($0.integer(1)), body: $0.text(2), author: $0.text(3), at: $0.moment(4))
        }
    }

    private var asking: Asking { Asking(actor: actor, at: at) }

    private func isAllowed(_ change: Change, _ head: StoredHead?) throws -> Bool {
        for disclosure in change.disclosures where try !disclosure.isAllowed(asking, writing) {
            try note(disclosure, allowed: false)
            return false
        }
        if let head {
            // Erased: there is nothing left to change.
            guard !head.body.isEmpty else { return false }
            let relations = try change.relations(head.body, head.owner, true, asking, writing)
            return allows(change.operation == .collection ? .alteration : change.operation, change, relations)
        }
        guard change.expecting == 0, let owner = change.owner else { return false }
        let relations = try change.relations(change.body, owner, false, asking, writing)
        return allows(change.operation, change, relations)
    }

    /// A sealed field must allow it too, by its own class.
    private func allows(_ operation: Operation, _ change: Change, _ relations: Set<Relation>) -> Bool {
        ([change.kind.resource] + change.sealings.map(\.field.resource)).allSatisfy {
            decide(actor, operation, on: $0, standing: relations).isAllowed
        }
    }

    private func conflict(_ change: Change, _ head: StoredHead) throws -> Conflict {
        let base = try writing.row(
            "SELECT body FROM record_version WHERE record = $1 AND version = $2",
            [.text(change.id), .integer(Int64(change.expecting))])
        return Conflict(
            record: change.id, base: base?.text(0), stored: head.body, sent: change.body, storedVersion: head.version,
            storedBy: head.author, storedAt: head.at)
    }

    private func write(_ change: Change, after head: StoredHead?, salt: [UInt8]) throws -> Receipt {
        let version = change.expecting + 1
        if head == nil {
            try writing.run(
                "INSERT INTO record (id, kind, owner, version) VALUES ($1, $2, $3, $4)",
                [.text(change.id), .text(change.kind.name), .text(change.owner ?? ""), .integer(Int64(version))])
        } else {
            try writing.run(
                "UPDATE record SET version = $2 WHERE id = $1", [.text(change.id), .integer(Int64(version))])
        }
        let digest = try writeVersion(change, version, salt)
        try writeKeys(change)
        try writeSubjects(change, version)
        try writeChronology(change, version, owner: change.owner ?? head?.owner ?? "")
        try writeSealed(change)
        try note(change, allowed: true, version: (version, digest))
        for disclosure in change.disclosures { try note(disclosure, allowed: true) }
        return Receipt(record: change.id, version: version)
    }

    private func writeVersion(_ change: Change, _ version: Int, _ salt: [UInt8]) throws -> [UInt8] {
        let digest = BodyCoding.digest(
            salt: salt, record: change.id, version: version, schema: change.kind.schema, body: change.body)
        try writing.run(
            """
            INSERT INTO record_version
                (record, version, schema_number, body, salt, digest, author, agency, purpose, at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """,
            [
                .text(change.id), .integer(Int64(version)), .integer(Int64(change.kind.schema)), .text(change.body),
                .blob(salt), .blob(digest), .text(actor.user), .text(actor.agency), .text(actor.purpose.rawValue),
                .integer(at.milliseconds),
            ])
        return digest
    }

    private func writeKeys(_ change: Change) throws {
        try writing.run("DELETE FROM record_key WHERE record = $1", [.text(change.id)])
        for key in Set(change.keys) {
            try writing.run(
                "INSERT INTO record_key (kind, name, entry, record) VALUES ($1, $2, $3, $4)",
                [.text(change.kind.name), .text(key.index), .text(key.key), .text(change.id)])
        }
    }

    /// A subject that is no longer named is closed, not deleted: the log must still find who was written about.
    private func writeSubjects(_ change: Change, _ version: Int) throws {
        try writing.run(
            "UPDATE record_subject SET until_version = $2 WHERE record = $1 AND until_version IS NULL",
            [.text(change.id), .integer(Int64(version))])
        for subject in Set(change.subjects) {
            try writing.run(
                """
                INSERT INTO record_subject (record, person, capacity, since_version, until_version)
                VALUES ($1, $2, $3, $4, NULL)
                """,
                [
                    .text(change.id), .text(subject.person), .text(subject.capacity.rawValue),
                    .integer(Int64(version)),
                ])
        }
    }

    /// After the version itself: its first version says since when the record is there.
    private func writeChronology(_ change: Change, _ version: Int, owner: String) throws {
        guard let chronology = change.chronology,
            let source = try ChronologyRows.source(change.id, owner, writing)
        else { return }
        try ChronologyRows.write(chronology(source), of: change.id, version: version, at: at, writing)
    }

    private func writeSealed(_ change: Change) throws {
        let author = SealedAuthor(user: actor.user, agency: actor.agency, purpose: actor.purpose.rawValue)
        for draft in change.sealings {
            try secrets.vault().put(
                Array(draft.value.exposed.utf8), SealedPlace(record: change.id, field: draft.field.name),
                expecting: draft.expecting, by: author, at: at, writing)
        }
    }

    private func note(_ disclosure: DisclosureDraft, allowed: Bool) throws {
        try AuditNote(
            at: at, actor: actor, operation: .disclosure, kind: "\(disclosure.kind.name).disclosed",
            record: disclosure.record, about: disclosure.about, wasAllowed: allowed, recipient: disclosure.recipient
        ).write(writing)
    }

    private func note(_ change: Change, allowed: Bool, version: (Int, [UInt8])? = nil) throws {
        try AuditNote(
            at: at, actor: actor, operation: change.operation, kind: change.kind.name, record: change.id,
            about: change.about, wasAllowed: allowed, version: version
        ).write(writing)
    }
}
