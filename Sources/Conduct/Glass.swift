import Access
public import Kernel
public import Ledger

/// Access taken in an emergency: one person, for one hour, with a reason, to be reviewed.
public struct Glass: RecordBody {
    public static let kind = RecordKind.glass

    public let user: String
    public let agency: String
    /// Records about the one subject; none when nothing was found.
    public let persons: [String]
    /// The agencies that hold them: each may review, as may the agency of whoever opened them.
    public let holders: Set<String>
    public let reason: String
    public let openedAt: Moment
    /// An hour later, or sooner when a review found that it was not right.
    public private(set) var closesAt: Moment
    public let reviewBy: Moment

    /// - Parameter persons: by record, who owns it.
    init(
        user: String, agency: String, persons: [String: String], reason: String, at moment: Moment,
        _ limits: GlassLimits
    ) {
        (self.user, self.agency, self.reason) = (user, agency, reason)
        (self.persons, holders) = (persons.keys.sorted(), Set(persons.values))
        openedAt = moment
        closesAt = moment.adding(seconds: limits.openSeconds)
        reviewBy = moment.adding(seconds: limits.reviewSeconds)
    }

    public var ownUser: String? { user }
    public func agencies(at moment: Moment) -> Set<String> { holders }
    public var subjects: [RecordSubject] { persons.map { RecordSubject(person: $0, capacity: .other) } }

    func shut(at moment: Moment) -> Glass {
        var shut = self
        shut.closesAt = min(closesAt, moment)
        return shut
    }

    public var keys: [IndexKey] {
        [IndexKey("user", user), IndexKey.number("opened", Int(openedAt.milliseconds))]
            + persons.map { PartyIndex.opened(user: user, person: $0, until: closesAt) }
    }
}

/// Whether an emergency access was right, by somebody who has no part in it.
public struct GlassReview: RecordBody {
    public static let kind = RecordKind("conduct.glass-review", .glassReview)

    public let glass: String
    /// Who took the access: she may read what was found.
    public let user: String
    public let persons: [String]
    let agenciesConcerned: Set<String>
    public let wasRight: Bool
    public let words: String

    init(_ glass: Record<Glass>, wasRight: Bool, words: String) {
        (self.glass, user, persons) = (glass.id.text, glass.body.user, glass.body.persons)
        agenciesConcerned = glass.body.holders.union([glass.body.agency])
        (self.wasRight, self.words) = (wasRight, words)
    }

    public var ownUser: String? { user }
    public func agencies(at moment: Moment) -> Set<String> { agenciesConcerned }

    public var subjects: [RecordSubject] { persons.map { RecordSubject(person: $0, capacity: .other) } }
    public var keys: [IndexKey] { [IndexKey("glass", glass)] }
}

/// How long a glass stays open, and by when it must be reviewed.
public struct GlassLimits: Sendable, Hashable {
    public let openSeconds: Int64
    public let reviewSeconds: Int64

    /// A force may choose others from a day on; what was opened before keeps its own.
    public static let dated = [
        Dated(
            from: Day(daysSince1970: 20_454), until: nil, source: "Holdfast, from 1 January 2026; NHS SCR practice",
            value: GlassLimits(openSeconds: 3600, reviewSeconds: 72 * 3600))
    ]
}

/// Where an emergency access stands. Derived, never stored.
public enum GlassState: Sendable, Equatable {
    case open(until: Moment)
    case awaitsReview(by: Moment)
    case overdue(since: Moment)
    case reviewed(wasRight: Bool)

    public static func of(_ glass: Glass, _ review: GlassReview?, at now: Moment) -> GlassState {
        if now < glass.closesAt { return .open(until: glass.closesAt) }
        if let review { return .reviewed(wasRight: review.wasRight) }
        return now < glass.reviewBy ? .awaitsReview(by: glass.reviewBy) : .overdue(since: glass.reviewBy)
    }
}

/// Whether a glass may be broken, given those she broke before. Pure.
public enum GlassRules {
    public static let fewestWords = 20

    /// - Returns: why not; nil when she may.
    public static func refusal(
        _ earlier: [(glass: Glass, review: GlassReview?)], persons: [String], at now: Moment
    ) -> Problem? {
        for (glass, review) in earlier {
            switch GlassState.of(glass, review, at: now) {
            case .overdue:
                return shut("An emergency access of yours was not reviewed in time, so no other can be opened.")
            case .awaitsReview where !Set(glass.persons).isDisjoint(with: persons):
                return shut("Your last emergency access to this person has not been reviewed yet.")
            case .reviewed(wasRight: false) where !Set(glass.persons).isDisjoint(with: persons):
                return shut("An emergency access of yours to this person was found not to be right.")
            case .awaitsReview, .reviewed, .open: continue
            }
        }
        return nil
    }

    private static func shut(_ words: String) -> Problem {
        Problem(
            .refused, words,
            next: "Ask your privacy officer or professional standards to review it. If somebody is in danger, ring the "
                + "control room.")
    }
}
