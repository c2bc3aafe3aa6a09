/// A number that is counted from answers and shown beside them. It never is a grade.
public struct Scoring: Sendable, Hashable, Codable {
    public enum Kind: String, Sendable, Codable, CaseIterable {
        /// How many answers count.
        case count
        /// The sum of the places on the scale, from 0.
        case sum
    }

    public let id: String
    public let title: Wording
    public let kind: Kind
    /// Begins with † where no source we hold confirms it.
    public let note: String
}

/// A score with what it is out of: what is missing is not zero.
public struct Score: Sendable, Equatable, Codable {
    public let id: String
    public let value: Int
    /// How many topics there are, or the highest sum.
    public let outOf: Int
    public let notKnown: Int
    public let declined: Int
    /// Not asked, or without any answer.
    public let notAsked: Int

    /// “14 of 27; 2 not known, 1 declined, 3 not asked”.
    public var inWords: String {
        let rest = [(notKnown, "not known"), (declined, "declined"), (notAsked, "not asked")]
            .filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
        return "\(value) of \(outOf)" + (rest.isEmpty ? "" : "; " + rest.joined(separator: ", "))
    }
}

extension InstrumentVersion {
    /// Each score of `answers`, over the numbered topics.
    public func scores(of answers: AnswerSet) -> [Score] { scoring.map { score($0, answers) } }

    private func score(_ scoring: Scoring, _ answers: AnswerSet) -> Score {
        var (value, most, unknown, declined, missing) = (0, 0, 0, 0, 0)
        for topic in topics where topic.kind != .text || scoring.kind == .count {
            most += scoring.kind == .sum ? max(0, (values(of: topic).count - 1)) : 1
            guard let answer = answers.answer(to: topic.id) else {
                missing += 1
                continue
            }
            switch answer.reply {
            case .notKnown: unknown += 1
            case .declined: declined += 1
            case .notAsked: missing += 1
            default: value += scoring.kind == .sum ? place(of: answer, topic) : (counts(answer, topic) ? 1 : 0)
            }
        }
        return Score(
            id: scoring.id, value: value, outOf: most, notKnown: unknown, declined: declined, notAsked: missing)
    }

    private func place(of answer: Answer, _ question: Question) -> Int {
        if answer.reply == .yes { return 1 }
        return values(of: question).firstIndex { $0.id == answer.choice } ?? 0
    }

    private func values(of question: Question) -> [Scale.Value] {
        question.scale.flatMap { id in scales.first { $0.id == id } }?.values ?? []
    }

    /// Whether an answer tells that the thing is there: a yes, or a value of the scale that counts.
    public func counts(_ answer: Answer, _ question: Question) -> Bool {
        switch answer.reply {
        case .yes: true
        case .chosen: values(of: question).contains { $0.id == answer.choice && $0.counts }
        case .written: question.kind == .text && !answer.words.isEmpty
        case .no, .notKnown, .declined, .notAsked: false
        }
    }

    /// A value of the scale that tells that the thing is not there, or a no.
    public func denies(_ answer: Answer, _ question: Question) -> Bool {
        switch answer.reply {
        case .no: true
        case .chosen: values(of: question).contains { $0.id == answer.choice && !$0.counts }
        default: false
        }
    }
}
