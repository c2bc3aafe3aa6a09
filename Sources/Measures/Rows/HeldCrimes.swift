import Kernel
import Ledger

/// Finds the crimes that outcomes belong to, as the counting of outcomes does: in the street files that count now, the
/// newest first, up to the month of the outcome.
struct HeldCrimes {
    struct Crime: Sendable {
        let type: Int64
        let month: Month
    }

    private let months: [Int64: Month]
    private let reading: any Reading

    init(before part: HeldPart, _ reading: any Reading) throws {
        self.reading = reading
        let rows = try reading.rows(
            """
            SELECT r.run, p.month FROM feed_part p JOIN feed_run r ON r.part = p.id
            WHERE p.kind = 'street' AND p.force = $1 AND p.state = 'current' AND p.month <= $2
            """, [.text(part.force), .text(part.month.description)])
        months = rows.reduce(into: [:]) { $0[$1.integer(0)] = Month($1.text(1)) }
    }

    /// By the number of the outcome's row; none for a crime that is not held. Most outcomes follow their crime within two
    /// months, so the other files are asked only for the rest.
    func crimes(of outcomes: [Int64]) throws -> [Int64: Crime] {
        let runs = months.sorted { ($0.value, $0.key) > ($1.value, $1.key) }.map(\.key)
        let recent = months.values.max()?.adding(months: -2) ?? Month(index: 0)
        let split = runs.firstIndex { (months[$0] ?? recent) < recent } ?? runs.count
        var found: [Int64: (run: Int64, crime: Crime)] = [:]
        for some in [runs[..<split], runs[split...]] where !some.isEmpty {
            let open = outcomes.filter { found[$0] == nil }
            for start in stride(from: 0, to: open.count, by: 200) {
                try find(Array(open[start..<min(start + 200, open.count)]), in: Array(some), &found)
            }
        }
        return found.mapValues(\.crime)
    }

    private func find(
        _ outcomes: [Int64], in runs: [Int64], _ found: inout [Int64: (run: Int64, crime: Crime)]
    ) throws {
        let rows = try reading.rows(
            """
            SELECT o.id, s.run, s.crime_type FROM feed_outcome o
            JOIN feed_street s ON s.run IN (\(Places.list(runs.count))) AND s.crime_key = o.crime_key
                AND s.crime_id = o.crime_id
            WHERE o.id IN (\(Places.list(outcomes.count, after: runs.count)))
            """, (runs + outcomes).map { .integer($0) })
        for row in rows {
            let run = row.integer(1)
            guard let month = months[run] else { continue }
            if let other = found[row.integer(0)], (other.crime.month, other.run) > (month, run) { continue }
            found[row.integer(0)] = (run, Crime(type: row.integer(2), month: month))
        }
    }
}
