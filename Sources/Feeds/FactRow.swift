import Kernel

/// One row ready to be stored. `words` are numbers of a `WordTable`, in the order of the kind's word columns; flags
/// (0 blank, 1 true, 2 false) follow them.
struct FactRow: Sendable, Hashable {
    var identifier: CrimeIdentifier?
    var point: Point?
    var line: Int32 = 0
    /// Milliseconds; stop and search only.
    var at: Int64 = 0
    var words = SIMD16<Int32>(repeating: 0)

    /// Everything but its line: what two rows must share to be the same.
    var details: FactRow {
        var copy = self
        copy.line = 0
        return copy
    }
}

/// The month of one force that a row belongs to.
struct PartKey: Sendable, Hashable {
    let kind: FeedKind
    let force: String
    let month: Month
}

/// Rows of one part that are written in one transaction, in order of the crime identifier's key.
struct Run: Sendable {
    let key: PartKey
    var rows: [FactRow] = []
    /// Places in `rows` whose crime may have been in the file before.
    var suspects: [Int] = []

    /// Rows without an identifier first, then by key, by identifier, by line: rows of one crime stand together.
    mutating func sort() {
        let isSuspect = Set(suspects)
        let keys = rows.map { $0.identifier?.key }
        let order = rows.indices.sorted { left, right in
            guard let one = keys[left], let two = keys[right] else {
                guard keys[left] == nil, keys[right] == nil else { return keys[left] == nil }
                return rows[left].line < rows[right].line
            }
            guard one == two else { return one < two }
            guard let first = rows[left].identifier, let second = rows[right].identifier, first != second else {
                return rows[left].line < rows[right].line
            }
            return first < second
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
