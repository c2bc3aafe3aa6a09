extension QualityJudge {
    /// Every question of the sections, and of each set that an answer calls for, has an answer or a reason.
    func completeness(_ sight: QualitySight) -> Judgement {
        guard !sight.lines.isEmpty else {
            return Judgement(missing: [QualityReason(nil, "No question has an answer yet.")])
        }
        var missing = sectionQuestions.compactMap { lack($0, sight, round: 1) }
        let calling = sight.counting.filter { !$0.asked.question.followUps.isEmpty }
        for (set, questions) in followUps {
            guard let caller = caller(of: set.id, calling) else { continue }
            missing += lacks(set, questions, caller, sight)
        }
        return Judgement(missing: missing)
    }

    private func lack(_ asked: AskedQuestion, _ sight: QualitySight, round: Int) -> QualityReason? {
        guard let line = sight.line(asked, round: round) else {
            return QualityReason(asked.question.id, "\(asked.title): no answer and no reason.")
        }
        guard line.answer.reply == .notAsked, line.answer.reason.isEmpty else { return nil }
        return QualityReason(
            asked.question.id, "\(asked.title): not asked, and no reason why.", offer: "Say why it was not asked.")
    }

    /// The first question whose answer calls for the set.
    private func caller(of set: String, _ calling: [QualitySight.Line]) -> QualitySight.Line? {
        calling.first { $0.asked.question.followUps.contains { $0.set == set } }
    }

    private func lacks(
        _ set: FollowUpSet, _ questions: [AskedQuestion], _ caller: QualitySight.Line, _ sight: QualitySight
    ) -> [QualityReason] {
        guard let last = questions.compactMap({ sight.lastRound($0) }).max() else {
            let count = "\(questions.count) questions"
            return [
                QualityReason(
                    caller.asked.question.id,
                    "\(caller.asked.title) calls for the set “\(set.title.text)”: none of its \(count) has an answer.",
                    offer: "The set “\(set.title.text)” is asked too.")
            ]
        }
        return (1...max(1, min(last, 50))).flatMap { round in
            questions.compactMap { lack($0, sight, round: round) }
        }
    }
}
