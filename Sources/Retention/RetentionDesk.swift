public import Access
public import Kernel
public import Ledger

/// The records manager's desk: what is due, and what is decided of it.
public struct RetentionDesk: Sendable {
    public let rules: RetentionRules
    public let kinds: RetainedKinds
    let ledger: Ledger

    public init(ledger: Ledger, rules: RetentionRules, kinds: RetainedKinds) {
        (self.ledger, self.rules, self.kinds) = (ledger, rules, kinds)
    }

    var index: RetentionIndex { RetentionIndex(ledger: ledger, kinds: kinds, rules: rules) }

    public var today: Day { LondonTime.day(of: ledger.now) }

    // MARK: The queue

    /// One record in the queue.
    public struct Line: Sendable {
        public let record: RetainedRecord
        public let due: RetentionDue
        /// A hold keeps it from being destroyed.
        public let isHeld: Bool
        /// Somebody decided to destroy it, and somebody else must confirm that.
        public let isAwaited: Bool
    }

    public struct Queue: Sendable {
        /// The oldest first.
        public let lines: [Line]
        public let overdue: Int
        public let dueThisMonth: Int
        public let next: ListPosition?
        /// What is due next after this month; on the first page only.
        public let upcoming: [Line]
        /// The index is still being made after a change of the rules: more may be due than is shown.
        public let isBehind: Bool
    }

    /// What her agency owns and is overdue or due this month, the oldest first. Logged as a list.
    /// - Throws: `Problem.absent` when she may not review.
    public func queue(after position: ListPosition? = nil, limit: Int = 50, as actor: Actor) async throws -> Queue {
        try await require(.consultation, about: "queue", as: actor)
        let isBehind = try await isBehind()
        let (today, owner, last) = (today, actor.agency, lastOfMonth)
        let (rows, later, counts) = try await ledger.glance { reading in
            (
                try RetentionRows.due(of: owner, through: last, after: position, limit: limit + 1, reading),
                try position == nil ? RetentionRows.due(of: owner, after: last, limit: Self.foreseen, reading) : [],
                try RetentionRows.counts(of: owner, before: today, through: last, reading)
            )
        }
        let shown = rows.prefix(limit)
        return Queue(
            lines: try await lines(shown, actor), overdue: counts.overdue, dueThisMonth: counts.due,
            next: rows.count > limit ? shown.last?.position : nil, upcoming: try await lines(later[...], actor),
            isBehind: isBehind)
    }

    /// How many are shown of what is due later.
    private static let foreseen = 10

    private var lastOfMonth: Day { today.monthOfYear.adding(months: 1).firstDay.adding(days: -1) }

    /// How much waits for her, for her home page; shows no record.
    public func waiting(as actor: Actor) async throws -> (overdue: Int, due: Int) {
        let (today, owner, last) = (today, actor.agency, lastOfMonth)
        return try await ledger.glance { try RetentionRows.counts(of: owner, before: today, through: last, $0) }
    }

    private func isBehind() async throws -> Bool {
        do {
            return try await !index.catchUp(most: 4)
        } catch StorageError.diskFull {
            return true
        }
    }

    /// Read through the gateway, kind by kind, and put back in their order.
    private func lines(_ rows: ArraySlice<DueRow>, _ actor: Actor) async throws -> [Line] {
        var found: [String: RetainedRecord] = [:]
        for (name, rows) in Dictionary(grouping: rows, by: \.kind).sorted(by: { $0.key < $1.key }) {
            guard let kind = kinds[name] else { continue }
            for record in try await kind.list(rows.map(\.record), "retention", ledger, actor) {
                found[record.id] = record
            }
        }
        let (rules, today, records) = (rules, today, rows.compactMap { found[$0.record] })
        return try await ledger.glance { reading in
            try records.map { record in
                let decisions = try RetentionDesk.decisions(record.id, reading)
                return Line(
                    record: record,
                    due: rules.due(record.facts, keptOn: RetentionDesk.kept(decisions), today: today),
                    isHeld: try !RetentionHold.keeping(record, on: today, reading).isEmpty,
                    isAwaited: decisions.contains { $0.body.state == .awaited })
            }
        }
    }

