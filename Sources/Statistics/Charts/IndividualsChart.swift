/// How the centre and the routine variation of single values are summed up.
public enum IndividualsForm: Equatable, Sendable {
    /// Mean ± 2.66 mean moving ranges; a moving range is unusual above 3.268 of them.
    case mean
    /// Median ± 3.145 median moving ranges; a moving range is unusual above 3.865 of them. One wild month in the
    /// baseline hardly moves these limits.
    case median

    /// 3/d₂ and 3/d₄: from a moving range to three standard deviations.
    var reach: Double { self == .mean ? 2.66 : 3.145 }

    /// D₄ and D₆: from a moving range to the limit of moving ranges.
    var rangeLimit: Double { self == .mean ? 3.268 : 3.865 }
}

extension ControlChart {
    /// The XmR chart: single values and their moving ranges. Right for averages, times, money and other measurements,
    /// and for counts that have no denominator.
    ///
    /// D. J. Wheeler and D. S. Chambers (1992), "Understanding Statistical Process Control", 2nd edition; the median
    /// form from D. J. Wheeler (1993), "Understanding Variation". No normal curve is assumed.
    ///
    /// - Parameters:
    ///   - values: one for each period, in any unit; nil is a gap.
    ///   - bounds: the values the series can take. Limits are cut off there: 0 and above for a count.
    /// - Throws: `notFinite`, `badBounds`, `badRebase`.
    public static func individuals(
        _ values: [Double?], form: IndividualsForm = .mean,
        bounds: ClosedRange<Double> = -Double.infinity...Double.infinity,
        baseline: Baseline = .all, rules: SignalRules = .standard
    ) throws(StatisticsError) -> ControlChart {
        // Far inside a Double's range, so that sums and differences of values stay finite.
        let largest = 1e150
        if let index = values.firstIndex(where: { $0.map { !$0.isFinite || abs($0) > largest } ?? false }) {
            throw .notFinite(index: index)
        }
        guard !bounds.lowerBound.isNaN, !bounds.upperBound.isNaN else { throw .badBounds }
        return try drawn(values, baseline: baseline, rules: rules) { input in
            individualsFit(input, form: form, bounds: bounds)
        }
    }

    private static func individualsFit(
        _ input: FitInput, form: IndividualsForm, bounds: ClosedRange<Double>
    ) -> ChartFit? {
        let centre = form == .mean ? input.values.mean : input.values.median
        let range = form == .mean ? input.movingRanges.mean : input.movingRanges.median
        guard let centre, let range, range > 0 else { return nil }
        let limits = PointLimits(centre: centre, reach: form.reach * range, bounds: bounds)
        let basis = ChartBasis(
            method: form == .mean ? .individualsMean : .individualsMedian, centre: centre,
            movingRangeLimit: form.rangeLimit * range, dispersion: nil, isSparse: false)
        return ChartFit(basis: basis) { _ in limits }
    }
}
