import Access
import HTTPTypes
import Instruments
import Kernel
import Ledger
import Pages
import RiskAssessment

/// Asking: one question after the other, each answer saved as it is given.
enum AssessmentAsking {
    @Sendable static func list(_ visit: Visit) async throws -> Web.Answer {
        let record = try await visit.assessment()
        let version = try visit.assessments.version(of: record.body)
        let views = AskedViews(record: record, version: version)
        let steps = record.body.steps(in: version)
        var parts: [AskedListPage.Part] = []
        for step in steps {
            let heading = views.heading(step)
            if parts.last?.title != heading { parts.append(AskedListPage.Part(heading, [])) }
            parts[parts.count - 1].tasks.append(views.task(step))
        }
        return visit.show(
            AskedListPage(
                id: record.id.text, name: AssessmentTelling.name(record.body), parts: parts,
                open: steps.count { views.answer($0) == nil }))
    }

    @Sendable static func whole(_ visit: Visit) async throws -> Web.Answer {
        let record = try await visit.openAssessment()
        let views = AskedViews(record: record, version: try visit.assessments.version(of: record.body))
        return visit.show(
            AskedFormPage(
                id: record.id.text, name: AssessmentTelling.name(record.body), views: try views.all(visit.today)))
    }

    @Sendable static func show(_ visit: Visit) async throws -> Web.Answer {
        let record = try await visit.openAssessment()
        return visit.show(try page(record, visit))
    }

    @Sendable static func save(_ visit: Visit) async throws -> Web.Answer {
        let (form, record) = (try await visit.form(), try await visit.ownAssessment())
        let version = try visit.assessments.version(of: record.body)
        let step = try step(visit, record.body, version)
        let typed = TypedAnswer(
            form, step, standing: record.body.answers.answer(to: step.question.id, round: step.round))
        do {
            let saved = try await visit.assessments.answer(
                typed.answer(at: visit.site.ledger.now), seen: Int(form["seen"]) ?? 0, in: record.id, as: visit.actor)
            return done(saved, step, typed, version, visit)
        } catch is Overtaken {
            let now = try await visit.assessment()
            var page = try page(now, visit, typed)
            page.view.theirs = AskedViews(record: now, version: version).rows(step)
            page.errors = FieldErrors(
                Problem(
                    .conflict, "This question was answered from another device meanwhile. Yours is not saved yet.",
                    next: "Look at both, and press an answer to keep yours."))
            return visit.show(page, status: .conflict)
        } catch let problem as Problem where problem.code == .conflict {
            var page = try page(record, visit, typed)
            page.errors = FieldErrors(problem)
            return visit.show(page, status: .conflict)
        } catch let problem as Problem where problem.code == .invalid {
            var page = try page(record, visit, typed)
            let names = ["reply": typed.reply == .notAsked ? "reason" : "words"]
            page.errors = FieldErrors(
                Problem.fields(
                    problem.fields.map { .init("\(names[$0.name] ?? $0.name)-\(page.view.key)", $0.message) }))
            page.view.errors = FieldErrors(
                Problem.fields(problem.fields.map { .init(names[$0.name] ?? $0.name, $0.message) }))
            return visit.show(page, status: .unprocessableContent)
        }
    }

