/// What `verify` found.
public struct Verification: Sendable, Equatable {
    public let records: Int
    public let versions: Int
    public let auditEntries: Int
    /// The log as it was worked out again; nil where its numbers are broken.
    public let head: LogHead?
    /// Signed heads that were compared with it.
    public let heads: Int
    /// Each fault as a sentence, the first of each sort where there are many; empty when sound.
    public let faults: [String]
}

/// How far `verify` is.
public struct VerificationProgress: Sendable {
    public let entries: Int64
    public let of: Int64
}

extension Ledger {
    /// Checks all there is: every version against its digest, every chain of versions, every entry of the log against
    /// the version it commits to, the tree over the log against what is stored of it, every signed head, and the
    /// engine's own files. Entries that arrive meanwhile are left for the next time.
    /// - Parameter keys: The log's own, present and past; the signatures of heads are not looked at when there are none.
    public func verify(
        keys: [NoteKey] = [], progress: @Sendable (VerificationProgress) -> Void = { _ in }
    ) async throws -> Verification {
        var faults = try await engine.integrityProblems()
        let (versions, damaged) = try await engine.read(LedgerChecks.versions)
        faults += damaged
        faults += try await engine.read {
            try LedgerChecks.chains($0) + LedgerChecks.numbering($0) + SealedRows.faults($0)
        }
        var walk = LogWalk(size: try await engine.read { try LogTiles($0).size }, keys: keys)
        while walk.goesOn {
            let step = walk
            walk = try await engine.read { try step.next($0) }
            progress(VerificationProgress(entries: walk.tree.size, of: walk.size))
        }
        faults += walk.faults
        let (end, entries) = (walk, walk.size)
        faults += try await engine.read { try end.rest($0) + LedgerChecks.commitments($0) }
        let records = try await engine.read { try $0.integer("SELECT COUNT(*) FROM record") ?? 0 }
        return Verification(
            records: Int(records), versions: versions, auditEntries: Int(entries), head: walk.head,
            heads: walk.heads, faults: faults)
    }
}

/// Walks through the log once, making the tree anew and comparing with it what is stored. A value between two chunks:
/// no reading lasts so long that the engine cannot tidy up behind it.
struct LogWalk: Sendable {
    private static let chunk: Int64 = 1 << 16
    private static let shownFaults = 20

    let size: Int64
    let keys: [NoteKey]
    private(set) var tree = TreeFrontier()
    private(set) var heads = 0
    private(set) var faults: [String] = []
    private var tile = TileFacts()
    private var isBroken = false

    init(size: Int64, keys: [NoteKey]) {
        (self.size, self.keys) = (size, keys)
    }

    var goesOn: Bool { !isBroken && tree.size < size }

    var head: LogHead? { isBroken ? nil : LogHead(size: tree.size, root: tree.root) }

    func next(_ reading: any Reading) throws -> LogWalk {
        var (walk, bytes) = (self, LeafBytes())
        let last = min(tree.size + Self.chunk, size)
        let nodes = try StoredNodes(after: tree.size, through: last, reading)
        let heads = try StoredHeads(after: tree.size, through: last, keys, reading)
        try reading.each(
            "SELECT \(AuditEntry.columns) FROM audit WHERE sequence > $1 AND sequence <= $2 ORDER BY sequence",
            [.integer(tree.size), .integer(last)]
        ) { cursor in
            walk.take(cursor, &bytes, nodes, heads)
            return !walk.isBroken
        }
        if walk.tree.size != last { walk.isBroken = true }
        return walk
    }

    private mutating func take(
        _ cursor: borrowing any Cursor, _ bytes: inout LeafBytes, _ nodes: StoredNodes, _ heads: StoredHeads
    ) {
        let sequence = cursor.integer(0)
        // Said by the check of the numbering already.
        guard sequence == tree.size + 1 else {
            isBroken = true
            return
        }
        tile.add(cursor)
        var found: [String] = []
        tree.add(bytes.leaf(cursor)) { [tile] height, place, hash in
            found += nodes.faults(height, place, hash, tile)
        }
        if sequence % LogTiles.width == 0 { tile = TileFacts() }
        if let head = heads.at(sequence) {
            self.heads += 1
            found += head.faults(root: tree.root)
        }
        faults += found.prefix(max(0, Self.shownFaults - faults.count))
    }

