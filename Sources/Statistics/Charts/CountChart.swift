/// What p and u charts share: limits that follow each period's denominator, and Laney's correction.
struct CountChart {
    /// Σ events / Σ denominators over the baseline.
    let centre: Double
    /// The standard deviation of one event-or-not (p) or of one unit's events (u), squared.
    let unitVariance: Double
    /// Occasions or exposure in each period; nil is a gap.
    let denominators: [Double?]
    let bounds: ClosedRange<Double>
    let methods: (plain: ChartMethod, corrected: ChartMethod)

    /// Nil when nothing in the baseline varies.
    func fit(_ input: FitInput, handling: OverdispersionHandling, isSparse: Bool) -> ChartFit? {
        guard unitVariance > 0 else { return nil }
        var z = [Double?](repeating: nil, count: denominators.count)
        for (period, value) in zip(input.periods, input.values) {
            z[period] = deviation(at: period).map { (value - centre) / $0 }
        }
        let ranges = MovingRange.within(input.periods, of: z)
        guard let dispersion = Dispersion(zMovingRanges: ranges, handling: handling) else { return nil }
        let basis = ChartBasis(
            method: dispersion.isCorrected ? methods.corrected : methods.plain, centre: centre,
            movingRangeLimit: nil, dispersion: dispersion, isSparse: isSparse)
        return ChartFit(basis: basis) { period in
            deviation(at: period).map {
                PointLimits(centre: centre, reach: 3 * $0 * dispersion.factor, bounds: bounds)
            }
        }
    }

    /// The standard deviation that chance alone gives this period.
    private func deviation(at period: Int) -> Double? {
        denominators[period].map { (unitVariance / $0).squareRoot() }
    }
}
