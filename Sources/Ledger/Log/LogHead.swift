import Access
import Foundation

/// How long the log was, and what it held: one hash over all of it.
public struct LogHead: Sendable, Hashable {
    public let size: Int64
    public let root: LogHash

    public init(size: Int64, root: LogHash) {
        (self.size, self.root) = (size, root)
    }
}

/// A head as text to be signed, as c2sp.org/tlog-checkpoint has it: whose log, how long, which root.
public struct Checkpoint: Sendable, Hashable {
    public let origin: String
    public let head: LogHead

    public init(origin: String, head: LogHead) {
        (self.origin, self.head) = (origin, head)
    }

    /// Nil unless `body` is the text of a head.
    public init?(_ body: String) {
        let lines = body.split(separator: "\n", omittingEmptySubsequences: false)
        guard lines.count >= 4, lines.last == "", !lines.dropLast().contains(""), let size = Int64(lines[1]), size >= 0,
            String(size) == lines[1], let data = Data(base64Encoded: String(lines[2])), let root = LogHash(Array(data))
        else { return nil }
        self.init(origin: String(lines[0]), head: LogHead(size: size, root: root))
    }

    public var body: String { "\(origin)\n\(head.size)\n\(head.root.base64)\n" }
}

/// A partner agency's key, with which it countersigns heads. Registered by whoever administers the agencies.
public struct LogWitness: RecordBody, Equatable {
    public static let kind = RecordKind("log.witness", .organisation)

    public var agency: String
    /// As it is written: `name+12345678+…`.
    public var key: String
    /// No countersignature by it is taken any more; those it made stay.
    public var isWithdrawn = false

    public init(agency: String, key: NoteKey) {
        (self.agency, self.key) = (agency, key.text)
    }

    public var keys: [IndexKey] {
        [IndexKey(Self.byKey, NoteKey(key)?.reference ?? ""), IndexKey(Self.byAgency, agency)]
    }

    static let byKey = "key"
    static let byAgency = "agency"
}
