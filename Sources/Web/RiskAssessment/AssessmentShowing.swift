import Access
import Instruments
import Kernel
import Ledger
import Pages
import People
import RiskAssessment

/// One assessment: what is left to do, how it reads, and how each standard stands.
enum AssessmentShowing {
    @Sendable static func show(_ visit: Visit) async throws -> Web.Answer {
        visit.show(try await page(try await visit.assessment(), visit))
    }

    static func page(_ record: Record<Assessment>, _ visit: Visit) async throws -> AssessmentPage {
        let (body, state) = (record.body, AssessmentTelling.state(record.body.state))
        var page = AssessmentPage(
            id: record.id.text, name: AssessmentTelling.name(body), state: state.words, stateKind: state.kind,
            occurrence: body.occurrence.text, facts: facts(body, visit))
        let place = try await visit.site.people.places([body.place].compactMap(\.self), as: visit.actor).first
        page.place = place.map { ($0.id.text, $0.body.title) }
        page.persons = try await persons(body, visit)
        page.flags = try await CallFlags.about(body.occurrence, visit, assessment: record.id.text)
        page.history = try await history(body, visit)
        // A file of questions that is gone takes nothing else with it.
        guard let version = visit.assessments.library.shelf.version(body.answers.instrument) else { return page }
        page.concerns = try await visit.assessments.concerns(in: body, as: visit.actor).map(\.sentence)
        page.parts = answers(record, version) + ResponseTelling.parts(body)
        if body.state.isOpen {
            if record.owner == visit.actor.agency, visit.may(.alteration, .riskAssessment) {
                tasks(record, version, &page)
            }
        } else {
            page.hasPaper = record.owner == visit.actor.agency
            page.standards = try await standards(body, visit)
        }
        page.decisions = decisions(record, visit)
        return page
    }

    private static func facts(_ body: Assessment, _ visit: Visit) -> [SummaryRow] {
        let (version, now) = (visit.assessments.library.shelf.version(body.answers.instrument), visit.site.ledger.now)
        var rows = [
            SummaryRow("When it happened", body.happened.words),
            SummaryRow(
                "Police told",
                body.imported?.saysReported == false ? "Not recorded" : LondonTime.inWords(body.reportedAt)),
            SummaryRow(
                "Question set",
                "\(version?.title.text ?? body.answers.instrument.id), \(body.answers.instrument.version)"),
        ]
        if let from = body.imported {
            rows.append(SummaryRow("Brought in from another system", "\(from.number), \(LondonTime.inWords(from.at))"))
        }
        if let grading = body.grading {
            rows += [SummaryRow("Grade", grading.label), SummaryRow("Why", grading.given.reason)]
            if !grading.against.isEmpty { rows.append(SummaryRow("How what was raised was weighed", grading.against)) }
        }
        rows += (version?.scores(of: body.answers) ?? []).map { score in
            SummaryRow(version?.scoring.first { $0.id == score.id }?.title.text ?? score.id, score.inWords)
        }
        let due = body.state.isOpen ? visit.assessments.sendingDue(body) : visit.assessments.reviewDue(body)
        if body.state != .agreed, body.isOnAList, let due {
            let late = due < now ? " (late)" : ""
            rows.append(
                SummaryRow(body.state.isOpen ? "To be sent by" : "To be reviewed by", LondonTime.inWords(due) + late))
        }
        return rows
    }

    private static func persons(
        _ body: Assessment, _ visit: Visit
    ) async throws -> [(capacity: String, id: String, name: String)] {
        let known = try await visit.site.people.persons(body.parties.map(\.person), as: visit.actor)
        return body.parties.compactMap { party in
            known.first { $0.id == party.person }.map {
                (party.capacity.title, $0.id.text, PersonWords.name($0.body))
            }
        }
    }

    private static func history(_ body: Assessment, _ visit: Visit) async throws -> [TimelineEntry] {
        let names = try await PeopleNames.of(body.events.map(\.by), visit)
        return body.events.reversed().map { event in
            TimelineEntry(
                when: LondonTime.inWords(event.at), machineWhen: event.at.description, title: title(event.what),
                who: names.name(event.by), text: event.words)
        }
    }

    private static func title(_ what: Assessment.Event.What) -> String {
        switch what {
        case .begun: "Begun"
        case .sent: "Sent for review"
        case .agreed: "Agreed"
        case .returned: "Returned"
        case .reopened: "Opened again"
        }
    }

