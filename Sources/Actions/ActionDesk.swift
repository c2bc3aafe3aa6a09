public import Access
public import Kernel
public import Ledger

/// Gives actions, takes their receipts and lists what is open, through the ledger.
public struct ActionDesk: Sendable {
    private let ledger: Ledger

    public init(ledger: Ledger) { self.ledger = ledger }

    /// - Parameter id: Of the form, when it has one: a form that is sent twice gives one action.
    /// - Throws: `Problem` with fields; `Problem.absent` when she may not give actions.
    public func give(
        _ title: String, about subject: String, to owner: Assignee, due: Day, id: Identifier<Action>? = nil,
        as actor: Actor
    ) async throws -> Identifier<Action> {
        let action = try Action.give(title, about: subject, to: owner, due: due, by: actor.user, at: ledger.now)
        guard let id else {
            let new = ledger.newIdentifier(Action.self)
            try await ledger.commit([try .create(new, action, owner: actor.agency)], as: actor)
            return new
        }
        do {
            try await ledger.commit([try .create(id, action, owner: actor.agency)], as: actor)
        } catch is Conflict {}
        return id
    }

    /// Records a receipt or a completion.
    /// - Returns: The version that it brought.
    /// - Throws: `Conflict` when it moved on since `version`; `Problem` when the step is not possible.
    @discardableResult
    public func answer(
        _ id: Identifier<Action>, expecting version: Int, _ what: Action.Event.What, words: String = "", as actor: Actor
    ) async throws -> Int {
        let record = try await ledger.read(Action.self, id, as: actor)
        let next = try record.body.after(what, by: actor.user, teams: actor.teams, words: words, at: ledger.now)
        let receipts = try await ledger.commit([try .amend(id, expecting: version, next)], as: actor)
        return receipts.first?.version ?? version + 1
    }

    public func action(_ id: Identifier<Action>, as actor: Actor) async throws -> Record<Action> {
        try await ledger.read(Action.self, id, as: actor)
    }

    /// All actions about one thing that she may see, the earliest due first.
    public func about(_ subject: String, as actor: Actor) async throws -> [Record<Action>] {
        let page = try await ledger.list(Action.self, index: Action.subjectIndex, key: subject, limit: 500, as: actor)
        return page.records.sorted { $0.body.due < $1.body.due }
    }

    /// What is open for a user or team, the earliest due first.
    public func open(for owner: String, as actor: Actor) async throws -> [Record<Action>] {
        let page = try await ledger.list(Action.self, index: Action.openIndex, key: owner, limit: 500, as: actor)
        return page.records.sorted { $0.body.due < $1.body.due }
    }

    /// Actions about one thing, a page at a time, in an order that stays.
    public func about(
        _ subject: String, after position: ListPosition?, limit: Int, as actor: Actor
    ) async throws -> RecordPage<Action> {
        try await ledger.list(
            Action.self, index: Action.subjectIndex, key: subject, after: position, limit: limit, as: actor)
    }

    /// What is open for a user or team, a page at a time, in an order that stays.
    public func open(
        for owner: String, after position: ListPosition?, limit: Int, as actor: Actor
    ) async throws -> RecordPage<Action> {
        try await ledger.list(
            Action.self, index: Action.openIndex, key: owner, after: position, limit: limit, as: actor)
    }

    /// Every version of an action, oldest first.
    public func history(of id: Identifier<Action>, as actor: Actor) async throws -> [Record<Action>] {
        try await ledger.history(Action.self, id, as: actor)
    }
}