    static func decisions(_ record: String, _ reading: any Reading) throws -> [Record<RetentionDecision>] {
        try RecordUpkeep.records(
            RetentionDecision.self, index: RetentionDecision.recordIndex, key: record, reading)
    }

    static func kept(_ decisions: [Record<RetentionDecision>]) -> [Day] {
        decisions.filter { $0.body.outcome == .keep }.map(\.body.on)
    }

    // MARK: One record

    /// All that a reviewer needs to decide.
    public struct Sheet: Sendable {
        public let record: RetainedRecord
        public let due: RetentionDue
        public let group: Dated<RetentionGroup>?
        /// Oldest first.
        public let decisions: [Record<RetentionDecision>]
        /// Those that cover it and stand.
        public let holds: [RetentionHold]
        /// The day on which the next review would be if it were kept today.
        public let nextIfKept: RetentionDue
        /// Until when backups may hold it if it were destroyed today.
        public let copiesUntil: Day?

        public var awaited: Record<RetentionDecision>? { decisions.last { $0.body.state == .awaited } }
    }

    /// - Throws: `Problem.absent` when there is none, it was destroyed, or she may not see it.
    public func sheet(_ kind: String, _ id: String, as actor: Actor) async throws -> Sheet {
        guard let kind = kinds[kind] else { throw Problem.absent }
        try await require(.consultation, about: "review", record: id, as: actor)
        let record = try await kind.read(id, ledger, actor)
        guard record.owner == actor.agency else { throw Problem.absent }
        let (rules, today) = (rules, today)
        let (decisions, holds) = try await ledger.glance { reading in
            (try RetentionDesk.decisions(id, reading), try RetentionHold.keeping(record, on: today, reading))
        }
        let kept = RetentionDesk.kept(decisions)
        return Sheet(
            record: record, due: rules.due(record.facts, keptOn: kept, today: today),
            group: rules.group(record.facts.group, on: today), decisions: decisions, holds: holds,
            nextIfKept: rules.due(record.facts, keptOn: kept + [today], today: today),
            copiesUntil: rules.copiesUntil(erased: today))
    }

    /// What was destroyed, the newest first: that it was there, and who decided so.
    public func destroyed(
        after position: ListPosition? = nil, as actor: Actor
    ) async throws -> RecordPage<RetentionDecision> {
        try await ledger.list(
            RetentionDecision.self, index: RetentionDecision.stateIndex,
            key: RetentionDecision.State.destroyed.rawValue, after: position, descending: true, as: actor)
    }

    // MARK: Holds

    public func holds(as actor: Actor) async throws -> [Record<RetentionHold>] {
        try await ledger.list(
            RetentionHold.self, index: RetentionHold.standingIndex, key: "yes", limit: 500, as: actor
        ).records
    }

    public func hold(_ id: Identifier<RetentionHold>, as actor: Actor) async throws -> Record<RetentionHold> {
        try await ledger.read(RetentionHold.self, id, as: actor)
    }

    /// - Throws: `Problem` with fields; `Problem.absent` when she may not.
    @discardableResult
    public func hold(
        _ title: String, why: String, _ scope: RetentionHold.Scope, until: Day? = nil, as actor: Actor
    ) async throws -> Identifier<RetentionHold> {
        let id = ledger.newIdentifier(RetentionHold.self)
        let hold = try RetentionHold.make(title, why: why, scope, until: until, by: actor.user, at: ledger.now)
        try await ledger.commit([try .create(id, hold, owner: actor.agency)], as: actor)
        return id
    }

    public func lift(_ id: Identifier<RetentionHold>, why: String, as actor: Actor) async throws {
        let record = try await ledger.read(RetentionHold.self, id, as: actor)
        let lifted = try record.body.lifted(why: why, by: actor.user, at: ledger.now)
        try await ledger.commit([try .amend(id, expecting: record.version, lifted)], as: actor)
    }

    /// Decided here as everywhere: what is shown below is her own agency's only.
    private func require(_ operation: Operation, about: String, record: String? = nil, as actor: Actor) async throws {
        let isAllowed = decide(actor, operation, on: .retention, standing: [.ownAgency]).isAllowed
        let consultation = Consultation(kind: "retention", .retention, operation, about: about, record: record)
        try await ledger.note(consultation, as: actor, allowed: isAllowed)
        guard isAllowed else { throw Problem.absent }
    }
}
