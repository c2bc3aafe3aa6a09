import Foundation

/// Least squares with a constant, with errors that fit what the rows are.
public struct LinearModel: Sendable {
    public enum Errors: Sendable, Equatable {
        /// Independent rows of one variance: Student's t.
        case ordinary
        /// Rows in the order of time, each like the ones before it: Newey and West 1987, "A simple, positive
        /// semi-definite, heteroskedasticity and autocorrelation consistent covariance matrix", Econometrica 55, with
        /// Bartlett's weights and no factor for small samples; normal.
        case neweyWest(lags: Int)
        /// Rows of one cluster are alike (CR1); normal. Codes from 0 without gaps.
        case clustered([Int32])
    }

    /// The constant first.
    public let coefficients: [Coefficient]
    public let rows: Int
    public let logLikelihood: Double
    public let rSquared: Double
    public let residuals: [Double]
    public let fitted: [Double]
    public let dropped: [DroppedColumn]
    public let distribution: ReferenceDistribution
    public let clusters: Int?
    public let covariance: SymmetricMatrix

    /// Durbin and Watson 1950: near 2 where neighbours are not alike, near 0 where they are.
    public var durbinWatson: Double {
        let squares = residuals.reduce(0) { $0 + $1 * $1 }
        let steps = zip(residuals.dropFirst(), residuals).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
        return squares > 0 ? steps / squares : .nan
    }

    /// - Throws: `ModelError`, or `StatisticsError.badLevel`.
    public init(_ outcome: [Double], _ design: Design, errors: Errors = .ordinary, level: Double = 0.95) throws {
        let tail = try tailProbability(level: level)
        guard outcome.count == design.rows else { throw ModelError.unequalLengths }
        guard outcome.allSatisfy({ abs($0) < 1e150 }) else { throw ModelError.notFinite(column: "outcome") }
        let scaled = StandardisedDesign(design, hasConstant: true)
        guard outcome.count > scaled.width else {
            throw ModelError.tooFewRows(rows: outcome.count, coefficients: scaled.width)
        }
        let fit = try LeastSquares(scaled, outcome)
        let degrees = Double(outcome.count - scaled.width)
        let robust = try fit.covariance(errors, degrees: degrees)
        covariance = scaled.unscaled(robust.matrix)
        distribution = errors == .ordinary ? .student(degrees: degrees) : .normal
        coefficients = Coefficient.list(
            scaled.names, scaled.unscaled(fit.coefficients), covariance, distribution, tail: tail)
        (rows, dropped, clusters, residuals) = (outcome.count, scaled.dropped, robust.clusters, fit.residuals)
        fitted = zip(outcome, residuals).map { $0 - $1 }
        let (count, squares) = (Double(outcome.count), fit.squares)
        logLikelihood = -count / 2 * (log(2 * .pi * squares / count) + 1)
        let mean = outcome.reduce(0, +) / count
        let total = outcome.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        rSquared = total > 0 ? 1 - squares / total : .nan
    }
}

/// The normal equations of scaled columns, with one step of refinement that gives back the digits they cost.
struct LeastSquares {
    let design: StandardisedDesign
    let coefficients: [Double]
    let residuals: [Double]
    private let bread: SymmetricMatrix

    var squares: Double { residuals.reduce(0) { $0 + $1 * $1 } }

    init(_ design: StandardisedDesign, _ outcome: [Double]) throws(ModelError) {
        guard let factor = design.gram().factor() else { throw .notConverged(iterations: 0) }
        var coefficients = [Double](repeating: 0, count: design.width)
        var residuals = outcome
        for _ in 0..<3 {
            let step = factor.solve(LeastSquares.products(design, residuals))
            coefficients = zip(coefficients, step).map { $0 + $1 }
            residuals = LeastSquares.residuals(design, outcome, coefficients)
        }
        (self.design, self.coefficients, self.residuals, bread) = (design, coefficients, residuals, factor.inverse())
    }

    private static func products(_ design: StandardisedDesign, _ values: [Double]) -> [Double] {
        let (buffer, row) = (BlockBuffer(columns: design.width), BlockBuffer(columns: 1))
        var sums = [Double](repeating: 0, count: design.width)
        design.forEachBlock { start, count in
            design.fill(buffer, start, count)
            row.clear()
            for place in 0..<count { row.base[place] = values[start + place] }
            buffer.addProducts(with: row.base, to: &sums)
        }
        return sums
    }

    private static func residuals(
        _ design: StandardisedDesign, _ outcome: [Double], _ coefficients: [Double]
    ) -> [Double] {
        let (buffer, row) = (BlockBuffer(columns: design.width), BlockBuffer(columns: 1))
        var result = outcome
        design.forEachBlock { start, count in
            design.fill(buffer, start, count)
            row.clear()
            buffer.addCombination(coefficients, to: row.base)
            for place in 0..<count { result[start + place] -= row.base[place] }
        }
        return result
    }

    func covariance(
        _ errors: LinearModel.Errors, degrees: Double
    ) throws(ModelError) -> (matrix: SymmetricMatrix, clusters: Int?) {
        switch errors {
        case .ordinary: return (bread.scaled(by: squares / degrees), nil)
        case .neweyWest(let lags): return (bread.sandwich(try neweyWest(lags)), nil)
        case .clustered(let codes):
            guard codes.count == design.rows else { throw .unequalLengths }
            let scores = try clusterScores(codes)
            return (scores.covariance(bread), scores.count)
        }
    }

    private func clusterScores(_ codes: [Int32]) throws(ModelError) -> ClusterScores {
        var scores = try ClusterScores(codes, width: design.width)
        let buffer = BlockBuffer(columns: design.width)
        design.forEachBlock { start, count in
            design.fill(buffer, start, count)
            residuals.withUnsafeBufferPointer { values in
                guard let base = values.baseAddress else { return }
                scores.add(buffer, times: base + start, start, count)
            }
        }
        return scores
    }

    /// Γ₀ + Σ (1 − l/(L+1)) (Γₗ + Γₗᵀ) over the rows' scores.
    private func neweyWest(_ lags: Int) throws(ModelError) -> SymmetricMatrix {
        guard lags >= 0, lags < design.rows else { throw .badLags(lags) }
        let scores = rowScores()
        return SymmetricMatrix(size: design.width) { left, right in
            (0...lags).reduce(0.0) { sum, lag in
                let weight = lag == 0 ? 0.5 : 1 - Double(lag) / Double(lags + 1)
                let products = (lag..<design.rows).reduce(0.0) { sum, row in
                    sum + scores[left][row] * scores[right][row - lag] + scores[right][row] * scores[left][row - lag]
                }
                return sum + weight * products
            }
        }
    }

    private func rowScores() -> [[Double]] {
        let buffer = BlockBuffer(columns: design.width)
        var scores = [[Double]](repeating: residuals, count: design.width)
        design.forEachBlock { start, count in
            design.fill(buffer, start, count)
            for column in 0..<design.width {
                for row in 0..<count { scores[column][start + row] *= buffer.column(column)[row] }
            }
        }
        return scores
    }
}
