/// What the data say at one set of coefficients: likelihood, its slope and its curvature.
struct LikelihoodPoint {
    let logLikelihood: Double
    let slope: [Double]
    let information: SymmetricMatrix
    /// The largest change of any row's log odds since the pass before.
    let largestChange: Double
}

extension LikelihoodPoint {
    /// A whole step, or as much of it as does not make the likelihood smaller; nil where no part of it does.
    func raised(
        from start: [Double], by step: [Double], at point: ([Double]) -> LikelihoodPoint
    ) -> (coefficients: [Double], point: LikelihoodPoint)? {
        var share = 1.0
        while share > 1e-6 {
            let coefficients = zip(start, step).map { $0 + share * $1 }
            let next = point(coefficients)
            if next.logLikelihood >= logLikelihood - 1e-9 * abs(logLikelihood) { return (coefficients, next) }
            share /= 2
        }
        return nil
    }
}
