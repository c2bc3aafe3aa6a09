import Access
import Instruments
public import Kernel
public import Ledger
public import People
public import Retention

/// Which column of an agency's table of assessments holds what. A value: written by hand, remembered for each agency, or
/// guessed.
public struct AssessmentMapping: Sendable, Hashable, Codable {
    public struct Column: Sendable, Hashable, Codable {
        public var column: String
        public var field: AssessmentField
        /// Of an answer: the question's id or number. Of the first response: the point.
        public var question: String?
        /// Of a question that is asked of each of several, such as the second child.
        public var round: Int?

        public init(_ column: String, _ field: AssessmentField, question: String? = nil, round: Int? = nil) {
            (self.column, self.field, self.question, self.round) = (column, field, question, round)
        }
    }

    public var columns: [Column]
    /// The question set, where no column says it.
    public var instrument: String?
    public var version: String?
    /// How dates are written when not as `2024-12-31`; the day comes first unless it says otherwise.
    public var dates: ColumnMapping.DateOrder?
    /// What the file's own words mean, by field: `answer: {J: yes}`.
    public var values: [String: [String: String]]?
    /// Texts that stand for “not known” in columns that hold no answer.
    public var unknown: [String]?

    public init(
        columns: [Column], instrument: String? = nil, version: String? = nil, dates: ColumnMapping.DateOrder? = nil,
        values: [String: [String: String]]? = nil, unknown: [String]? = nil
    ) {
        (self.columns, self.instrument, self.version) = (columns, instrument, version)
        (self.dates, self.values, self.unknown) = (dates, values, unknown)
    }

    /// Where each column stands in a table with these names.
    /// - Throws: `Problem.invalid` when a column is missing, named twice or held twice, a question is known to no
    ///   question set, or too little would be known of an assessment.
    func places(in header: [String], _ known: Set<String>) throws -> [(place: Int, column: Column)] {
        let (shown, folded) = (header.prefix(40).joined(separator: ", "), header.map(ColumnGuess.folded))
        var taken: Set<Column> = []
        let places = try columns.map { column in
            let matches = folded.indices.filter { folded[$0] == ColumnGuess.folded(column.column) }
            guard let place = matches.first, matches.count == 1 else {
                throw Problem(
                    .invalid,
                    matches.isEmpty
                        ? "The file has no column “\(column.column)”." : "Two columns are called “\(column.column)”.",
                    next: "Its columns are: \(shown). Change the mapping or the file.")
            }
            try AssessmentMapping.check(column, known)
            var named = column
            named.column = ""
            guard taken.insert(named).inserted else {
                throw Problem(
                    .invalid, "Two columns are mapped to the same thing; one of them is “\(column.column)”.",
                    next: "Keep one of them in the mapping.")
            }
            return (place, column)
        }
        let fields = Set(columns.map(\.field))
        for (field, what) in [(AssessmentField.number, "the assessment's own number"), (.officer, "the officer")]
        where !fields.contains(field) {
            throw Problem(.invalid, "No column holds \(what).", next: "Say which one does. The columns are: \(shown).")
        }
        guard !fields.isDisjoint(with: [.reported, .begun, .sent]) else {
            throw Problem(
                .invalid, "No column says when it was reported, begun or sent.",
                next: "Say which one does. The columns are: \(shown).")
        }
        return places
    }

    private static func check(_ column: Column, _ known: Set<String>) throws {
        guard column.field.isOfQuestion else { return }
        guard let question = column.question, !question.isEmpty else {
            throw Problem(
                .invalid, "The column “\(column.column)” does not say to which question it belongs.",
                next: "Give it a question: its id or its number.")
        }
        let isPoint = [.found, .foundWords].contains(column.field)
        let isKnown = isPoint ? AssessmentField.points.contains(question) : known.contains(question)
        guard isKnown else {
            throw Problem(
                .invalid, "The column “\(column.column)” belongs to “\(question)”, which no question set here has.",
                next: isPoint
                    ? "Points of the first response are: \(AssessmentField.points.joined(separator: ", "))."
                    : "See its questions with: holdfast instrument list. Change the mapping or add the question set.")
        }
        guard (1...50).contains(column.round ?? 1) else {
            throw Problem(
                .invalid, "The round of the column “\(column.column)” must be 1 to 50.", next: "Change the mapping.")
        }
    }
}

/// The mapping that is remembered for an agency.
public struct AssessmentColumns: RecordBody, Retained {
    public static let kind = RecordKind("risk.columns", .sharing)

    /// The agency whose files they are.
    public let agency: String
    public var mapping: AssessmentMapping

    public var keys: [IndexKey] { [IndexKey("agency", agency)] }

    public static var retainedAs: String { "columns of files of assessments" }

    public func retention(writtenOn day: Day) -> RetentionFacts { RetentionFacts(group: "group-4", lastEvent: day) }

    public var retentionTitle: String { "Columns of files of assessments of \(agency)" }
}
