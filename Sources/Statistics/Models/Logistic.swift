import Foundation

/// Multivariable logistic regression of an outcome of 0 and 1, with a constant.
///
/// Maximum likelihood by Newton's steps, which for this model are iteratively reweighted least squares: McCullagh and
/// Nelder 1989, "Generalized Linear Models", §2.5 and §4.4.
public struct LogisticModel: Sendable {
    /// The constant first. An estimate is nil where there is none.
    public let coefficients: [Coefficient]
    public let rows: Int
    /// Rows whose outcome is 1.
    public let events: Int
    public let logLikelihood: Double
    /// Of a model with the constant alone.
    public let nullLogLikelihood: Double
    public let iterations: Int
    public let separation: Separation?
    public let dropped: [DroppedColumn]
    /// Number of clusters, where errors are robust.
    public let clusters: Int?
    /// Of the coefficients, in their order.
    public let covariance: SymmetricMatrix
    /// Of each row, in the order given.
    public let probabilities: [Double]
    let level: Double

    /// The data part the outcomes by a value of the predictors, so that the likelihood grows for ever: Albert and
    /// Anderson 1984, "On the existence of maximum likelihood estimates in logistic regression models", Biometrika 71.
    public struct Separation: Sendable, Equatable {
        /// Every row is told; otherwise some rows are.
        public let isComplete: Bool
        /// Coefficients without an estimate.
        public let names: [String]
    }

    public var akaike: Double { 2 * Double(coefficients.count) - 2 * logLikelihood }
    /// McFadden 1974: the share of the log likelihood that the predictors explain.
    public var pseudoRSquared: Double { nullLogLikelihood == 0 ? 0 : 1 - logLikelihood / nullLogLikelihood }

    /// - Parameters:
    ///   - outcome: 0 or 1 for each row.
    ///   - clusters: The cluster of each row, from 0 without gaps, for errors that hold when rows of one cluster are
    ///     alike (CR1).
    ///   - level: Of the intervals, which are normal.
    /// - Throws: `ModelError`, or `StatisticsError.badLevel`.
    public init(
        _ outcome: [Double], _ design: Design, clusters: [Int32]? = nil, level: Double = 0.95
    ) throws {
        let tail = try tailProbability(level: level)
        let events = try LogisticModel.check(outcome, design, clusters)
        let scaled = StandardisedDesign(design, hasConstant: true)
        guard outcome.count > scaled.width else {
            throw ModelError.tooFewRows(rows: outcome.count, coefficients: scaled.width)
        }
        let search = try LogisticSearch(scaled, outcome, events: events)
        let bread = search.bread
        let scores = try clusters.map { try search.pass.scores($0) }
        covariance = scaled.unscaled(scores?.covariance(bread) ?? bread)
        let estimates = scaled.unscaled(search.coefficients)
        let without = search.separated.map { Set($0.names) } ?? []
        coefficients = Coefficient.list(scaled.names, estimates, covariance, .normal, tail: tail)
            .map { without.contains($0.name) ? Coefficient(without: $0.name) : $0 }
        (rows, self.events, self.level, self.clusters) = (outcome.count, events, level, scores?.count)
        (logLikelihood, iterations, separation) = (search.point.logLikelihood, search.iterations, search.separated)
        dropped = scaled.dropped
        let share = Double(events) / Double(rows)
        nullLogLikelihood = Double(events) * log(share) + Double(rows - events) * log(1 - share)
        probabilities = search.pass.odds.map(LogisticPass.probability)
    }

    private static func check(_ outcome: [Double], _ design: Design, _ clusters: [Int32]?) throws(ModelError) -> Int {
        guard outcome.count == design.rows, clusters.map({ $0.count == design.rows }) ?? true else {
            throw .unequalLengths
        }
        if let other = outcome.first(where: { $0 != 0 && $0 != 1 }) { throw .notBinary(other) }
        let events = outcome.count { $0 == 1 }
        guard events > 0, events < outcome.count else { throw .oneOutcome(events > 0 ? 1 : 0) }
        return events
    }
}

/// Steps towards the largest likelihood.
struct LogisticSearch {
    let pass: LogisticPass
    private(set) var coefficients: [Double]
    private(set) var point: LikelihoodPoint
    private(set) var iterations = 0
    private(set) var separated: LogisticModel.Separation?
    private(set) var bread: SymmetricMatrix

    private static let most = 100

    init(_ design: StandardisedDesign, _ outcome: [Double], events: Int) throws {
        pass = LogisticPass(design, outcome)
        coefficients = [Double](repeating: 0, count: design.width)
        coefficients[0] = log(Double(events) / Double(outcome.count - events))
        point = pass.point(at: coefficients)
        bread = SymmetricMatrix(size: design.width) { _, _ in .nan }
        try search()
        if let factor = point.information.factor() { bread = factor.inverse() }
    }

    /// A step is the last when no row's log odds moved by 10⁻⁷: the next would move them by its square.
    private mutating func search() throws {
        while iterations < LogisticSearch.most {
            iterations += 1
            guard let factor = point.information.factor() else {
                // The weights are gone: every row is told.
                guard isTold else { throw ModelError.notConverged(iterations: iterations) }
                return separate(pass.design.names, isComplete: true)
            }
            let step = factor.solve(point.slope)
            let before = point.logLikelihood
            guard let next = point.raised(from: coefficients, by: step, at: pass.point) else {
                throw ModelError.notConverged(iterations: iterations)
            }
            (coefficients, point) = next
            if point.largestChange < 1e-7 { return }
            guard point.logLikelihood - before < 1e-6, point.largestChange > 0.5 else { continue }
            return isTold ? separate(pass.design.names, isComplete: true) : separate(runaways(step), isComplete: false)
        }
        throw ModelError.notConverged(iterations: iterations)
    }

    private var isTold: Bool { point.logLikelihood > -1e-4 }

    private mutating func separate(_ names: [String], isComplete: Bool) {
        separated = LogisticModel.Separation(isComplete: isComplete, names: names)
    }

    /// Coefficients that still move by themselves when the likelihood no longer does.
    private func runaways(_ step: [Double]) -> [String] {
        let design = pass.design
        let unscaled = design.unscaled(step)
        let moving = design.columns.indices.filter { place in
            abs(unscaled[place + 1]) * design.columns[place].range > 0.1
        }
        let constant = abs(unscaled[0]) > 0.1 ? ["Intercept"] : []
        return constant + moving.map { design.columns[$0].name }
    }
}
