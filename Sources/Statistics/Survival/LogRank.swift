/// Do groups differ in when the event comes? Mantel 1966, "Evaluation of survival data and two new rank order
/// statistics", Cancer Chemotherapy Reports 50, with the hypergeometric variance, for two groups or more.
public struct LogRank: Sendable, Equatable {
    /// Chi-square.
    public let statistic: Double
    public let degrees: Int
    public let p: Double
    public let observed: [Int]
    /// By group, were there no difference.
    public let expected: [Double]
    let variance: SymmetricMatrix

    /// - Throws: `ModelError`.
    public init(_ groups: [SurvivalTable]) throws(ModelError) {
        guard groups.count > 1 else { throw .oneGroup }
        let observed = groups.map { $0.events.reduce(0, +) }
        guard observed.contains(where: { $0 > 0 }) else { throw .noEvents }
        var sums = LogRankSums(groups)
        sums.count()
        let (expected, matrix) = (sums.expected, SymmetricMatrix(upper: sums.variance, size: groups.count))
        // One group follows from the others. Groups that were never at risk beside another say nothing.
        var kept = groups.indices.filter { matrix[$0, $0] > 0 }
        if kept.count > 1 { kept.removeLast() }
        let difference = kept.map { Double(observed[$0]) - expected[$0] }
        let part = SymmetricMatrix(size: kept.count) { matrix[kept[$0], kept[$1]] }
        guard !kept.isEmpty, let factor = part.factor() else { throw .noEvents }
        statistic = zip(difference, factor.solve(difference)).reduce(0) { $0 + $1.0 * $1.1 }
        (degrees, self.observed, self.expected, variance) = (kept.count, observed, expected, matrix)
        p = ChiSquare.upperTail(max(statistic, 0), degrees: Double(degrees))
    }
}

private struct LogRankSums {
    let groups: [SurvivalTable]
    var expected: [Double]
    /// Upper triangle, by rows.
    var variance: [Double]
    private var places: [Int]

    init(_ groups: [SurvivalTable]) {
        self.groups = groups
        expected = [Double](repeating: 0, count: groups.count)
        variance = [Double](repeating: 0, count: groups.count * groups.count)
        places = [Int](repeating: 0, count: groups.count)
    }

    mutating func count() {
        while let time = nextTime() {
            var (events, atRisk) = (0.0, [Double](repeating: 0, count: groups.count))
            for (number, group) in groups.enumerated() where places[number] < group.times.count {
                atRisk[number] = Double(group.atRisk[places[number]])
                guard group.times[places[number]] == time else { continue }
                events += Double(group.events[places[number]])
                places[number] += 1
            }
            if events > 0 { add(events, atRisk) }
        }
    }

    private func nextTime() -> Double? {
        groups.indices.compactMap { places[$0] < groups[$0].times.count ? groups[$0].times[places[$0]] : nil }.min()
    }

    private mutating func add(_ events: Double, _ atRisk: [Double]) {
        let all = atRisk.reduce(0, +)
        let factor = all > 1 ? events * (all - events) / (all - 1) : 0
        for left in groups.indices {
            let share = atRisk[left] / all
            expected[left] += events * share
            for right in left..<groups.count {
                variance[left * groups.count + right] +=
                    factor * share * ((left == right ? 1 : 0) - atRisk[right] / all)
            }
        }
    }
}
