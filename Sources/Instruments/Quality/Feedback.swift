/// When an officer hears of the quality of what she writes.
public enum FeedbackMoment: String, Sendable, CaseIterable {
    /// Gently, of what she has answered, and of nothing that she has not come to yet.
    case writing
    /// Exactly; she may go on with a reason.
    case submission
    /// What came of it, with what she overrode.
    case after
}

/// One sentence to the officer.
public struct Feedback: Sendable, Hashable {
    public let standard: QualityStandard
    /// The question's id.
    public let question: String?
    public let sentence: String
    /// She can go on when she says why.
    public let wantsReason: Bool
}

extension QualityLedger {
    /// What to say at `moment`, in the order of the standards.
    public func feedback(at moment: FeedbackMoment) -> [Feedback] {
        findings.filter { $0.outcome == .notMet }.flatMap { finding -> [Feedback] in
            switch moment {
            case .writing: offers(finding)
            case .submission: QualityLedger.beforehand.contains(finding.standard) ? exact(finding) : []
            case .after: exact(finding)
            }
        }
    }

    /// Whether it can be sent now: each standard that can be met beforehand is met, or overridden with a reason.
    public var isReadyToSend: Bool {
        !findings.contains { QualityLedger.beforehand.contains($0.standard) && $0.stopsSubmission }
    }

    /// What an officer can still do something about before she sends it.
    static let beforehand: Set<QualityStandard> = [
        .completeness, .context, .voice, .history, .consistency, .rationale,
    ]

    private func offers(_ finding: StandardFinding) -> [Feedback] {
        finding.reasons.compactMap { reason in
            reason.offer.map {
                Feedback(standard: finding.standard, question: reason.question, sentence: $0, wantsReason: false)
            }
        }
    }

    private func exact(_ finding: StandardFinding) -> [Feedback] {
        finding.reasons.map {
            Feedback(
                standard: finding.standard, question: $0.question, sentence: $0.sentence,
                wantsReason: finding.stopsSubmission)
        }
    }
}
