import Access
import Actions
import HTTPTypes
import Kernel
import Ledger
import Pages
import RiskAssessment

/// A call for whoever goes there, and what she and the room say of it.
enum CallAttending {
    @Sendable static func show(_ visit: Visit) async throws -> Answer {
        visit.show(try await page(try await visit.telephoned(), visit))
    }

    @Sendable static func save(_ visit: Visit) async throws -> Answer {
        let form = try await visit.form()
        switch form["step"] {
        case "seen", "arrived": return try await herself(form, visit)
        case "send":
            return try await CallWriting.write(form, ["who"], [], visit) { id in
                guard let who = try await Assignees.of(visit).with(id: form["who"]) else {
                    throw Problem.fields([.init("who", "Choose who attends.")])
                }
                try await visit.calls.send(id, who.id, name: who.name, as: visit.actor)
            }
        default:
            let reported = try await visit.ownCall().body.reportedAt
            return try await CallWriting.write(form, ["arrived-who", "arrived-time"], [], visit) { id in
                let moment = TypedMinute(form["arrived-time"])?.after(reported)
                try await visit.calls.record(arrivalOf: form["arrived-who"], at: moment, at: id, as: visit.actor)
            }
        }
    }

    /// One press of a thumb.
    private static func herself(_ form: FormValues, _ visit: Visit) async throws -> Answer {
        let (record, name) = (try await visit.ownCall(), visit.visitor.name)
        do {
            if form["step"] == "seen" {
                try await visit.calls.acknowledge(
                    record.id, upTo: Int(form["flag"]) ?? 0, name: name, as: visit.actor)
                if let assessment = Identifier<Assessment>(form["assessment"]) {
                    return .redirect("/assessments/\(assessment)", .saved)
                }
            } else {
                try await visit.calls.arrive(record.id, name: name, as: visit.actor)
            }
            return .redirect("/calls/\(record.id)/attend", .saved)
        } catch let problem as Problem where problem.code == .invalid || problem.code == .conflict {
            var page = try await page(try await visit.ownCall(), visit)
            page.errors = FieldErrors(problem)
            return visit.show(page, status: Failures.status(of: problem.code))
        }
    }

    private static func page(_ record: Record<ReportedCall>, _ visit: Visit) async throws -> CallAttendPage {
        let (body, user) = (record.body, visit.actor.user)
        let names = try await PeopleNames.of(body.users, visit)
        let mayAttend = record.owner == visit.actor.agency && visit.may(.alteration, .riskAssessment)
        let start: WebAddress = "/assessments/new"
        return CallAttendPage(
            id: record.id.text, name: CallTelling.name(body), banner: CallFlags.banner(record, names, visit),
            unflagged: unflagged(body, lacksFlag: visit.calls.lacksFlag(body)), facts: CallTelling.facts(body),
            thrive: body.thrive.map { CallShowing.rows($0, visit) } ?? [],
            history: try await AssessmentKnowing.history(
                of: body.persons, without: body.occurrence, at: body.place, visit),
            arrived: body.arrival(of: user).map { "You arrived: \(LondonTime.inWords($0.at))." },
            mayAttend: mayAttend && body.isOpen,
            assess: mayAttend ? start.adding("occurrence", body.occurrence.text) : nil)
    }

    private static func unflagged(_ body: ReportedCall, lacksFlag: Bool) -> String {
        if lacksFlag {
            return "Somebody vulnerable was found at the call, and it is not flagged. Ask before you knock."
        }
        guard let check = body.check else { return "There is no flag. Nobody has checked yet: look and ask yourself." }
        return
            "There is no flag. Checked \(LondonTime.inWords(check.at)): \(CallTelling.outcome(check.outcome).lowercased())."
    }
}
