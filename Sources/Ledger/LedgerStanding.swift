import Kernel

/// What a store held at one moment, for telling whether a copy of it is whole.
public struct Standing: Sendable, Equatable, Codable {
    /// Entries of the log.
    public let logSize: Int
    /// Of the log, which commits to the versions of records: as hexadecimal text, as `verify` prints it.
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
            let tiles = try LogTiles(reading)
            let root = try MerkleTree.root(size: tiles.size, tiles)
            return Standing(logSize: Int(tiles.size), root: root.hexadecimal, rows: rows)
        }
    }

    /// The tables that these rooms and the ledger declare.
    public static func tables(of rooms: [Migration]) -> [String] {
        tables(rooms).map(\.name).sorted()
    }
}
