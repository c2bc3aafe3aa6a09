public import Access
import Kernel

/// That an entry is in the log: with its bytes, these hashes give the root.
public struct InclusionProof: Sendable, Equatable {
    public let entry: AuditEntry
    public let head: LogHead
    /// Lowest first.
    public let path: [LogHash]
}

/// That the log of one head is the beginning of that of another.
public struct ConsistencyProof: Sendable, Equatable {
    public let from: LogHead
    public let to: LogHead
    public let path: [LogHash]
}

extension Ledger {
    /// The log as it stands: how long, and its root.
    public func head() async throws -> LogHead {
        try await engine.read { reading in
            let tiles = try LogTiles(reading)
            return LogHead(size: tiles.size, root: try MerkleTree.root(size: tiles.size, tiles))
        }
    }

    /// An entry and the proof that the log of `size` entries, or of all there are, holds it. Logged: an entry says who
    /// did what.
    /// - Throws: `Problem.absent` when there is no such entry or she may not read the log; `Problem.invalid` for a size
    ///   that the log never had or that leaves the entry out.
    public func inclusion(of sequence: Int64, size: Int64? = nil, as actor: Actor) async throws -> InclusionProof {
        let consultation = Consultation(kind: "audit", .audit, .consultation, about: "proof of entry \(sequence)")
        return try await consult(consultation, as: actor) { reading in
            let tiles = try LogTiles(reading)
            // An entry by its number tells as much as one in a list.
            let view = try AuditView(actor: actor, reading)
            guard let entry = try AuditEntry.numbered(sequence, reading).flatMap(view.shown) else {
                throw Problem.absent
            }
            let size = size ?? tiles.size
            guard (sequence...max(sequence, tiles.size)).contains(size) else {
                throw LedgerProofs.noSuchSize(tiles.size)
            }
            return InclusionProof(
                entry: entry, head: LogHead(size: size, root: try MerkleTree.root(size: size, tiles)),
                path: try MerkleTree.inclusion(of: sequence - 1, size: size, tiles))
        }
    }

    /// The proof that the log of `from` entries is the beginning of that of `size`, or of all there are. Hashes only:
    /// it shows nobody anything and is not logged.
    /// - Throws: `Problem.invalid` for sizes that the log never had.
    public func consistency(from: Int64, size: Int64? = nil) async throws -> ConsistencyProof {
        try await engine.read { reading in
            let tiles = try LogTiles(reading)
            let size = size ?? tiles.size
            guard from >= 1, from <= size, size <= tiles.size else { throw LedgerProofs.noSuchSize(tiles.size) }
            return ConsistencyProof(
                from: LogHead(size: from, root: try MerkleTree.root(size: from, tiles)),
                to: LogHead(size: size, root: try MerkleTree.root(size: size, tiles)),
                path: try MerkleTree.consistency(from: from, size: size, tiles))
        }
    }
}

private enum LedgerProofs {
    static func noSuchSize(_ size: Int64) -> Problem {
        Problem(
            .invalid, "The log never had that size, or the entry came later.",
            next: "It holds \(size) entries: give a smaller or equal number.")
    }
}

extension AuditEntry {
    static func numbered(_ sequence: Int64, _ reading: any Reading) throws -> AuditEntry? {
        try reading.row("SELECT \(columns) FROM audit WHERE sequence = $1", [.integer(sequence)]).map(AuditEntry.init)
    }
}

// Names as docs/log-format.md has them: other programs read these. What is empty is written as null.

extension AuditEntry: Encodable {
    private enum Name: String, CodingKey {
        case sequence, at, person, agency, purpose, operation, kind, record, about, allowed, version, digest, recipient
    }

    public func encode(to encoder: any Encoder) throws {
        var entry = encoder.container(keyedBy: Name.self)
        try entry.encode(sequence, forKey: .sequence)
        try entry.encode(at.milliseconds, forKey: .at)
        try entry.encode(user, forKey: .person)
        try entry.encode(agency, forKey: .agency)
        try entry.encode(purpose, forKey: .purpose)
        try entry.encode(operation.rawValue, forKey: .operation)
        try entry.encode(kind, forKey: .kind)
        try entry.encode(record, forKey: .record)
        try entry.encode(about, forKey: .about)
        try entry.encode(wasAllowed ? 1 : 0, forKey: .allowed)
        try entry.encode(version, forKey: .version)
        try entry.encode(digest.map { Hexadecimal.text($0) }, forKey: .digest)
        try entry.encode(recipient, forKey: .recipient)
    }
}

extension InclusionProof: Encodable {
    private enum Name: String, CodingKey { case format, entry, leaf, size, root, path }

    public func encode(to encoder: any Encoder) throws {
        var proof = encoder.container(keyedBy: Name.self)
        try proof.encode("holdfast-inclusion/1", forKey: .format)
        try proof.encode(entry, forKey: .entry)
        try proof.encode(entry.sequence - 1, forKey: .leaf)
        try proof.encode(head.size, forKey: .size)
        try proof.encode(head.root.hexadecimal, forKey: .root)
        try proof.encode(path.map(\.hexadecimal), forKey: .path)
    }
}

extension ConsistencyProof: Codable {
    private enum Name: String, CodingKey { case format, from, to, fromRoot, toRoot, path }

    private static let format = "holdfast-consistency/1"

    public func encode(to encoder: any Encoder) throws {
        var proof = encoder.container(keyedBy: Name.self)
        try proof.encode(Self.format, forKey: .format)
        try proof.encode(from.size, forKey: .from)
        try proof.encode(to.size, forKey: .to)
        try proof.encode(from.root.hexadecimal, forKey: .fromRoot)
        try proof.encode(to.root.hexadecimal, forKey: .toRoot)
        try proof.encode(path.map(\.hexadecimal), forKey: .path)
    }

    public init(from decoder: any Decoder) throws {
        let proof = try decoder.container(keyedBy: Name.self)
        guard try proof.decode(String.self, forKey: .format) == Self.format else {
            throw DecodingError.dataCorruptedError(forKey: .format, in: proof, debugDescription: "another format")
        }
        func hash(_ text: String) throws -> LogHash {
            guard let hash = Hexadecimal.bytes(text).flatMap({ LogHash($0) }) else {
                throw DecodingError.dataCorruptedError(forKey: .path, in: proof, debugDescription: "not a hash")
            }
            return hash
        }
        from = LogHead(
            size: try proof.decode(Int64.self, forKey: .from),
            root: try hash(try proof.decode(String.self, forKey: .fromRoot)))
        to = LogHead(
            size: try proof.decode(Int64.self, forKey: .to),
            root: try hash(try proof.decode(String.self, forKey: .toRoot)))
        path = try proof.decode([String].self, forKey: .path).map(hash)
    }

    /// Whether the hashes lead from the one root to the other.
    public var holds: Bool {
        MerkleTree.holds(consistency: path, first: from.size, old: from.root, second: to.size, new: to.root)
    }
}
