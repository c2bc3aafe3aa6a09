import Access
import HTTPTypes
import Kernel
import Ledger
import Pages
import Retention

/// The review of one record.
enum RetentionReview {
    @Sendable static func show(_ visit: Visit) async throws -> Answer {
        visit.show(try await page(visit))
    }

    @Sendable static func keep(_ visit: Visit) async throws -> Answer {
        let form = try await visit.form()
        do {
            try await visit.retention.keep(
                visit.parameter("kind"), visit.parameter("id"), reason: form["reason"], words: form.text("words"),
                as: visit.actor)
            return .redirect("/retention", .kept)
        } catch let problem as Problem where !problem.fields.isEmpty {
            var page = try await page(visit)
            (page.typed.keepReason, page.typed.words) = (form["reason"], form.text("words"))
            page.errors = FieldErrors(problem)
            return visit.show(page, status: .unprocessableContent)
        }
    }

    @Sendable static func destroy(_ visit: Visit) async throws -> Answer {
        let form = try await visit.form()
        do {
            let outcome = try await visit.retention.destroy(
                visit.parameter("kind"), visit.parameter("id"), reason: form["destroy-reason"], as: visit.actor)
            return .redirect("/retention", outcome == .destroyed ? .destroyed : .awaited)
        } catch let problem as Problem where !problem.fields.isEmpty {
            var page = try await page(visit)
            page.typed.destroyReason = form["destroy-reason"]
            page.errors = FieldErrors(
                Problem.fields(problem.fields.map { Problem.Field("destroy-\($0.name)", $0.message) }))
            return visit.show(page, status: .unprocessableContent)
        }
    }

    @Sendable static func confirm(_ visit: Visit) async throws -> Answer {
        try await visit.retention.confirm(try decision(visit), as: visit.actor)
        return .redirect("/retention", .destroyed)
    }

    @Sendable static func withdraw(_ visit: Visit) async throws -> Answer {
        try await visit.retention.withdraw(try decision(visit), as: visit.actor)
        return .redirect("/retention", .saved)
    }

    private static func decision(_ visit: Visit) throws -> Identifier<RetentionDecision> {
        guard let id = Identifier<RetentionDecision>(visit.parameter("id")) else { throw Problem.absent }
        return id
    }

    private static func page(_ visit: Visit) async throws -> RetentionReviewPage {
        let sheet = try await visit.retention.sheet(
            visit.parameter("kind"), visit.parameter("id"), as: visit.actor)
        let names = try await PeopleNames.of(sheet.decisions.flatMap { $0.body.steps.map(\.by) }, visit)
        let (rules, record) = (visit.retention.rules, sheet.record)
        let persons = sheet.group?.value.persons ?? 2
        return RetentionReviewPage(
            heading: record.title, kind: record.kind.title,
            address: "/retention/records/\(record.kind.name)/\(record.id)", record: address(of: record),
            facts: facts(sheet, rules),
            rule: "\(sheet.due.why) \(persons == 1 ? "One person decides" : "Two people must agree to destroy it").",
            isRuleConfirmed: sheet.group?.value.isConfirmed ?? false,
            decisions: sheet.decisions.reversed().map { entry($0.body, names, rules) },
            holds: sheet.holds.map(\.title), awaited: awaited(sheet, names, visit),
            reasons: visit.mayReview
                ? (choices(.keep, visit), choices(.destroy, visit)) : nil,
            nextIfKept: "The next review will be on \(LondonTime.inWords(sheet.nextIfKept.day)).", persons: persons,
            copies: copies(sheet.copiesUntil, today: visit.today))
    }

    private static func facts(_ sheet: RetentionDesk.Sheet, _ rules: RetentionRules) -> [SummaryRow] {
        let (facts, due) = (sheet.record.facts, sheet.due)
        var rows = [
            SummaryRow("Group", rules.title(ofGroup: facts.group)),
            SummaryRow("Last relevant event", LondonTime.inWords(facts.lastEvent)),
            SummaryRow("Due", LondonTime.inWords(due.day) + (due.isOverdue ? ", overdue" : "")),
            SummaryRow("Last changed", LondonTime.inWords(sheet.record.at)),
        ]
        if let birth = facts.birth { rows.insert(SummaryRow("Date of birth", words(birth)), at: 2) }
        if let end = facts.sharedUntil {
            rows.insert(SummaryRow("Shared by a partner until", LondonTime.inWords(end)), at: 2)
        }
        if let source = sheet.group?.source { rows.append(SummaryRow("Rule", source)) }
        return rows
    }

    private static func words(_ birth: PartialDay) -> String {
        guard let month = birth.month else { return "\(birth.year), day and month unknown" }
        let name = "\(Month.names[month - 1]) \(birth.year)"
        return birth.day.map { "\($0) \(name)" } ?? "\(name), day unknown"
    }

    private static func choices(_ outcome: RetentionOutcome, _ visit: Visit) -> [Choice] {
        visit.retention.rules.reasons(to: outcome, on: visit.today).map { Choice($0.id, $0.title) }
    }

    private static func entry(
        _ decision: RetentionDecision, _ names: PeopleNames, _ rules: RetentionRules
    ) -> TimelineEntry {
        let at = decision.steps.first?.at ?? Moment(milliseconds: 0)
        let steps = decision.steps.dropFirst().map { step in
            "\(names.name(step.by)) \(step.what == .confirmed ? "confirmed" : "withdrew") it, \(LondonTime.inWords(step.at))."
        }
        return TimelineEntry(
            when: LondonTime.inWords(at), machineWhen: at.description,
            title:
                "\(decision.outcome == .keep ? "Kept" : "To be destroyed"): \(rules.title(ofReason: decision.reason))",
            who: decision.steps.first.map { names.name($0.by) } ?? "",
            text: ([decision.words].filter { !$0.isEmpty } + steps).joined(separator: "\n"))
    }

    private static func awaited(
        _ sheet: RetentionDesk.Sheet, _ names: PeopleNames, _ visit: Visit
    ) -> RetentionReviewPage.Awaited? {
        guard let decision = sheet.awaited, let first = decision.body.steps.first else { return nil }
        let reason = visit.retention.rules.title(ofReason: decision.body.reason)
        return RetentionReviewPage.Awaited(
            id: decision.id.text,
            words: "\(names.name(first.by)) decided on \(LondonTime.inWords(first.at)) to destroy it: \(reason).",
            isOwn: first.by == visit.actor.user)
    }

    /// Until when a backup may hold what is erased.
    static func copies(_ day: Day?, today: Day) -> String {
        guard let day else { return "No rule says how long backups are kept." }
        return day < today
            ? "None, if backups are kept no longer than the rules say."
            : "Backups may hold it until \(LondonTime.inWords(day)), when the last of them must be gone."
    }

    /// Where a record is read in full.
    private static func address(of record: RetainedRecord) -> WebAddress? {
        switch record.kind.name {
        case "inspection.area": "/areas/\(record.id)"
        case "inspection.report": "/inspections/\(record.id)"
        case "people.person": "/persons/\(record.id)"
        default: nil
        }
    }
}
