/// What a measure can be shown by, or kept to. The raw value is stable: it is what `--by` takes.
public enum MeasureDimension: String, Sendable, Hashable, Codable, CaseIterable {
    case month
    case quarter
    case year
    case financialYear = "financial-year"
    case force
    case district
    case ward
    case lsoa
    case crimeType = "crime-type"
    case outcome
    case object
    case searchType = "search-type"
    case legislation
    case gender
    case ageRange = "age-range"
    case selfEthnicity = "self-defined-ethnicity"
    case officerEthnicity = "officer-defined-ethnicity"

    public static let times: [MeasureDimension] = [.month, .quarter, .year, .financialYear]
    public static let areas: [MeasureDimension] = [.force, .district, .ward, .lsoa]

    public var isTime: Bool { MeasureDimension.times.contains(self) }
    public var isArea: Bool { MeasureDimension.areas.contains(self) }

    /// As it stands in a sentence: `by crime type`.
    public var inWords: String {
        switch self {
        case .lsoa: "small area (LSOA)"
        case .object: "object of search"
        default: rawValue.split(separator: "-").joined(separator: " ")
        }
    }
}

/// A column of the counted groups. Facts have the same columns, but an outcome's crime type and lag are worked out.
enum CellColumn: String, Sendable, Hashable {
    case lsoa
    case crimeType = "crime_type"
    case outcome
    case outcomeType = "outcome_type"
    case lag
    case type
    case legislation
    case object
    case linked
    case gender
    case ageRange = "age_range"
    case selfEthnicity = "self_ethnicity"
    case officerEthnicity = "officer_ethnicity"

    /// The number that `feed_word.kind` has for words of this column; nil for plain numbers.
    func wordKind(ofSearches isSearch: Bool) -> Int64? {
        switch self {
        case .lsoa: 2
        case .crimeType: 3
        case .outcome: isSearch ? 15 : 4
        case .outcomeType: 4
        case .type: 7
        case .gender: 9
        case .ageRange: 10
        case .selfEthnicity: 11
        case .officerEthnicity: 12
        case .legislation: 13
        case .object: 14
        case .lag, .linked: nil
        }
    }
}
