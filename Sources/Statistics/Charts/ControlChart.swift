/// A series with its centre line, its natural limits and the signals in it.
///
/// W. A. Shewhart (1931), "Economic Control of Quality of Manufactured Product". A point inside the limits gives no
/// reason to ask what happened that month; a signal does. Which direction is good is not known here.
///
/// Made by `ControlChart.individuals`, `.proportions` and `.rates`. A missing period is a gap: it has no value, no
/// moving range reaches across it, and runs and trends end at it. Only consecutive evidence is evidence of a run.
public struct ControlChart: Equatable, Sendable {
    /// One for each period given, gaps included, in the same order.
    public let points: [ChartPoint]
    /// At least one; each has its own limits. A new one starts at each re-base.
    public let segments: [ChartSegment]
    /// In the order of the period at which each was first raised.
    public let signals: [Signal]

    /// The segment this period is in; nil outside the series.
    public func segment(at index: Int) -> ChartSegment? { segments.first { $0.periods.contains(index) } }

    /// The signals that this period is part of.
    public func signals(at index: Int) -> [Signal] { signals.filter { $0.points.contains(index) } }
}

/// One period of a chart.
public struct ChartPoint: Equatable, Sendable {
    /// In the unit of the series; nil is a gap, never a zero.
    public let value: Double?
    /// The distance from the period before, in the unit of the series; nil after a gap and at the start of a segment.
    public let movingRange: Double?
    /// Nil when the segment has no limits, and at a gap in a chart whose limits follow the denominator.
    public let limits: PointLimits?
}

/// The limits at one point, in the unit of the series.
public struct PointLimits: Equatable, Sendable {
    public let centre: Double
    /// Three standard deviations below the centre, cut off where the series cannot go (a share below 0).
    public let low: Double
    /// Three standard deviations above the centre, cut off likewise.
    public let high: Double
    /// Two thirds of the way to the limits before they were cut off: beyond these a point is "near" a limit.
    public let near: Interval

    /// - Parameters:
    ///   - reach: three standard deviations.
    ///   - bounds: the values the series can take.
    init(centre: Double, reach: Double, bounds: ClosedRange<Double>) {
        self.centre = centre
        low = max(bounds.lowerBound, centre - reach)
        high = min(bounds.upperBound, centre + reach)
        near = Interval(low: centre - reach * 2 / 3, high: centre + reach * 2 / 3)
    }
}
