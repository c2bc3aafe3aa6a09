public import Access
public import Instruments
public import Kernel
public import Ledger
public import People

/// Assessments of risk, through the ledger.
public struct AssessmentDesk: Sendable {
    let ledger: Ledger
    public let library: InstrumentLibrary
    let people: PeopleDesk
    /// Judges of quality, each made once.
    let judges: QualityJudges
    /// What of an officer's forms was said in earlier ones.
    public let copying: CopyFinder
    /// Every assessment that was sent, judged.
    let board: QualityBoard

    /// - Parameter seed: of the index of copied text.
    public init(
        ledger: Ledger, library: InstrumentLibrary, people: PeopleDesk, seed: UInt64 = .random(in: .min ... .max)
    ) {
        (self.ledger, self.library, self.people) = (ledger, library, people)
        judges = QualityJudges(library.quality)
        copying = CopyFinder(ledger: ledger, rules: library.quality, seed: seed)
        board = AssessmentDesk.board(ledger, library, judges)
    }

    public static let chronologyKinds = [ChronologyKind(Assessment.self)]

    // MARK: Reading

    public func assessment(
        _ id: Identifier<Assessment>, as actor: Actor
    ) async throws -> Record<Assessment> {
        try await ledger.read(Assessment.self, id, as: actor)
    }

    /// As it was known at a moment; nil when it did not exist yet.
    public func assessment(
        _ id: Identifier<Assessment>, asKnownAt moment: Moment, as actor: Actor
    ) async throws -> Record<Assessment>? {
        do {
            return try await ledger.read(Assessment.self, id, as: actor, asKnownAt: moment)
        } catch let problem as Problem where problem.code == .absent {
            return nil
        }
    }

    public func history(of id: Identifier<Assessment>, as actor: Actor) async throws -> [Record<Assessment>] {
        try await ledger.history(Assessment.self, id, as: actor)
    }

    /// Of one occurrence, the oldest first.
    public func about(_ occurrence: Identifier<Occurrence>, as actor: Actor) async throws -> [Record<Assessment>] {
        try await listed(Assessment.occurrenceIndex, occurrence.text, actor)
    }

    /// Of one person, the newest first.
    public func about(victim: Identifier<Person>, as actor: Actor) async throws -> [Record<Assessment>] {
        try await listed(Assessment.victimIndex, victim.text, actor).reversed()
    }

    /// Hers, the newest first.
    public func own(as actor: Actor) async throws -> [Record<Assessment>] {
        try await ledger.list(
            Assessment.self, index: Assessment.officerIndex, key: actor.user, limit: 100, descending: true, as: actor
        ).records
    }

    private func listed(_ index: String, _ key: String?, _ actor: Actor) async throws -> [Record<Assessment>] {
        try await ledger.list(Assessment.self, index: index, key: key, limit: 500, as: actor).records
    }

    /// The version in which it was asked, whatever has come since.
    /// - Throws: `Problem.unavailable` where its file is gone; the answers are kept.
    public func version(of assessment: Assessment) throws -> InstrumentVersion {
        if let version = library.shelf.version(assessment.answers.instrument) { return version }
        _ = try library.shelf.reading(assessment.answers)
        throw Problem.absent
    }

    // MARK: Beginning

    /// What is chosen to begin one.
    public struct Beginning: Sendable {
        public var occurrence: Identifier<Occurrence>
        /// Of an instrument.
        public var instrument: String
        public var victim: Identifier<Person>?
        public var suspect: Identifier<Person>?
        public var reportedAt: Moment

        public init(
            occurrence: Identifier<Occurrence>, instrument: String, victim: Identifier<Person>?,
            suspect: Identifier<Person>? = nil, reportedAt: Moment
        ) {
            (self.occurrence, self.instrument) = (occurrence, instrument)
            (self.victim, self.suspect, self.reportedAt) = (victim, suspect, reportedAt)
        }
    }

