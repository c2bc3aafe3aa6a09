public import Instruments
import Kernel

/// Somebody else, or another device, saved this part meanwhile. Nothing was written, and nothing typed is lost.
public struct Overtaken: Error, Sendable { public init() {} }

/// One question where it stands in the conversation.
public struct AskedStep: Sendable, Hashable {
    public let question: Question
    /// Which of several, from 1, in a set that is repeated.
    public let round: Int
    /// Of the section or set.
    public let heading: Wording
    public let help: Wording?
    /// The set that it belongs to, when an answer called for it.
    public let set: String?
    /// The set can be asked of one more, such as another child.
    public let isRepeated: Bool
}

extension AskedStep {
    init(_ question: Question, of section: QuestionSection) {
        self.init(
            question: question, round: 1, heading: section.title, help: section.help, set: nil, isRepeated: false)
    }

    init(_ question: Question, round: Int, of set: FollowUpSet) {
        self.init(
            question: question, round: round, heading: set.title, help: set.help, set: set.id,
            isRepeated: set.isRepeated)
    }
}

extension Assessment {
    /// The questions in the order of the conversation: a set that an answer calls for comes right after that answer, once.
    public func steps(in version: InstrumentVersion) -> [AskedStep] {
        var asked: Set<String> = []
        return version.sections.flatMap { section in
            section.questions.flatMap { question -> [AskedStep] in
                let step = AskedStep(question, of: section)
                guard let answer = answers.answer(to: question.id), version.counts(answer, question) else {
                    return [step]
                }
                let sets = question.followUps.compactMap { version.followUpSet($0.set) }
                return [step] + sets.filter { asked.insert($0.id).inserted }.flatMap(steps)
            }
        }
    }

    /// Every question that may come to be asked: each set after the first question that calls for it.
    public func allSteps(in version: InstrumentVersion) -> [AskedStep] {
        var placed: Set<String> = []
        return version.sections.flatMap { section in
            section.questions.flatMap { question in
                let sets = question.followUps.compactMap { version.followUpSet($0.set) }
                return [AskedStep(question, of: section)]
                    + sets.filter { placed.insert($0.id).inserted }.flatMap(steps)
            }
        }
    }

    /// One question where it stands, also one that no answer calls for and one more of a set that is repeated.
    public func step(_ id: String, round: Int, in version: InstrumentVersion) -> AskedStep? {
        if let step = allSteps(in: version).first(where: { $0.question.id == id && $0.round == round }) { return step }
        for set in version.followUpSets where set.isRepeated && round == rounds(of: set) + 1 && round <= 50 {
            if let question = set.questions.first(where: { $0.id == id }) {
                return AskedStep(question, round: round, of: set)
            }
        }
        return nil
    }

    private func steps(of set: FollowUpSet) -> [AskedStep] {
        (1...rounds(of: set)).flatMap { round in set.questions.map { AskedStep($0, round: round, of: set) } }
    }

    /// How many of a repeated set were begun; at least one.
    public func rounds(of set: FollowUpSet) -> Int {
        guard set.isRepeated else { return 1 }
        let ids = Set(set.questions.map(\.id))
        return min(50, max(1, answers.given.filter { ids.contains($0.question) }.map(\.round).max() ?? 1))
    }

    /// How often a question was answered: what a form says that it saw.
    public func times(_ question: String, round: Int = 1) -> Int {
        answers.given.count { $0.question == question && $0.round == round }
    }

    /// The next question without an answer after this one; then any that is open.
    public func next(after question: String, round: Int, in version: InstrumentVersion) -> AskedStep? {
        let steps = steps(in: version)
        let isOpen = { (step: AskedStep) in self.answers.answer(to: step.question.id, round: step.round) == nil }
        guard let place = steps.firstIndex(where: { $0.question.id == question && $0.round == round }) else {
            return steps.first(where: isOpen)
        }
        return steps[(place + 1)...].first(where: isOpen) ?? steps.first(where: isOpen)
    }

    /// With one more answer. One that came twice is taken once.
    /// - Parameter seen: how often the question had been answered when the form was shown.
    /// - Throws: `Overtaken`; `Problem.invalid` with fields `reply` or `words`; `.conflict` once it was sent.
    func answered(_ answer: Answer, seen: Int, in version: InstrumentVersion) throws -> Assessment {
        guard state.isOpen else { throw Assessment.moved(state) }
        if let refusal = version.refusal(of: answer) { throw Problem.fields([.init("reply", refusal.sentence)]) }
        for text in [answer.words, answer.observation, answer.reason]
        where text.unicodeScalars.count > Assessment.mostWords {
            throw Assessment.tooLong("words")
        }
        if let last = answers.answer(to: answer.question, round: answer.round), last.says(answer) { return self }
        guard times(answer.question, round: answer.round) == seen else { throw Overtaken() }
        var next = self
        next.answers.give(answer)
        return next
    }

    /// - Throws: as above.
    func asked(_ circumstances: Circumstances, seen: Int, by user: String) throws -> Assessment {
        guard state.isOpen else { throw Assessment.moved(state) }
        if answers.circumstances == circumstances { return self }
        guard how.times == seen else { throw Overtaken() }
        if circumstances.why.unicodeScalars.count > Assessment.mostWords { throw Assessment.tooLong("why") }
        if circumstances.history.unicodeScalars.count > Assessment.mostWords { throw Assessment.tooLong("history") }
        var next = self
        next.answers.circumstances = circumstances
        next.how.again(by: user)
        return next
    }
}

extension Answer {
    /// The same, whenever it was given.
    func says(_ other: Answer) -> Bool {
        (question, round, reply, choice) == (other.question, other.round, other.reply, other.choice)
            && (reason, source, words, observation) == (other.reason, other.source, other.words, other.observation)
    }
}
