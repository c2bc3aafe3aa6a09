import GRDB
import GRDBSQLite
import Ledger

import protocol Ledger.Cursor
import struct Ledger.Row

/// One GRDB connection inside a transaction, spoken to through SQLite's own statements. Confined to the closure that
/// received it.
struct SQLiteConnection: Writing {
    let database: Database
    let generation: Int?

    init(_ database: Database, generation: Int? = nil) {
        (self.database, self.generation) = (database, generation)
    }

    func rows(_ sql: String, _ values: [Value]) throws -> [Row] {
        var rows: [Row] = []
        try each(sql, values) { cursor in
            rows.append(cursor.row())
            return true
        }
        return rows
    }

    func each(_ sql: String, _ values: [Value], _ body: (borrowing any Cursor) throws -> Bool) throws {
        let statement = try SQLiteStatement(database, sql)
        defer { statement.reset() }
        statement.bind(values)
        let cursor = SQLiteCursor(handle: statement.handle)
        while try statement.step() {
            guard try body(cursor) else { return }
        }
    }

    @discardableResult
    func run(_ sql: String, _ values: [Value]) throws -> Int {
        let statement = try SQLiteStatement(database, sql)
        defer { statement.reset() }
        statement.bind(values)
        while try statement.step() {}
        return Int(sqlite3_changes(database.sqliteConnection))
    }

    func bulk(
        into table: String, columns: [String], count: Int, fill: (_ index: Int, _ row: any BulkRow) throws -> Void
    ) throws {
        let places = (1...max(1, columns.count)).map { "$\($0)" }.joined(separator: ", ")
        let statement = try SQLiteStatement(
            database, "INSERT INTO \(table) (\(columns.joined(separator: ", "))) VALUES (\(places))")
        defer { statement.reset() }
        let row = SQLiteBulkRow(handle: statement.handle)
        for index in 0..<count {
            row.column = 0
            try fill(index, row)
            _ = try statement.step()
            statement.reset()
        }
    }
}

/// A prepared statement, kept by the connection for the next time.
struct SQLiteStatement {
    let handle: OpaquePointer
    private let database: Database
    /// Keeps the handle alive: GRDB finalizes a statement when its object goes.
    private let owner: Statement

    init(_ database: Database, _ sql: String) throws {
        do {
            var statement = try database.cachedStatement(sql: sql)
            if sqlite3_stmt_busy(statement.sqliteStatement) != 0 {
                statement = try database.makeStatement(sql: sql)
            }
            self.database = database
            owner = statement
            handle = statement.sqliteStatement
        } catch let error as DatabaseError {
            throw SQLiteFault.storageError(error.resultCode.rawValue, "\(error.message ?? ""): \(sql)")
        }
    }

    /// By name: SQLite numbers `$1` by its first appearance in the text, not by its digits.
    func bind(_ values: [Value]) {
        for (offset, value) in values.enumerated() {
            let index = sqlite3_bind_parameter_index(handle, "$\(offset + 1)")
            if index > 0 { SQLiteBinding.bind(value, handle, index) }
        }
    }

    func step() throws -> Bool {
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        case let code: throw SQLiteFault.storageError(code, String(cString: sqlite3_errmsg(database.sqliteConnection)))
        }
    }

    func reset() {
        _ = withExtendedLifetime(owner) { sqlite3_reset(handle) }
    }
}

enum SQLiteBinding {
    /// `SQLITE_TRANSIENT`: SQLite copies at once.
    static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    static func bind(_ value: Value, _ handle: OpaquePointer, _ index: Int32) {
        switch value {
        case .null: sqlite3_bind_null(handle, index)
        case .integer(let number): sqlite3_bind_int64(handle, index, number)
        case .real(let number): sqlite3_bind_double(handle, index, number)
        case .text(var text):
            text.withUTF8 { bindText(UnsafeRawBufferPointer($0), handle, index) }
        case .blob(let bytes): bytes.withUnsafeBytes { bindBlob($0, handle, index) }
        }
    }

    static func bindText(_ bytes: UnsafeRawBufferPointer, _ handle: OpaquePointer, _ index: Int32) {
        guard let base = bytes.baseAddress else {
            sqlite3_bind_text(handle, index, "", 0, transient)
            return
        }
        sqlite3_bind_text(handle, index, base.assumingMemoryBound(to: CChar.self), Int32(bytes.count), transient)
    }

    static func bindBlob(_ bytes: UnsafeRawBufferPointer, _ handle: OpaquePointer, _ index: Int32) {
        guard let base = bytes.baseAddress else {
            sqlite3_bind_zeroblob(handle, index, 0)
            return
        }
        sqlite3_bind_blob(handle, index, base, Int32(bytes.count), transient)
    }
}

/// Fills the places of the INSERT from left to right; `$1…$n` appear in order there, so place is number.
final class SQLiteBulkRow: BulkRow {
    private let handle: OpaquePointer
    var column: Int32 = 0

    init(handle: OpaquePointer) { self.handle = handle }

    func null() {
        column += 1
        sqlite3_bind_null(handle, column)
    }

    func integer(_ value: Int64) {
        column += 1
        sqlite3_bind_int64(handle, column, value)
    }

    func real(_ value: Double) {
        column += 1
        sqlite3_bind_double(handle, column, value)
    }

    func text(_ bytes: UnsafeRawBufferPointer) {
        column += 1
        SQLiteBinding.bindText(bytes, handle, column)
    }

    func blob(_ bytes: UnsafeRawBufferPointer) {
        column += 1
        SQLiteBinding.bindBlob(bytes, handle, column)
    }
}

struct SQLiteCursor: Cursor {
    let handle: OpaquePointer

    func integer(_ column: Int) -> Int64 { sqlite3_column_int64(handle, Int32(column)) }

    func real(_ column: Int) -> Double { sqlite3_column_double(handle, Int32(column)) }

    func text(_ column: Int) -> String {
        let count = Int(sqlite3_column_bytes(handle, Int32(column)))
        guard count > 0, let bytes = sqlite3_column_text(handle, Int32(column)) else { return "" }
        return String(decoding: UnsafeBufferPointer(start: bytes, count: count), as: UTF8.self)
    }

    func isNull(_ column: Int) -> Bool { sqlite3_column_type(handle, Int32(column)) == SQLITE_NULL }

    func withText(_ column: Int, _ body: (UnsafeRawBufferPointer) -> Void) {
        let bytes = sqlite3_column_text(handle, Int32(column))
        body(UnsafeRawBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(handle, Int32(column)))))
    }

    func row() -> Row { Row((0..<Int(sqlite3_column_count(handle))).map(value)) }

    private func value(_ column: Int) -> Value {
        switch sqlite3_column_type(handle, Int32(column)) {
        case SQLITE_INTEGER: .integer(integer(column))
        case SQLITE_FLOAT: .real(real(column))
        case SQLITE_TEXT: .text(text(column))
        case SQLITE_BLOB: .blob(withBlob(column) { Array($0) })
        default: .null
        }
    }

    func withBlob<Result>(_ column: Int, _ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        let count = Int(sqlite3_column_bytes(handle, Int32(column)))
        return body(UnsafeRawBufferPointer(start: sqlite3_column_blob(handle, Int32(column)), count: count))
    }
}

enum SQLiteFault {
    static func storageError(_ code: Int32, _ message: String) -> StorageError {
        switch code & 0xFF {
        case SQLITE_FULL: .diskFull
        case SQLITE_NOTADB, SQLITE_CORRUPT: .notADatabase(message)
        case SQLITE_IOERR: .unknownOutcome(message)
        default: .statement(message)
        }
    }
}
