public import Kernel

/// One standard by which an assessment is judged. Each is judged alone: there is no sum of them.
public enum QualityStandard: String, Sendable, Hashable, Codable, CaseIterable {
    /// Every question has an answer or a reason.
    case completeness
    /// A yes has words of its own, and they were not copied.
    case context
    /// Who was asked, alone, with an interpreter, and whether children were seen.
    case voice
    /// Earlier incidents, orders and warnings were looked up.
    case history
    /// Answers, words and grade do not contradict one another.
    case consistency
    /// The grade has a reason that names what was recorded.
    case rationale
    case timeliness
    /// A supervisor reviewed it in time.
    case supervision
}

/// How one standard was judged, and why.
public struct StandardFinding: Sendable, Hashable, Codable {
    public enum Outcome: String, Sendable, Codable, CaseIterable {
        case met
        case notMet = "not-met"
        case notApplicable = "not-applicable"
    }

    public let standard: QualityStandard
    /// As the dated list of standards has it.
    public let title: String
    public let outcome: Outcome
    /// What is missing, one sentence for each; or why it does not apply.
    public let reasons: [QualityReason]
    /// The officer's reason to go on all the same. It changes no outcome.
    public let override: QualityOverride?

    public var stopsSubmission: Bool { outcome == .notMet && override == nil }
}

/// What is missing, in words that name the question.
public struct QualityReason: Sendable, Hashable, Codable {
    /// Its id; nil for what belongs to none.
    public let question: String?
    public let sentence: String
    /// As it is said while she still writes: an offer. Nil for what is said only once she is done.
    public let offer: String?

    init(_ question: String? = nil, _ sentence: String, offer: String? = nil) {
        (self.question, self.sentence, self.offer) = (question, sentence, offer)
    }
}

/// Why an assessment is sent although a standard is not met.
public struct QualityOverride: Sendable, Hashable, Codable {
    public let standard: QualityStandard
    public let reason: String
    public let at: Moment

    /// Nil without a reason.
    public init?(_ standard: QualityStandard, reason: String, at: Moment) {
        let reason = reason.trimmed()
        guard !reason.isEmpty else { return nil }
        (self.standard, self.reason, self.at) = (standard, reason, at)
    }
}

/// What a supervisor decided.
public struct SupervisorReview: Sendable, Hashable, Codable {
    public enum Decision: String, Sendable, Codable, CaseIterable {
        case agreed, returned
    }

    /// Whoever reviewed it, as she signs in.
    public let by: String
    public let decision: Decision
    public let reason: String
    public let at: Moment

    public init(by: String, _ decision: Decision, reason: String, at: Moment) {
        (self.by, self.decision, self.reason, self.at) = (by, decision, reason.trimmed(), at)
    }
}

/// Everything by which an assessment is judged, fetched once.
public struct QualityFacts: Sendable, Hashable {
    public var answers: AnswerSet
    /// Whoever filled it in, as she signs in.
    public var officer: String
    public var grade: GivenGrade?
    /// When the police were told of what happened.
    public var reportedAt: Moment?
    public var submittedAt: Moment?
    public var review: SupervisorReview?
    /// What `ShingleIndex` found.
    public var copied: [CopiedPassage] = []
    public var overrides: [QualityOverride] = []

    public init(_ answers: AnswerSet, by officer: String) { (self.answers, self.officer) = (answers, officer) }
}

/// Every standard, judged: a ledger, and no score.
public struct QualityLedger: Sendable, Hashable, Codable {
    public let findings: [StandardFinding]

    public subscript(_ standard: QualityStandard) -> StandardFinding? {
        findings.first { $0.standard == standard }
    }
}
