import Actions
import HTTPTypes
import Inspection
import Kernel
import Ledger
import Pages

/// Owner and due date of an area.
enum AreaPlanning {
    @Sendable static func form(_ visit: Visit) async throws -> Answer {
        let record = try await visit.ledArea()
        let people = try await Assignees.of(visit)
        return visit.show(
            AreaPlanPage(
                place: AreaPlace(record), owners: people.choices(also: record.body.owner),
                owner: record.body.owner?.id ?? "", due: TypedDate(record.body.due)))
    }

    @Sendable static func save(_ visit: Visit) async throws -> Answer {
        let record = try await visit.ledArea()
        let form = try await visit.form()
        let people = try await Assignees.of(visit)
        let attempt = PlanAttempt(
            visit: visit, record: record, people: people, version: Int(form["version"]) ?? 0, owner: form["owner"],
            typed: form.typedDate("due"))
        var faults: [Problem.Field] = []
        let owner = people.with(id: form["owner"], or: record.body.owner)
        if !form["owner"].isEmpty, owner == nil { faults.append(.init("owner", "Choose somebody from the list.")) }
        let due = form.day("due")
        if due == nil, !form.isDayEmpty("due") { faults.append(.init("due", "Enter a real date, such as 31 3 2027.")) }
        return try await attempt.save(owner, due, faults)
    }

    /// After a conflict: what she chose field by field, in words.
    @Sendable static func resolve(_ visit: Visit) async throws -> Answer {
        let record = try await visit.ledArea()
        let form = try await visit.form()
        let people = try await Assignees.of(visit)
        let chosen = ChosenFields(form: form)
        guard let ownerText = chosen.text("owner"), let dueText = chosen.text("due") else {
            return visit.show(
                ConflictShowing.again(form, ["owner": "Owner", "due": "Due date"], record, to: "plan/resolve"),
                status: .conflict)
        }
        var faults: [Problem.Field] = []
        let owner = people.named(ownerText, or: record.body.owner)
        if owner == nil, !ownerText.isEmpty {
            faults.append(.init("owner", "We know nobody called “\(ownerText)”. Choose somebody from the list."))
        }
        let due = TypedDay.read(dueText)
        if due == nil, !dueText.isEmpty { faults.append(.init("due", "Enter a real date, such as 31 3 2027.")) }
        let attempt = PlanAttempt(
            visit: visit, record: record, people: people, version: Int(form["version"]) ?? 0, owner: owner?.id ?? "",
            typed: due == nil ? TypedDate(day: dueText) : TypedDate(due))
        return try await attempt.save(owner, due, faults)
    }
}

/// One attempt to save a plan, with everything needed to show it again.
private struct PlanAttempt {
    let visit: Visit
    let record: Record<AreaForImprovement>
    let people: Assignees
    /// The version she had before her.
    let version: Int
    let owner: String
    let typed: TypedDate

    func save(_ owner: Assignee?, _ due: Day?, _ faults: [Problem.Field]) async throws -> Answer {
        guard faults.isEmpty else {
            return again(Problem(.invalid, "There is a problem with what you entered.", fields: faults))
        }
        do {
            try await visit.desk.amend(
                record.id, expecting: version, .plan(owner: owner, due: due), as: visit.actor)
            return .redirect("/areas/\(record.id)", .saved)
        } catch let conflict as Conflict {
            return try await ConflictShowing.answer(conflict, record, to: "plan/resolve", visit) { base, theirs, mine in
                [
                    ComparedField(
                        name: "owner", label: "Owner", base: base.owner?.name ?? "", mine: mine.owner?.name ?? "",
                        theirs: theirs.owner?.name ?? ""),
                    ComparedField(
                        name: "due", label: "Due date", base: base.due.map(LondonTime.inWords) ?? "",
                        mine: mine.due.map(LondonTime.inWords) ?? "", theirs: theirs.due.map(LondonTime.inWords) ?? ""),
                ]
            }
        } catch let problem as Problem where !problem.fields.isEmpty {
            return again(problem)
        }
    }

    private func again(_ problem: Problem) -> Answer {
        var place = AreaPlace(record)
        place.version = version
        return visit.show(
            AreaPlanPage(
                place: place, owners: people.choices(also: record.body.owner), owner: owner, due: typed,
                errors: FieldErrors(problem)), status: Failures.status(of: problem.code))
    }
}
