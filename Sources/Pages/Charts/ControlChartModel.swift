import Kernel

/// How a chart's values are written.
public enum ChartUnit: Sendable, Equatable {
    /// Values are fractions: 0.312 is `31.2%`.
    case percent(decimals: Int)
    /// `suffix` follows the number after a space, for example `per 1,000 people`; it may be empty.
    case number(decimals: Int, suffix: String)

    /// With its unit: `31.2%`, `4.05 per 1,000 people`.
    public func words(_ value: Double) -> String {
        switch self {
        case .percent(let decimals): Figure.percent(value, decimals)
        case .number(let decimals, let suffix):
            Figure.decimal(value, decimals) + (suffix.isEmpty ? "" : " \(suffix)")
        }
    }

    /// Without the suffix, for an axis: `31.2%`, `4.05`.
    public func short(_ value: Double) -> String {
        if case .number(let decimals, _) = self { return Figure.decimal(value, decimals) }
        return words(value)
    }
}

/// A measure over time with its limits. The statistics are done elsewhere; this only says what to draw.
public struct ControlChartModel: Sendable {
    public var id: String
    public var title: String
    /// What the picture shows, in a sentence or two; read by those who do not see it.
    public var summary: String
    public var unit: ChartUnit
    /// The vertical axis in words, for example `Share of outcomes`.
    public var axis: String
    /// One a period, in order and without holes: a period that has no data is a point without a value.
    public var points: [Point]

    /// `id` is unique on the page.
    public init(
        id: String = "chart", title: String, summary: String, unit: ChartUnit, axis: String, points: [Point]
    ) {
        (self.id, self.title, self.summary) = (id, title, summary)
        (self.unit, self.axis, self.points) = (unit, axis, points)
    }

    public struct Point: Sendable {
        /// `March 2024`.
        public var label: String
        /// `Mar`, for the axis.
        public var tick: String
        /// Points of one year stand between two lines of the grid.
        public var year: Int
        /// Nil when there is no data: it leaves a gap, and is never drawn as nought.
        public var value: Double?
        public var numerator: Int?
        public var denominator: Int?
        public var centre: Double?
        public var lower: Double?
        public var upper: Double?
        /// The signal in words, for example `Above the upper limit`.
        public var signal: String?
        /// Why the limits start anew at this point.
        public var rebase: String?
        /// The rows behind the point.
        public var address: WebAddress?

        public init(
            label: String, tick: String, year: Int, value: Double?, numerator: Int? = nil, denominator: Int? = nil,
            centre: Double? = nil, lower: Double? = nil, upper: Double? = nil, signal: String? = nil,
            rebase: String? = nil, address: WebAddress? = nil
        ) {
            (self.label, self.tick, self.year, self.value) = (label, tick, year, value)
            (self.numerator, self.denominator) = (numerator, denominator)
            (self.centre, self.lower, self.upper) = (centre, lower, upper)
            (self.signal, self.rebase, self.address) = (signal, rebase, address)
        }

        public init(
            month: Month, value: Double?, numerator: Int? = nil, denominator: Int? = nil, centre: Double? = nil,
            lower: Double? = nil, upper: Double? = nil, signal: String? = nil, rebase: String? = nil,
            address: WebAddress? = nil
        ) {
            self.init(
                label: month.inWords, tick: String(Month.names[month.month - 1].prefix(3)), year: month.year,
                value: value, numerator: numerator, denominator: denominator, centre: centre, lower: lower,
                upper: upper, signal: signal, rebase: rebase, address: address)
        }
    }
}

extension ControlChartModel {
    /// `March 2024: 31.2%, 412 of 1,320. Above the upper limit.`
    func name(_ point: Point) -> String {
        guard let value = point.value else { return "\(point.label): no data" }
        var text = "\(point.label): \(unit.words(value))"
        if let numerator = point.numerator {
            text += ", " + Figure.whole(numerator)
            if let denominator = point.denominator { text += " of \(Figure.whole(denominator))" }
        }
        if let signal = point.signal { text += ". \(signal)" }
        return text
    }

    /// Positions of the points that have a signal; the first is marked 1.
    var signals: [Int] { points.indices.filter { points[$0].signal != nil && points[$0].value != nil } }

    /// Runs of neighbouring points without data.
    var gaps: [Range<Int>] { runs { points[$0].value == nil } }

    /// Runs with limits that belong together: a new one starts at each re-basing, and after each hole in the limits.
    var segments: [Range<Int>] {
        runs { points[$0].centre != nil }.flatMap { run in
            let starts = [run.lowerBound] + run.dropFirst().filter { points[$0].rebase != nil }
            return zip(starts, starts.dropFirst() + [run.upperBound]).map { $0..<$1 }
        }
    }

    func runs(_ belongs: (Int) -> Bool) -> [Range<Int>] {
        var runs: [Range<Int>] = []
        for index in points.indices where belongs(index) {
            if let last = runs.last, last.upperBound == index {
                runs[runs.count - 1] = last.lowerBound..<index + 1
            } else {
                runs.append(index..<index + 1)
            }
        }
        return runs
    }
}
