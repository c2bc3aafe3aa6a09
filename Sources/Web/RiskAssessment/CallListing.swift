import Access
import Kernel
import Ledger
import Pages
import People
import RiskAssessment

/// Open calls, and those to which somebody was sent.
enum CallListing {
    @Sendable static func list(_ visit: Visit) async throws -> Answer {
        let open = try await visit.calls.open(as: visit.actor)
        let going = try await visit.calls.going(as: visit.actor)
        return visit.show(
            CallListPage(
                own: going.map { task($0, visit) }, open: open.map { line($0, visit) },
                mayTake: visit.may(.collection, .riskAssessment), mayReview: visit.may(.alteration, .riskReview)))
    }

    private static func line(_ call: ListedCall, _ visit: Visit) -> CallListPage.Line {
        let (body, now) = (call.record.body, visit.site.ledger.now)
        return CallListPage.Line(
            id: call.record.id.text, name: CallTelling.name(body), grade: body.thrive?.label ?? "",
            gradeKind: CallTelling.gradeKind(body), tags: CallTelling.tags(body, lacksFlag: call.lacksFlag),
            attending: attending(body),
            clock: body.thrive == nil
                ? "Not assessed, taken \(LondonTime.inWords(body.reportedAt))"
                : call.due.map { "by \(LondonTime.inWords($0))" } ?? "When something changes",
            isLate: call.isLate(at: now))
    }

    private static func attending(_ body: ReportedCall) -> String {
        guard !body.sent.isEmpty else { return "Nobody yet" }
        let unaware = Set(body.unaware.map(\.to))
        return body.sent.map { sent in
            let there = body.arrival(of: sent.to) == nil ? "" : ", there"
            return "\(sent.name)\(there)\(unaware.contains(sent.to) ? " (has not seen the flag)" : "")"
        }.joined(separator: "; ")
    }

    /// Of one occurrence, the newest first.
    static func about(_ occurrence: Identifier<Occurrence>, _ visit: Visit) async throws -> [TaskItem] {
        guard visit.may(.consultation, .riskAssessment) else { return [] }
        return try await visit.calls.about(occurrence, as: visit.actor).map { record in
            let state = CallTelling.state(record.body)
            let isHers = !record.body.sent(to: visit.actor.user, visit.actor.teams).isEmpty
            return TaskItem(
                CallTelling.name(record.body), isHers ? "/calls/\(record.id)/attend" : "/calls/\(record.id)",
                detail: [LondonTime.inWords(record.body.reportedAt), record.body.thrive?.label ?? ""]
                    .filter { !$0.isEmpty }.joined(separator: " · "),
                state: state.words, kind: state.kind)
        }
    }

    /// For whoever was sent: on to what she needs before she knocks.
    static func task(_ call: ListedCall, _ visit: Visit) -> TaskItem {
        let body = call.record.body
        let isUnseen = body.sent(to: visit.actor.user, visit.actor.teams).contains { !body.unseen(by: $0.to).isEmpty }
        return TaskItem(
            CallTelling.name(body), "/calls/\(call.record.id)/attend",
            detail: body.thrive.map { "Graded \($0.label)" } ?? "",
            state: isUnseen ? "Flagged: read it first" : body.isFlagged ? "Flagged" : "Sent to you",
            kind: isUnseen ? .danger : .information)
    }
}

/// What of calls needs this person today.
enum CallHome {
    static func groups(_ visit: Visit) async throws -> [HomePage.Group] {
        guard NavigationPlace.calls.isOpen(to: visit.actor) else { return [] }
        let going = try await visit.calls.going(as: visit.actor.working(on: .riskAssessment))
        return [HomePage.Group("Calls you are sent to", going.map { CallListing.task($0, visit) })]
    }
}
