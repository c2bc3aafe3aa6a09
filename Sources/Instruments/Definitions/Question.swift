/// One question of an instrument.
public struct Question: Sendable, Hashable, Codable {
    public enum Kind: String, Sendable, Codable, CaseIterable {
        case yesNo = "yes-no"
        /// One value of a named scale.
        case scale
        /// Free words alone.
        case text
    }

    /// Asked when the answer is one that counts.
    public struct FollowUp: Sendable, Hashable, Codable {
        public let set: String
        /// Begins with † where no source we hold confirms it.
        public let note: String
    }

    public let id: String
    /// Its place in the form, from 1; nil within a follow-up set and for what is not a topic.
    public let number: Int?
    public let label: Wording
    public let help: Wording?
    public let kind: Kind
    /// The scale's id, with the kind `scale`.
    public let scale: String?
    /// What it is about, in the words that instruments share: `strangulation`. See `ConcernRules.topics`.
    public let topics: [String]
    public let isCritical: Bool
    /// What was recorded when the answer counts, after “You recorded”: “a threat to kill”.
    public let names: Wording?
    /// Ids of the details that its own words should hold, in order. See `QualityRules.details`.
    public let needs: [String]
    public let followUps: [FollowUp]
    public let note: String

    /// A source we hold confirms it.
    public var isConfirmed: Bool { !note.hasPrefix("†") }

    /// How it is named to whoever fills it in: “Question 17, Threats to kill”.
    public func title(in language: String = "en") -> String {
        number.map { "Question \($0), \(label.text(in: language))" } ?? "“\(label.text(in: language))”"
    }
}

/// Questions under one heading.
public struct QuestionSection: Sendable, Hashable, Codable {
    public let id: String
    public let title: Wording
    public let help: Wording?
    public let questions: [Question]
}

/// Further questions, asked because of an answer.
public struct FollowUpSet: Sendable, Hashable, Codable {
    public let id: String
    public let title: Wording
    public let help: Wording?
    /// One set of answers for each of several, such as for each child.
    public let isRepeated: Bool
    public let source: String
    public let note: String
    public let questions: [Question]

    public var isConfirmed: Bool { !note.hasPrefix("†") }
}

/// The values among which a question lets one choose.
public struct Scale: Sendable, Hashable, Codable {
    public struct Value: Sendable, Hashable, Codable {
        public let id: String
        public let label: Wording
        /// It tells that the thing is there, as a yes does.
        public let counts: Bool
    }

    public let id: String
    /// From the least to the most.
    public let values: [Value]
}

/// A grade that the instrument lets a person choose. No rule ever chooses one.
public struct GradeWord: Sendable, Hashable, Codable {
    public let id: String
    public let label: Wording
    public let meaning: Wording
    public let note: String
}
