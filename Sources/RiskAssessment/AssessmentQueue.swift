public import Access
import Instruments
public import Kernel
public import Ledger

/// One line of a supervisor's list.
public struct AwaitedReview: Sendable {
    public let record: Record<Assessment>
    public let gravity: AssessmentWords.Gravity
    /// What was raised and stands beside a grade that is not the gravest.
    public let concerns: Int
    public let due: Moment?

    public func isLate(at now: Moment) -> Bool { due.map { $0 < now } ?? false }

    /// A grade of the gravest; then what was raised beside a lower grade; then the others.
    var order: (Int, Int, Int64) {
        let level = gravity == .gravest ? 0 : concerns > 0 ? 1 : gravity == .middle ? 2 : 3
        return (level, -concerns, due?.milliseconds ?? .max)
    }
}

extension AssessmentDesk {
    /// What waits for a review, by concern and then by clock.
    public func waiting(as actor: Actor) async throws -> [AwaitedReview] {
        let words = try AssessmentWords.bundled()
        return try await ledger.list(
            Assessment.self, index: Assessment.waitingIndex, limit: 500, as: actor
        ).records.filter { $0.owner == actor.agency }.map { record in
            let (body, grade) = (record.body, record.body.grading?.given.grade)
            let gravity = words.gravity(of: grade, on: body.day)
            return AwaitedReview(
                record: record, gravity: gravity,
                concerns: gravity == .gravest ? 0 : body.grading?.weighed.count ?? 0, due: reviewDue(body))
        }.sorted { $0.order < $1.order }
    }

    /// Not sent yet, the oldest first.
    public func unsent(as actor: Actor) async throws -> [Record<Assessment>] {
        try await ledger.list(Assessment.self, index: Assessment.openIndex, limit: 500, as: actor).records
            .filter { $0.owner == actor.agency }
    }

    /// By when it has to be reviewed; nil before it was sent or where no hours are set.
    public func reviewDue(_ assessment: Assessment) -> Moment? {
        assessment.lastSent.flatMap {
            library.quality.reviewDue(
                sentAt: $0.at, grade: assessment.grading?.given.grade, on: LondonTime.day(of: $0.at))
        }
    }

    /// By when it has to be sent.
    public func sendingDue(_ assessment: Assessment) -> Moment? {
        library.quality.sendingDue(reportedAt: assessment.reportedAt, on: assessment.day)
    }
}
