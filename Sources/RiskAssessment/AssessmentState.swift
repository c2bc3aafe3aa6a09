public import Kernel

extension Assessment {
    /// Where it stands.
    public enum State: String, Sendable, Codable, CaseIterable {
        case draft, sent, agreed, returned, reopened

        /// It can be answered.
        public var isOpen: Bool { self != .sent && self != .agreed }
    }

    public var state: State { events.dropFirst().reduce(.draft) { Assessment.next($0, $1.what) ?? $0 } }

    /// The one table of transitions; nil where a step is not possible.
    static func next(_ state: State, _ what: Event.What) -> State? {
        switch (state, what) {
        case (.draft, .sent), (.returned, .sent), (.reopened, .sent): .sent
        case (.sent, .agreed): .agreed
        case (.sent, .returned): .returned
        case (.sent, .reopened), (.agreed, .reopened): .reopened
        default: nil
        }
    }

    /// When it was sent for the first time: what is sent again was in time if it was so then.
    public var firstSent: Moment? { events.first { $0.what == .sent }?.at }

    public var lastSent: Event? { events.last { $0.what == .sent } }

    /// What a supervisor decided last, or first of all.
    public var lastReview: Event? { events.last { [.agreed, .returned].contains($0.what) } }

    var firstReview: Event? { events.first { [.agreed, .returned].contains($0.what) } }

    /// The assessment after `what` happened.
    /// - Throws: `Problem.conflict` when it cannot happen now; `.invalid` without the words that it takes.
    func after(_ what: Event.What, by user: String, words: String, at now: Moment) throws -> Assessment {
        guard Assessment.next(state, what) != nil else { throw Assessment.moved(state) }
        let words = words.trimmed()
        if what != .sent, words.isEmpty { throw Problem.fields([.init("words", "Give the reason.")]) }
        if words.unicodeScalars.count > Assessment.mostWords { throw Assessment.tooLong("words") }
        if [.agreed, .returned].contains(what), user == lastSent?.by || user == officer {
            throw Problem(
                .invalid, "You wrote this assessment. Somebody else has to review it.",
                next: "It stays in the list for another supervisor.")
        }
        var next = self
        next.events.append(Event(what: what, by: user, at: now, words: words))
        return next
    }

    static let mostWords = 4000

    static func tooLong(_ field: String) -> Problem {
        Problem.fields([.init(field, "Use 4,000 characters or fewer.")])
    }

    /// It can no longer be written to, or not yet be reviewed.
    static func moved(_ state: State) -> Problem {
        let words =
            switch state {
            case .draft, .returned, .reopened: "This assessment has not been sent yet."
            case .sent: "This assessment was sent already. Nothing of yours was saved."
            case .agreed: "This assessment was agreed already. Nothing of yours was saved."
            }
        return Problem(
            .conflict, words,
            next: state.isOpen
                ? "Wait until it is sent." : "Ask a supervisor to open it again. Keep what you typed until then.")
    }
}
