public import Access
public import Kernel
public import Ledger

/// Partners' data: agreements, the columns of each agency's files, and loads.
public struct IntakeDesk: Sendable {
    let ledger: Ledger
    let people: PeopleDesk
    var limits = IntakeLimits()

    public init(people: PeopleDesk) { (ledger, self.people) = (people.ledger, people) }

    public var today: Day { LondonTime.day(of: ledger.now) }

    // MARK: Columns

    /// What was remembered of an agency's files; nil when nothing was.
    public func mapping(of agency: String, as actor: Actor) async throws -> Record<AgencyMapping>? {
        try await ledger.list(AgencyMapping.self, index: "agency", key: agency, limit: 1, as: actor).records.first
    }

    func remember(_ mapping: ColumnMapping, of agency: String, as actor: Actor) async throws {
        guard let known = try await self.mapping(of: agency, as: actor) else {
            let id = ledger.newIdentifier(AgencyMapping.self)
            let body = AgencyMapping(agency: agency, mapping: mapping)
            try await ledger.commit([.create(id, body, owner: actor.agency)], as: actor)
            return
        }
        guard known.body.mapping != mapping else { return }
        let body = AgencyMapping(agency: agency, mapping: mapping)
        try await ledger.commit([.amend(known.id, expecting: known.version, body)], as: actor)
    }

    // MARK: Loads

    /// Newest first.
    public func intakes(as actor: Actor) async throws -> [Record<Intake>] {
        try await ledger.list(Intake.self, index: "all", key: "all", limit: 50, descending: true, as: actor).records
    }

    public func intake(_ id: Identifier<Intake>, as actor: Actor) async throws -> Record<Intake> {
        try await ledger.read(Intake.self, id, as: actor)
    }

    /// The whole file looked through, and nothing written.
    /// - Throws: `Problem`, see `IntakeSurvey`; `.absent` when she may not load.
    public func preview(
        _ file: IntakeFile, _ mapping: ColumnMapping, as actor: Actor,
        progress: @Sendable (IntakeProgress) -> Void = { _ in }
    ) async throws -> IntakeSurvey {
        let consultation = Consultation(kind: Intake.kind.name, .sharing, .collection, about: "preview")
        try await ledger.consult(consultation, as: actor, standing: [.ownAgency]) { _ in }
        var survey = try survey(file, mapping, progress)
        survey.first = [:]
        return survey
    }

    func survey(
        _ file: IntakeFile, _ mapping: ColumnMapping, _ progress: (IntakeProgress) -> Void
    ) throws -> IntakeSurvey {
        try IntakeSurvey(file, mapping, on: today, limits: limits) { rows in
            try Task.checkCancellation()
            progress(.checking(rows))
        }
    }
}
