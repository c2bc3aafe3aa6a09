/// Choices of the person who imports.
public struct ImportOptions: Sendable {
    /// The force of rows that do not say it (stop and search) in files whose names do not either, such as `cleveland`.
    public var force: String?
    /// A file whose place a later one took counts again.
    public var bringsBack: Bool

    public init(force: String? = nil, bringsBack: Bool = false) {
        (self.force, self.bringsBack) = (force, bringsBack)
    }
}

/// What became of the rows. `read` is always `accepted + duplicate + rejected`; `superseded` counts rows of earlier
/// files that these replace.
public struct ImportCounts: Sendable, Equatable, Codable {
    public var read = 0
    public var accepted = 0
    public var duplicate = 0
    public var superseded = 0
    public var rejected = 0

    public init() {}

    static func + (left: ImportCounts, right: ImportCounts) -> ImportCounts {
        var sum = left
        sum.read += right.read
        sum.accepted += right.accepted
        sum.duplicate += right.duplicate
        sum.superseded += right.superseded
        sum.rejected += right.rejected
        return sum
    }
}

/// What an import did, file by file. As JSON it is a contract with other programs: field names stay.
public struct ImportReport: Sendable, Equatable, Codable {
    public struct File: Sendable, Equatable, Codable {
        public var path: String
        /// `street`, `outcomes` or `stop-and-search`; empty when it could not be told.
        public var kind: String
        /// `2023-01`, `2023-01/2023-03` for several, or empty.
        public var month: String
        public var read: Int
        public var accepted: Int
        public var duplicate: Int
        public var superseded: Int
        public var rejected: Int
        public var force: String
        /// Rows that are the same as another row of the file, stop and search only.
        public var exactRepeats: Int
        /// What a person should know, as sentences.
        public var notices: [String]
        /// Why the file was refused, as sentences; nil when it was loaded or held already.
        public var error: String?
        /// The number under which its rejected rows are kept.
        public var file: Int64?

        public var counts: ImportCounts {
            get {
                var counts = ImportCounts()
                (counts.read, counts.accepted, counts.duplicate) = (read, accepted, duplicate)
                (counts.superseded, counts.rejected) = (superseded, rejected)
                return counts
            }
            set {
                (read, accepted, duplicate) = (newValue.read, newValue.accepted, newValue.duplicate)
                (superseded, rejected) = (newValue.superseded, newValue.rejected)
            }
        }

        init(path: String, error: String? = nil) {
            (self.path, self.kind, self.month, self.force, self.error) = (path, "", "", "", error)
            (read, accepted, duplicate, superseded, rejected, exactRepeats) = (0, 0, 0, 0, 0, 0)
            (notices, file) = ([], nil)
        }
    }

    public var files: [File]
    public var totals: ImportCounts
    /// The number of the batch, for its page.
    public var batch: Int64
    /// What lay beside the files and is no CSV.
    public var ignored: [String]

    init(batch: Int64, files: [File], ignored: [String]) {
        (self.batch, self.files, self.ignored) = (batch, files, ignored)
        totals = files.reduce(ImportCounts()) { $0 + $1.counts }
    }

    /// True when every file was loaded or was held already.
    public var isComplete: Bool { files.allSatisfy { $0.error == nil } }
}

/// How far an import has come.
public struct ImportProgress: Sendable, Equatable {
    public enum Stage: String, Sendable {
        /// Read through for damage and for what is held already.
        case checking
        case loading
        /// Outcomes are joined to their crimes.
        case settling
    }

    public let stage: Stage
    /// From 1.
    public let file: Int
    public let files: Int
    public let path: String
    public let bytesRead: Int64
    /// Unpacked bytes in all; 0 while they are not yet known.
    public let bytesTotal: Int64
    public let rows: Int
    public let rowsPerSecond: Double
    /// Nil while it cannot be told.
    public let secondsLeft: Double?
}
