import Foundation

/// By how much the probability changes, averaged over the rows.
public struct MarginalEffect: Sendable, Equatable {
    public enum Kind: String, Sendable {
        /// For one unit more of a number.
        case slope
        /// From 0 to 1 of a column that holds nothing else.
        case change
    }

    public let kind: Kind
    public let effect: Coefficient
}

extension LogisticModel {
    /// Average marginal effects with errors by the delta method: Bartus 2005, "Estimation of marginal effects using
    /// margeff", Stata Journal 5. None where the data separate the outcome.
    public func marginalEffects(_ design: Design) throws -> [MarginalEffect] {
        guard separation == nil else { return [] }
        let tail = try tailProbability(level: level)
        let average = MarginalAverage(self, design)
        return average.columns.enumerated().map { place, column in
            let (value, gradient) = column.isIndicator ? average.change(place) : average.slope(place)
            let variance = zip(gradient, covariance.times(gradient)).reduce(0) { $0 + $1.0 * $1.1 }
            return MarginalEffect(
                kind: column.isIndicator ? .change : .slope,
                effect: Coefficient(column.name, value, variance: variance, .normal, tail: tail))
        }
    }
}

/// Averages over the rows of a fitted model.
private struct MarginalAverage {
    let columns: [Design.Column]
    private let estimates: [Double]
    private let odds: [Double]
    private let count: Double
    /// The mean of p(1 − p), and of p(1 − p)(1 − 2p) times each column, the constant first.
    private let density: Double
    private let bends: [Double]

    init(_ model: LogisticModel, _ design: Design) {
        let names = Set(model.coefficients.map(\.name))
        columns = design.columns.filter { names.contains($0.name) }
        estimates = model.coefficients.map { $0.estimate ?? 0 }
        let probabilities = model.probabilities
        count = Double(probabilities.count)
        odds = probabilities.map { log($0) - log1p(-$0) }
        density = probabilities.reduce(0) { $0 + $1 * (1 - $1) } / count
        let bend = probabilities.map { $0 * (1 - $0) * (1 - 2 * $0) }
        let rows = count
        bends = [bend.reduce(0, +) / rows] + columns.map { MarginalAverage.product($0.values, bend) / rows }
    }

    private static func product(_ left: [Double], _ right: [Double]) -> Double {
        left.withUnsafeBufferPointer { left in
            right.withUnsafeBufferPointer { right in
                var sum = 0.0
                for place in left.indices { sum += left[place] * right[place] }
                return sum
            }
        }
    }

    func slope(_ place: Int) -> (Double, [Double]) {
        let estimate = estimates[place + 1]
        var gradient = bends.map { $0 * estimate }
        gradient[place + 1] += density
        return (density * estimate, gradient)
    }

    /// All rows with 1 in the column, less all rows with 0.
    func change(_ place: Int) -> (Double, [Double]) {
        let (values, estimate) = (columns[place].values, estimates[place + 1])
        var (effect, own) = (0.0, 0.0)
        var difference = [Double](repeating: 0, count: odds.count)
        for row in odds.indices {
            let without = odds[row] - estimate * values[row]
            let (high, low) = (LogisticPass.probability(without + estimate), LogisticPass.probability(without))
            effect += high - low
            own += high * (1 - high)
            difference[row] = high * (1 - high) - low * (1 - low)
        }
        var gradient = [difference.reduce(0, +) / count]
        gradient += columns.map { MarginalAverage.product($0.values, difference) / count }
        gradient[place + 1] = own / count
        return (effect / count, gradient)
    }
}
