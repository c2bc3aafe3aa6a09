public import Kernel

/// How it was asked: who was there, in which language, and what was known before.
public struct Circumstances: Sendable, Hashable, Codable {
    public enum Spoken: String, Sendable, Codable, CaseIterable {
        case yes, no
        case notRecorded = "not-recorded"
    }

    public enum Channel: String, Sendable, Codable, CaseIterable {
        case inPerson = "in-person"
        case telephone, video
        case notRecorded = "not-recorded"
    }

    public enum Interpreter: String, Sendable, Codable, CaseIterable {
        case notNeeded = "not-needed"
        case used
        /// Needed and not used, with a reason.
        case lacking
        case notRecorded = "not-recorded"
    }

    /// Whether the victim herself was spoken to.
    public var victimAsked: Spoken = .notRecorded
    /// Whether she was spoken to out of everybody's hearing.
    public var alone: Spoken = .notRecorded
    public var channel: Channel = .notRecorded
    public var interpreter: Interpreter = .notRecorded
    /// Whether each child there was spoken to or seen.
    public var childrenSeen: Spoken = .notRecorded
    /// Why not, where any of these is a no.
    public var why = ""
    /// Whether earlier incidents, orders and warnings were looked up.
    public var historyChecked: Spoken = .notRecorded
    /// What was found, or why it was not looked up.
    public var history = ""

    public init() {}
}

/// A grade that a person gave, with her reason.
public struct GivenGrade: Sendable, Hashable, Codable {
    /// The id of a grade of the instrument.
    public let grade: String
    public let reason: String
    public let at: Moment

    public init(_ grade: String, reason: String, at: Moment) {
        (self.grade, self.reason, self.at) = (grade, reason.trimmed(), at)
    }
}
