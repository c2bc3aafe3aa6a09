import Instruments
import Kernel
import Ledger
import Pages
import RiskAssessment

/// Questions of one assessment as pages show them.
struct AskedViews {
    let record: Record<Assessment>
    let version: InstrumentVersion
    private var body: Assessment { record.body }
    private var language: String { record.body.answers.language }

    init(record: Record<Assessment>, version: InstrumentVersion) { (self.record, self.version) = (record, version) }

    static func key(_ step: AskedStep) -> String { "\(step.question.id)-\(step.round)" }

    static func address(_ id: Identifier<Assessment>, _ step: AskedStep) -> WebAddress {
        address(id, step.question.id, round: step.round)
    }

    static func address(_ id: Identifier<Assessment>, _ question: String, round: Int) -> WebAddress {
        let base: WebAddress = "/assessments/\(id)/questions/\(question)"
        return round == 1 ? base : base.adding("round", String(round))
    }

    func answer(_ step: AskedStep) -> Instruments.Answer? {
        body.answers.answer(to: step.question.id, round: step.round)
    }

    func heading(_ step: AskedStep) -> String {
        step.heading.text(in: language) + (step.round > 1 ? " (\(step.round))" : "")
    }

    private func label(_ step: AskedStep) -> String {
        let label = step.question.label.text(in: language)
        return step.question.number.map { "\($0). \(label)" } ?? label
    }

    /// Where it stands in the list of questions.
    func task(_ step: AskedStep) -> TaskItem {
        let given = answer(step)
        return TaskItem(
            label(step), AskedViews.address(record.id, step), detail: given.map { String($0.words.prefix(120)) } ?? "",
            state: given.map(replyWords) ?? "Open", kind: given == nil ? .attention : .neutral)
    }

    func view(_ step: AskedStep, _ day: Day) throws -> QuestionView {
        let (question, given) = (step.question, answer(step))
        let place = question.number.map { " · question \($0) of \(version.topics.count)" } ?? ""
        var view = QuestionView(
            key: AskedViews.key(step), address: AskedViews.address(record.id, step), caption: heading(step) + place,
            legend: label(step), help: question.help?.text(in: language) ?? "", replies: replies(question),
            reasons: try AssessmentWords.bundled().reasons.holding(on: day).map { Choice($0.code, $0.title) },
            sources: Instruments.Answer.Source.allCases.map { Choice($0.rawValue, AssessmentTelling.source($0)) },
            source: (given ?? body.answers.given.last)?.source.rawValue ?? Instruments.Answer.Source.victim.rawValue,
            seen: body.times(question.id, round: step.round))
        guard let given else { return view }
        view.reply = given.reply == .chosen ? given.choice ?? "" : given.reply.rawValue
        (view.replyWords, view.words) = (replyWords(given), given.words)
        (view.observation, view.reason) = (given.observation, given.reason)
        return view
    }

    /// Every question that may come to be asked, those of sets too.
    func all(_ day: Day) throws -> [QuestionView] {
        let called = Set(body.steps(in: version).map(AskedViews.key))
        return try body.allSteps(in: version).map { step in
            var view = try view(step, day)
            view.calledBy = step.set.map(callers) ?? []
            view.isCalled = called.contains(view.key)
            return view
        }
    }

    private func callers(of set: String) -> [String] {
        version.questions.filter { $0.followUps.contains { $0.set == set } }.map { "\($0.id)-1" }
    }

    private func replies(_ question: Question) -> [QuestionView.Reply] {
        switch question.kind {
        case .text: []
        case .yesNo: [.init("yes", "Yes", counts: true), .init("no", "No")]
        case .scale:
            (version.scale(of: question)?.values ?? []).map {
                .init($0.id, $0.label.text(in: language), counts: $0.counts)
            }
        }
    }

    private func replyWords(_ answer: Instruments.Answer) -> String {
        switch answer.reply {
        case .yes: "Yes"
        case .no: "No"
        case .notKnown: "Not known"
        case .declined: "Declined"
        case .notAsked: "Not asked"
        case .written: "In words"
        case .chosen:
            version.question(answer.question).flatMap(version.scale)?.values.first { $0.id == answer.choice }?
                .label.text(in: language) ?? answer.choice ?? ""
        }
    }

    /// What stands, in rows.
    func rows(_ step: AskedStep) -> [SummaryRow] { answer(step).map { AskedViews.rows($0, replyWords($0)) } ?? [] }

    static func rows(_ answer: Instruments.Answer, _ reply: String) -> [SummaryRow] {
        var rows = [SummaryRow("Answer", reply)]
        if !answer.reason.isEmpty { rows.append(SummaryRow("Why not", answer.reason)) }
        if !answer.words.isEmpty { rows.append(SummaryRow("What was said", answer.words)) }
        if !answer.observation.isEmpty { rows.append(SummaryRow("What the officer saw or heard", answer.observation)) }
        if answer.source != .victim { rows.append(SummaryRow("Who answered", AssessmentTelling.source(answer.source))) }
        return rows
    }
}
