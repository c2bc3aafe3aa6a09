import Kernel

/// One assessment as the standards look at it: each text read once.
struct QualitySight {
    final class Line {
        let asked: AskedQuestion
        let answer: Answer
        let words: WordScan
        let observation: WordScan
        let counts: Bool

        init(_ asked: AskedQuestion, _ answer: Answer) {
            (self.asked, self.answer) = (asked, answer)
            words = answer.words.isEmpty ? .empty : WordScan(answer.words)
            observation = answer.observation.isEmpty ? .empty : WordScan(answer.observation)
            counts = asked.counts(answer)
        }
    }

    let facts: QualityFacts
    let now: Moment
    /// Answers that stand, of questions that the version has, in the order of the form.
    let lines: [Line]
    /// Those whose answer tells that the thing is there.
    let counting: [Line]
    let reason: WordScan
    /// Topics of which the reason for the grade tells, denied or not.
    let reasonTopics: Set<String>
    /// By the question's place in the form.
    private let first: [Line?]
    private let further: [String: [Line]]

    init(_ facts: QualityFacts, _ judge: QualityJudge, at now: Moment) {
        (self.facts, self.now) = (facts, now)
        var (first, further): ([Line?], [String: [Line]]) = (.init(repeating: nil, count: judge.places), [:])
        // From the last to the first: of several answers to one question the last one stands.
        for answer in facts.answers.given.reversed() {
            guard let asked = judge.asked[answer.question] else { continue }
            if answer.round == 1 {
                if first[asked.position] == nil { first[asked.position] = Line(asked, answer) }
            } else {
                let others = further[answer.question] ?? []
                guard !others.contains(where: { $0.answer.round == answer.round }) else { continue }
                further[answer.question, default: []].append(Line(asked, answer))
            }
        }
        let later = further.values.joined().sorted {
            ($0.answer.round, $0.asked.position) < ($1.answer.round, $1.asked.position)
        }
        lines = first.compactMap(\.self) + later
        (self.first, self.further) = (first, further)
        counting = lines.filter(\.counts)
        reason = facts.grade.map { WordScan($0.reason) } ?? .empty
        let vocabulary = judge.vocabulary
        reasonTopics = Set(vocabulary.topics.matches(in: reason).map { vocabulary.topicOfPhrase[$0.phrase] })
    }

    func line(_ asked: AskedQuestion, round: Int = 1) -> Line? {
        round == 1 ? first[asked.position] : further[asked.question.id]?.first { $0.answer.round == round }
    }

    /// The highest round in which a question was answered; nil without any.
    func lastRound(_ asked: AskedQuestion) -> Int? {
        let others = further.isEmpty ? nil : further[asked.question.id]?.map(\.answer.round).max()
        return others ?? (first[asked.position] == nil ? nil : 1)
    }

    func counts(topic: String) -> Line? { lines.first { $0.counts && $0.asked.question.topics.contains(topic) } }
}

/// “a, b or c”
func joinedByOr(_ parts: [String]) -> String { joined(parts, "or") }

/// “a, b and c”
func joinedByAnd(_ parts: [String]) -> String { joined(parts, "and") }

private func joined(_ parts: [String], _ word: String) -> String {
    guard let last = parts.last, parts.count > 1 else { return parts.first ?? "" }
    return parts.dropLast().joined(separator: ", ") + " \(word) \(last)"
}
