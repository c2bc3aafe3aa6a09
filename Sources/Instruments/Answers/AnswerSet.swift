/// Answers to one version of one instrument. It names that version for ever, and is read in it.
public struct AnswerSet: Sendable, Hashable, Codable {
    /// Shape of this value when it is kept: older numbers decode for ever.
    public private(set) var schema = 1
    public let instrument: InstrumentVersion.Key
    /// The language in which it was asked.
    public let language: String
    /// In the order in which they were given; of several to one question the last one stands.
    public private(set) var given: [Answer]
    public var circumstances: Circumstances

    public init(
        to instrument: InstrumentVersion.Key, in language: String = "en", _ given: [Answer] = [],
        circumstances: Circumstances = Circumstances()
    ) {
        (self.instrument, self.language, self.given) = (instrument, language, given)
        self.circumstances = circumstances
    }

    /// The one that stands.
    public func answer(to question: String, round: Int = 1) -> Answer? {
        given.last { $0.question == question && $0.round == round }
    }

    /// Those that stand, each question once, in the order of their first answer.
    public var standing: [Answer] {
        var (order, last): ([Place], [Place: Answer]) = ([], [:])
        for answer in given {
            let place = Place(question: answer.question, round: answer.round)
            if last.updateValue(answer, forKey: place) == nil { order.append(place) }
        }
        return order.compactMap { last[$0] }
    }

    /// Earlier answers stay: what was said first may matter.
    public mutating func give(_ answer: Answer) { given.append(answer) }

    private struct Place: Hashable {
        let question: String
        let round: Int
    }
}

/// Why an answer cannot be taken.
public struct AnswerRefusal: Sendable, Equatable {
    /// The question's id, as it was sent.
    public let question: String
    public let sentence: String
}

extension InstrumentVersion {
    /// What is wrong with an answer, before it is kept: an unknown question, a value that is not on the scale, a
    /// “not asked” without a reason.
    public func refusal(of answer: Answer) -> AnswerRefusal? {
        guard let question = question(answer.question) else {
            return AnswerRefusal(
                question: answer.question,
                sentence: "\(key) has no question “\(answer.question)”. Choose one of its questions.")
        }
        return sentence(against: answer, question).map { AnswerRefusal(question: question.id, sentence: $0) }
    }

    private func sentence(against answer: Answer, _ question: Question) -> String? {
        let isRepeated = followUpSets.contains { $0.isRepeated && $0.questions.contains(question) }
        if answer.round < 1 || (answer.round > 1 && !isRepeated) { return "This is answered once." }
        switch answer.reply {
        case .notAsked: return answer.reason.isEmpty ? "Say why it was not asked." : nil
        case .notKnown, .declined: return nil
        case .yes, .no: return question.kind == .yesNo ? nil : "Yes and no do not fit here."
        case .written:
            guard question.kind == .text else { return "Choose an answer as well as writing words." }
            return answer.words.isEmpty ? "Write what was said." : nil
        case .chosen:
            let isThere = scale(of: question)?.values.contains { $0.id == answer.choice } ?? false
            return isThere ? nil : "Choose one of the values of the scale."
        }
    }
}
