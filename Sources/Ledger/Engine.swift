public import Kernel

/// A value of the storage contract. Booleans are integers 0 and 1; moments are integers (milliseconds); days and months
/// are text. Text without the character NUL: PostgreSQL cannot hold it.
public enum Value: Sendable, Hashable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])
}

/// What a storage engine gives the `Ledger`. Every statement is written in the SQL that SQLite and PostgreSQL share:
/// `$1` placeholders (each bound by its number, in any order), upsert with `ON CONFLICT`, `RETURNING`, no `rowid`,
/// no `INSERT OR`, no `AUTOINCREMENT`; tables are declared as `Table`s, because only column types differ by engine.
public protocol Engine: Sendable {
    /// Runs `body` on one consistent snapshot. Readers never wait for the writer and can never checkpoint.
    func read<Result: Sendable>(_ body: @escaping @Sendable (any Reading) throws -> Result) async throws -> Result

    /// Runs `body` in the one writer and answers when its effect is durable. Bodies of several callers may share one
    /// commit; one that throws is undone alone.
    /// - Throws: what `body` threw, or `StorageError`.
    func write<Result: Sendable>(
        _ urgency: Urgency, _ body: @escaping @Sendable (any Writing) throws -> Result
    ) async throws -> Result

    /// Applies the migrations that have not been applied, each in its own transaction.
    func migrate(_ migrations: [Migration]) async throws

    /// What the engine itself can check of its files, as sentences; empty when sound.
    func integrityProblems() async throws -> [String]

    /// Threads that read without a hand-over, for whoever answers many requests; nil where there is nothing to gain.
    var executor: (any TaskExecutor)? { get }

    /// Keeps others, also in other processes on the same store, from a work of this name until it is let go; nil when
    /// somebody else has it. It lapses when this process ends or loses the store.
    func hold(_ work: String) async throws -> (any Hold)?

    func close() async throws
}

extension Engine {
    public var executor: (any TaskExecutor)? { nil }
}

/// A work that is kept for one.
public protocol Hold: Sendable {
    func letGo() async
}

/// Why a write is made: when the disk is full, changes are refused first, and audit entries have a reserve.
public enum Urgency: Sendable {
    case audit
    case change
}

/// Reads inside one snapshot. Not to be kept after the closure that received it.
public protocol Reading {
    /// Differs whenever something but the log was changed since; what is kept between readings can be held to it. Nil
    /// where others write to the store as well, so that nobody here can know.
    var generation: Int? { get }
    func rows(_ sql: String, _ values: [Value]) throws -> [Row]
    /// Row by row, without keeping them; `body` returns false to stop.
    func each(_ sql: String, _ values: [Value], _ body: (borrowing any Cursor) throws -> Bool) throws
}

/// Writes inside one transaction. Not to be kept after the closure that received it.
public protocol Writing: Reading {
    /// The number of rows changed.
    @discardableResult
    func run(_ sql: String, _ values: [Value]) throws -> Int
    /// Inserts `count` rows fast (a prepared statement here, COPY in PostgreSQL). `fill` writes row `index`, columns in
    /// the order of `columns`, each exactly once.
    func bulk(
        into table: String, columns: [String], count: Int, fill: (_ index: Int, _ row: any BulkRow) throws -> Void)
        throws
}

extension Reading {
    public var generation: Int? { nil }

    public func rows(_ sql: String) throws -> [Row] { try rows(sql, []) }

    public func row(_ sql: String, _ values: [Value] = []) throws -> Row? { try rows(sql, values).first }

    public func integer(_ sql: String, _ values: [Value] = []) throws -> Int64? {
        try rows(sql, values).first?.integer(0)
    }
}

extension Writing {
    @discardableResult
    public func run(_ sql: String) throws -> Int { try run(sql, []) }
}

/// Takes the columns of one row, left to right.
public protocol BulkRow: AnyObject {
    func null()
    func integer(_ value: Int64)
    func real(_ value: Double)
    /// UTF-8, copied at once.
    func text(_ bytes: UnsafeRawBufferPointer)
    func blob(_ bytes: UnsafeRawBufferPointer)
}

extension BulkRow {
    public func text(_ value: String) {
        var copy = value
        copy.withUTF8 { text(UnsafeRawBufferPointer($0)) }
    }
}

/// One row of an answer. Columns are numbered from 0; a column of another type reads as nil or as its zero.
public struct Row: Sendable {
    public let values: [Value]

    public init(_ values: [Value]) { self.values = values }

    public subscript(_ column: Int) -> Value { values[column] }

    public func integer(_ column: Int) -> Int64 { optionalInteger(column) ?? 0 }

    public func optionalInteger(_ column: Int) -> Int64? {
        switch values[column] {
        case .integer(let value): value
        case .real(let value): Int64(exactly: value.rounded())
        default: nil
        }
    }

    public func real(_ column: Int) -> Double? {
        switch values[column] {
        case .real(let value): value
        case .integer(let value): Double(value)
        default: nil
        }
    }

    public func text(_ column: Int) -> String { optionalText(column) ?? "" }

    public func optionalText(_ column: Int) -> String? {
        if case .text(let value) = values[column] { return value }
        return nil
    }

    public func blob(_ column: Int) -> [UInt8] {
        if case .blob(let value) = values[column] { return value }
        return []
    }

    public func moment(_ column: Int) -> Moment { Moment(milliseconds: integer(column)) }

    public func optionalMoment(_ column: Int) -> Moment? {
        optionalInteger(column).map { Moment(milliseconds: $0) }
    }
}

/// The current row while an answer is being read; valid only inside the closure.
public protocol Cursor {
    func integer(_ column: Int) -> Int64
    func real(_ column: Int) -> Double
    func text(_ column: Int) -> String
    func isNull(_ column: Int) -> Bool
    /// Bytes of a blob without a copy, valid inside `body`; none for null.
    func withBlob<Result>(_ column: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result
    func row() -> Row
    /// The UTF-8 of a text, without making a `String` of it; valid only inside `body`.
    func withText(_ column: Int, _ body: (UnsafeRawBufferPointer) -> Void)
}

extension Cursor {
    public func withBlob<Result>(_ column: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        row().blob(column).withUnsafeBytes(body)
    }

    public func withText(_ column: Int, _ body: (UnsafeRawBufferPointer) -> Void) {
        var copy = text(column)
        copy.withUTF8 { body(UnsafeRawBufferPointer($0)) }
    }
}

/// What can go wrong in an engine, apart from a mistake in a statement.
public enum StorageError: Error, Sendable, Equatable {
    case diskFull
    /// Another process has the data open; its process number where known.
    case locked(by: Int?)
    /// It could not be made durable: whether it was kept is known only after a restart.
    case unknownOutcome(String)
    /// The database is away, or gave the turn to another: nothing was kept, and the same may be tried again.
    case unavailable(String)
    case notADatabase(String)
    case statement(String)
}
