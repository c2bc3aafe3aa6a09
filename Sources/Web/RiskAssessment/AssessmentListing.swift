import Access
import Kernel
import Ledger
import Pages
import RiskAssessment

/// The supervisor's list and the officer's own.
enum AssessmentListing {
    @Sendable static func list(_ visit: Visit) async throws -> Web.Answer {
        var (waiting, unsent): ([AwaitedReview]?, [Record<Assessment>]) = (nil, [])
        if visit.may(.alteration, .riskReview) {
            waiting = try await visit.assessments.waiting(as: visit.actor)
            unsent = try await visit.assessments.unsent(as: visit.actor)
        }
        let own = try await visit.assessments.own(as: visit.actor)
        let officers = (waiting ?? []).map(\.record.body.officer) + unsent.map(\.body.officer)
        let names = try await PeopleNames.of(officers, visit)
        let lines = AssessmentLines(visit: visit, names: names)
        return visit.show(
            AssessmentListPage(
                waiting: waiting.map { $0.map(lines.line) }, unsent: unsent.map { lines.line($0) },
                own: own.map { lines.line($0) }, mayBegin: visit.may(.collection, .riskAssessment)))
    }
}

/// Assessments as lines of a list.
struct AssessmentLines {
    let visit: Visit
    let names: PeopleNames

    func line(_ awaited: AwaitedReview) -> AssessmentListPage.Line {
        var line = line(awaited.record)
        if awaited.concerns > 0 {
            line.concerns = awaited.concerns == 1 ? "1 concern raised" : "\(awaited.concerns) concerns raised"
        }
        return line
    }

    func line(_ record: Record<Assessment>) -> AssessmentListPage.Line {
        let (body, state) = (record.body, AssessmentTelling.state(record.body.state))
        var line = AssessmentListPage.Line(
            id: record.id.text, name: AssessmentTelling.name(body), grade: body.grading?.label ?? "",
            gradeKind: AssessmentTelling.gradeKind(body), officer: names.name(body.officer), state: state.words,
            stateKind: state.kind)
        guard body.state != .agreed else { return line }
        let due =
            body.state.isOpen ? visit.assessments.sendingDue(body) : visit.assessments.reviewDue(body)
        let clock = AssessmentTelling.clock(due, at: visit.site.ledger.now)
        (line.clock, line.isLate) = ("\(body.state.isOpen ? "To send" : "To review") \(clock.words)", clock.isLate)
        return line
    }
}

/// What of assessments needs this person today.
enum AssessmentHome {
    static func groups(_ visit: Visit) async throws -> [HomePage.Group] {
        guard NavigationPlace.assessments.isOpen(to: visit.actor) else { return [] }
        let actor = visit.actor.working(on: .riskAssessment)
        let own = try await visit.assessments.own(as: actor).filter { $0.body.state.isOpen }
        var groups = [HomePage.Group("Assessments to finish", own.map { task($0, visit) })]
        if visit.may(.alteration, .riskReview) {
            let waiting = try await visit.assessments.waiting(as: actor)
            groups.insert(HomePage.Group("Assessments to review", waiting.map { task($0.record, visit) }), at: 0)
        }
        return groups
    }

    private static func task(_ record: Record<Assessment>, _ visit: Visit) -> TaskItem {
        let (body, isOpen) = (record.body, record.body.state.isOpen)
        let due = isOpen ? visit.assessments.sendingDue(body) : visit.assessments.reviewDue(body)
        let clock = AssessmentTelling.clock(due, at: visit.site.ledger.now)
        return TaskItem(
            AssessmentTelling.name(body), "/assessments/\(record.id)",
            detail: [body.grading?.label, "Due \(clock.words)"].compactMap(\.self).joined(separator: " · "),
            state: clock.isLate ? "Late" : AssessmentTelling.state(body.state).words,
            kind: clock.isLate ? .danger : .neutral)
    }
}
