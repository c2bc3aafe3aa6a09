import Ledger

import protocol Ledger.Cursor
import struct Ledger.Row

/// What a body is given: the connection, inside a transaction.
struct PostgresTransaction: Writing {
    let connection: PGConnection

    func rows(_ sql: String, _ values: [Value]) throws -> [Row] { try connection.ask(sql, values).rows() }

    func each(_ sql: String, _ values: [Value], _ body: (borrowing any Cursor) throws -> Bool) throws {
        try connection.each(sql, values) { try body(PGCursor(answer: $0)) }
    }

    @discardableResult
    func run(_ sql: String, _ values: [Value]) throws -> Int { try connection.ask(sql, values).changed }

    func bulk(
        into table: String, columns: [String], count: Int, fill: (_ index: Int, _ row: any BulkRow) throws -> Void
    ) throws {
        let sql = "COPY \(table) (\(columns.joined(separator: ", "))) FROM STDIN (FORMAT binary)"
        try connection.copy(sql) { put in
            let row = PGCopyRow(columns: columns.count)
            for index in 0..<count {
                row.begin()
                try fill(index, row)
                try row.end()
                if row.bytes.count >= PGCopyRow.piece { try row.flush(put) }
            }
            row.finish()
            try row.flush(put)
        }
    }
}

/// Rows in the binary form of COPY (PostgreSQL 15 manual, COPY, “Binary Format”): nothing to escape, nothing rounded.
final class PGCopyRow: BulkRow {
    static let piece = 64 << 10

    private(set) var bytes: [UInt8] = Array("PGCOPY\n".utf8) + [0xFF, 0x0D, 0x0A, 0] + [UInt8](repeating: 0, count: 8)
    private let columns: Int
    private var filled = 0
    private var fault: StorageError?

    init(columns: Int) { self.columns = columns }

    func begin() {
        filled = 0
        PGType.store(Int16(columns), into: &bytes)
    }

    func end() throws {
        if let fault { throw fault }
        guard filled == columns else { throw StorageError.statement("\(filled) of \(columns) columns were filled") }
    }

    func finish() { PGType.store(Int16(-1), into: &bytes) }

    func flush(_ put: (UnsafeRawBufferPointer) throws -> Void) throws {
        try bytes.withUnsafeBytes(put)
        bytes.removeAll(keepingCapacity: true)
    }

    func null() {
        filled += 1
        PGType.store(Int32(-1), into: &bytes)
    }

    func integer(_ value: Int64) {
        filled += 1
        PGType.store(Int32(8), into: &bytes)
        PGType.store(value, into: &bytes)
    }

    func real(_ value: Double) {
        filled += 1
        PGType.store(Int32(8), into: &bytes)
        PGType.store(value.bitPattern, into: &bytes)
    }

    func text(_ value: UnsafeRawBufferPointer) {
        if value.contains(0) { fault = PGParameters.nul }
        blob(value)
    }

    func blob(_ value: UnsafeRawBufferPointer) {
        filled += 1
        PGType.store(Int32(value.count), into: &bytes)
        bytes.append(contentsOf: value)
    }
}
