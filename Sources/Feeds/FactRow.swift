import Kernel

/// One row ready to be stored. `words` are numbers of a `WordTable`, in the order of the kind's word columns; flags
/// (0 blank, 1 true, 2 false) follow them.
struct FactRow: Sendable {
    var identifier: CrimeIdentifier?
    var point: Point?
    var line: Int32 = 0
    /// Milliseconds; stop and search only.
    var at: Int64 = 0
    var words = SIMD16<Int32>(repeating: 0)

    /// The same in everything but its line.
    func isSame(as other: FactRow) -> Bool {
        identifier == other.identifier && point == other.point && at == other.at && words == other.words
    }
}

/// The month of one force that a row belongs to.
struct PartKey: Sendable, Hashable {
    let kind: FeedKind
    let force: String
    let month: Month
}

/// Rows of one part that are written in one transaction, in order of crime identifier.
struct Run: Sendable {
    let key: PartKey
    var rows: [FactRow] = []
    /// Places in `rows` whose crime may have been in the file before.
    var suspects: [Int] = []

    /// Rows without an identifier first, then by identifier, then by line.
    mutating func sort() {
        let isSuspect = Set(suspects)
        let order = rows.indices.sorted { left, right in
            let (first, second) = (rows[left], rows[right])
            guard let one = first.identifier?.key, let two = second.identifier?.key else {
                return first.identifier == nil && second.identifier == nil
                    ? first.line < second.line : first.identifier == nil
            }
            return one == two ? first.line < second.line : one < two
        }
        rows = order.map { rows[$0] }
        suspects = suspects.isEmpty ? [] : order.indices.filter { isSuspect.contains(order[$0]) }
    }
}

/// A row that cannot be used, as it was.
struct Reject: Sendable, Equatable {
    static let longestRaw = 2000

    let line: Int
    let reason: String
    let raw: String
}

extension FeedKind {
    /// Lanes of `FactRow.words` that hold words, and what each is of.
    var wordKinds: [WordKind] {
        switch self {
        case .street: [.location, .lsoa, .crimeType, .outcome, .force, .context]
        case .outcomes: [.location, .lsoa, .outcome, .force]
        case .stopAndSearch:
            [
                .searchType, .operation, .gender, .ageRange, .selfEthnicity, .officerEthnicity, .legislation,
                .searchObject, .searchOutcome,
            ]
        }
    }

    /// Flags that follow the words.
    var flagCount: Int { self == .stopAndSearch ? 3 : 0 }

    var factColumns: [String] {
        let crime = ["id", "run", "crime_key", "crime_id", "line", "lon", "lat", "location", "lsoa"]
        switch self {
        case .street: return crime + ["crime_type", "outcome", "reported_by", "context"]
        case .outcomes: return crime + ["outcome_type", "reported_by"]
        case .stopAndSearch:
            return [
                "id", "run", "line", "lon", "lat", "at", "type", "operation", "gender", "age_range", "self_ethnicity",
                "officer_ethnicity", "legislation", "object", "outcome", "part_of_operation", "linked", "removal",
            ]
        }
    }
}
