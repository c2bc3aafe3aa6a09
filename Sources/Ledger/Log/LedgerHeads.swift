public import Access
public import Kernel

/// A head that was signed and published.
public struct PublishedHead: Sendable, Equatable {
    public let head: LogHead
    public let at: Moment
    /// Text, signature of the log, and the countersignatures so far.
    public let note: SignedNote
    /// The agencies whose keys countersigned, in the order in which they did.
    public let agencies: [String]
}

extension Ledger {
    /// Signs the log as it stands and keeps the head.
    /// - Returns: nil when the log has not grown since the last head, or is empty.
    /// - Throws: `Problem.refused` when the log no longer holds what the last head says: nothing is signed over that.
    public func signHead(with signer: NoteSigner) async throws -> PublishedHead? {
        let last = try await publishedHead()
        let (head, old) = try await engine.read { reading in
            let tiles = try LogTiles(reading)
            let old = try last.flatMap { last in
                last.head.size <= tiles.size ? try MerkleTree.root(size: last.head.size, tiles) : nil
            }
            return (LogHead(size: tiles.size, root: try MerkleTree.root(size: tiles.size, tiles)), old)
        }
        guard old == last?.head.root else {
            throw Problem(
                .refused, "The log no longer holds what its last signed head says. No new head was signed.",
                next: "Run holdfast verify. Do not repair anything before the cause is known.")
        }
        guard head.size > last?.head.size ?? 0 else { return nil }
        let (body, moment) = (Checkpoint(origin: signer.key.name, head: head).body, now)
        let note = SignedNote(body: body, signatures: [try signer.sign(body, at: moment)])
        try await engine.write(.audit) { writing in
            _ = try writing.run(
                """
                INSERT INTO log_head (size, root, at, note) VALUES ($1, $2, $3, $4) ON CONFLICT (size) DO NOTHING
                """,
                [.integer(head.size), .blob(head.root.bytes), .integer(moment.milliseconds), .text(note.text)])
        }
        return PublishedHead(head: head, at: moment, note: note, agencies: [])
    }

    /// The last head, or that of a size; nil when there is none. Public: hashes and signatures only.
    public func publishedHead(size: Int64? = nil) async throws -> PublishedHead? {
        try await engine.read { try HeadRows.head(size, $0) }
    }

    /// The last head that somebody countersigned.
    public func countersignedHead() async throws -> PublishedHead? {
        try await engine.read { reading in
            guard let size = try reading.row("SELECT MAX(size) FROM log_countersignature")?.optionalInteger(0) else {
                return nil
            }
            return try HeadRows.head(size, reading)
        }
    }

    /// Keeps what a partner signed under a head of ours. Anybody may send it: only its signature counts.
    /// - Throws: `Problem.refused` unless the note is a head that we published, with a signature of a registered key
    ///   that holds.
    @discardableResult
    public func countersign(_ text: String) async throws -> PublishedHead {
        guard let note = SignedNote(text), let sent = Checkpoint(note.body) else { throw HeadRows.notOurs }
        let moment = now
        let kept = try await engine.write(.change) { writing -> PublishedHead? in
            guard let ours = try HeadRows.head(sent.head.size, writing), ours.note.body == note.body else { return nil }
            let known = try note.signatures.compactMap { signature in
                try HeadRows.witness(signature, note.body, writing).map { (signature, $0) }
            }
            guard !known.isEmpty else { return nil }
            for (signature, witness) in known {
                try HeadRows.keep(signature, of: witness, size: sent.head.size, at: moment, writing)
            }
            return try HeadRows.head(sent.head.size, writing)
        }
        guard let kept else { throw HeadRows.notOurs }
        return kept
    }