    /// On to the next; a yes without words stays once, so that they can be written.
    private static func done(
        _ saved: Record<Assessment>, _ step: AskedStep, _ typed: TypedAnswer, _ version: InstrumentVersion,
        _ visit: Visit
    ) -> Web.Answer {
        let (body, question) = (saved.body, step.question)
        if visit.call.headers[.accept] == "application/json" {
            let seen = body.times(question.id, round: step.round)
            return .json(Array(#"{"seen":\#(seen)}"#.utf8))
        }
        let answer = body.answers.answer(to: question.id, round: step.round)
        let counts = answer.map { version.counts($0, question) } ?? false
        if counts, typed.words.isEmpty, !typed.isNext {
            return .redirect(AskedViews.address(saved.id, step))
        }
        guard let next = body.next(after: question.id, round: step.round, in: version) else {
            return .redirect("/assessments/\(saved.id)/how")
        }
        return .redirect(AskedViews.address(saved.id, next))
    }

    private static func page(
        _ record: Record<Assessment>, _ visit: Visit, _ typed: TypedAnswer? = nil
    ) throws -> AskedQuestionPage {
        let (body, version) = (record.body, try visit.assessments.version(of: record.body))
        let (step, views) = (try step(visit, body, version), AskedViews(record: record, version: version))
        var view = try views.view(step, visit.today)
        if let typed {
            (view.words, view.observation, view.reason) = (typed.words, typed.observation, typed.reason)
            view.source = typed.source.rawValue
        } else {
            view.offers = try offers(body, step, visit)
        }
        let steps = body.steps(in: version)
        var page = AskedQuestionPage(
            id: record.id.text, name: AssessmentTelling.name(body), user: visit.actor.user, view: view,
            open: steps.count { views.answer($0) == nil })
        let place = steps.firstIndex { $0.question.id == step.question.id && $0.round == step.round }
        page.back = place.flatMap { $0 > 0 ? AskedViews.address(record.id, steps[$0 - 1]) : nil }
        if step.isRepeated, let set = step.set.flatMap(version.followUpSet), let first = set.questions.first {
            page.another = AskedViews.address(record.id, first.id, round: body.rounds(of: set) + 1)
        }
        return page
    }

    /// Gently, of what she has answered here.
    private static func offers(_ body: Assessment, _ step: AskedStep, _ visit: Visit) throws -> [String] {
        guard body.answers.answer(to: step.question.id, round: step.round) != nil else { return [] }
        return try visit.assessments.quality(of: body, copied: []).feedback(at: .writing)
            .filter { $0.question == step.question.id }.map(\.sentence)
    }

    /// The question of the address, also one more of a set that is repeated.
    private static func step(
        _ visit: Visit, _ body: Assessment, _ version: InstrumentVersion
    ) throws -> AskedStep {
        let round = visit.query["round"].isEmpty ? 1 : Int(visit.query["round"]) ?? 0
        guard let step = body.step(visit.parameter("question"), round: round, in: version) else { throw Problem.absent }
        return step
    }
}

/// An answer as it was typed.
struct TypedAnswer {
    let question: String
    let round: Int
    let reply: Instruments.Answer.Reply
    let choice: String?
    let reason: String
    let source: Instruments.Answer.Source
    let words: String
    let observation: String
    /// She was done with it.
    let isNext: Bool

    init(_ form: FormValues, _ step: AskedStep, standing: Instruments.Answer?) {
        let key = AskedViews.key(step)
        (question, round) = (step.question.id, step.round)
        (words, observation) = (form.text("words-\(key)").trimmed(), form.text("observation-\(key)").trimmed())
        source = Instruments.Answer.Source(rawValue: form["source-\(key)"]) ?? standing?.source ?? .victim
        let typed = form["reply"]
        isNext = ["keep", "written"].contains(typed)
        if typed == "keep", let standing {
            (reply, choice, reason) = (standing.reply, standing.choice, standing.reason)
        } else if typed.hasPrefix("not-asked:") {
            (reply, choice) = (.notAsked, nil)
            reason = AssessmentWords.title(String(typed.dropFirst("not-asked:".count)), in: \.reasons)
        } else if let known = Instruments.Answer.Reply(rawValue: typed), known != .chosen {
            (reply, choice, reason) = (known, nil, known == .notAsked ? form["reason-\(key)"] : "")
        } else {
            (reply, choice, reason) = (.chosen, typed, "")
        }
    }

    func answer(at now: Moment) -> Instruments.Answer {
        Instruments.Answer(
            to: question, round: round, reply, choice: choice, reason: reason, from: source, words: words,
            observation: observation, at: now)
    }
}
