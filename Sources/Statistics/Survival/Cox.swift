import Foundation

/// How the predictors move the rate of the event, as factors that are supposed to hold at all times: Cox 1972,
/// "Regression models and life-tables", JRSS B 34; ties as in Efron 1977, "The efficiency of Cox's likelihood function
/// for censored data", JASA 72.
public struct CoxModel: Sendable {
    /// Logarithms of hazard ratios.
    public let coefficients: [Coefficient]
    public let rows: Int
    public let events: Int
    public let logLikelihood: Double
    public let nullLogLikelihood: Double
    public let iterations: Int
    public let dropped: [DroppedColumn]
    /// The likelihood grows for ever along these.
    public let separated: [String]

    private static let most = 100

    /// - Throws: `ModelError`, or `StatisticsError.badLevel`.
    public init(times: [Double], events: [UInt8], design: Design, level: Double = 0.95) throws {
        let tail = try tailProbability(level: level)
        guard times.count == design.rows, events.count == design.rows else { throw ModelError.unequalLengths }
        let count = events.count { $0 > 0 }
        guard count > 0 else { throw ModelError.noEvents }
        let scaled = StandardisedDesign(design, hasConstant: false)
        guard design.rows > scaled.width, scaled.width > 0 else {
            throw ModelError.tooFewRows(rows: design.rows, coefficients: scaled.width)
        }
        let pass = CoxPass(scaled, order: try SurvivalTable.order(times), times, events)
        var search = CoxSearch(pass)
        try search.run(most: CoxModel.most)
        guard let factor = search.point.information.factor() else {
            throw ModelError.notConverged(iterations: search.iterations)
        }
        separated = search.runaways
        let without = Set(search.runaways)
        coefficients = Coefficient.list(
            scaled.names, scaled.unscaled(search.coefficients), scaled.unscaled(factor.inverse()), .normal, tail: tail
        ).map { without.contains($0.name) ? Coefficient(without: $0.name) : $0 }
        (rows, self.events, dropped) = (design.rows, count, scaled.dropped)
        (logLikelihood, nullLogLikelihood) = (search.point.logLikelihood, search.start)
        iterations = search.iterations
    }
}

private struct CoxSearch {
    let pass: CoxPass
    var coefficients: [Double]
    var point: LikelihoodPoint
    let start: Double
    var iterations = 0
    var runaways: [String] = []

    init(_ pass: CoxPass) {
        self.pass = pass
        coefficients = [Double](repeating: 0, count: pass.design.width)
        point = pass.point(at: coefficients)
        start = point.logLikelihood
    }

    mutating func run(most: Int) throws(ModelError) {
        while iterations < most {
            iterations += 1
            guard let factor = point.information.factor() else { throw .notConverged(iterations: iterations) }
            let step = factor.solve(point.slope)
            let before = point.logLikelihood
            guard let next = point.raised(from: coefficients, by: step, at: pass.point) else {
                throw .notConverged(iterations: iterations)
            }
            (coefficients, point) = next
            if point.largestChange < 1e-7 { return }
            guard point.logLikelihood - before < 1e-6, point.largestChange > 0.5 else { continue }
            runaways = pass.design.columns.indices.filter { place in
                abs(step[place]) / pass.design.scales[place] * pass.design.columns[place].range > 0.1
            }.map { pass.design.columns[$0].name }
            return
        }
        throw .notConverged(iterations: iterations)
    }
}
