/// The tree over the log as one snapshot of the store sees it. Stored are only the complete subtrees of 256, 256², …
/// leaves; every other hash is worked out from at most 255 neighbours at each level. What is missing in the store is
/// worked out too, so that a proof is right in any case and only slower.
final class LogTiles: SubtreeSource {
    /// Leaves, or nodes of one level, under one stored node.
    static let width: Int64 = 256
    private static let levels = 8

    private struct Tile: Hashable {
        let level: Int
        let index: Int64
    }

    /// Entries in the log of this snapshot.
    let size: Int64
    private let reading: any Reading
    private var known: [Tile: [LogHash]] = [:]

    init(_ reading: any Reading) throws {
        self.reading = reading
        size = try reading.integer("SELECT MAX(sequence) FROM audit") ?? 0
    }

    func subtree(height: Int, place: Int64) throws -> LogHash {
        let (level, rest) = (height / Self.levels * Self.levels, height % Self.levels)
        let first = place << Int64(rest)
        let tile = try hashes(Tile(level: level, index: first / Self.width))
        let start = Int(first % Self.width)
        return try LogTiles.combined(tile, start, 1 << rest)
    }

    /// Writes the nodes that the entry `sequence`, a multiple of 256, completes.
    static func complete(_ sequence: Int64, _ writing: any Writing) throws {
        let tiles = try LogTiles(writing)
        var (level, place) = (levels, sequence / width)
        while place > 0 {
            var shown = ShownRecords()
            let hashes =
                level == levels
                ? try tiles.leaves(place - 1) { shown.add($0) } : try tiles.below(level: level, place: place - 1)
            let times = try tiles.times(level: level, place: place - 1)
            try writing.run(
                """
                INSERT INTO log_node (level, place, hash, earliest, latest) VALUES ($1, $2, $3, $4, $5)
                ON CONFLICT (level, place) DO NOTHING
                """,
                [
                    .integer(Int64(level)), .integer(place - 1), .blob(try combined(hashes, 0, Int(width)).bytes),
                    times.earliest, times.latest,
                ])
            if level == levels {
                try writing.run(
                    "INSERT INTO log_shown (place, shown) VALUES ($1, $2) ON CONFLICT (place) DO NOTHING",
                    [.integer(place - 1), .blob(shown.bytes)])
            }
            guard place % width == 0 else { return }
            (level, place) = (level + levels, place / width)
        }
    }

    /// All hashes of one level under one node of the next, as far as they are complete.
    private func hashes(_ tile: Tile) throws -> [LogHash] {
        if let hashes = known[tile] { return hashes }
        let hashes = tile.level == 0 ? try leaves(tile.index) : try nodes(tile)
        known[tile] = hashes
        return hashes
    }

    private func leaves(
        _ index: Int64, _ look: (borrowing any Cursor) -> Void = { _ in }
    ) throws -> [LogHash] {
        var (bytes, hashes) = (LeafBytes(), [LogHash]())
        hashes.reserveCapacity(Int(Self.width))
        try reading.each(
            """
            SELECT \(AuditEntry.columns) FROM audit WHERE sequence > $1 AND sequence <= $2 ORDER BY sequence
            """, [.integer(index * Self.width), .integer((index + 1) * Self.width)]
        ) { cursor in
            hashes.append(bytes.leaf(cursor))
            look(cursor)
            return true
        }
        return hashes
    }

    private func nodes(_ tile: Tile) throws -> [LogHash] {
        let first = tile.index * Self.width
        let count = min(Self.width, (size >> Int64(tile.level)) - first)
        var stored: [Int64: LogHash] = [:]
        try reading.rows(
            "SELECT place, hash FROM log_node WHERE level = $1 AND place >= $2 AND place < $3",
            [.integer(Int64(tile.level)), .integer(first), .integer(first + Self.width)]
        ).forEach { stored[$0.integer(0)] = LogHash($0.blob(1)) }
        return try (0..<max(count, 0)).map { offset in
            try stored[first + offset]
                ?? LogTiles.combined(try below(level: tile.level, place: first + offset), 0, Int(Self.width))
        }
    }

    /// What lies under a node. Not remembered: a log without any stored node would fill the memory.
    private func below(level: Int, place: Int64) throws -> [LogHash] {
        level == Self.levels ? try leaves(place) : try nodes(Tile(level: level - Self.levels, index: place))
    }

    /// When the first and the last of the entries under a node were written; clocks may step back.
    private func times(level: Int, place: Int64) throws -> (earliest: Value, latest: Value) {
        let (first, last) = (place * Self.width, (place + 1) * Self.width)
        let row =
            level == Self.levels
            ? try reading.row(
                "SELECT MIN(at), MAX(at) FROM audit WHERE sequence > $1 AND sequence <= $2",
                [.integer(first), .integer(last)])
            : try reading.row(
                "SELECT MIN(earliest), MAX(latest) FROM log_node WHERE level = $3 AND place >= $1 AND place < $2",
                [.integer(first), .integer(last), .integer(Int64(level - Self.levels))])
        return (row?[0] ?? .null, row?[1] ?? .null)
    }

    /// The hash over `count` neighbours, a power of two.
    private static func combined(_ hashes: [LogHash], _ start: Int, _ count: Int) throws -> LogHash {
        guard start + count <= hashes.count else { throw LogFault.gap }
        var row = Array(hashes[start..<start + count])
        while row.count > 1 {
            row = stride(from: 0, to: row.count, by: 2).map { .node(row[$0], row[$0 + 1]) }
        }
        return row[0]
    }
}

/// The log is not what it must be, so that no proof can be given.
enum LogFault: Error {
    /// Entries are missing.
    case gap
}

/// Makes the stored nodes for entries that were written before there were any. Batch by batch, so that a stop loses
/// little: it goes on where it was.
struct LogBackfill {
    private static let batch = 64
    let engine: any Engine

    func run() async throws {
        let missing = try await engine.read(Self.missing)
        for start in stride(from: 0, to: missing.count, by: Self.batch) {
            let places = Array(missing[start..<min(start + Self.batch, missing.count)])
            try await engine.write(.change) { writing in
                for place in places { try LogTiles.complete((place + 1) * LogTiles.width, writing) }
            }
        }
    }

    /// The places of the lowest level that should have a node and have none.
    private static func missing(_ reading: any Reading) throws -> [Int64] {
        let wanted = (try reading.integer("SELECT MAX(sequence) FROM audit") ?? 0) / LogTiles.width
        let held = try reading.integer(
            "SELECT COUNT(*) FROM log_node WHERE level = 8 AND place < $1", [.integer(wanted)])
        guard held != wanted else { return [] }
        var (next, missing) = (Int64(0), [Int64]())
        try reading.each(
            "SELECT place FROM log_node WHERE level = 8 AND place < $1 ORDER BY place", [.integer(wanted)]
        ) { cursor in
            missing += next..<max(next, cursor.integer(0))
            next = cursor.integer(0) + 1
            return true
        }
        return missing + Array(next..<wanted)
    }
}
