public import Instruments
public import Kernel
import Ledger

/// What figures need of one assessment that was sent: how each standard stands, and what became of it. No words.
public final class JudgedAssessment: Sendable {
    public let id: String
    let agency: String
    /// In which it was sent first.
    public let month: Month
    public let team: String
    public let district: String
    public let officer: String
    /// Bits of the standards that are met, and of those that are not; neither where one does not apply.
    private let met: UInt16
    private let unmet: UInt16
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
        let bits = { (outcome: StandardFinding.Outcome) in
            QualityStandard.allCases.filter { quality[$0]?.outcome == outcome }.reduce(0) { $0 | $1.bit }
        }
        let review = body.firstReview
        let awaited = review == nil && body.state == .sent ? reviewDue : nil
        (met, self.reviewDue) = (bits(.met), awaited)
        // Whether a review that is awaited is late depends on when one looks.
        unmet = awaited == nil ? bits(.notMet) : bits(.notMet) & ~QualityStandard.supervision.bit
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

    /// Whether it meets a standard now; nil where that does not apply.
    func meets(_ standard: QualityStandard, at now: Moment) -> Bool? {
        if unmet(at: now) & standard.bit != 0 { return false }
        return met & standard.bit != 0 ? true : nil
    }

    /// Whether it meets every standard that applies now; nil where none does.
    func meetsAll(at now: Moment) -> Bool? { unmet(at: now) != 0 ? false : met != 0 ? true : nil }

    /// A review that does not come is late by itself.
    private func unmet(at now: Moment) -> UInt16 {
        reviewDue.map { now > $0 } == true ? unmet | QualityStandard.supervision.bit : unmet
    }
}

extension QualityStandard {
    fileprivate var bit: UInt16 {
        switch self {
        case .completeness: 1
        case .context: 1 << 1
        case .voice: 1 << 2
        case .history: 1 << 3
        case .consistency: 1 << 4
        case .rationale: 1 << 5
        case .timeliness: 1 << 6
        case .supervision: 1 << 7
        }
    }
}

extension Moment {
    fileprivate func hours(after earlier: Moment) -> Double {
        Double(milliseconds - earlier.milliseconds) / 3_600_000
    }
}
