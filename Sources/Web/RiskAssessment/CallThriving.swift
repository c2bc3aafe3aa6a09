import Access
import HTTPTypes
import Instruments
import Kernel
import Ledger
import Pages
import RiskAssessment

/// THRIVE at the call, as often as something changes.
enum CallThriving {
    @Sendable static func form(_ visit: Visit) async throws -> Answer {
        let record = try await visit.ownCall()
        guard record.body.isOpen else {
            throw Problem(.conflict, "This call is closed.", next: "Open it again with a reason first.")
        }
        var draft = ThriveDraft(answers: [], grade: "", reason: "")
        if let last = record.body.thrive {
            (draft.answers, draft.grade, draft.reason) = (last.answers.standing, last.grade, last.reason)
        }
        return visit.show(try await page(record, draft, known: record.body.thrives.count, visit))
    }

    @Sendable static func save(_ visit: Visit) async throws -> Answer {
        let (form, record) = (try await visit.form(), try await visit.ownCall())
        let version = try visit.calls.instrument()
        let draft = ThriveDraft(form, version, at: visit.site.ledger.now)
        let known = Int(form["known"]) ?? 0
        do {
            try await visit.calls.assess(record.id, draft, known: known, as: visit.actor)
            return .redirect("/calls/\(record.id)", .saved)
        } catch is Overtaken {
            let now = try await visit.ownCall()
            var page = try await page(now, draft, known: now.body.thrives.count, visit, form)
            page.theirs = now.body.thrive.map { CallShowing.rows($0, visit) } ?? []
            page.errors = FieldErrors(AssessmentGrading.overtaken)
            return visit.show(page, status: .conflict)
        } catch let problem as Problem where problem.code == .invalid || problem.code == .conflict {
            var page = try await page(record, draft, known: known, visit, form)
            page.errors = FieldErrors(problem)
            return visit.show(page, status: Failures.status(of: problem.code))
        }
    }

    private static func page(
        _ record: Record<ReportedCall>, _ draft: ThriveDraft, known: Int, _ visit: Visit, _ form: FormValues? = nil
    ) async throws -> CallThrivePage {
        let version = try visit.calls.instrument()
        let parts = version.sections.map { section in
            (title: section.title.text, topics: section.questions.map { topic($0, draft, version, form) })
        }
        return CallThrivePage(
            id: record.id.text, name: CallTelling.name(record.body), known: known, parts: parts,
            grades: version.grades.map { Choice($0.id, $0.label.text, hint: $0.meaning.text) }, grade: draft.grade,
            reason: draft.reason, changed: draft.changed,
            changes: try await visit.calls.changes(in: record.body, as: visit.actor).map(\.sentence))
    }

    private static func topic(
        _ question: Question, _ draft: ThriveDraft, _ version: InstrumentVersion, _ form: FormValues?
    ) -> CallThrivePage.Topic {
        let answer = draft.answers.last { $0.question == question.id }
        let own: [Choice] =
            switch question.kind {
            case .text: [Choice("written", "In words")]
            case .yesNo: [Choice("yes", "Yes"), Choice("no", "No")]
            case .scale: (version.scale(of: question)?.values ?? []).map { Choice($0.id, $0.label.text) }
            }
        return CallThrivePage.Topic(
            id: question.id, legend: question.label.text, help: question.help?.text ?? "",
            choices: own + [Choice("not-known", "Not known")],
            chosen: answer.map { $0.reply == .chosen ? $0.choice ?? "" : $0.reply.rawValue } ?? "",
            words: form?.text("words-\(question.id)") ?? answer?.words ?? "")
    }
}

extension ThriveDraft {
    /// As it was typed; what nobody chose has no answer.
    init(_ form: FormValues, _ version: InstrumentVersion, at now: Moment) {
        let answers = version.questions.compactMap { question -> Instruments.Answer? in
            let typed = form["answer-\(question.id)"]
            let words = form.text("words-\(question.id)")
            guard !typed.isEmpty else { return nil }
            let reply = Instruments.Answer.Reply(rawValue: typed).flatMap { $0 == .chosen ? nil : $0 }
            return Instruments.Answer(
                to: question.id, reply ?? .chosen, choice: reply == nil ? typed : nil, from: .other, words: words,
                at: now)
        }
        self.init(
            answers: answers, grade: form["grade"], reason: form.text("reason"), changed: form.text("changed"))
    }
}
