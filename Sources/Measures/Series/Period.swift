public import Kernel

/// A run of whole months with a name.
public struct Period: Sendable, Hashable, Comparable {
    public let first: Month
    public let last: Month
    /// `2023-01`, `2023-Q1`, `2023`, `2024/25`, or `2024-07/2025-06`.
    public let label: String

    public static func month(_ month: Month) -> Period { Period(first: month, last: month, label: "\(month)") }

    /// From the first to the last month, both included.
    public static func span(_ first: Month, _ last: Month) -> Period {
        first == last ? month(first) : Period(first: first, last: last, label: "\(first)/\(last)")
    }

    /// April of `year` to March of the next.
    public static func financialYear(from year: Int) -> Period {
        let first = Month(index: year * 12 + 3)
        let end = String((year + 1) % 100)
        return Period(first: first, last: first.adding(months: 11), label: "\(year)/\(end.count < 2 ? "0" : "")\(end)")
    }

    public var months: [Month] { last < first ? [] : (first.index...last.index).map { Month(index: $0) } }

    /// `January 2023`, or `July 2024 to June 2025`.
    public var inWords: String { first == last ? first.inWords : "\(first.inWords) to \(last.inWords)" }

    public static func < (left: Period, right: Period) -> Bool { (left.first, left.last) < (right.first, right.last) }

    /// The period of this time dimension that a month is in; nil for a dimension that is no time.
    static func containing(_ month: Month, by dimension: MeasureDimension) -> Period? {
        switch dimension {
        case .month: .month(month)
        case .quarter: quarter(month)
        case .year:
            Period(
                first: Month(index: month.year * 12), last: Month(index: month.year * 12 + 11), label: "\(month.year)")
        case .financialYear: financialYear(from: month.month < 4 ? month.year - 1 : month.year)
        default: nil
        }
    }

    private static func quarter(_ month: Month) -> Period {
        let first = Month(index: month.index - (month.month - 1) % 3)
        return Period(first: first, last: first.adding(months: 2), label: "\(month.year)-Q\((month.month + 2) / 3)")
    }

    /// Reads any label that `label` has.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        if parts.count == 2, let first = Month(parts[0]), let last = Month(parts[1]), first <= last {
            self = .span(first, last)
        } else if let month = Month(text) {
            self = .month(month)
        } else if parts.count == 2, parts[0].utf8.count == 4, let year = Int(parts[0]), (1...9998).contains(year),
            Period.financialYear(from: year).label == text
        {
            self = .financialYear(from: year)
        } else if let year = Int(text.prefix(4)), let january = Month(year: year, month: 1),
            let found = Period.named(text, in: january)
        {
            self = found
        } else {
            return nil
        }
    }

    private static func named(_ text: String, in january: Month) -> Period? {
        let candidates =
            [containing(january, by: .year)]
            + [0, 3, 6, 9].map { containing(january.adding(months: $0), by: .quarter) }
        return candidates.compactMap(\.self).first { $0.label == text }
    }

    private init(first: Month, last: Month, label: String) {
        (self.first, self.last, self.label) = (first, last, label)
    }
}