    /// Registers the key of a partner agency.
    /// - Throws: `Problem.absent` unless she administers agencies; `Problem.invalid` for a text that is no key for
    ///   countersigning, or one that is registered already.
    @discardableResult
    public func trust(_ text: String, of agency: String, as actor: Actor) async throws -> Identifier<LogWitness> {
        guard let key = NoteKey(text.trimmed()), key.kind == .countersignature else {
            throw Problem(
                .invalid, "This is no key for countersigning.",
                next: "It looks like name+12345678+… and is printed by holdfast head key.")
        }
        guard try await witness(key, as: actor) == nil else {
            throw Problem(.invalid, "This key is registered already.", next: "See holdfast head witnesses.")
        }
        let id = newIdentifier(LogWitness.self)
        try await commit([.create(id, LogWitness(agency: agency, key: key), owner: agency)], as: actor)
        return id
    }

    /// Ends that a key is trusted. What it has signed stays.
    public func distrust(_ text: String, as actor: Actor) async throws {
        guard let key = NoteKey(text.trimmed()), let record = try await witness(key, as: actor) else {
            throw Problem(.absent, "No such key is registered.", next: "See holdfast head witnesses.")
        }
        var body = record.body
        body.isWithdrawn = true
        try await commit([.amend(record.id, expecting: record.version, body)], as: actor)
    }

    /// The keys that are or were trusted, by agency; at most 500.
    public func witnesses(as actor: Actor) async throws -> [Record<LogWitness>] {
        try await list(LogWitness.self, index: LogWitness.byAgency, limit: 500, as: actor).records
    }

    private func witness(_ key: NoteKey, as actor: Actor) async throws -> Record<LogWitness>? {
        try await list(LogWitness.self, index: LogWitness.byKey, key: key.reference, limit: 1, as: actor).records.first
    }
}

/// Statements about heads and what was signed under them.
enum HeadRows {
    static let notOurs = Problem(
        .refused,
        "This is no countersignature of ours: the head was not published here, or no registered key signed it.",
        next: "Send the text of a head from /log/head with your signature line under it.")

    static func head(_ size: Int64?, _ reading: any Reading) throws -> PublishedHead? {
        let row =
            try size.map {
                try reading.row("SELECT size, root, at, note FROM log_head WHERE size = $1", [.integer($0)])
            } ?? reading.row("SELECT size, root, at, note FROM log_head ORDER BY size DESC LIMIT 1")
        guard let row, let root = LogHash(row.blob(1)), var note = SignedNote(row.text(3)) else { return nil }
        let added = try reading.rows(
            "SELECT line, agency FROM log_countersignature WHERE size = $1 ORDER BY at, key", [.integer(row.integer(0))]
        )
        note.signatures += added.compactMap { NoteSignature(line: $0.text(0)) }
        return PublishedHead(
            head: LogHead(size: row.integer(0), root: root), at: row.moment(2), note: note,
            agencies: added.map { $0.text(1) })
    }

    /// The registered witness whose signature this is; nil when it is nobody's or does not hold.
    static func witness(
        _ signature: NoteSignature, _ body: String, _ reading: any Reading
    ) throws -> LogWitness? {
        let reference = "\(signature.name)+\(Hexadecimal.text(signature.keyID))"
        let row = try reading.row(
            """
            SELECT v.body FROM record_key k JOIN record r ON r.id = k.record
            JOIN record_version v ON v.record = r.id AND v.version = r.version
            WHERE k.kind = $1 AND k.name = $2 AND k.entry = $3
            """, [.text(LogWitness.kind.name), .text(LogWitness.byKey), .text(reference)])
        guard let row else { return nil }
        let witness = try BodyCoding.decode(LogWitness.self, row.text(0))
        let holds = NoteKey(witness.key)?.verifies(signature, body) ?? false
        return holds && !witness.isWithdrawn ? witness : nil
    }

    static func keep(
        _ signature: NoteSignature, of witness: LogWitness, size: Int64, at moment: Moment, _ writing: any Writing
    ) throws {
        try writing.run(
            """
            INSERT INTO log_countersignature (size, key, agency, line, at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (size, key) DO NOTHING
            """,
            [
                .integer(size), .text(witness.key), .text(witness.agency), .text(signature.line),
                .integer(moment.milliseconds),
            ])
    }
}
