extension QualityJudge {
    /// Every question of the sections, and of each set that an answer calls for, has an answer or a reason.
    func completeness(_ sight: QualitySight) -> Judgement {
        guard !sight.lines.isEmpty else {
            return Judgement(missing: [QualityReason(nil, "No question has an answer yet.")])
        }
        var missing = sectionQuestions.compactMap { lack($0, sight, round: 1) }
        for set in version.followUpSets {
            guard let caller = caller(of: set.id, sight) else { continue }
            missing += lacks(set, caller, sight)
        }
        return Judgement(missing: missing)
    }

    private func lack(_ question: Question, _ sight: QualitySight, round: Int) -> QualityReason? {
        guard let line = sight.line(question.id, round: round) else {
            return QualityReason(question.id, "\(asked[question.id]?.title ?? question.id): no answer and no reason.")
        }
        guard line.answer.reply == .notAsked, line.answer.reason.isEmpty else { return nil }
        return QualityReason(
            question.id, "\(line.asked.title): not asked, and no reason why.", offer: "Say why it was not asked.")
    }

    /// The first question whose answer calls for the set.
    private func caller(of set: String, _ sight: QualitySight) -> QualitySight.Line? {
        sight.lines.first { $0.counts && $0.asked.question.followUps.contains { $0.set == set } }
    }

    private func lacks(_ set: FollowUpSet, _ caller: QualitySight.Line, _ sight: QualitySight) -> [QualityReason] {
        guard let last = set.questions.compactMap({ sight.lastRound($0.id) }).max() else {
            let count = "\(set.questions.count) questions"
            return [
                QualityReason(
                    caller.asked.question.id,
                    "\(caller.asked.title) calls for the set “\(set.title.text)”: none of its \(count) has an answer.",
                    offer: "The set “\(set.title.text)” is asked too.")
            ]
        }
        return (1...max(1, min(last, 50))).flatMap { round in
            set.questions.compactMap { lack($0, sight, round: round) }
        }
    }
}
