/// A stretch of a chart with one set of limits.
public struct ChartSegment: Equatable, Sendable {
    /// Periods, counted from 0.
    public let periods: Range<Int>
    /// Why the limits start again here; nil for the first segment, which starts with the series.
    public let reason: String?
    /// The periods whose values set the limits.
    public let baseline: [Int]
    public let outcome: Outcome

    public enum Outcome: Equatable, Sendable {
        case limits(ChartBasis)
        case noLimits(NoLimits)
    }

    /// What the limits rest on; nil when there are none.
    public var basis: ChartBasis? {
        if case .limits(let basis) = outcome { basis } else { nil }
    }

    /// Which chart this is and why, or why there are no limits: plain sentences for the reader.
    public var explanation: String {
        switch outcome {
        case .limits(let basis): basis.explanation
        case .noLimits(let reason): reason.explanation
        }
    }
}

/// How the limits of a segment were worked out.
public struct ChartBasis: Equatable, Sendable {
    public let method: ChartMethod
    /// The centre line, in the unit of the series.
    public let centre: Double
    /// Charts of single values only: above this a moving range is itself unusual; in the unit of the series.
    public let movingRangeLimit: Double?
    /// Charts of counts only: how far the counts vary, against chance.
    public let dispersion: Dispersion?
    /// Charts of counts only: at some baseline point fewer than five events (or, for shares, fewer than five
    /// non-events) are expected. Three-sigma limits rest on the normal curve, which fits so few badly. The five is
    /// the usual textbook rule of thumb, not a law.
    public let isSparse: Bool

    public var explanation: String {
        let sentences = [
            method.explanation, dispersion?.explanation,
            isSparse ? "Some points expect fewer than five, so read these limits with care." : nil,
        ]
        return sentences.compactMap(\.self).joined(separator: " ")
    }
}

/// Which chart was drawn. The raw value is stable: other programs read it.
public enum ChartMethod: String, Equatable, Sendable, CaseIterable {
    case individualsMean = "xmr-mean"
    case individualsMedian = "xmr-median"
    case proportion = "p"
    case proportionLaney = "laney-p"
    case rate = "u"
    case rateLaney = "laney-u"

    public var explanation: String {
        switch self {
        case .individualsMean: "XmR chart: the limits come from the average change between one period and the next."
        case .individualsMedian: "XmR chart: the limits come from the middle change between one period and the next."
        case .proportion: "p chart: the limits come from the chance variation of a share of this many."
        case .proportionLaney: "Laney p chart: the limits of a p chart, widened to the variation seen."
        case .rate: "u chart: the limits come from the chance variation of a rate with this much exposure."
        case .rateLaney: "Laney u chart: the limits of a u chart, widened to the variation seen."
        }
    }
}

/// Why a segment has no limits. No signal is raised without them.
public enum NoLimits: Equatable, Sendable {
    /// Too few values in the baseline.
    case tooFewPoints(found: Int, needed: Int)
    /// Enough values, but gaps leave too few that follow one another.
    case tooFewNeighbours(found: Int, needed: Int)
    /// The typical step from one period to the next is nothing, so variation cannot be judged: the values are all the
    /// same, or, in the median form, half the steps are 0. Rare events need another chart.
    case noVariation

    public var explanation: String {
        switch self {
        case .tooFewPoints(let found, let needed):
            "There are no limits yet: they need \(needed) points and there \(found == 1 ? "is" : "are") \(found)."
        case .tooFewNeighbours(let found, let needed):
            "There are no limits yet: they need \(needed) steps from one period to the next and there "
                + "\(found == 1 ? "is" : "are") \(found), because of missing periods."
        case .noVariation:
            "There are no limits: the values do not vary enough to set them."
        }
    }
}
