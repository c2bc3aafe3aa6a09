import Foundation

/// A series before and after a date: did its level change there, and its slope? Segmented regression as in Bernal,
/// Cummins and Gasparrini 2017, "Interrupted time series regression for the evaluation of public health interventions:
/// a tutorial", International Journal of Epidemiology 46, with errors that allow neighbours to be alike.
public struct InterruptedSeries: Sendable {
    /// `Intercept`, `time`, `level`, `slope`, then the seasons.
    public let model: LinearModel
    public let times: [Double]
    public let values: [Double]
    public let breakAt: Double
    public let lags: Int
    /// What the model says would have been without the change, season and all; only from the break on.
    public let without: [Double?]

    public struct Season: Sendable, Equatable {
        /// Time until the season repeats, in the unit of the series: 12 for months.
        public let period: Double
        /// How many waves describe it, from 1.
        public let harmonics: Int

        public init(period: Double, harmonics: Int) { (self.period, self.harmonics) = (period, harmonics) }
    }

    /// Newey and West 1994, "Automatic lag selection in covariance matrix estimation", Review of Economic Studies 61:
    /// ⌊4 (n/100)^(2/9)⌋.
    public static func usualLags(_ count: Int) -> Int { Int(4 * pow(Double(count) / 100, 2.0 / 9)) }

    /// - Parameters:
    ///   - times: Of each point; points may come in any order, each time once.
    ///   - breakAt: The first time at which things are different.
    ///   - lags: How many neighbours may be alike; by the usual rule unless told.
    /// - Throws: `ModelError`, or `StatisticsError.badLevel`.
    public init(
        times: [Double], values: [Double], breakAt: Double, lags: Int? = nil, season: Season? = nil,
        level: Double = 0.95
    ) throws {
        guard times.count == values.count else { throw ModelError.unequalLengths }
        let order = times.indices.sorted { times[$0] < times[$1] }
        let (times, values) = (order.map { times[$0] }, order.map { values[$0] })
        if let again = zip(times, times.dropFirst()).first(where: { $0 == $1 }) {
            throw ModelError.repeatedTime(again.0)
        }
        let before = times.count { $0 < breakAt }
        guard before >= 2, times.count - before >= 2 else {
            throw ModelError.breakOutside(before: before, after: times.count - before)
        }
        let seasons = try InterruptedSeries.seasons(times, season)
        let after = times.map { $0 >= breakAt ? 1.0 : 0 }
        let design = try Design(
            [
                Design.Column("time", times), Design.Column("level", after),
                Design.Column("slope", times.map { max(0, $0 - breakAt) }),
            ] + seasons, rows: times.count)
        let used = lags ?? InterruptedSeries.usualLags(times.count)
        model = try LinearModel(values, design, errors: .neweyWest(lags: used), level: level)
        (self.times, self.values, self.breakAt, self.lags) = (times, values, breakAt, used)
        without = InterruptedSeries.without(model, times, breakAt)
    }

    private static func seasons(_ times: [Double], _ season: Season?) throws(ModelError) -> [Design.Column] {
        guard let season else { return [] }
        guard season.period > 1, season.harmonics >= 1, Double(season.harmonics) * 2 <= season.period else {
            throw .badSeason
        }
        return (1...season.harmonics).flatMap { wave in
            let angles = times.map { 2 * Double.pi * Double(wave) * $0 / season.period }
            return [Design.Column("sine \(wave)", angles.map(sin)), Design.Column("cosine \(wave)", angles.map(cos))]
        }
    }

    private static func without(_ model: LinearModel, _ times: [Double], _ breakAt: Double) -> [Double?] {
        let named = Dictionary(uniqueKeysWithValues: model.coefficients.map { ($0.name, $0.estimate ?? 0) })
        let (level, slope) = (named["level"] ?? 0, named["slope"] ?? 0)
        return times.indices.map { place in
            guard times[place] >= breakAt else { return nil }
            return model.fitted[place] - level - slope * (times[place] - breakAt)
        }
    }
}
