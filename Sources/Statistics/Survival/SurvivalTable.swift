/// Times to an end, counted at each distinct time: how many were followed until then, and how each of those ended.
public struct SurvivalTable: Sendable {
    /// Distinct times in order.
    public let times: [Double]
    /// Followed until just before each time.
    public let atRisk: [Int]
    /// For each way to end, from 1, how many ended so at each time.
    public let ends: [[Int]]

    /// Ends of any kind.
    public let events: [Int]
    public var rows: Int { atRisk.first ?? 0 }

    /// - Parameters:
    ///   - times: How long each was followed.
    ///   - causes: 0 for those who were still followed at the end, else the way it ended, from 1.
    /// - Throws: `ModelError`.
    public init(times: [Double], causes: [UInt8], kinds: Int = 1) throws(ModelError) {
        guard !times.isEmpty else { throw .noRows }
        guard times.count == causes.count else { throw .unequalLengths }
        let order = try SurvivalTable.order(times)
        var (distinct, left): ([Double], [Int]) = ([], [])
        var ends = [[Int]](repeating: [], count: kinds)
        var previous = Double.nan
        for (place, row) in order.enumerated() {
            let time = times[Int(row)]
            if time != previous {
                distinct.append(time)
                left.append(times.count - place)
                for kind in ends.indices { ends[kind].append(0) }
                previous = time
            }
            let cause = Int(causes[Int(row)])
            if cause > 0, cause <= kinds { ends[cause - 1][distinct.count - 1] += 1 }
        }
        (self.times, atRisk, self.ends) = (distinct, left, ends)
        events = distinct.indices.map { place in ends.reduce(0) { $0 + $1[place] } }
    }

    /// Rows in the order of their times; of equal times, in the order given.
    static func order(_ times: [Double]) throws(ModelError) -> [Int32] {
        for time in times {
            guard time >= 0 else { throw time.isNaN ? .notFinite(column: "time") : .negativeTime(time) }
            guard time.isFinite else { throw .notFinite(column: "time") }
        }
        // The bits of numbers not below zero are in the order of the numbers.
        var keys = times.map(\.bitPattern)
        var rows = times.indices.map { Int32($0) }
        var (otherKeys, otherRows) = (keys, rows)
        let every = keys.reduce(0, |)
        let same = keys.reduce(~0, &)
        for shift in stride(from: 0, to: 64, by: 16) where (every ^ same) >> shift & 0xFFFF != 0 {
            var places = [Int](repeating: 0, count: 65_537)
            for key in keys { places[Int(key >> shift & 0xFFFF) + 1] += 1 }
            for digit in 1...65_536 { places[digit] += places[digit - 1] }
            for place in keys.indices {
                let digit = Int(keys[place] >> shift & 0xFFFF)
                otherKeys[places[digit]] = keys[place]
                otherRows[places[digit]] = rows[place]
                places[digit] += 1
            }
            swap(&keys, &otherKeys)
            swap(&rows, &otherRows)
        }
        return rows
    }
}
