import Access
public import Kernel
public import Ledger

/// What was decided of one record at one review. Words are given only for keeping: those of a decision to destroy would
/// outlive what they speak of.
public struct RetentionDecision: RecordBody {
    public static let kind = RecordKind("retention-decision", .retention)
    static let recordIndex = "record"
    static let stateIndex = "state"

    /// One dated step; added, never changed.
    public struct Step: Sendable, Codable, Equatable {
        public enum What: String, Sendable, Codable {
            case decided, confirmed, withdrawn
            case carriedOut = "carried-out"
        }

        public let what: What
        public let by: String
        public let at: Moment
    }

    /// Where it stands; follows from the steps.
    public enum State: String, Sendable, CaseIterable {
        case kept
        /// A second person must confirm it.
        case awaited
        /// Enough have agreed; it is being carried out.
        case ordered
        case withdrawn, destroyed
    }

    public let record: String
    public let recordKind: String
    /// The version that was looked at: what was written since was not decided on.
    public let recordVersion: Int
    public let group: String
    public let outcome: RetentionOutcome
    /// The id of a reason.
    public let reason: String
    public let words: String
    /// How many had to agree, by the rules of that day.
    public let persons: Int
    public private(set) var steps: [Step]

    public var state: State {
        if outcome == .keep { return .kept }
        let done = Set(steps.map(\.what))
        if done.contains(.carriedOut) { return .destroyed }
        if done.contains(.withdrawn) { return .withdrawn }
        return Set(steps.map(\.by)).count >= persons ? .ordered : .awaited
    }

    /// The day of the decision.
    public var on: Day { LondonTime.day(of: steps.first?.at ?? Moment(milliseconds: 0)) }

    public var carriedOutAt: Moment? { steps.first { $0.what == .carriedOut }?.at }

    public var keys: [IndexKey] {
        let place = IndexKey(Self.recordIndex, record)
        return [.awaited, .ordered, .destroyed].contains(state)
            ? [place, IndexKey(Self.stateIndex, state.rawValue)] : [place]
    }
}

extension RetentionDecision {
    static let longestWords = 2000
    static let fewestWords = 10

    /// A new decision.
    /// - Throws: `Problem` with the fields to put right.
    static func make(
        _ outcome: RetentionOutcome, _ record: RetainedRecord, reason: String, words: String, _ rules: RetentionRules,
        by user: String, at now: Moment
    ) throws -> RetentionDecision {
        let (today, words) = (LondonTime.day(of: now), outcome == .keep ? words.trimmed() : "")
        var faults: [Problem.Field] = []
        if !rules.reasons(to: outcome, on: today).contains(where: { $0.id == reason }) {
            faults.append(.init("reason", "Choose a reason."))
        }
        if outcome == .keep, words.count < fewestWords {
            faults.append(.init("words", "Say in your own words why, in at least \(fewestWords) characters."))
        }
        if words.count > longestWords { faults.append(.init("words", "Use at most \(longestWords) characters.")) }
        guard faults.isEmpty else { throw Problem.fields(faults) }
        return RetentionDecision(
            record: record.id, recordKind: record.kind.name, recordVersion: record.version, group: record.facts.group,
            outcome: outcome, reason: reason, words: words,
            persons: rules.group(record.facts.group, on: today)?.value.persons ?? 2,
            steps: [Step(what: .decided, by: user, at: now)])
    }

    /// The decision after a step.
    /// - Throws: `Problem` when it cannot be taken now, or not by her.
    func after(_ what: Step.What, by user: String, at now: Moment) throws -> RetentionDecision {
        let isPossible = what == .carriedOut ? state == .ordered : state == .awaited
        guard isPossible else {
            throw Problem(
                .refused, "This decision is settled already.", next: "Open the record again to see how it stands.")
        }
        if what == .confirmed, steps.contains(where: { $0.by == user }) {
            throw Problem(
                .refused, "You decided this yourself, so somebody else must confirm it.",
                next: "Ask another records manager to open this page.")
        }
        var next = self
        next.steps.append(Step(what: what, by: user, at: now))
        return next
    }

    /// An order that no longer holds when it is to be carried out.
    func givenUp(by user: String, at now: Moment) -> RetentionDecision {
        var next = self
        next.steps.append(Step(what: .withdrawn, by: user, at: now))
        return next
    }
}
