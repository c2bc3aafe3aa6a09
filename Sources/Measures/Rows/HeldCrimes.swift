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

    /// By the number of the outcome's row; none for a crime that is not held.
    func crimes(of outcomes: [Int64]) throws -> [Int64: Crime] {
        guard !outcomes.isEmpty, !months.isEmpty else { return [:] }
        let runs = months.keys.sorted().map(String.init).joined(separator: ", ")
        var found: [Int64: (run: Int64, crime: Crime)] = [:]
        for start in stride(from: 0, to: outcomes.count, by: 200) {
            let ids = outcomes[start..<min(start + 200, outcomes.count)].map(String.init).joined(separator: ", ")
            let rows = try reading.rows(
                """
                SELECT o.id, s.run, s.crime_type FROM feed_outcome o
                JOIN feed_street s ON s.run IN (\(runs)) AND s.crime_key = o.crime_key AND s.crime_id = o.crime_id
                WHERE o.id IN (\(ids))
                """)
            for row in rows {
                guard let month = months[row.integer(1)] else { continue }
                let run = row.integer(1)
                if let other = found[row.integer(0)], (other.crime.month, other.run) > (month, run) { continue }
                found[row.integer(0)] = (run, Crime(type: row.integer(2), month: month))
            }
        }
        return found.mapValues(\.crime)
    }
}