    /// As it reads in the version in which it was asked.
    static func answers(_ record: Record<Assessment>, _ version: InstrumentVersion) -> [AssessmentPage.Part] {
        let views = AskedViews(record: record, version: version)
        var parts: [AssessmentPage.Part] = []
        for step in record.body.steps(in: version) {
            guard let answer = views.answer(step) else { continue }
            let heading = views.heading(step)
            if parts.last?.title != heading { parts.append(AssessmentPage.Part(heading, [])) }
            let task = views.task(step)
            let rest = AskedViews.rows(answer, task.state).dropFirst().map {
                $0.key == "What was said" ? $0.value : "\($0.key): \($0.value)"
            }
            parts[parts.count - 1].rows.append(
                SummaryRow(task.title, ([task.state] + rest).joined(separator: "\n")))
        }
        return parts
    }

    private static func tasks(
        _ record: Record<Assessment>, _ version: InstrumentVersion, _ page: inout AssessmentPage
    ) {
        let (body, base) = (record.body, "/assessments/\(record.id)" as WebAddress)
        let steps = body.steps(in: version)
        let open = steps.filter { body.answers.answer(to: $0.question.id, round: $0.round) == nil }
        let done = { (times: Int) in times == 0 ? ("Open", Html.TagKind.attention) : ("Saved", .good) }
        let (how, response) = (done(body.how.times), done(body.responded.times))
        page.tasks = [
            TaskItem(
                "Questions", "\(base)/questions",
                detail: "\(steps.count - open.count) of \(steps.count) have an answer",
                state: open.isEmpty ? "All answered" : "\(open.count) open", kind: open.isEmpty ? .good : .attention),
            TaskItem(
                "How it was asked", "\(base)/how", detail: "Alone, interpreter, history", state: how.0, kind: how.1),
            TaskItem(
                "At the scene", "\(base)/response", detail: "Children, safety, evidence", state: response.0,
                kind: response.1),
            TaskItem(
                "Your grade", "\(base)/grade", state: body.grading?.label ?? "Open",
                kind: body.grading == nil ? .attention : .good),
            TaskItem("Before you send it", "\(base)/send", detail: "What is thin, and sending it"),
        ]
        page.goOn =
            open.first.map { AskedViews.address(record.id, $0) }
            ?? (body.how.times == 0
                ? "\(base)/how"
                : body.responded.times == 0
                    ? "\(base)/response" : body.grading == nil ? "\(base)/grade" : "\(base)/send")
    }

    private static func standards(_ body: Assessment, _ visit: Visit) async throws -> [AssessmentPage.Standard] {
        let copied = try await visit.assessments.named(body.copied, as: visit.actor)
        return try visit.assessments.quality(of: body, copied: copied).findings.map { finding in
            let outcome: (String, Html.TagKind) =
                switch finding.outcome {
                case .met: ("Met", .good)
                case .notMet: ("Not met", .attention)
                case .notApplicable: ("Does not apply yet", .neutral)
                }
            return AssessmentPage.Standard(
                title: finding.title, outcome: outcome.0, kind: outcome.1, reasons: finding.reasons.map(\.sentence),
                override: finding.override?.reason ?? "")
        }
    }

    private static func decisions(_ record: Record<Assessment>, _ visit: Visit) -> [Choice] {
        guard record.owner == visit.actor.agency, visit.may(.alteration, .riskReview) else { return [] }
        let isOwn = [record.body.officer, record.body.lastSent?.by].contains(visit.actor.user)
        switch record.body.state {
        case .sent where isOwn: return [Choice("reopened", "Open it again, so that it can be changed")]
        case .sent:
            return [
                Choice("agreed", "Agree"), Choice("returned", "Return it to the officer"),
                Choice("reopened", "Open it again, so that it can be changed"),
            ]
        case .agreed: return [Choice("reopened", "Open it again, so that it can be changed")]
        case .draft, .returned, .reopened: return []
        }
    }
}

/// A supervisor's decision.
enum AssessmentReviewing {
    @Sendable static func decide(_ visit: Visit) async throws -> Web.Answer {
        let (form, record) = (try await visit.form(), try await visit.assessment())
        let (what, words) = (Assessment.Event.What(rawValue: form["decision"]), form.text("words"))
        do {
            guard let what, [.agreed, .returned, .reopened].contains(what) else {
                throw Problem.fields([.init("decision", "Choose what you decide.")])
            }
            try await visit.assessments.review(record.id, what, words: words, as: visit.actor)
            return .redirect("/assessments/\(record.id)", .saved)
        } catch let problem as Problem where problem.code == .invalid || problem.code == .conflict {
            var page = try await AssessmentShowing.page(try await visit.assessment(), visit)
            (page.decision, page.words, page.errors) = (form["decision"], words, FieldErrors(problem))
            if page.decisions.isEmpty, !words.trimmed().isEmpty {
                page.decisions = [Choice("reopened", "Open it again, so that it can be changed")]
            }
            return visit.show(page, status: Failures.status(of: problem.code))
        }
    }
}
