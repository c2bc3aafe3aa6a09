import Foundation

/// The share that has ended in one way, by time, where other ends come between: Aalen and Johansen 1978, "An empirical
/// transition matrix for non-homogeneous Markov chains", Scandinavian Journal of Statistics 5. One minus Kaplan–Meier
/// would be too high, because it supposes that those who ended otherwise could still end this way.
public struct CumulativeIncidence: Sendable, Equatable {
    public let times: [Double]
    public let incidence: [Double]
    /// By the delta method: Marubini and Valsecchi 1995, "Analysing Survival Data from Clinical Trials", §10.3; limits
    /// on the scale of log(−log F).
    public let standardErrors: [Double]
    public let low: [Double]
    public let high: [Double]

    /// - Parameter cause: The way it ended, from 1.
    /// - Throws: `badLevel`.
    public init(_ table: SurvivalTable, cause: Int, level: Double = 0.95) throws(StatisticsError) {
        let z = try StandardNormal.twoSided(level: level)
        var sums = IncidenceSums()
        var (incidence, errors): ([Double], [Double]) = ([], [])
        for place in table.times.indices {
            sums.add(
                ours: Double(table.ends[cause - 1][place]), all: Double(table.events[place]),
                atRisk: Double(table.atRisk[place]))
            incidence.append(sums.incidence)
            errors.append(max(0, sums.variance).squareRoot())
        }
        let limits = zip(incidence, errors).map { CumulativeIncidence.limits($0, $1, z) }
        (times, self.incidence, standardErrors) = (table.times, incidence, errors)
        (low, high) = (limits.map(\.low), limits.map(\.high))
    }

    private static func limits(_ share: Double, _ error: Double, _ z: Double) -> Interval {
        guard share > 0, share < 1, error > 0 else { return Interval(low: share, high: share) }
        let reach = z * error / (share * log(share))
        let middle = log(-log(share))
        return Interval(low: exp(-exp(middle - reach)), high: exp(-exp(middle + reach)))
    }
}

/// The delta method's variance at time t, Σ (F(t) − F(tⱼ))² a + S² b − 2 (F(t) − F(tⱼ)) S c over earlier times, kept as
/// sums that do not hold F(t), so that one reading is enough.
private struct IncidenceSums {
    private(set) var incidence = 0.0
    private var survival = 1.0
    private var (a, aF, aFF, b, c, cF) = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0)

    mutating func add(ours: Double, all: Double, atRisk: Double) {
        guard all > 0 else { return }
        let before = survival
        incidence += before * ours / atRisk
        survival *= (atRisk - all) / atRisk
        if atRisk > all {
            let weight = all / (atRisk * (atRisk - all))
            a += weight
            aF += weight * incidence
            aFF += weight * incidence * incidence
        }
        b += before * before * ours * (atRisk - ours) / (atRisk * atRisk * atRisk)
        let both = before * ours / (atRisk * atRisk)
        c += both
        cF += both * incidence
    }

    var variance: Double {
        let first = incidence * incidence * a - 2 * incidence * aF + aFF
        return first + b - 2 * (incidence * c - cF)
    }
}
