/// An inspection report as it was read, before anybody has worked on it. Every text in it stands in the report, with
/// white space made even and stray mark-up left out.
public struct ReportDraft: Sendable, Codable, Equatable {
    /// The force as the title of the report names it: `Cleveland` or `Cleveland Police`. Compare forces by `forceKey`.
    public var force: String
    public var year: ProgrammeYear
    public var pillar: Pillar
    /// Stated grades of whole pillars; a grade of a question is never counted here.
    public var overallGrades: [OverallGrade]
    /// What the report says before its first question, sentence by sentence.
    public var overview: [String]
    public var questions: [QuestionDraft]
    /// What is asked for outside any question, such as in the summary.
    public var areasOutside: [AreaDraft]
    public var causesOfConcernOutside: [CauseOfConcernDraft]
    /// Lines and fragments that were set aside, in the order of the text.
    public var notUnderstood: [SetAside]

    /// The force without the words that titles add or leave out: `cleveland`, `metropolitan`, `city of london`.
    public var forceKey: String { ForceName.key(force) }
}

public struct OverallGrade: Sendable, Codable, Equatable {
    public var pillar: Pillar
    public var grade: Grade
}

/// One question of the inspection, or one area of an integrated report.
public struct QuestionDraft: Sendable, Codable, Equatable {
    public var text: String
    public var pillar: Pillar?
    /// The grade that this report states for this question; nil when it states none, or when it was carried over.
    public var grade: Grade?
    /// The words that state the grade.
    public var gradeStatement: String?
    /// The year whose grade still stands, when the report says that it does.
    public var carriedFrom: ProgrammeYear?
    /// The grade carried over, only when this report repeats it.
    public var carriedGrade: Grade?
    /// What the report says of not inspecting it this time.
    public var notInspected: String?
    public var findings: [Finding]
    public var areasForImprovement: [AreaDraft]
    public var causesOfConcern: [CauseOfConcernDraft]
}

/// Something the report found. A bullet keeps the words that lead into its list.
public struct Finding: Sendable, Codable, Equatable {
    public enum Kind: String, Sendable, Codable {
        /// The sentence that states the grade.
        case grading
        case statement
        /// A bullet under words that name no shortcoming.
        case strength
        /// A bullet under words such as "needs to improve" or "should".
        case toImprove = "to improve"
    }

    public var kind: Kind
    public var leadIn: String?
    public var text: String

    /// The finding as one text: the lead-in, then the bullet.
    public var full: String { leadIn.map { "\($0) \(text)" } ?? text }
}

/// An area for improvement, word for word.
public struct AreaDraft: Sendable, Codable, Equatable {
    public var title: String?
    public var text: String
}

/// A cause of concern, word for word, with its recommendations.
public struct CauseOfConcernDraft: Sendable, Codable, Equatable {
    public var text: [String]
    public var recommendations: [String]
}

/// Text that the reader set aside.
public struct SetAside: Sendable, Codable, Equatable {
    public enum Reason: String, Sendable, Codable {
        case markup = "stray mark-up, left out"
        case beforeReport = "before the report begins"
        case surroundings = "belongs to the web page, not to the report"
        case unknownLine = "neither a heading we know nor a sentence"
        case doubtfulGrade = "may state a grade, and was not taken as one"
        case otherReport = "another report begins here; load it by itself"
    }

    /// The line of the text as given, from 1.
    public var line: Int
    public var text: String
    public var reason: Reason
}