    /// What can be said only at the end.
    func rest(_ reading: any Reading) throws -> [String] {
        guard !isBroken else { return ["The tree over the log could not be worked out past entry \(tree.size)."] }
        let late = try reading.rows("SELECT size FROM log_head WHERE size > $1 ORDER BY size LIMIT 1", [.integer(size)])
        // The log may have grown since the walk began, and heads with it.
        let now = try LogTiles(reading).size
        return late.map { $0.integer(0) }.filter { $0 > now }.map {
            "A head was signed over \($0) entries, and the log holds \(now): entries are gone."
        }
    }
}

/// What the log tells of the entries under a node, beside their hash.
private struct TileFacts {
    private(set) var shown = ShownRecords()
    private(set) var earliest = Int64.max
    private(set) var latest = Int64.min

    mutating func add(_ cursor: borrowing any Cursor) {
        shown.add(cursor)
        (earliest, latest) = (min(earliest, cursor.integer(1)), max(latest, cursor.integer(1)))
    }
}

/// The nodes that are stored for a part of the log.
private struct StoredNodes {
    private struct Key: Hashable { let level: Int, place: Int64 }

    private struct Node { let hash: [UInt8], earliest: Int64, latest: Int64, shown: [UInt8] }

    private let nodes: [Key: Node]

    init(after: Int64, through: Int64, _ reading: any Reading) throws {
        var nodes: [Key: Node] = [:]
        for level in stride(from: 8, through: 56, by: 8) where through >> Int64(level) > 0 {
            try reading.rows(
                """
                SELECT n.place, n.hash, n.earliest, n.latest, s.shown FROM log_node n
                LEFT JOIN log_shown s ON s.place = n.place AND n.level = 8
                WHERE n.level = $1 AND n.place >= $2 AND n.place < $3
                """,
                [.integer(Int64(level)), .integer(after >> Int64(level)), .integer(through >> Int64(level))]
            ).forEach { row in
                nodes[Key(level: level, place: row.integer(0))] = Node(
                    hash: row.blob(1), earliest: row.integer(2), latest: row.integer(3), shown: row.blob(4))
            }
        }
        self.nodes = nodes
    }

    func faults(_ height: Int, _ place: Int64, _ hash: LogHash, _ tile: TileFacts) -> [String] {
        guard height.isMultiple(of: 8) else { return [] }
        guard let node = nodes[Key(level: height, place: place)] else {
            return ["The stored node \(place) of level \(height) is missing."]
        }
        let entries = "Entries \((place << Int64(height)) + 1) to \((place + 1) << Int64(height))"
        guard node.hash == hash.bytes else { return ["\(entries) do not match the stored node over them."] }
        guard height == 8 else { return [] }
        return (node.shown == tile.shown.bytes ? [] : ["\(entries) showed other records than the node over them says."])
            + (node.earliest == tile.earliest && node.latest == tile.latest
                ? [] : ["\(entries) have other times than the node over them says."])
    }
}

/// The heads that were signed over a part of the log.
private struct StoredHeads {
    struct Head {
        let size: Int64
        let root: [UInt8]
        let note: String
        let keys: [NoteKey]

        func faults(root found: LogHash) -> [String] {
            guard let signed = SignedNote(note), let checkpoint = Checkpoint(signed.body) else {
                return ["The text of the signed head over \(size) entries cannot be read."]
            }
            guard checkpoint.head == LogHead(size: size, root: found), root == found.bytes else {
                return ["The log of \(size) entries is not what its signed head says."]
            }
            let holds = keys.contains { $0.name == checkpoint.origin && signed.isSigned(by: $0) }
            return holds || keys.isEmpty ? [] : ["The signature of the head over \(size) entries does not hold."]
        }
    }

    private let heads: [Int64: Head]

    init(after: Int64, through: Int64, _ keys: [NoteKey], _ reading: any Reading) throws {
        let rows = try reading.rows(
            "SELECT size, root, note FROM log_head WHERE size > $1 AND size <= $2",
            [.integer(after), .integer(through)])
        let heads = rows.map { Head(size: $0.integer(0), root: $0.blob(1), note: $0.text(2), keys: keys) }
        self.heads = Dictionary(heads.map { ($0.size, $0) }, uniquingKeysWith: { first, _ in first })
    }

    func at(_ size: Int64) -> Head? { heads[size] }
}
