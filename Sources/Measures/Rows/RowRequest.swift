import Kernel

/// The rows behind one point of a series, fifty at a time.
public struct RowRequest: Sendable, Hashable {
    public enum Side: String, Sendable, Codable {
        case numerator
        /// The rows of a share or mean that it is a share or mean of.
        case denominator
        /// Rows that could not be counted.
        case apart
    }

    public var measure: String
    /// How the series was asked for; its filter too.
    public var series: SeriesRequest
    public var period: Period
    /// The point's group; nil in a series in time.
    public var group: String?
    public var side: Side
    /// Rows after this place; nil to start. From `RowPage.next`.
    public var after: Int64?
    /// 1 to 500.
    public var limit: Int

    public init(
        measure: String, series: SeriesRequest = SeriesRequest(), period: Period, group: String? = nil,
        side: Side = .numerator, after: Int64? = nil, limit: Int = 50
    ) {
        (self.measure, self.series, self.period, self.group) = (measure, series, period, group)
        (self.side, self.after, self.limit) = (side, after, min(max(limit, 1), 500))
    }

    /// `recorded-crime 2023-01 Hartlepool after 42`, for the log. What the series was kept to follows in brackets.
    var about: String {
        let kept = series.filter.keeping.sorted { $0.key.rawValue < $1.key.rawValue }.map {
            "\($0.key.rawValue)=\($0.value)"
        }
        let parts = [
            measure, period.label, group, side == .numerator ? nil : side.rawValue,
            kept.isEmpty ? nil : "(\(kept.joined(separator: " ")))",
            series.filter.asKnownAt.map { "as known at \($0)" }, "after \(after ?? 0)",
        ]
        return parts.compactMap(\.self).joined(separator: " ")
    }

    /// The series that the point is of. In time it keeps its other months: which small areas count as one can depend on
    /// them.
    var pointSeries: SeriesRequest {
        var request = series
        if !series.by.isTime { (request.filter.from, request.filter.until) = (period.first, period.last) }
        return request
    }
}

/// Some of the rows behind a point, in a stable order.
public struct RowPage: Sendable, Equatable {
    /// Headings, one for each cell.
    public let columns: [String]
    public let rows: [FactRowView]
    /// All rows behind the point: equal to its numerator, denominator or `apart`.
    public let total: Int
    /// Give this as `after` to get what follows; nil at the end.
    public let next: Int64?
}

/// One row of a file.
public struct FactRowView: Sendable, Equatable {
    public let id: Int64
    /// As many as there are headings; empty where the file has none.
    public let cells: [String]
    /// The file's own name and the line in it.
    public let file: String
    public let line: Int
}
