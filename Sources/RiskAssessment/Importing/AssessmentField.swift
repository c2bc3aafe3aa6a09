/// What a column of a file of assessments can hold.
public enum AssessmentField: String, Sendable, Hashable, Codable, CaseIterable {
    /// The agency's own number of the assessment: the same number is the same assessment.
    case number
    case instrument, version
    /// The agency's own number of the occurrence.
    case occurrence
    case happened, reported, begun, sent, returned
    case sentAgain = "sent-again"
    case agreed
    /// When a supervisor decided, with `decision` saying how.
    case reviewed
    case decision, reviewer
    case reviewWords = "review-words"
    /// Says yes where its own system still waits for a review.
    case awaiting
    case officer, team, district
    case victim
    case victimName = "victim-name"
    case victimBorn = "victim-born"
    case suspect
    case suspectName = "suspect-name"
    case suspectBorn = "suspect-born"
    /// Numbers, parted by semicolons.
    case children
    /// Names in the same order, parted by semicolons.
    case childrenNames = "children-names"
    case grade, reason
    /// Of a question: what was answered, what was said, what the officer saw, why it was not asked, from whom.
    case answer, words, observation
    case notAsked = "not-asked"
    case source
    case asked, alone, channel, interpreter
    case childrenSeen = "children-seen"
    case why
    case historyChecked = "history-checked"
    case history
    /// Of the first response: yes or no, and words.
    case found
    case foundWords = "found-words"
    case steps

    /// The column belongs to a question, or to a point of the first response.
    public var isOfQuestion: Bool {
        [.answer, .words, .observation, .notAsked, .source, .found, .foundWords].contains(self)
    }

    /// Many columns may hold it.
    var isMany: Bool { isOfQuestion }

    static let times: [AssessmentField] = [
        .happened, .reported, .begun, .sent, .returned, .sentAgain, .agreed, .reviewed,
    ]

    /// Points of the first response.
    static let points = ["safe-contact", "injuries", "photographs", "video", "arrest", "notice", "consent"]
}
