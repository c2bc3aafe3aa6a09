import Kernel
import Ledger

/// The states of a part: the month of one force from one file.
enum PartState: String {
    case loading, current, superseded, abandoned
}

/// Statements about parts.
enum PartRows {
    static func start(_ key: PartKey, file: Int64, _ writing: any Writing) throws -> (id: Int64, cells: Int64) {
        let id = (try writing.integer("SELECT MAX(id) FROM feed_part") ?? 0) + 1
        let cells = try nextSet(writing)
        try writing.run(
            """
            INSERT INTO feed_part (id, file, kind, force, month, state, accepted, cells, stale)
            VALUES ($1, $2, $3, $4, $5, 'loading', 0, $6, 0)
            """,
            [
                .integer(id), .integer(file), .text(key.kind.rawValue), .text(key.force), .text(key.month.description),
                .integer(cells),
            ])
        return (id, cells)
    }

    /// A number for a set of counted groups that no part of any kind uses.
    static func nextSet(_ reading: any Reading) throws -> Int64 {
        (try reading.integer("SELECT MAX(cells) FROM feed_part") ?? 0) + 1
    }

    /// What `part` replaces: the present part of the same month, with its rows.
    static func present(_ key: PartKey, _ reading: any Reading) throws -> (id: Int64, accepted: Int)? {
        try reading.row(
            "SELECT id, accepted FROM feed_part WHERE kind = $1 AND force = $2 AND month = $3 AND state = 'current'",
            [.text(key.kind.rawValue), .text(key.force), .text(key.month.description)]
        ).map { ($0.integer(0), Int($0.integer(1))) }
    }

    /// While the database was away, another node may have taken this import for one that was stopped.
    static func requireLoading(_ part: Int64, _ writing: any Writing) throws {
        let state = try writing.row("SELECT state FROM feed_part WHERE id = $1", [.integer(part)])?.text(0)
        guard state == PartState.loading.rawValue else {
            throw Problem(
                .failed, "The database was away while this was loaded, so nothing of it was kept.",
                next: "Load it again.")
        }
    }

    /// Makes a loaded part the one that counts, in place of an earlier one.
    /// - Returns: the rows of the earlier one.
    static func publish(_ part: FileLoader.Part, at now: Moment, _ writing: any Writing) throws -> Int {
        try requireLoading(part.id, writing)
        let earlier = try present(part.key, writing)
        if let earlier {
            try writing.run(
                "UPDATE feed_part SET state = 'superseded', until = $2, superseded_by = $3, stale = 0 WHERE id = $1",
                [.integer(earlier.id), .integer(now.milliseconds), .integer(part.id)])
        }
        try writing.run(
            "UPDATE feed_part SET state = 'current', since = $2, accepted = $3 WHERE id = $1",
            [.integer(part.id), .integer(now.milliseconds), .integer(Int64(part.accepted))])
        if part.key.kind == .street {
            try writing.run(
                """
                UPDATE feed_part SET stale = 1
                WHERE kind = 'outcomes' AND force = $1 AND state = 'current' AND month >= $2
                """, [.text(part.key.force), .text(part.key.month.description)])
        }
        return earlier?.accepted ?? 0
    }
}

/// Takes away what was stored of parts that never came to count, in small transactions.
enum Clearance {
    private static let step: Int64 = 8192

    /// Marks everything of a file as never loaded. Its rows go when `clear` runs.
    static func abandon(file: Int64, _ writing: any Writing) throws {
        try writing.run(
            "UPDATE feed_part SET state = 'abandoned' WHERE file = $1 AND state = 'loading'", [.integer(file)])
    }

    /// Removes the rows of abandoned parts.
    static func clear(_ permit: Permit) async throws {
        let parts = try await permit.read { reading in
            try reading.rows("SELECT id, kind, cells FROM feed_part WHERE state = 'abandoned'")
        }
        for part in parts {
            guard let kind = FeedKind(rawValue: part.text(1)) else { continue }
            try await clear(part: part.integer(0), kind, set: part.integer(2), permit)
        }
    }

    private static func clear(part: Int64, _ kind: FeedKind, set: Int64, _ permit: Permit) async throws {
        let runs = try await permit.read {
            try $0.rows("SELECT run, size FROM feed_run WHERE part = $1", [.integer(part)])
        }
        for row in runs {
            let (first, size) = (row.integer(0) << FactWriter.positionBits, row.integer(1))
            for start in stride(from: 0, to: size, by: Int64.Stride(step)) {
                let range: [Value] = [.integer(first + start), .integer(first + start + step)]
                try await permit.write { writing in
                    _ = try writing.run("DELETE FROM \(kind.factTable) WHERE id >= $1 AND id < $2", range)
                }
            }
            let run = row.integer(0)
            try await permit.write { _ = try $0.run("DELETE FROM feed_run WHERE run = $1", [.integer(run)]) }
        }
        try await permit.write { writing in
            try writing.run("DELETE FROM \(kind.cellTable) WHERE cells = $1", [.integer(set)])
            try writing.run("DELETE FROM feed_part WHERE id = $1", [.integer(part)])
        }
    }
}
