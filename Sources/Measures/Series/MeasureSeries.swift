public import Kernel

/// A measure's figures, point by point.
public struct MeasureSeries: Sendable, Equatable {
    public let definition: MeasureDefinition
    public let request: SeriesRequest
    /// In order of period and group.
    public let points: [MeasurePoint]
    /// What the reader must know of these figures, as sentences.
    public let notes: [String]
    /// Months between the first and the last that are not held.
    public let missing: [Month]
}

/// One figure.
public struct MeasurePoint: Sendable, Equatable {
    public let period: Period
    /// The group's code or word; nil in a series in time.
    public let group: String?
    /// The group's name, where it is not its code.
    public let groupName: String?
    /// What the group is part of, such as the district of an LSOA.
    public let parent: String?
    /// Nil when a month is missing. Otherwise whole: nothing is suppressed inside the house.
    public let numerator: Int?
    /// People, rows, or nil for a plain count.
    public let denominator: Double?
    /// In the unit of the measure; nil when there is no figure.
    public let value: Double?
    /// The 95% interval of `value`.
    public let low: Double?
    public let high: Double?
    /// Why there is no figure, or what its chart says of it, in words.
    public var signal: String?
    /// Rows that could not be counted, where the measure counts such apart.
    public let apart: Int?

    public var isGap: Bool { numerator == nil }

    public static let noData = "no data"
}
