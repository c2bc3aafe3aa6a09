extension QualityJudge {
    /// The grade has a reason of its own that names something that was recorded.
    func rationale(_ sight: QualitySight) -> Judgement {
        guard let given = sight.facts.grade else {
            return Judgement(missing: [QualityReason(nil, "There is no grade yet.")])
        }
        let label = version.grade(given.grade)?.label.text.lowercased() ?? given.grade
        let covered = Set(vocabulary.boilerplate.matches(in: sight.reason).flatMap { Array($0.words) })
        let own = sight.reason.count - covered.count
        guard own > 0 else {
            return Judgement(missing: [QualityReason(nil, "You graded this \(label) and gave no reason.")])
        }
        var missing: [QualityReason] = []
        if own < limit(.reasonWords) {
            missing.append(
                QualityReason(
                    nil, "Your reason for \(label) has \(own) words of its own. Say which answers weigh most, and why.",
                    offer: "You could say which answers weigh most."))
        }
        let counting = sight.counting.filter { $0.asked.question.kind != .text }
        if !counting.isEmpty, !counting.contains(where: { isNamed($0, in: sight) }) {
            let names = joinedByAnd(counting.prefix(4).map(\.asked.names)) + (counting.count > 4 ? " and more" : "")
            missing.append(
                QualityReason(
                    nil, "Your reason names nothing of what was recorded: \(names).",
                    offer: "You could name what was recorded."))
        }
        return Judgement(missing: missing)
    }

    /// Whether the reason names what a question recorded: by its number, a word of its label, or words of its topic.
    func isNamed(_ line: QualitySight.Line, in sight: QualitySight) -> Bool {
        line.asked.question.topics.contains(where: sight.reasonTopics.contains)
            || line.asked.significant.isFound(in: sight.reason)
    }
}
