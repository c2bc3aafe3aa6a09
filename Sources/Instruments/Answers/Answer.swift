public import Kernel

/// What was answered to one question. “No”, “not known”, “declined” and “not asked” are four different things.
public struct Answer: Sendable, Hashable, Codable {
    public enum Reply: String, Sendable, Codable, CaseIterable {
        case yes, no
        case notKnown = "not-known"
        case declined
        /// With a reason.
        case notAsked = "not-asked"
        /// A value of the question's scale.
        case chosen
        /// Words alone, to a question of kind text.
        case written
    }

    /// From whom the answer comes.
    public enum Source: String, Sendable, Codable, CaseIterable {
        case victim, child, witness, relative, professional, records
        /// What the officer saw or heard herself.
        case officer
        case other
    }

    public let question: String
    /// Which of several, from 1, in a set that is repeated, such as the second child.
    public let round: Int
    public let reply: Reply
    /// The value's id, with the reply `chosen`.
    public let choice: String?
    /// With the reply `notAsked`.
    public let reason: String
    public let source: Source
    /// What was said.
    public let words: String
    /// What the officer saw or heard herself, apart from what was said.
    public let observation: String
    public let at: Moment

    public init(
        to question: String, round: Int = 1, _ reply: Reply, choice: String? = nil, reason: String = "",
        from source: Source = .victim, words: String = "", observation: String = "", at: Moment
    ) {
        (self.question, self.round, self.reply, self.choice) = (question, round, reply, choice)
        (self.reason, self.source, self.words) = (reason.trimmed(), source, words.trimmed())
        (self.observation, self.at) = (observation.trimmed(), at)
    }
}
