import Crypto
import Foundation
import Kernel

/// What a store held at one moment, for telling whether a copy of it is whole.
public struct Standing: Sendable, Equatable, Codable {
    /// Entries of the log.
    public let logSize: Int
    /// A digest over the versions of records and the log, as hexadecimal text.
    public let root: String
    /// Rows by table.
    public let rows: [String: Int]
}

extension Ledger {
    /// Counts the tables given and works out the root. Reads the whole store.
    public func standing(of tables: [String]) async throws -> Standing {
        try await engine.read { reading in
            var rows: [String: Int] = [:]
            for table in tables { rows[table] = Int(try reading.integer("SELECT COUNT(*) FROM \(table)") ?? 0) }
            let size = Int(try reading.integer("SELECT COUNT(*) FROM audit") ?? 0)
            return Standing(logSize: size, root: try LedgerRoot.root(reading), rows: rows)
        }
    }

    /// The tables that these rooms and the ledger declare.
    public static func tables(of rooms: [Migration]) -> [String] {
        tables(rooms).map(\.name).sorted()
    }
}

/// The one place that says what the root of a store is.
enum LedgerRoot {
    static func root(_ reading: any Reading) throws -> String {
        var hash = SHA256()
        try add(to: &hash, "SELECT record, version, digest FROM record_version ORDER BY record, version", reading)
        try add(to: &hash, "SELECT \(AuditEntry.columns) FROM audit ORDER BY sequence", reading)
        return hash.finalize().map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }.joined()
    }

    /// Each cell goes in with its type and length, so that no two tables have the same bytes.
    private static func add(to hash: inout SHA256, _ sql: String, _ reading: any Reading) throws {
        try reading.each(sql, []) { cursor in
            for value in cursor.row().values {
                let (type, bytes) = cell(value)
                hash.update(data: [type] + withUnsafeBytes(of: UInt32(bytes.count).bigEndian) { Array($0) } + bytes)
            }
            return true
        }
    }

    private static func cell(_ value: Value) -> (UInt8, [UInt8]) {
        switch value {
        case .null: (0, [])
        case .integer(let number): (1, withUnsafeBytes(of: number.bigEndian) { Array($0) })
        case .real(let number): (2, withUnsafeBytes(of: number.bitPattern.bigEndian) { Array($0) })
        case .text(let text): (3, Array(text.utf8))
        case .blob(let bytes): (4, bytes)
        }
    }
}
