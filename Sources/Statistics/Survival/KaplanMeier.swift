import Foundation

/// The share still without the event, by time since the start: Kaplan and Meier 1958, "Nonparametric estimation from
/// incomplete observations", JASA 53.
public struct KaplanMeier: Sendable, Equatable {
    /// Distinct times in order, those without an event among them.
    public let times: [Double]
    public let survival: [Double]
    /// Limits on the scale of log(−log S), which stay within 0 and 1, from Greenwood's variance: Kalbfleisch and
    /// Prentice 2002, "The Statistical Analysis of Failure Time Data", §1.4. Nil where nobody is left.
    public let low: [Double?]
    public let high: [Double?]
    /// Greenwood 1926; 0 where nobody is left.
    public let standardErrors: [Double]
    public let atRisk: [Int]
    public let events: [Int]

    /// The first time at which half or fewer are without the event; nil while more are.
    public var median: Double? { survival.firstIndex { $0 <= 0.5 }.map { times[$0] } }

    /// - Throws: `badLevel`.
    public init(_ table: SurvivalTable, level: Double = 0.95) throws(StatisticsError) {
        let z = try StandardNormal.twoSided(level: level)
        var (share, variance) = (1.0, 0.0)
        var (survival, low, high, errors): ([Double], [Double?], [Double?], [Double]) = ([], [], [], [])
        for (events, atRisk) in zip(table.events, table.atRisk) {
            let left = Double(atRisk - events)
            if events > 0 {
                share *= left / Double(atRisk)
                variance += Double(events) / (Double(atRisk) * left)
            }
            let limits = KaplanMeier.limits(share, variance, z)
            survival.append(share)
            low.append(limits?.low)
            high.append(limits?.high)
            errors.append(share > 0 ? share * variance.squareRoot() : 0)
        }
        (self.survival, self.low, self.high, standardErrors) = (survival, low, high, errors)
        (times, atRisk, events) = (table.times, table.atRisk, table.events)
    }

    private static func limits(_ share: Double, _ variance: Double, _ z: Double) -> Interval? {
        guard share > 0 else { return nil }
        guard share < 1 else { return Interval(low: 1, high: 1) }
        let reach = z * variance.squareRoot() / log(share)
        let middle = log(-log(share))
        return Interval(low: exp(-exp(middle - reach)), high: exp(-exp(middle + reach)))
    }
}
