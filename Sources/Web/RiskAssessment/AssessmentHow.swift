import Access
import HTTPTypes
import Instruments
import Kernel
import Ledger
import Pages
import RiskAssessment

/// How it was asked, and what was looked up before.
enum AssessmentHow {
    private static let spoken = Circumstances.Spoken.allCases.map { Choice($0.rawValue, AssessmentTelling.spoken($0)) }

    @Sendable static func show(_ visit: Visit) async throws -> Web.Answer {
        let record = try await visit.openAssessment()
        return visit.show(try await page(record, record.body.answers.circumstances, visit))
    }

    @Sendable static func save(_ visit: Visit) async throws -> Web.Answer {
        let (form, record) = (try await visit.form(), try await visit.ownAssessment())
        let typed = circumstances(form)
        do {
            try await visit.assessments.ask(typed, seen: Int(form["seen"]) ?? 0, in: record.id, as: visit.actor)
            return .redirect("/assessments/\(record.id)/response")
        } catch is Overtaken {
            let now = try await visit.assessment()
            var page = try await page(now, typed, visit)
            page.place.theirs = rows(now.body.answers.circumstances)
            page.errors = FieldErrors(AssessmentGrading.overtaken)
            return visit.show(page, status: .conflict)
        } catch let problem as Problem where problem.code == .invalid || problem.code == .conflict {
            var page = try await page(record, typed, visit)
            page.errors = FieldErrors(problem)
            return visit.show(page, status: Failures.status(of: problem.code))
        }
    }

    private static func circumstances(_ form: FormValues) -> Circumstances {
        var how = Circumstances()
        how.victimAsked = .init(rawValue: form["victim-asked"]) ?? .notRecorded
        how.alone = .init(rawValue: form["alone"]) ?? .notRecorded
        how.channel = .init(rawValue: form["channel"]) ?? .notRecorded
        how.interpreter = .init(rawValue: form["interpreter"]) ?? .notRecorded
        how.childrenSeen = .init(rawValue: form["children-seen"]) ?? .notRecorded
        how.historyChecked = .init(rawValue: form["history-checked"]) ?? .notRecorded
        (how.why, how.history) = (form.text("why").trimmed(), form.text("history").trimmed())
        return how
    }

    private static func page(
        _ record: Record<Assessment>, _ how: Circumstances, _ visit: Visit
    ) async throws -> AssessmentHowPage {
        let body = record.body
        let history = try await AssessmentKnowing.history(
            of: body.parties.map(\.person), without: body.occurrence, at: body.place, visit)
        return AssessmentHowPage(
            place: AssessmentFormPlace(
                id: record.id.text, name: AssessmentTelling.name(body), seen: body.how.times),
            asked: asked(how), why: how.why,
            looked: .init(
                "history-checked", "Earlier incidents, orders and warnings were looked up", spoken,
                chosen: how.historyChecked.rawValue),
            found: how.history, history: history)
    }

    private static func asked(_ how: Circumstances) -> [AssessmentHowPage.Asked] {
        [
            .init("victim-asked", "The victim herself was asked", spoken, chosen: how.victimAsked.rawValue),
            .init("alone", "Out of everybody’s hearing", spoken, chosen: how.alone.rawValue),
            .init(
                "channel", "How", Circumstances.Channel.allCases.map { Choice($0.rawValue, words($0)) },
                chosen: how.channel.rawValue),
            .init(
                "interpreter", "An interpreter",
                Circumstances.Interpreter.allCases.map { Choice($0.rawValue, words($0)) },
                chosen: how.interpreter.rawValue),
            .init(
                "children-seen", "Each child was seen or spoken to", spoken, chosen: how.childrenSeen.rawValue),
        ]
    }

    private static func words(_ channel: Circumstances.Channel) -> String {
        switch channel {
        case .inPerson: "In person"
        case .telephone: "By telephone"
        case .video: "By video"
        case .notRecorded: "Not recorded"
        }
    }

    private static func words(_ interpreter: Circumstances.Interpreter) -> String {
        switch interpreter {
        case .notNeeded: "Not needed"
        case .used: "Used"
        case .lacking: "Needed and not used"
        case .notRecorded: "Not recorded"
        }
    }

    static func rows(_ how: Circumstances) -> [SummaryRow] {
        let told = asked(how).map { asked in
            SummaryRow(asked.legend, asked.choices.first { $0.value == asked.chosen }?.label ?? asked.chosen)
        }
        var rows = told + [SummaryRow("History looked up", AssessmentTelling.spoken(how.historyChecked))]
        if !how.why.isEmpty { rows.append(SummaryRow("Why", how.why)) }
        if !how.history.isEmpty { rows.append(SummaryRow("What was found", how.history)) }
        return rows
    }
}
