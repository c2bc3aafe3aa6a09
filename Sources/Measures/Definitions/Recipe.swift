import Feeds

/// One condition on a row. A blank word is the empty text.
enum Condition: Sendable, Hashable {
    case isOneOf(CellColumn, [String])
    case isNoneOf(CellColumn, [String])
    case isWithin(CellColumn, ClosedRange<Int64>)

    var column: CellColumn {
        switch self {
        case .isOneOf(let column, _), .isNoneOf(let column, _), .isWithin(let column, _): column
        }
    }
}

/// How a measure is worked out of rows.
struct Recipe: Sendable, Hashable {
    enum Form: Sendable, Hashable {
        case count
        case perThousandPeople
        case share
        /// The mean of a number column over the rows.
        case mean(CellColumn)
    }

    let feed: FeedKind
    let form: Form
    /// Rows that count. For a share, the denominator.
    var base: [Condition] = []
    /// For a share, which of them are in the numerator.
    var hit: [Condition] = []
    /// Rows that cannot be counted, shown beside the figure; they meet none of `base`.
    var apart: [Condition] = []
    /// The first months of street files in which the figure would be distorted.
    var warmUp = 0

    /// The column that a dimension is read from; nil when it is a time or the force of the file.
    func column(_ dimension: MeasureDimension) -> CellColumn? {
        switch (dimension, feed) {
        case (.district, .street), (.ward, .street), (.lsoa, .street): .lsoa
        case (.district, .outcomes), (.ward, .outcomes), (.lsoa, .outcomes): .lsoa
        case (.crimeType, .street), (.crimeType, .outcomes): .crimeType
        case (.outcome, .street), (.outcome, .stopAndSearch): .outcome
        case (.outcome, .outcomes): .outcomeType
        case (.object, .stopAndSearch): .object
        case (.searchType, .stopAndSearch): .type
        case (.legislation, .stopAndSearch): .legislation
        case (.gender, .stopAndSearch): .gender
        case (.ageRange, .stopAndSearch): .ageRange
        case (.selfEthnicity, .stopAndSearch): .selfEthnicity
        case (.officerEthnicity, .stopAndSearch): .officerEthnicity
        default: nil
        }
    }

    func wordKind(_ column: CellColumn) -> Int64? { column.wordKind(ofSearches: feed == .stopAndSearch) }
}

/// Tables of bulk facts, by the names the data dictionary has.
extension FeedKind {
    var facts: String {
        switch self {
        case .street: "feed_street"
        case .outcomes: "feed_outcome"
        case .stopAndSearch: "feed_stop"
        }
    }

    var cells: String { facts + "_cell" }
}
