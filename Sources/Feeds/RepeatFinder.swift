import Kernel
import Ledger

/// Finds rows of a run that a file holds already. A crime that comes again with the same details is a repeat; with
/// other details both rows are kept, because nobody here can say which is right.
struct RepeatFinder: Sendable {
    var repeated: Set<Int> = []
    /// Rows whose crime came before with other details.
    var differing = 0

    /// - Parameter words: stored numbers of the words of `run`.
    init(_ run: Run, earlier: [Int64], words: [Int64], _ reading: (any Reading)?) throws {
        for place in run.suspects {
            let row = run.rows[place]
            guard let key = row.identifier?.key else { continue }
            var (isRepeat, isKnown) = (false, false)
            var other = place - 1
            while other >= 0, run.rows[other].identifier?.key == key, !isRepeat {
                isKnown = isKnown || run.rows[other].identifier == row.identifier
                isRepeat = run.rows[other].isSame(as: row)
                other -= 1
            }
            if !isRepeat, let reading {
                let stored = try RepeatFinder.stored(row, run.key.kind, key, earlier, words, reading)
                (isRepeat, isKnown) = (stored.isRepeat, isKnown || stored.isKnown)
            }
            if isRepeat { repeated.insert(place) } else if isKnown { differing += 1 }
        }
    }

    private static func stored(
        _ row: FactRow, _ kind: FeedKind, _ key: Int64, _ earlier: [Int64], _ words: [Int64], _ reading: any Reading
    ) throws -> (isRepeat: Bool, isKnown: Bool) {
        var isKnown = false
        let columns = kind.factColumns.dropFirst(7).joined(separator: ", ")
        let sql = "SELECT crime_id, lon, lat, \(columns) FROM \(kind.factTable) WHERE run = $1 AND crime_key = $2"
        for run in earlier.reversed() {
            for found in try reading.rows(sql, [.integer(run), .integer(key)]) {
                guard let identifier = row.identifier, identifier.isStored(as: found.blob(0)) else { continue }
                isKnown = true
                if isSame(row, kind, words, found) { return (true, true) }
            }
        }
        return (false, isKnown)
    }

    private static func isSame(_ row: FactRow, _ kind: FeedKind, _ words: [Int64], _ found: Row) -> Bool {
        guard found.optionalInteger(1) == row.point.map({ Int64($0.longitude) }),
            found.optionalInteger(2) == row.point.map({ Int64($0.latitude) })
        else { return false }
        return kind.wordKinds.indices.allSatisfy { found.integer(3 + $0) == words[Int(row.words[$0])] }
    }
}
