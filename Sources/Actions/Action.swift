import Access
public import Kernel
public import Ledger

/// Something that somebody must do by a day. It knows nothing of the case it belongs to: `subject` is a reference that
/// only the case understands.
public struct Action: RecordBody {
    public static let kind = RecordKind("action", .improvement)
    static let openIndex = "open-for"
    static let subjectIndex = "subject"

    public var title: String
    public var subject: String
    public var owner: Assignee
    public var due: Day
    /// What happened, oldest first; never changed, only added to. The state follows from it.
    public var events: [Event]

    /// One dated fact about the action.
    public struct Event: Sendable, Codable, Equatable {
        public enum What: String, Sendable, Codable, CaseIterable {
            case given, seen, accepted, refused, done, reopened
        }

        public let what: What
        public let by: String
        public let at: Moment
        public let words: String
    }

    /// Where an action stands. `refused` is open: it is back with whoever gave it.
    public enum State: String, Sendable, Codable, CaseIterable {
        case given, seen, accepted, refused, done

        public var isOpen: Bool { self != .done }
    }

    public var state: State { events.reduce(.given) { Action.next($0, $1.what) ?? $0 } }

    /// Whoever gave it.
    public var giver: String { events.first?.by ?? "" }

    /// Still to be done, and its day has passed.
    public func isOverdue(on day: Day) -> Bool { state.isOpen && due < day }

    public var keys: [IndexKey] {
        let place = IndexKey(Action.subjectIndex, subject)
        return state.isOpen ? [place, IndexKey(Action.openIndex, owner.id)] : [place]
    }

    public var assignees: Set<String> { [owner.id] }
}

// MARK: Transitions

extension Action {
    /// The one table of transitions; nil where a step is not possible.
    static func next(_ state: State, _ what: Event.What) -> State? {
        switch (state, what) {
        case (.given, .given): .given
        case (.given, .seen): .seen
        case (.given, .accepted), (.seen, .accepted): .accepted
        case (.given, .refused), (.seen, .refused), (.accepted, .refused): .refused
        case (.given, .done), (.seen, .done), (.accepted, .done): .done
        case (.done, .reopened), (.refused, .reopened): .given
        default: nil
        }
    }

    /// A new action.
    /// - Throws: `Problem` with the fields to put right.
    public static func give(
        _ title: String, about subject: String, to owner: Assignee, due: Day, by user: String, at moment: Moment
    ) throws -> Action {
        let title = title.trimmed()
        var fields: [Problem.Field] = []
        if !title.contains(where: { $0.isLetter || $0.isNumber }) {
            fields.append(.init("title", "Say what must be done."))
        }
        if title.unicodeScalars.count > 500 { fields.append(.init("title", "Use 500 characters or fewer.")) }
        if owner.id.isEmpty { fields.append(.init("owner", "Choose who will do it.")) }
        if due < LondonTime.day(of: moment) { fields.append(.init("due", "The day must be today or later.")) }
        guard fields.isEmpty else { throw Problem.fields(fields) }
        let event = Event(what: .given, by: user, at: moment, words: "")
        return Action(title: title, subject: subject, owner: owner, due: due, events: [event])
    }

    /// The action after `what` happened.
    /// - Throws: `Problem` when it cannot happen now, when it wants a reason, or when it is not hers to say.
    public func after(
        _ what: Event.What, by user: String, teams: Set<String> = [], words: String = "", at moment: Moment
    ) throws -> Action {
        let words = words.trimmed()
        guard Action.next(state, what) != nil, what != .given else {
            throw Problem(
                .refused, "This action is already \(state.rawValue).", next: "Open it again to see what changed.")
        }
        let isHers = owner.id == user || teams.contains(owner.id)
        if [.seen, .accepted, .refused].contains(what), !isHers {
            throw Problem(.refused, "Only \(owner.name) can answer for this action.")
        }
        if what == .refused || what == .reopened, words.isEmpty {
            throw Problem.fields([.init("words", "Give the reason.")])
        }
        if words.unicodeScalars.count > 4000 {
            throw Problem.fields([.init("words", "Use 4,000 characters or fewer.")])
        }
        var action = self
        action.events.append(Event(what: what, by: user, at: moment, words: words))
        return action
    }
}
