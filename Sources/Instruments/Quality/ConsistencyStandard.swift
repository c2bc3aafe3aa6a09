extension QualityJudge {
    /// Answers, words and grade go together. It asks for words and never for another grade.
    func consistency(_ sight: QualitySight) -> Judgement {
        guard !sight.lines.isEmpty else { return .notApplicable("There is no answer yet.") }
        return Judgement(missing: opposed(sight) + told(sight) + graded(sight))
    }

    /// Two answers that do not go together.
    private func opposed(_ sight: QualitySight) -> [QualityReason] {
        contradictions.compactMap { rule in
            guard let yes = sight.counts(topic: rule.counts),
                let no = sight.lines.first(where: {
                    $0.asked.question.topics.contains(rule.denied) && $0.asked.denies($0.answer)
                })
            else { return nil }
            return QualityReason(
                no.asked.question.id,
                "\(yes.asked.title) is \(QualityJudge.reply(yes)), and \(no.asked.title.loweredFirst) is "
                    + "\(QualityJudge.reply(no)). Put one right, or say how both can be.",
                offer: "This does not go together with \(yes.asked.title.loweredFirst).")
        }
    }

    /// Words that tell of what another answer says is not there.
    private func told(_ sight: QualitySight) -> [QualityReason] {
        var (reasons, seen): ([QualityReason], Set<String>) = ([], [])
        func look(_ scan: WordScan, _ text: String, _ own: [String], _ place: () -> String) {
            for (topic, words) in vocabulary.told(in: scan, of: text) where !own.contains(topic) {
                guard let line = unsaid(topic, sight), seen.insert(topic).inserted else { continue }
                let place = place()
                reasons.append(
                    QualityReason(
                        line.asked.question.id,
                        "You wrote “\(words)” \(place), and \(line.asked.title.loweredFirst) is "
                            + "\(QualityJudge.reply(line)). Put one right, or say how both can be.",
                        offer: "You wrote “\(words)” \(place). Does this answer still stand?"))
            }
        }
        for line in sight.lines {
            // Most lines have no word: their place is put into words only where something is found.
            let place = { "under \(line.asked.title.loweredFirst)" }
            if line.words.count > 0 { look(line.words, line.answer.words, line.asked.question.topics, place) }
            if line.observation.count > 0 {
                look(line.observation, line.answer.observation, line.asked.question.topics, place)
            }
        }
        if let grade = sight.facts.grade { look(sight.reason, grade.reason, []) { "in the reason for the grade" } }
        return reasons
    }

    /// A question about `topic` that is answered otherwise than yes, where none is answered yes.
    private func unsaid(_ topic: String, _ sight: QualitySight) -> QualitySight.Line? {
        let about = sight.lines.filter { $0.asked.question.topics.contains(topic) }
        return about.contains(where: \.counts) ? nil : about.first
    }

    private func graded(_ sight: QualitySight) -> [QualityReason] {
        guard let given = sight.facts.grade, let grade = version.grade(given.grade) else { return [] }
        let label = grade.label.text.lowercased()
        let critical = sight.counting.filter(\.asked.question.isCritical)
        let unnamed = critical.filter { !isNamed($0, in: sight) }
        var reasons = gradeChecks.filter { $0.grade == given.grade }.compactMap { check -> QualityReason? in
            if let number = check.critical, critical.count >= number, !unnamed.isEmpty {
                let names = joinedByAnd(unnamed.map(\.asked.names))
                return QualityReason(
                    nil, "You graded this \(label) and recorded \(names). Say in your reason how you weighed that.")
            }
            guard check.whenNothingCounts, sight.counting.isEmpty else { return nil }
            return QualityReason(
                nil, "You graded this \(label) and recorded no yes. Say in your reason what you saw or know.")
        }
        for line in gradeWords where line.grades.contains(given.grade) {
            guard let match = line.lexicon.matches(in: sight.reason).first else { continue }
            let words = sight.reason.slice(match.words, of: given.reason)
            reasons.append(
                QualityReason(
                    nil, "You graded this \(label), and your reason says “\(words)”. Say how both can be."))
        }
        return reasons
    }

    /// “yes”, “no”, “not known”, or the value's words.
    static func reply(_ line: QualitySight.Line) -> String {
        switch line.answer.reply {
        case .yes: "yes"
        case .no: "no"
        case .notKnown: "“not known”"
        case .declined: "“declined”"
        case .notAsked: "“not asked”"
        case .written: "answered in words"
        case .chosen: "“\(line.answer.choice ?? "")”"
        }
    }
}
