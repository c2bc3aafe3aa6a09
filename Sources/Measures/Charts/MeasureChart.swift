import Kernel
import Statistics

/// A series in time with its control chart: limits, signals in words, and why this chart.
public struct MeasureChart: Sendable, Equatable {
    /// Its points carry what the chart says of them in `signal`.
    public let series: MeasureSeries
    /// One for each point, in the same order; nil where there is none.
    public let limits: [Limits?]
    /// At least one, unless there are no points.
    public let segments: [Segment]
    /// In the order in which they were raised.
    public let signals: [Finding]

    /// In the unit of the measure.
    public struct Limits: Sendable, Equatable {
        public let centre: Double
        public let low: Double
        public let high: Double
    }

    public struct Segment: Sendable, Equatable {
        public let from: Period
        public let until: Period
        /// `xmr-mean`, `p`, `laney-p`, `u`, `laney-u`; nil when there are no limits.
        public let method: String?
        public let centre: Double?
        /// The logged reason for which the limits start again here; nil for the first.
        public let reason: String?
        /// Which chart this is and why, or why there are no limits.
        public let explanation: String
    }

    public struct Finding: Sendable, Equatable {
        /// Stable: `point-beyond-limit`, `run-on-one-side`, `trend`, `two-of-three-near-limit`.
        public let rule: String
        /// `up` or `down`.
        public let direction: String
        /// What it means, where the measure has a better direction.
        public let isImprovement: Bool?
        public let periods: [Period]
        public let explanation: String
    }

    /// The limits of the last segment that has any, at its last point: where things stand now.
    public var latest: Limits? { limits.last { $0 != nil }.flatMap(\.self) }
}

extension MeasureChart {
    /// Draws the chart that the definition names. Points of another measure's form have no limits.
    ///
    /// - Parameter rebases: those that hold; ones outside the series are passed over.
    init(_ series: MeasureSeries, rebases: [MeasureRebase]) throws {
        let baseline = try Baseline(rebases: MeasureChart.starts(rebases, in: series))
        let control = try MeasureChart.control(series, baseline)
        var points = series.points
        for index in points.indices where points[index].signal == nil {
            let words = control.signals(at: index).map(\.explanation)
            points[index].signal = words.isEmpty ? nil : words.joined(separator: " ")
        }
        self.series = MeasureSeries(
            definition: series.definition, request: series.request, points: points, notes: series.notes,
            missing: series.missing)
        limits = control.points.map { point in
            point.limits.map { Limits(centre: $0.centre, low: $0.low, high: $0.high) }
        }
        segments = points.isEmpty ? [] : control.segments.map { MeasureChart.segment($0, points) }
        signals = control.signals.map { MeasureChart.finding($0, points, series.definition.direction) }
    }

    private static func control(_ series: MeasureSeries, _ baseline: Baseline) throws -> ControlChart {
        // A point without a value is a gap to the chart, whatever its counts.
        let points = series.points.map { $0.value == nil ? nil : $0 }
        switch series.definition.chart {
        case .individuals:
            return try .individuals(
                points.map { $0?.value }, bounds: 0...Double.infinity, baseline: baseline, rules: .fewest)
        case .proportion:
            let shares = try points.map { point in
                try point.map { try Proportion(events: $0.numerator ?? 0, of: Int($0.denominator ?? 0)) }
            }
            return try .proportions(shares, baseline: baseline, rules: .fewest)
        case .rate:
            let rates = try points.map { point in
                try point.map { try Rate(events: $0.numerator ?? 0, exposure: ($0.denominator ?? 0) / 1000) }
            }
            return try .rates(rates, baseline: baseline, rules: .fewest)
        }
    }

    private static func starts(_ rebases: [MeasureRebase], in series: MeasureSeries) throws -> [Rebase] {
        var starts: [Int: String] = [:]
        for rebase in rebases where rebase.withdrawn == nil {
            guard let index = series.points.firstIndex(where: { $0.period.first >= rebase.month }), index > 0 else {
                continue
            }
            starts[index] = rebase.reason
        }
        return try starts.sorted { $0.key < $1.key }.map { try Rebase(start: $0.key, reason: $0.value) }
    }

    private static func segment(_ segment: ChartSegment, _ points: [MeasurePoint]) -> Segment {
        Segment(
            from: points[segment.periods.lowerBound].period, until: points[segment.periods.upperBound - 1].period,
            method: segment.basis?.method.rawValue, centre: segment.basis?.centre, reason: segment.reason,
            explanation: segment.explanation)
    }

    private static func finding(
        _ signal: Signal, _ points: [MeasurePoint], _ direction: MeasureDefinition.Direction
    ) -> Finding {
        let isImprovement: Bool? =
            switch direction {
            case .lowerIsBetter: signal.direction == .down
            case .higherIsBetter: signal.direction == .up
            case .neither: nil
            }
        return Finding(
            rule: signal.rule.rawValue, direction: signal.direction.rawValue, isImprovement: isImprovement,
            periods: signal.points.map { points[$0].period }, explanation: signal.explanation)
    }
}
