public import Instruments
public import Kernel
import Ledger

/// THRIVE as it stood at one time. A later one takes nothing of it away.
public struct CallThrive: Sendable, Hashable, Codable {
    /// In the version in which it was asked.
    public let answers: AnswerSet
    /// The id of a grade of that version.
    public let grade: String
    /// The grade's words when it was given.
    public let label: String
    public let reason: String
    /// What was different from the one before; empty in the first.
    public let changed: String
    public let by: String
    public let at: Moment

    /// The question of THRIVE that asks for vulnerability, in every version.
    public static let vulnerability = "vulnerability"

    func says(_ other: CallThrive) -> Bool {
        (grade, reason, changed, by) == (other.grade, other.reason, other.changed, other.by)
            && answers.standing.map(\.reply) == other.answers.standing.map(\.reply)
            && answers.standing.map(\.choice) == other.answers.standing.map(\.choice)
            && answers.standing.map(\.words) == other.answers.standing.map(\.words)
    }
}

/// THRIVE as it was typed.
public struct ThriveDraft: Sendable, Hashable {
    public var answers: [Answer]
    public var grade: String
    public var reason: String
    public var changed: String

    public init(answers: [Answer], grade: String, reason: String, changed: String = "") {
        (self.answers, self.grade, self.reason, self.changed) = (answers, grade, reason, changed)
    }
}

/// That somebody asked whether anybody is vulnerable, and what she found. A flag is another fact.
public struct VulnerabilityCheck: Sendable, Hashable, Codable {
    public enum Outcome: String, Sendable, Codable, CaseIterable {
        case vulnerable
        case notVulnerable = "not-vulnerable"
        case couldNotTell = "could-not-tell"
    }

    public let outcome: Outcome
    /// Codes of `CallWords.looked`.
    public let looked: [String]
    public let words: String
    public let by: String
    public let at: Moment
}

/// That whoever attends is to know that somebody is vulnerable.
public struct VulnerabilityFlag: Sendable, Hashable, Codable {
    /// Why a flag does not hold any more.
    public struct Withdrawal: Sendable, Hashable, Codable {
        public let reason: String
        public let by: String
        public let at: Moment
    }

    /// From 1, in the order in which they were set.
    public let number: Int
    /// Codes of `CallWords.kinds`.
    public let kinds: [String]
    public let words: String
    public let by: String
    public let at: Moment
    public internal(set) var withdrawn: Withdrawal?
}

/// Somebody who attends, a user or a team.
public struct CallSent: Sendable, Hashable, Codable {
    public let to: String
    /// As it was then.
    public let name: String
    public let by: String
    public let at: Moment

    public init(to: String, name: String, by: String, at: Moment) {
        (self.to, self.name, self.by, self.at) = (to, name, by, at)
    }
}

/// That a user said she has seen a flag.
public struct FlagSeen: Sendable, Hashable, Codable {
    /// The flag's number.
    public let flag: Int
    public let by: String
    /// Those who attend for whom it counts: she, and each of her teams that was sent.
    public let counts: [String]
    public let at: Moment
}

/// That somebody who attends was there.
public struct CallArrival: Sendable, Hashable, Codable {
    /// A user or a team.
    public let who: String
    public let at: Moment
    public let by: String
    /// When it was written down.
    public let recorded: Moment
}

/// An order or bail that was found in a system that is not here, or that none was.
public struct KnownOrder: Sendable, Hashable, Codable {
    /// A code of `CallWords.orders`.
    public let kind: String
    /// Against whom, what it forbids, where it was found.
    public let words: String
    /// Its last day, where that is known.
    public let until: Day?
    public let by: String
    public let at: Moment

    /// An order that was found and has not ended by what was found.
    public func isInForce(on day: Day) -> Bool {
        kind != CallWords.noOrder && (until.map { day <= $0 } ?? true)
    }
}

/// That the call was closed, or opened again.
public struct CallClosing: Sendable, Hashable, Codable {
    public let isClosed: Bool
    public let words: String
    public let by: String
    public let at: Moment
}

/// What a reviewer holds of it later: whether there should have been a flag.
public struct FlagReview: Sendable, Hashable, Codable {
    public enum Should: String, Sendable, Codable, CaseIterable {
        case yes, no
        case cannotTell = "cannot-tell"
    }

    public let should: Should
    public let words: String
    /// It was drawn: only those speak for all calls.
    public let isSampled: Bool
    public let by: String
    public let at: Moment
}
