public import Kernel

/// What of a measure is wanted.
public struct SeriesRequest: Sendable, Hashable {
    /// Each time dimension gives one point a period; any other gives one point a group, over one period.
    public var by: MeasureDimension
    public var filter: SeriesFilter

    public init(by: MeasureDimension = .month, filter: SeriesFilter = SeriesFilter()) {
        (self.by, self.filter) = (by, filter)
    }

    /// Identifiers only, for the log: `by district from 2024-04 crime-type=Burglary`.
    var about: String {
        let kept = filter.keeping.sorted { $0.key.rawValue < $1.key.rawValue }.map { "\($0.key.rawValue)=\($0.value)" }
        let dates = [filter.from.map { "from \($0)" }, filter.until.map { "until \($0)" }].compactMap(\.self)
        let known = filter.asKnownAt.map { ["as known at \($0)"] } ?? []
        return (["by \(by.rawValue)"] + dates + kept + known).joined(separator: " ")
    }
}

/// What a series is kept to.
public struct SeriesFilter: Sendable, Hashable {
    /// The first and the last month, both included. Without them: every month held for a series in time, the last
    /// twelve for one by group.
    public var from: Month?
    public var until: Month?
    /// One value for each dimension named: a word of the file, an LSOA or ward code or name, a district's name, the
    /// short name of a force (`cleveland`).
    public var keeping: [MeasureDimension: String]
    /// The files as they were known then; nil for now.
    public var asKnownAt: Moment?

    public init(
        from: Month? = nil, until: Month? = nil, keeping: [MeasureDimension: String] = [:], asKnownAt: Moment? = nil
    ) {
        (self.from, self.until, self.keeping, self.asKnownAt) = (from, until, keeping, asKnownAt)
    }

    /// Only the months of `period`.
    public static func only(_ period: Period, keeping: [MeasureDimension: String] = [:]) -> SeriesFilter {
        SeriesFilter(from: period.first, until: period.last, keeping: keeping)
    }
}

extension SeriesRequest {
    /// - Throws: `Problem` naming what can be asked of this measure.
    func check(_ definition: MeasureDefinition) throws {
        let wanted = [by] + filter.keeping.keys.sorted { $0.rawValue < $1.rawValue }
        for dimension in wanted where !definition.dimensions.contains(dimension) {
            throw Problem(
                .invalid, "“\(definition.title)” cannot be shown by \(dimension.inWords).",
                next: "Choose one of: \(definition.dimensions.map(\.rawValue).joined(separator: ", ")).")
        }
        if let dimension = filter.keeping.keys.first(where: \.isTime) {
            throw Problem(
                .invalid, "A series cannot be kept to one \(dimension.inWords) by name.",
                next: "Give the first and the last month instead.")
        }
        if let from = filter.from, let until = filter.until, until < from {
            throw Problem(.invalid, "The last month is before the first.", next: "Swap the two months.")
        }
    }
}
