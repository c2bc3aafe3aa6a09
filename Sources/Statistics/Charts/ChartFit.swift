/// Limits worked out for one segment: what they rest on, and their value at each period.
struct ChartFit {
    let basis: ChartBasis
    /// Nil where the limits follow a denominator and there is none.
    let limits: (Int) -> PointLimits?
}

/// The baseline of one segment, known to be long enough.
struct FitInput {
    let periods: [Int]
    let values: [Double]
    /// Between consecutive periods of the baseline only, in the unit of the series.
    let movingRanges: [Double]
}

extension ControlChart {
    /// Cuts the series into segments, fits each and looks for signals within each.
    ///
    /// - Parameter fit: limits from a baseline; nil when its values do not vary.
    static func drawn(
        _ values: [Double?], baseline: Baseline, rules: SignalRules,
        fit: (FitInput) throws(StatisticsError) -> ChartFit?
    ) throws(StatisticsError) -> ControlChart {
        let spans = try baseline.segments(of: values.count)
        let ranges = MovingRange.each(of: values, segments: spans.map(\.periods))
        var points: [ChartPoint] = []
        var segments: [ChartSegment] = []
        var signals: [Signal] = []
        for (periods, reason) in spans {
            let chosen = baseline.periods(in: periods, of: values)
            let fitted = try fitted(chosen, of: values, minimum: baseline.minimum, fit: fit)
            points += periods.map {
                ChartPoint(value: values[$0], movingRange: ranges[$0], limits: fitted.limits?($0))
            }
            segments.append(
                ChartSegment(periods: periods, reason: reason, baseline: chosen, outcome: fitted.outcome))
            signals += rules.signals(in: points, periods: periods)
        }
        return ControlChart(points: points, segments: segments, signals: signals)
    }

    private static func fitted(
        _ baseline: [Int], of values: [Double?], minimum: Int,
        fit: (FitInput) throws(StatisticsError) -> ChartFit?
    ) throws(StatisticsError) -> (outcome: ChartSegment.Outcome, limits: ((Int) -> PointLimits?)?) {
        guard baseline.count >= minimum else {
            return (.noLimits(.tooFewPoints(found: baseline.count, needed: minimum)), nil)
        }
        let ranges = MovingRange.within(baseline, of: values)
        guard ranges.count >= minimum - 1 else {
            return (.noLimits(.tooFewNeighbours(found: ranges.count, needed: minimum - 1)), nil)
        }
        let input = FitInput(
            periods: baseline, values: baseline.compactMap { values[$0] }, movingRanges: ranges)
        guard let fit = try fit(input) else { return (.noLimits(.noVariation), nil) }
        return (.limits(fit.basis), fit.limits)
    }
}
