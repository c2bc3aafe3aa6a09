/// A defect that is put into invented assessments on purpose, so that a measure that misses it is wrong.
public enum SampleDefect: String, Sendable, Hashable, Codable, CaseIterable {
    /// One to three questions have no answer and no reason.
    case blankAnswer = "blank-answer"
    /// Words of an earlier form of the same officer.
    case copiedWords = "copied-words"
    /// There are children, and nothing says whether they were seen.
    case childrenUnseen = "children-unseen"
    case gradeWithoutReason = "grade-without-reason"
    /// Words tell of strangulation, and the question says no.
    case contradiction
    /// Nothing says whether history was looked up.
    case historyMissing = "history-missing"
    case sentLate = "sent-late"
    case notReviewed = "not-reviewed"
}

/// How many of all assessments have each defect, and how many officers say no to everything.
public struct SampleDefects: Sendable, Hashable {
    /// In thousandths of all assessments. Each falls by itself, so that some assessments have several.
    public var rates: [SampleDefect: Int]
    /// Officers most of whose forms say no to every question.
    public var allNoOfficers: Int

    public init(rates: [SampleDefect: Int], allNoOfficers: Int) {
        (self.rates, self.allNoOfficers) = (rates, allNoOfficers)
    }

    public static let none = SampleDefects(rates: [:], allNoOfficers: 0)

    public static let usual = SampleDefects(
        rates: [
            .blankAnswer: 90, .copiedWords: 60, .childrenUnseen: 110, .gradeWithoutReason: 130, .contradiction: 40,
            .historyMissing: 150, .sentLate: 80, .notReviewed: 120,
        ], allNoOfficers: 2)
}

/// What was put in.
public struct SampleTruth: Sendable, Hashable, Codable {
    public var assessments = 0
    /// How many have each defect.
    public var defects: [String: Int] = [:]
    /// Officers most of whose forms say no to every question.
    public var allNoOfficers: [String] = []
    /// Forms without a yes.
    public var withoutYes = 0

    public func count(_ defect: SampleDefect) -> Int { defects[defect.rawValue] ?? 0 }
}
