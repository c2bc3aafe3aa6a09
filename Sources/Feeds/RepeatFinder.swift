import Kernel
import Ledger

/// Finds rows of a run that a file holds already. A crime that comes again with the same details is a repeat; with
/// other details both rows are kept, because nobody here can say which is right.
struct RepeatFinder: Sendable {
    /// Stored rows of one key that a run is compared with. The source has a handful; a file can be made with thousands,
    /// and beyond this a repeat among them is kept.
    static let mostCompared = 64

    var repeated: Set<Int> = []
    /// Rows whose crime came before with other details.
    var differing = 0

    /// - Parameter words: stored numbers of the words of `run`.
    init(_ run: Run, earlier: [Int64], words: [Int64], _ reading: (any Reading)?) throws {
        var here = Here(run)
        var stored = Stored(kind: run.key.kind, runs: earlier, words: words, reading: reading)
        for place in run.suspects {
            guard let identifier = run.rows[place].identifier else { continue }
            var (isRepeat, isKnown) = here.look(place, identifier)
            if !isRepeat {
                let before = try stored.look(run.rows[place], identifier)
                (isRepeat, isKnown) = (before.isRepeat, isKnown || before.isKnown)
            }
            if isRepeat { repeated.insert(place) } else if isKnown { differing += 1 }
        }
    }
}

/// Rows of the same run, asked in its order. Each row is visited once.
private struct Here {
    private let run: Run
    private var identifier: CrimeIdentifier?
    private var seen: Set<FactRow> = []
    private var next = 0

    init(_ run: Run) { self.run = run }

    mutating func look(_ place: Int, _ wanted: CrimeIdentifier) -> (isRepeat: Bool, isKnown: Bool) {
        if identifier != wanted {
            (identifier, seen, next) = (wanted, [], place)
            while next > 0, run.rows[next - 1].identifier == wanted { next -= 1 }
        }
        while next < place {
            seen.insert(run.rows[next].details)
            next += 1
        }
        return (seen.contains(run.rows[place].details), !seen.isEmpty)
    }
}

/// Rows of runs that were written before. Each key is read once for a run.
private struct Stored {
    let kind: FeedKind
    let runs: [Int64]
    let words: [Int64]
    let reading: (any Reading)?
    private var key: Int64?
    private var rows: [Row] = []

    init(kind: FeedKind, runs: [Int64], words: [Int64], reading: (any Reading)?) {
        (self.kind, self.runs, self.words, self.reading) = (kind, runs, words, reading)
    }

    mutating func look(_ row: FactRow, _ identifier: CrimeIdentifier) throws -> (isRepeat: Bool, isKnown: Bool) {
        guard let reading else { return (false, false) }
        if key != identifier.key { rows = try read(identifier.key, reading) }
        key = identifier.key
        let same = rows.filter { identifier.isStored(as: $0.blob(0)) }
        return (same.contains { isSame(row, $0) }, !same.isEmpty)
    }

    private func read(_ key: Int64, _ reading: any Reading) throws -> [Row] {
        let columns = kind.factColumns.dropFirst(7).joined(separator: ", ")
        let sql = """
            SELECT crime_id, lon, lat, \(columns) FROM \(kind.factTable)
            WHERE run = $1 AND crime_key = $2 ORDER BY id LIMIT \(RepeatFinder.mostCompared)
            """
        var rows: [Row] = []
        for run in runs.reversed() where rows.count < RepeatFinder.mostCompared {
            rows += try reading.rows(sql, [.integer(run), .integer(key)])
        }
        return rows
    }

    private func isSame(_ row: FactRow, _ found: Row) -> Bool {
        guard found.optionalInteger(1) == row.point.map({ Int64($0.longitude) }),
            found.optionalInteger(2) == row.point.map({ Int64($0.latitude) })
        else { return false }
        return kind.wordKinds.indices.allSatisfy { found.integer(3 + $0) == words[Int(row.words[$0])] }
    }
}
