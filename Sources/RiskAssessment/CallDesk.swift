public import Access
public import Instruments
public import Kernel
public import Ledger
public import People

/// Calls, through the ledger.
public struct CallDesk: Sendable {
    let ledger: Ledger
    let people: PeopleDesk
    let assessments: AssessmentDesk
    var library: InstrumentLibrary { assessments.library }
    public var shelf: InstrumentShelf { library.shelf }

    public init(ledger: Ledger, people: PeopleDesk, assessments: AssessmentDesk) {
        (self.ledger, self.people, self.assessments) = (ledger, people, assessments)
    }

    public static let chronologyKinds = [ChronologyKind(ReportedCall.self)]

    // MARK: Reading

    public func call(_ id: Identifier<ReportedCall>, as actor: Actor) async throws -> Record<ReportedCall> {
        try await ledger.read(ReportedCall.self, id, as: actor)
    }

    /// Of one occurrence, the newest first.
    public func about(_ occurrence: Identifier<Occurrence>, as actor: Actor) async throws -> [Record<ReportedCall>] {
        try await listed(ReportedCall.occurrenceIndex, occurrence.text, actor)
    }

    /// That name one person, the newest first.
    public func about(person: Identifier<Person>, as actor: Actor) async throws -> [Record<ReportedCall>] {
        try await listed(ReportedCall.personIndex, person.text, actor)
    }

    private func listed(_ index: String, _ key: String, _ actor: Actor) async throws -> [Record<ReportedCall>] {
        try await ledger.list(ReportedCall.self, index: index, key: key, limit: 200, descending: true, as: actor)
            .records
            .sorted { ($0.body.reportedAt, $0.id.text) > ($1.body.reportedAt, $1.id.text) }
    }

    /// Open ones of her agency: what nobody at the door knows yet first, then the clock.
    public func open(as actor: Actor) async throws -> [ListedCall] {
        try await ledger.list(
            ReportedCall.self, index: ReportedCall.openIndex, limit: 500, descending: true, as: actor
        ).records.filter { $0.owner == actor.agency }.map(line).sorted { $0.order < $1.order }
    }

    /// Open ones to which she or a team of hers was sent.
    public func going(as actor: Actor) async throws -> [ListedCall] {
        var found: [String: Record<ReportedCall>] = [:]
        for who in [actor.user] + actor.teams.sorted() {
            for record in try await listed(ReportedCall.goingIndex, who, actor) { found[record.id.text] = record }
        }
        return found.values.map(line).sorted { $0.order < $1.order }
    }

    /// Open ones in which a check found somebody vulnerable and no flag holds: what inspectors found most.
    public func unflagged(as actor: Actor) async throws -> [ListedCall] {
        try await ledger.list(ReportedCall.self, index: ReportedCall.unflaggedIndex, limit: 100, as: actor).records
            .filter { $0.owner == actor.agency }.map(line)
    }

    func line(_ record: Record<ReportedCall>) -> ListedCall {
        ListedCall(record: record, lacksFlag: lacksFlag(record.body), due: reassessmentDue(record.body))
    }

    /// Somebody found a vulnerability at the call and no flag holds.
    public func lacksFlag(_ call: ReportedCall) -> Bool { !call.isFlagged && findsVulnerability(call) }

    func findsVulnerability(_ call: ReportedCall) -> Bool { call.findsVulnerability { library.shelf.version($0) } }

    /// By when it asks to be assessed again; when it was reported, before there is a first.
    public func reassessmentDue(_ call: ReportedCall) -> Moment? {
        guard let last = call.thrive else { return call.reportedAt }
        return (try? CallWords.bundled())?.reassessmentDue(last.grade, after: last.at)
    }

    /// The instrument that a call is assessed in today.
    /// - Throws: `Problem.unavailable` where no file is for calls.
    public func instrument() throws -> InstrumentVersion {
        let today = LondonTime.day(of: ledger.now)
        let found = library.shelf.instruments.compactMap { $0.inForce(on: today) }.filter { $0.stage == .call }
        // A force's own goes before one that comes with the house.
        if let version = found.first(where: { $0.standing == .local }) ?? found.first { return version }
        throw Problem(
            .unavailable, "There is no question set for calls.",
            next: "Put a file of THRIVE that says “for: call” into the folder of instruments.")
    }

    // MARK: Writing

    /// Takes a call about an occurrence of hers. The same form sent twice makes one.
    /// - Throws: `Problem.invalid` with fields `reported`, `caller`, `said`; `.absent`.
    public func take(_ draft: ReportedCall.Draft, as actor: Actor) async throws -> Identifier<ReportedCall> {
        let occurrence = try await people.record(draft.occurrence, as: actor)
        guard occurrence.owner == actor.agency else { throw Problem.absent }
        var faults: [Problem.Field] = []
        if draft.reportedAt > ledger.now { faults.append(.init("reported", "Enter a time that has passed.")) }
        if draft.caller.trimmed().isEmpty { faults.append(.init("caller", "Say who called, or that it is not known.")) }
        if draft.said.trimmed().isEmpty { faults.append(.init("said", "Write what was said.")) }
        for (field, text) in [("caller", draft.caller), ("said", draft.said)]
        where text.unicodeScalars.count > ReportedCall.mostWords {
            faults.append(.init(field, "Use 4,000 characters or fewer."))
        }
        guard faults.isEmpty else { throw Problem.fields(faults) }
        let body = ReportedCall(draft, about: occurrence, by: actor)
        let same = try await about(occurrence.id, as: actor).first {
            ($0.body.handler, $0.body.reportedAt, $0.body.said) == (body.handler, body.reportedAt, body.said)
        }
        if let same { return same.id }
        let id = ledger.newIdentifier(ReportedCall.self)
        try await ledger.commit([try .create(id, body, owner: actor.agency)], as: actor)
        return id
    }