    /// Begins one; or gives the one that is being written about the same person in the same instrument, so that a form
    /// that is sent twice begins one.
    /// - Throws: `Problem.invalid` with fields `instrument`, `victim`, `suspect`, `reported`; `.absent`.
    public func begin(_ beginning: Beginning, as actor: Actor) async throws -> Identifier<Assessment> {
        let occurrence = try await people.record(beginning.occurrence, as: actor)
        guard occurrence.owner == actor.agency else { throw Problem.absent }
        let now = ledger.now
        let held = library.shelf.inForce(beginning.instrument, on: LondonTime.day(of: now))
        let version = held.flatMap { $0.stage == .response ? $0 : nil }
        let named = Set(occurrence.body.involved.map(\.person))
        var faults: [Problem.Field] = []
        if version == nil { faults.append(.init("instrument", "Choose the question set.")) }
        if beginning.victim.map(named.contains) != true {
            faults.append(.init("victim", "Choose who is at risk. Name the person in the occurrence first."))
        }
        if let suspect = beginning.suspect, !named.contains(suspect) || suspect == beginning.victim {
            faults.append(.init("suspect", "Choose another person who is named in the occurrence."))
        }
        if beginning.reportedAt > now { faults.append(.init("reported", "Enter a time that has passed.")) }
        guard let version, let victim = beginning.victim, faults.isEmpty else { throw Problem.fields(faults) }
        let open = try await about(occurrence.id, as: actor).first {
            $0.body.state.isOpen && $0.body.isWorkedHere && $0.body.victim == victim
                && $0.body.answers.instrument.id == version.id
                && $0.owner == actor.agency
        }
        if let open { return open.id }
        let body = Assessment(
            about: occurrence, parties(beginning, victim, occurrence.body), in: version,
            reportedAt: beginning.reportedAt, by: actor.user, of: actor.onlyTeam, at: now)
        let id = ledger.newIdentifier(Assessment.self)
        try await ledger.commit([try .create(id, body, owner: actor.agency)], as: actor)
        return id
    }

    /// Children whom the occurrence names belong to it too.
    private func parties(
        _ beginning: Beginning, _ victim: Identifier<Person>, _ occurrence: Occurrence
    ) -> [Assessment.Party] {
        let children = occurrence.involved.filter {
            $0.capacity == .child && $0.until == nil && ![victim, beginning.suspect].contains($0.person)
        }
        var parties = [Assessment.Party(victim, .victim)]
        parties += beginning.suspect.map { [Assessment.Party($0, .suspect)] } ?? []
        for child in children where !parties.contains(where: { $0.person == child.person }) {
            parties.append(Assessment.Party(child.person, .child))
        }
        return parties
    }

    // MARK: Writing

    /// Takes one answer, with whatever else was saved meanwhile.
    /// - Throws: see `Assessment.answered`; `Problem.absent`.
    @discardableResult
    public func answer(
        _ answer: Answer, seen: Int, in id: Identifier<Assessment>, as actor: Actor
    ) async throws -> Record<Assessment> {
        try await write(id, as: actor) { try $0.answered(answer, seen: seen, in: try version(of: $0)) }
    }

    @discardableResult
    public func ask(
        _ circumstances: Circumstances, seen: Int, in id: Identifier<Assessment>, as actor: Actor
    ) async throws -> Record<Assessment> {
        try await write(id, as: actor) { try $0.asked(circumstances, seen: seen, by: actor.user) }
    }

    @discardableResult
    public func respond(
        _ response: InitialResponse, seen: Int, in id: Identifier<Assessment>, as actor: Actor
    ) async throws -> Record<Assessment> {
        try await write(id, as: actor) { try $0.responding(response, seen: seen, by: actor.user) }
    }

    @discardableResult
    public func grade(
        _ draft: GradeDraft, seen: Int, in id: Identifier<Assessment>, as actor: Actor
    ) async throws -> Record<Assessment> {
        let concerns = try await concerns(in: try await assessment(id, as: actor).body, as: actor)
        return try await write(id, as: actor) {
            try $0.graded(
                draft, weighing: concerns, in: try version(of: $0), try .bundled(), seen: seen, by: actor.user,
                at: ledger.now)
        }
    }

    /// Reads, works out and writes; again where another part of the same assessment was saved in between.
    func write(
        _ id: Identifier<Assessment>, as actor: Actor, _ change: (Assessment) throws -> Assessment
    ) async throws -> Record<Assessment> {
        var tries = 0
        while true {
            let record = try await assessment(id, as: actor)
            guard record.owner == actor.agency else { throw Problem.absent }
            let next = try change(record.body)
            guard next != record.body else { return record }
            do {
                let receipts = try await ledger.commit([.amend(id, expecting: record.version, next)], as: actor)
                return Record(
                    id: id, version: receipts.first?.version ?? record.version + 1, owner: record.owner, body: next,
                    author: actor.user, at: ledger.now)
            } catch let conflict as Conflict {
                tries += 1
                if tries > 8 { throw conflict }
            }
        }
    }
}
