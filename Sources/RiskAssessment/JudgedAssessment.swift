public import Instruments
public import Kernel
import Ledger

/// What figures need of one assessment that was sent: how each standard stands, and what became of it. No words.
public struct JudgedAssessment: Sendable {
    public let id: String
    let agency: String
    /// In which it was sent first.
    public let month: Month
    public let team: String
    public let district: String
    public let officer: String
    /// By the order of `QualityStandard.allCases`; nil where the standard does not hold.
    private let outcomes: [StandardFinding.Outcome?]
    /// From when a review that has not come is late; nil where it came, or none is asked for.
    private let reviewDue: Moment?
    /// Whether the first review returned it; nil before one.
    let wasReturned: Bool?
    /// From the report to the first sending, and from there to the first review.
    public let hoursToSend: Double?
    public let hoursToReview: Double?
    let grade: String?
    let isGravest: Bool
    let sent: Moment
    /// Empty where none is named.
    let victim: String
    /// Questions answered with yes, and with yes or no.
    let (yes, answered): (Int, Int)

    init?(_ record: Record<Assessment>, _ quality: QualityLedger, reviewDue: Moment?, isGravest: Bool, isReported: Bool)
    {
        let body = record.body
        guard let sent = body.firstSent else { return nil }
        (id, agency, month) = (record.id.text, record.owner, LondonTime.day(of: sent).monthOfYear)
        (team, district, officer) = (body.team ?? "", body.district ?? "", body.officer)
        outcomes = QualityStandard.allCases.map { quality[$0]?.outcome }
        let review = body.firstReview
        self.reviewDue = review == nil && body.state == .sent ? reviewDue : nil
        wasReturned = review.map { $0.what == .returned }
        hoursToSend = isReported ? sent.hours(after: body.reportedAt) : nil
        hoursToReview = review.map { $0.at.hours(after: sent) }
        (self.sent, victim, self.isGravest) = (sent, body.victim?.text ?? "", isGravest)
        grade = body.grading?.given.grade
        let replies = body.answers.standing.map(\.reply)
        yes = replies.count { $0 == .yes }
        answered = yes + replies.count { $0 == .no }
    }

    /// The end of the twelve months after it.
    var yearAfter: Moment { sent.adding(seconds: 365 * 86_400) }

    /// How a standard stands now.
    func outcome(_ standard: QualityStandard, at now: Moment) -> StandardFinding.Outcome? {
        if standard == .supervision, let reviewDue { return now > reviewDue ? .notMet : .notApplicable }
        guard let place = QualityStandard.allCases.firstIndex(of: standard) else { return nil }
        return outcomes[place]
    }
}

extension Moment {
    fileprivate func hours(after earlier: Moment) -> Double {
        Double(milliseconds - earlier.milliseconds) / 3_600_000
    }
}