    /// - Throws: see `ReportedCall.assessed`; `Problem.absent`.
    public func assess(
        _ id: Identifier<ReportedCall>, _ draft: ThriveDraft, known: Int, as actor: Actor
    ) async throws {
        let version = try instrument()
        try await write(id, as: actor) {
            try $0.assessed(draft, in: version, known: known, by: actor.user, at: ledger.now)
        }
    }

    public func check(
        _ id: Identifier<ReportedCall>, _ outcome: VulnerabilityCheck.Outcome?, looked: [String], words: String,
        as actor: Actor
    ) async throws {
        try await write(id, as: actor) {
            try $0.checked(outcome, looked: looked, words: words, by: actor.user, at: ledger.now)
        }
    }

    public func flag(
        _ id: Identifier<ReportedCall>, _ kinds: [String], words: String, as actor: Actor
    ) async throws {
        try await write(id, as: actor) { try $0.flagged(kinds, words: words, by: actor.user, at: ledger.now) }
    }

    public func withdraw(
        _ id: Identifier<ReportedCall>, flag number: Int, because reason: String, as actor: Actor
    ) async throws {
        try await write(id, as: actor) {
            try $0.withdrawing(number, because: reason, by: actor.user, at: ledger.now)
        }
    }

    /// What was looked up where orders and bail are held.
    public func find(
        _ id: Identifier<ReportedCall>, order kind: String, words: String, until: Day?, as actor: Actor
    ) async throws {
        try await write(id, as: actor) {
            try $0.found(kind, words: words, until: until, by: actor.user, at: ledger.now)
        }
    }

    /// - Parameter name: of the user or team, as it is now.
    public func send(_ id: Identifier<ReportedCall>, _ who: String, name: String, as actor: Actor) async throws {
        try await write(id, as: actor) {
            try $0.sending(CallSent(to: who, name: name, by: actor.user, at: ledger.now))
        }
    }

    /// She has seen the flags up to this number.
    /// - Parameter name: hers.
    public func acknowledge(
        _ id: Identifier<ReportedCall>, upTo number: Int, name: String, as actor: Actor
    ) async throws {
        try await write(id, as: actor, joining: false) {
            try $0.acknowledged(upTo: number, by: actor.user, called: name, teams: actor.teams, at: ledger.now)
        }
    }

    /// She is there.
    public func arrive(_ id: Identifier<ReportedCall>, name: String, as actor: Actor) async throws {
        try await write(id, as: actor, joining: false) {
            try $0.arrived(actor.user, called: name, teams: actor.teams, at: ledger.now)
        }
    }

    /// Somebody who was sent is there, as another writes down.
    public func record(
        arrivalOf who: String, at moment: Moment?, at id: Identifier<ReportedCall>, as actor: Actor
    ) async throws {
        try await write(id, as: actor) {
            try $0.arrived(who, at: moment, by: actor.user, recorded: ledger.now)
        }
    }

    public func close(
        _ id: Identifier<ReportedCall>, _ isClosed: Bool, words: String, as actor: Actor
    ) async throws {
        try await write(id, as: actor) {
            try $0.closed(isClosed, words: words, lacksFlag: lacksFlag($0), by: actor.user, at: ledger.now)
        }
    }

    /// Reads, works out and writes; again where something else of the same call was saved in between.
    /// - Parameter isJoining: takes in whomever the occurrence names by now.
    func write(
        _ id: Identifier<ReportedCall>, as actor: Actor, joining isJoining: Bool = true,
        _ change: (ReportedCall) throws -> ReportedCall
    ) async throws {
        var tries = 0
        while true {
            let record = try await call(id, as: actor)
            guard record.owner == actor.agency else { throw Problem.absent }
            var next = try change(record.body)
            guard next != record.body else { return }
            if isJoining, let occurrence = try await occurrence(of: record.body, as: actor) {
                next = next.joined(by: occurrence.body)
            }
            do {
                try await ledger.commit([.amend(id, expecting: record.version, next)], as: actor)
                return
            } catch let conflict as Conflict {
                tries += 1
                if tries > 8 { throw conflict }
            }
        }
    }

    /// Takes in whomever the occurrence names by now: from then on who may see the calls about it is asked of them too.
    public func join(_ id: Identifier<Occurrence>, as actor: Actor) async throws {
        guard let occurrence = try await present({ try await people.record(id, as: actor) }) else { return }
        for record in try await about(id, as: actor)
        where record.owner == actor.agency && record.body.joined(by: occurrence.body) != record.body {
            _ = try await present {
                try await write(record.id, as: actor, joining: false) { $0.joined(by: occurrence.body) }
            }
        }
    }

    /// Nil where it is not open to her.
    func occurrence(of call: ReportedCall, as actor: Actor) async throws -> Record<Occurrence>? {
        try await present { try await people.record(call.occurrence, as: actor) }
    }

    func present<Value>(_ read: () async throws -> Value) async throws -> Value? {
        do { return try await read() } catch let problem as Problem where problem.code == .absent { return nil }
    }
}
