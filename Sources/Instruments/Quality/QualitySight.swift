import Kernel

/// One assessment as the standards look at it: each text read once.
struct QualitySight {
    struct Line {
        let asked: AskedQuestion
        let answer: Answer
        let words: WordScan
        let observation: WordScan
        let counts: Bool
    }

    let facts: QualityFacts
    let now: Moment
    /// Answers that stand, of questions that the version has, in the order of their first answer.
    let lines: [Line]
    /// Numbers of lines, by question.
    let byQuestion: [String: [Int]]
    let reason: WordScan

    init(_ facts: QualityFacts, _ judge: QualityJudge, at now: Moment) {
        (self.facts, self.now) = (facts, now)
        var (lines, numbers): ([Line], [String: [Int]]) = ([], [:])
        for answer in facts.answers.standing {
            guard let asked = judge.asked[answer.question] else { continue }
            numbers[answer.question, default: []].append(lines.count)
            lines.append(
                Line(
                    asked: asked, answer: answer, words: WordScan(answer.words),
                    observation: WordScan(answer.observation), counts: asked.counts(answer)))
        }
        (self.lines, byQuestion) = (lines, numbers)
        reason = facts.grade.map { WordScan($0.reason) } ?? .empty
    }

    func line(_ question: String, round: Int = 1) -> Line? {
        byQuestion[question]?.lazy.map { lines[$0] }.first { $0.answer.round == round }
    }

    /// Those whose answer tells that the thing is there.
    var counting: [Line] { lines.filter(\.counts) }

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
