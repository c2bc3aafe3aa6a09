import Instruments

extension Assessment {
    /// Everything by which it is judged, the same whether it was begun here or brought in.
    /// - Parameter overrides: nil for those that it was sent with.
    func facts(copied: [CopiedPassage], overrides: [QualityOverride]? = nil) -> QualityFacts {
        var facts = QualityFacts(answers, by: officer)
        facts.grade = grading?.given
        // Without the time of the report nobody knows whether it was in time.
        facts.reportedAt = imported?.saysReported == false ? nil : reportedAt
        facts.submittedAt = firstSent
        facts.review = firstReview.map {
            SupervisorReview(by: $0.by, $0.what == .agreed ? .agreed : .returned, reason: $0.words, at: $0.at)
        }
        (facts.copied, facts.overrides) = (copied, overrides ?? self.overrides)
        return facts
    }
}
