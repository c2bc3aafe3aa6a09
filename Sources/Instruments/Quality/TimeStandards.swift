import Kernel

extension QualityJudge {
    /// Sent within the hours that hold.
    func timeliness(_ sight: QualitySight) -> Judgement {
        guard let reported = sight.facts.reportedAt, let hours = hours(.submit, sight) else {
            return .notApplicable("It does not say when the police were told, or no hours are set.")
        }
        let due = reported.adding(seconds: Int64(hours) * 3600)
        if let sent = sight.facts.submittedAt {
            guard sent > due else { return Judgement(missing: []) }
            return Judgement(missing: [
                QualityReason(
                    nil, "It was due by \(LondonTime.inWords(due)) and was sent \(LondonTime.inWords(sent)).")
            ])
        }
        guard sight.now > due else { return .notApplicable("It is due by \(LondonTime.inWords(due)).") }
        return Judgement(missing: [
            QualityReason(
                nil, "It was due by \(LondonTime.inWords(due)) and is not sent yet.", offer: "It is due now.")
        ])
    }

    /// Reviewed by somebody else, with a reason, within the hours that hold for the grade.
    func supervision(_ sight: QualitySight) -> Judgement {
        guard let sent = sight.facts.submittedAt else { return .notApplicable("It is not sent yet.") }
        guard let hours = hours(.review, sight) else { return .notApplicable("No hours are set for a review.") }
        let due = sent.adding(seconds: Int64(hours) * 3600)
        guard let review = sight.facts.review else {
            guard sight.now > due else { return .notApplicable("A review is due by \(LondonTime.inWords(due)).") }
            return Judgement(missing: [
                QualityReason(nil, "A review was due by \(LondonTime.inWords(due)), and there is none.")
            ])
        }
        var missing: [QualityReason] = []
        if review.by == sight.facts.officer {
            missing.append(QualityReason(nil, "It was reviewed by whoever filled it in. Another person has to."))
        }
        if review.reason.isEmpty { missing.append(QualityReason(nil, "The review gives no reason.")) }
        if review.at > due {
            missing.append(
                QualityReason(
                    nil, "A review was due by \(LondonTime.inWords(due)) and came \(LondonTime.inWords(review.at)).")
            )
        }
        return Judgement(missing: missing)
    }

    /// Those of the grade, else those of every grade.
    private func hours(_ step: QualityDeadline.Step, _ sight: QualitySight) -> Int? {
        let lines = deadlines.filter { $0.step == step }
        let own = lines.first { $0.grade != nil && $0.grade == sight.facts.grade?.grade }
        return (own ?? lines.first { $0.grade == nil })?.hours
    }
}
