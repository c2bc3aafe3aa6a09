import Kernel
import Ledger

/// Joins outcomes to the crimes they belong to, and counts them by crime type and by months from crime to outcome.
///
/// The crime is looked for in the street files that count now, the newest first, up to the month of the outcome.
/// Outcomes whose crime is not held are counted as such: type 0, lag −1.
struct Settlement {
    struct Group: Hashable, Sendable {
        let lsoa, outcome, crimeType: Int64
        let lag: Int64
    }

    struct StreetRun: Sendable {
        let run, size: Int64
        let month: Month
    }

    let permit: Permit
    let limits: ImportLimits

    /// Counts the outcomes of `part` into the set `set`.
    /// - Returns: how many belong to no crime that is held.
    func count(part: Int64, _ key: PartKey, set: Int64) async throws -> Int {
        try await permit.write { _ = try $0.run("DELETE FROM feed_outcome_cell WHERE cells = $1", [.integer(set)]) }
        let (runs, streets) = try await permit.read { reading in
            (
                try reading.rows("SELECT run, size FROM feed_run WHERE part = $1 ORDER BY run", [.integer(part)]),
                try Settlement.streets(key, reading)
            )
        }
        var groups: [Group: Int] = [:]
        var unknown = 0
        for run in runs.map({ $0.integer(0) }) {
            let found = try await permit.read { try Settlement.groups(run, key.month, streets, $0) }
            for (group, count) in found {
                groups[group, default: 0] += count
                if group.lag < 0 { unknown += count }
            }
            if groups.count > limits.cells {
                try await write(groups, set)
                groups = [:]
            }
        }
        try await write(groups, set)
        return unknown
    }

    /// Counts again the outcomes whose crimes have changed, each in a new set that takes effect at once.
    func renewStale(progress: (Int, Int) -> Void) async throws {
        let stale = try await permit.read { reading in
            try reading.rows(
                """
                SELECT id, force, month, cells FROM feed_part
                WHERE kind = 'outcomes' AND state = 'current' AND stale = 1 ORDER BY month
                """)
        }
        for (index, row) in stale.enumerated() {
            guard let month = Month(row.text(2)) else { continue }
            progress(index + 1, stale.count)
            let (part, earlier) = (row.integer(0), row.integer(3))
            let set = try await permit.read { try PartRows.nextSet($0) }
            _ = try await count(part: part, PartKey(kind: .outcomes, force: row.text(1), month: month), set: set)
            try await permit.write { writing in
                try writing.run(
                    "UPDATE feed_part SET cells = $2, stale = 0 WHERE id = $1", [.integer(part), .integer(set)])
                try writing.run("DELETE FROM feed_outcome_cell WHERE cells = $1", [.integer(earlier)])
            }
        }
    }

    private func write(_ groups: [Group: Int], _ set: Int64) async throws {
        let flat = groups.map { (dimensions: [$0.lsoa, $0.outcome, $0.crimeType, $0.lag], count: $1) }
        try await FileLoader.write(flat, .outcomes, set: set, permit)
    }

    private static func streets(_ key: PartKey, _ reading: any Reading) throws -> [StreetRun] {
        try reading.rows(
            """
            SELECT r.run, r.size, p.month FROM feed_part p JOIN feed_run r ON r.part = p.id
            WHERE p.kind = 'street' AND p.force = $1 AND p.state = 'current' AND p.month <= $2
            ORDER BY p.month DESC, r.run DESC
            """, [.text(key.force), .text(key.month.description)]
        ).compactMap { row in
            Month(row.text(2)).map { StreetRun(run: row.integer(0), size: row.integer(1), month: $0) }
        }
    }
}

extension Settlement {
    private struct Open {
        let key: Int64
        let identifier: [UInt8]
        let lsoa, outcome: Int64
    }

    private static func groups(
        _ run: Int64, _ month: Month, _ streets: [StreetRun], _ reading: any Reading
    ) throws -> [Group: Int] {
        var open = try outcomes(run, reading)
        var groups: [Group: Int] = [:]
        for street in streets where !open.isEmpty {
            let types =
                Int64(open.count) * 8 > street.size
                ? try merged(open, street.run, reading) : try probed(open, street.run, reading)
            guard !types.isEmpty else { continue }
            var rest: [Open] = []
            for outcome in open {
                guard let type = types[outcome.identifier] else {
                    rest.append(outcome)
                    continue
                }
                let lag = Int64(month.index - street.month.index)
                groups[Group(lsoa: outcome.lsoa, outcome: outcome.outcome, crimeType: type, lag: lag), default: 0] += 1
            }
            open = rest
        }
        for outcome in open {
            groups[Group(lsoa: outcome.lsoa, outcome: outcome.outcome, crimeType: 0, lag: -1), default: 0] += 1
        }
        return groups
    }

    /// In order of key, as they are stored.
    private static func outcomes(_ run: Int64, _ reading: any Reading) throws -> [Open] {
        let first = run << FactWriter.positionBits
        return try reading.rows(
            """
            SELECT crime_key, crime_id, lsoa, outcome_type FROM feed_outcome
            WHERE id >= $1 AND id < $2 AND crime_key IS NOT NULL ORDER BY id
            """, [.integer(first), .integer(first + 1 << FactWriter.positionBits)]
        ).map { Open(key: $0.integer(0), identifier: $0.blob(1), lsoa: $0.integer(2), outcome: $0.integer(3)) }
    }

    /// One walk along both, for many outcomes: crime types by identifier.
    private static func merged(_ open: [Open], _ run: Int64, _ reading: any Reading) throws -> [[UInt8]: Int64] {
        let wanted = Set(open.map(\.identifier))
        var types: [[UInt8]: Int64] = [:]
        var place = 0
        let sql = """
            SELECT crime_key, crime_id, crime_type FROM feed_street
            WHERE run = $1 AND crime_key >= $2 AND crime_key <= $3 ORDER BY run, crime_key
            """
        let range: [Value] = [.integer(run), .integer(open.first?.key ?? 0), .integer(open.last?.key ?? 0)]
        try reading.each(sql, range) { cursor in
            let key = cursor.integer(0)
            while place < open.count, open[place].key < key { place += 1 }
            guard place < open.count else { return false }
            guard open[place].key == key else { return true }
            let identifier = cursor.row().blob(1)
            if wanted.contains(identifier) { types[identifier] = cursor.integer(2) }
            return true
        }
        return types
    }

    /// One look-up for each key, for few.
    private static func probed(_ open: [Open], _ run: Int64, _ reading: any Reading) throws -> [[UInt8]: Int64] {
        var types: [[UInt8]: Int64] = [:]
        let sql = "SELECT crime_id, crime_type FROM feed_street WHERE run = $1 AND crime_key = $2 ORDER BY id"
        var last: Int64?
        for outcome in open where outcome.key != last {
            last = outcome.key
            try reading.each(sql, [.integer(run), .integer(outcome.key)]) { cursor in
                types[cursor.row().blob(0)] = cursor.integer(1)
                return true
            }
        }
        return types
    }
}
