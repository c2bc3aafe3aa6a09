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
    private let first: [String: Line]
    private let further: [String: [Line]]

    init(_ facts: QualityFacts, _ judge: QualityJudge, at now: Moment) {
        (self.facts, self.now) = (facts, now)
        var (lines, first, further): ([Line], [String: Line], [String: [Line]]) = ([], [:], [:])
        let given = facts.answers.given
        lines.reserveCapacity(given.count)
        first.reserveCapacity(given.count)
        // From the last to the first: of several answers to one question the last one stands.
        for answer in given.reversed() {
            guard let asked = judge.asked[answer.question] else { continue }
            if answer.round == 1 {
                guard first[answer.question] == nil else { continue }
                let line = Line(asked, answer)
                first[answer.question] = line
                lines.append(line)
            } else {
                let others = further[answer.question] ?? []
                guard !others.contains(where: { $0.answer.round == answer.round }) else { continue }
                let line = Line(asked, answer)
                further[answer.question, default: []].append(line)
                lines.append(line)
            }
        }
        lines.sort { ($0.answer.round, $0.asked.position) < ($1.answer.round, $1.asked.position) }
        (self.lines, self.first, self.further) = (lines, first, further)
        counting = lines.filter(\.counts)
        reason = facts.grade.map { WordScan($0.reason) } ?? .empty
        let vocabulary = judge.vocabulary
        reasonTopics = Set(vocabulary.topics.matches(in: reason).map { vocabulary.topicOfPhrase[$0.phrase] })
    }

    func line(_ question: String, round: Int = 1) -> Line? {
        round == 1 ? first[question] : further[question]?.first { $0.answer.round == round }
    }

    /// The highest round in which a question was answered; nil without any.
    func lastRound(_ question: String) -> Int? {
        let others = further[question]?.map(\.answer.round).max()
        return others ?? (first[question] == nil ? nil : 1)
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
