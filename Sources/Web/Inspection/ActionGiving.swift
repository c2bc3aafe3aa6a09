import Access
import Actions
import HTTPTypes
import Inspection
import Kernel
import Ledger
import Pages

/// New actions of an area.
enum ActionGiving {
    @Sendable static func form(_ visit: Visit) async throws -> Answer {
        let record = try await visit.ledArea()
        let people = try await Assignees.of(visit)
        let once = visit.site.ledger.newIdentifier(Action.self).text
        return visit.show(
            NewActionPage(place: AreaPlace(record), owners: people.choices(), fields: .init(once: once)))
    }

    @Sendable static func give(_ visit: Visit) async throws -> Answer {
        let record = try await visit.ledArea()
        let form = try await visit.form()
        let people = try await Assignees.of(visit)
        do {
            guard let due = form.day("due") else {
                throw Problem(
                    .invalid, "There is a problem with what you entered.",
                    fields: [.init("due", "Enter a real date, such as 31 3 2027.")])
            }
            let owner = people.with(id: form["owner"]) ?? Assignee(id: "", name: "")
            _ = try await ActionDesk(ledger: visit.site.ledger).give(
                form["title"], about: AreaForImprovement.subject(record.id), to: owner, due: due,
                id: Identifier(form["once"]), as: visit.actor)
            return .redirect("/areas/\(record.id)", .added)
        } catch let problem as Problem where !problem.fields.isEmpty {
            let page = NewActionPage(
                place: AreaPlace(record), owners: people.choices(),
                fields: .init(
                    title: form["title"], owner: form["owner"], due: form.typedDate("due"), once: form["once"]),
                errors: FieldErrors(problem))
            return visit.show(page, status: Failures.status(of: problem.code))
        }
    }
}

/// One action: what happened to it, and an answer to it.
enum ActionAnswering {
    @Sendable static func show(_ visit: Visit) async throws -> Answer {
        visit.show(try await page(try await record(visit), visit))
    }

    @Sendable static func answer(_ visit: Visit) async throws -> Answer {
        let record = try await record(visit)
        let form = try await visit.form()
        guard let what = Action.Event.What(rawValue: form["what"]) else {
            let problem = Problem(
                .invalid, "There is a problem with what you entered.", fields: [.init("what", "Choose what happened.")])
            return try await again(problem, form, visit)
        }
        do {
            try await ActionDesk(ledger: visit.site.ledger).answer(
                record.id, expecting: Int(form["version"]) ?? 0, what, words: form.text("words"), as: visit.actor)
            return .redirect("/actions/\(record.id)", .saved)
        } catch is Conflict {
            let problem = Problem(
                .conflict, "Somebody else recorded something here after you opened it. Nothing of yours is saved yet.",
                next: "Look at what happened below. Your words are still here: send them again if they still hold.")
            return try await again(problem, form, visit)
        } catch let problem as Problem where problem.code != .absent {
            return try await again(problem, form, visit)
        }
    }

    private static func again(_ problem: Problem, _ form: FormValues, _ visit: Visit) async throws -> Answer {
        var page = try await page(try await record(visit), visit)
        (page.chosen, page.words, page.errors) = (form["what"], form.text("words"), FieldErrors(problem))
        return visit.show(page, status: Failures.status(of: problem.code))
    }

    private static func record(_ visit: Visit) async throws -> Record<Action> {
        guard let id = Identifier<Action>(visit.parameter("id")) else { throw Problem.absent }
        return try await ActionDesk(ledger: visit.site.ledger).action(id, as: visit.actor)
    }

    private static func page(_ record: Record<Action>, _ visit: Visit) async throws -> ActionPage {
        let action = record.body
        let names = try await PeopleNames.of(action.events.map(\.by), visit)
        let isLate = action.isOverdue(on: visit.today)
        return ActionPage(
            id: record.id.text, version: record.version, heading: action.title, owner: action.owner.name,
            due: TypedDay.dueWords(action.due, today: visit.today, isClosed: action.state == .done),
            state: isLate ? "Overdue, \(action.state.rawValue)" : ActionWords.title(action.state),
            kind: isLate ? .danger : action.state == .done ? .good : .neutral,
            about: await place(action, visit),
            history: action.events.reversed().map { event in
                TimelineEntry(
                    when: LondonTime.inWords(event.at), machineWhen: event.at.description,
                    title: ActionWords.title(event.what), who: names.name(event.by), text: event.words)
            }, answers: ActionWords.answers(action, visit.actor.user, visit.actor.teams))
    }

    /// The area it is about, when she may see that; whoever was given only the action may not.
    private static func place(_ action: Action, _ visit: Visit) async -> Breadcrumb? {
        let parts = action.subject.split(separator: "/").map(String.init)
        guard parts.count == 2, let id = Identifier<AreaForImprovement>(parts[1]),
            let record = try? await visit.desk.area(id, as: visit.actor)
        else { return nil }
        return Breadcrumb(record.body.heading, "/areas/\(id)")
    }
}

/// Words for what happens to an action.
enum ActionWords {
    static func title(_ state: Action.State) -> String {
        switch state {
        case .given: "Given"
        case .seen: "Seen"
        case .accepted: "Accepted"
        case .refused: "Sent back"
        case .done: "Done"
        }
    }

    static func title(_ what: Action.Event.What) -> String {
        switch what {
        case .given: "Given"
        case .seen: "Seen"
        case .accepted: "Accepted"
        case .refused: "Sent back"
        case .done: "Done"
        case .reopened: "Opened again"
        }
    }

    /// What can be said now, by her.
    static func answers(_ action: Action, _ user: String, _ teams: Set<String>) -> [Choice] {
        let isHers = action.owner.id == user || teams.contains(action.owner.id)
        switch action.state {
        case .given, .seen:
            let own = isHers ? [Choice("accepted", "I take this on"), Choice("refused", "I send it back")] : []
            return own + [Choice("done", "It is done")]
        case .accepted:
            return (isHers ? [Choice("refused", "I send it back")] : []) + [Choice("done", "It is done")]
        case .refused, .done: return [Choice("reopened", "Open it again")]
        }
    }
}
