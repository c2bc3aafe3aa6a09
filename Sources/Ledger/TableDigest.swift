import Crypto

/// What a table holds, as one digest: SHA-256 over its rows in the order of their keys, each value with its type and
/// length before it. Two stores with the same digests hold the same, whatever their engines.
public struct TableDigest: Sendable, Equatable {
    public let table: String
    public let rows: Int
    /// 64 hexadecimal digits.
    public let digest: String
}

/// Adds up a digest row by row.
struct TableHash {
    private var hash = SHA256()
    private(set) var rows = 0

    mutating func add(_ row: Row) {
        rows += 1
        for value in row.values { add(value) }
    }

    func digest(of table: String) -> TableDigest {
        let text = hash.finalize().map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        return TableDigest(table: table, rows: rows, digest: text)
    }

    private mutating func add(_ value: Value) {
        switch value {
        case .null: put(0, 0)
        case .integer(let number): put(1, UInt64(bitPattern: number))
        case .real(let number): put(2, number.bitPattern)
        case .text(let text):
            put(3, UInt64(text.utf8.count))
            hash.update(data: Array(text.utf8))
        case .blob(let bytes):
            put(4, UInt64(bytes.count))
            hash.update(data: bytes)
        }
    }

    private mutating func put(_ tag: UInt8, _ number: UInt64) {
        hash.update(data: [tag] + withUnsafeBytes(of: number.bigEndian) { Array($0) })
    }
}

extension Table {
    /// All rows in the order of their keys.
    var selection: String {
        "SELECT \(columns.map(\.name).joined(separator: ", ")) FROM \(name) ORDER BY \(primaryKey.joined(separator: ", "))"
    }

    func digest(_ reading: any Reading) throws -> TableDigest {
        var hash = TableHash()
        try reading.each(selection, []) { cursor in
            hash.add(cursor.row())
            return true
        }
        return hash.digest(of: name)
    }
}

extension Ledger {
    /// The digest of every table of these rooms and the ledger's own, in one view of the store.
    public func tableDigests(_ rooms: [Migration]) async throws -> [TableDigest] {
        let tables = Ledger.tables(rooms)
        return try await engine.read { reading in try tables.map { try $0.digest(reading) } }
    }

    /// As the last migration leaves them.
    static func tables(_ rooms: [Migration]) -> [Table] {
        var tables: [Table] = []
        for step in (LedgerSchema.all + rooms).flatMap(\.steps) {
            switch step {
            case .create(let table): tables.append(table)
            case .add(let column, let name):
                tables = tables.map { $0.name == name ? $0.adding(column) : $0 }
            case .index, .statement: break
            }
        }
        return tables
    }
}
