public import Access
public import Kernel
public import Ledger

/// One load of a partner's file: who loaded what, under which agreement, and what became of its rows. It holds nothing of
/// any person: a row that was not taken is named by its line, and stays where it is, in the partner's file.
public struct Intake: RecordBody {
    public static let kind = RecordKind("people.intake", .sharing)

    public enum State: String, Codable, Sendable, CaseIterable {
        case running, done
        /// It ended before the last row; loading the file again goes on.
        case stopped
    }

    /// A row that was not taken.
    public struct Fault: Codable, Sendable, Hashable {
        public let line: Int
        public let words: String

        public init(line: Int, words: String) { (self.line, self.words) = (line, words) }
    }

    public struct Counts: Codable, Sendable, Hashable {
        public var read = 0
        public var created = 0
        public var amended = 0
        public var unchanged = 0
        public var rejected = 0
        /// Of those created: how many look like somebody held before. They wait for a person's decision.

        public init() {}
    }

    public let file: String
    /// The agency that shares.
    public let agency: String
    public let agreement: String?
    /// What its rows are, such as `assessments`; nil for persons.
    public let what: String?
    public internal(set) var state: State
    public var counts: Counts
    /// What whoever loads should know.
    public var notices: [String]
    /// The first of them, at most `IntakeLimits.faults`.
    public internal(set) var faults: [Fault]

    public init(file: String, agency: String, agreement: String?, what: String? = nil) {
        (self.file, self.agency, self.agreement) = (String(file.prefix(200)), agency, agreement)
        (self.what, state, counts, notices, faults) = (what, .running, Counts(), [], [])
    }

    /// Counts a row that is not taken, and keeps its line and reason where there is room.
    public mutating func reject(_ line: Int, _ words: String, _ limits: IntakeLimits) -> Fault {
        let fault = Fault(line: line, words: words)
        counts.rejected += 1
        if faults.count < limits.faults { faults.append(fault) }
        return fault
    }

    public var keys: [IndexKey] { [IndexKey("all", "all"), IndexKey("state", state.rawValue)] }
}

/// What one load may cost.
public struct IntakeLimits: Sendable {
    /// As many rows as a sheet has.
    public var rows = 1_048_576
    /// Persons of one commit.
    public var batch = 250
    /// Rows that were not taken and are kept by line and reason.
    public var faults = 2000

    public init() {}
}

/// A partner's table, opened as often as it must be read.
public struct IntakeFile: Sendable {
    public let name: String
    public let open: @Sendable () throws -> IntakeTable

    public init(name: String, open: @escaping @Sendable () throws -> IntakeTable) {
        (self.name, self.open) = (name, open)
    }
}

/// Rows of a table, one at a time. Used by one task.
public final class IntakeTable {
    public struct Line: Sendable {
        public let number: Int
        public let values: [String]
        /// Why it cannot be read; nil when it can.
        public let flaw: String?

        public init(number: Int, values: [String], flaw: String?) {
            (self.number, self.values, self.flaw) = (number, values, flaw)
        }
    }

    public let header: [String]
    /// For people: what kind of table it is.
    public let form: String
    /// The next row; nil at the end.
    public let next: () throws -> Line?

    public init(header: [String], form: String, next: @escaping () throws -> Line?) {
        (self.header, self.form, self.next) = (header, form, next)
    }
}

/// What is to be loaded, and how.
public struct IntakePlan: Sendable {
    /// The agency that shares.
    public var agency: String
    /// Needed where the agency is another.
    public var agreement: Identifier<SharingAgreement>?
    public var mapping: ColumnMapping

    public init(agency: String, agreement: Identifier<SharingAgreement>?, mapping: ColumnMapping) {
        (self.agency, self.agreement, self.mapping) = (agency, agreement, mapping)
    }
}

public struct IntakeProgress: Sendable {
    public enum Stage: Sendable { case checking, loading }

    public let stage: Stage
    public let rows: Int
    /// Nil while it is counted.
    public let total: Int?
    public let rowsPerSecond: Double
    public let secondsLeft: Double?

    public static func checking(_ rows: Int) -> IntakeProgress {
        IntakeProgress(stage: .checking, rows: rows, total: nil, rowsPerSecond: 0, secondsLeft: nil)
    }

    public static func loading(_ rows: Int, of total: Int, since start: Moment, at now: Moment) -> IntakeProgress {
        let seconds = Double(now.milliseconds - start.milliseconds) / 1000
        let rate = seconds > 0 ? Double(rows) / seconds : 0
        return IntakeProgress(
            stage: .loading, rows: rows, total: total, rowsPerSecond: rate,
            secondsLeft: rate > 0 && seconds > 0.5 ? Double(max(total - rows, 0)) / rate : nil)
    }
}
