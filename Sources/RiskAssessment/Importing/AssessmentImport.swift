public import Access
import Instruments
public import Kernel
public import Ledger
public import People

/// What of assessments is to be loaded, and how.
public struct AssessmentPlan: Sendable {
    /// The agency that made them.
    public var agency: String
    /// Needed where the agency is another.
    public var agreement: Identifier<SharingAgreement>?
    public var mapping: AssessmentMapping
    /// The house's teams by their names in lower case, so that a team is one team whether it is named or not.
    public var teams: [String: String] = [:]

    public init(agency: String, agreement: Identifier<SharingAgreement>?, mapping: AssessmentMapping) {
        (self.agency, self.agreement, self.mapping) = (agency, agreement, mapping)
    }
}

/// Brings in assessments that were made in another system.
public struct AssessmentImport: Sendable {
    let desk: AssessmentDesk
    let intake: IntakeDesk
    public var limits = IntakeLimits()

    public init(_ desk: AssessmentDesk) {
        (self.desk, intake) = (desk, IntakeDesk(people: desk.people))
        limits.batch = 100
    }

    var ledger: Ledger { desk.ledger }

    // MARK: Columns

    /// What was remembered of an agency's files; nil when nothing was.
    public func columns(of agency: String, as actor: Actor) async throws -> Record<AssessmentColumns>? {
        try await ledger.list(AssessmentColumns.self, index: "agency", key: agency, limit: 1, as: actor).records.first
    }

    private func remember(_ mapping: AssessmentMapping, of agency: String, as actor: Actor) async throws {
        let body = AssessmentColumns(agency: agency, mapping: mapping)
        guard let known = try await columns(of: agency, as: actor) else {
            let id = ledger.newIdentifier(AssessmentColumns.self)
            try await ledger.commit([.create(id, body, owner: actor.agency)], as: actor)
            return
        }
        guard known.body.mapping != mapping else { return }
        try await ledger.commit([.amend(known.id, expecting: known.version, body)], as: actor)
    }

    // MARK: Loads

    /// The whole file looked through, and nothing written.
    /// - Throws: `Problem`, see `AssessmentSurvey`; `.absent` when she may not load.
    public func preview(
        _ file: IntakeFile, _ mapping: AssessmentMapping, as actor: Actor,
        progress: @Sendable (IntakeProgress) -> Void = { _ in }
    ) async throws -> AssessmentSurvey {
        let consultation = Consultation(kind: Intake.kind.name, .sharing, .collection, about: "preview")
        try await ledger.consult(consultation, as: actor, standing: [.ownAgency]) { _ in }
        var survey = try survey(file, mapping, progress)
        survey.first = [:]
        return survey
    }

    private func survey(
        _ file: IntakeFile, _ mapping: AssessmentMapping, _ progress: (IntakeProgress) -> Void
    ) throws -> AssessmentSurvey {
        try AssessmentSurvey(file, mapping, desk.library.shelf, at: ledger.now, limits: limits) { rows in
            try Task.checkCancellation()
            progress(.checking(rows))
        }
    }

    /// Loads a file: numbers that are not held become assessments, those whose line says something else get a new version,
    /// the others stay. A hundred at a time, each with its persons and its occurrence or not at all; a load that is
    /// stopped goes on when the file is loaded again.
    /// - Parameter onReject: each line that is not taken, with its values as they stood.
    /// - Throws: `Problem` before anything is written when the file, its mapping or the agreement cannot be used;
    ///   `.unavailable` while another load is under way.
    public func load(
        _ file: IntakeFile, _ plan: AssessmentPlan, as actor: Actor,
        onReject: (Intake.Fault, [String]) throws -> Void = { _, _ in },
        progress: @Sendable (IntakeProgress) -> Void = { _ in }
    ) async throws -> Record<Intake> {
        let agreement = try await intake.agreement(plan.agreement, of: plan.agency, as: actor)
        return try await intake.alone(as: actor) {
            let survey = try survey(file, plan.mapping, progress)
            if let refusal = survey.refusal { throw refusal }
            try await remember(plan.mapping, of: plan.agency, as: actor)
            let begun = Intake(
                file: file.name, agency: plan.agency, agreement: agreement?.id.text, what: "assessments")
            return try await intake.recorded(begun, as: actor) { id, record in
                let origin = IntakeOrigin(agency: plan.agency, agreement: agreement, intake: id)
                var work = AssessmentWork(
                    house: self, actor: actor, origin: origin, plan: plan, file: file.name, intake: record)
                defer { record = work.intake }
                try await run(file, survey, &work, onReject, progress)
                work.intake.notices = survey.notices + work.notices
            }
        }
    }

    private func run(
        _ file: IntakeFile, _ survey: AssessmentSurvey, _ work: inout AssessmentWork,
        _ onReject: (Intake.Fault, [String]) throws -> Void, _ progress: (IntakeProgress) -> Void
    ) async throws {
        let (table, start) = (try file.open(), ledger.now)
        let reader = try AssessmentReader(work.plan.mapping, header: table.header, desk.library.shelf, at: start)
        // The lines on which numbers stand first are known: what stood elsewhere then is a repeat now.
        var (first, rows) = (survey.first, [(AssessmentLine, [String])]())
        while let row = try table.next() {
            work.intake.counts.read += 1
            do {
                rows.append((try reader.checked(row, first: &first), row.values))
            } catch let fault as AssessmentFault {
                try onReject(work.intake.reject(row.number, fault.words, limits), row.values)
            }
            guard rows.count == limits.batch else { continue }
            try await settle(&rows, &work, onReject)
            progress(.loading(work.intake.counts.read, of: survey.rows, since: start, at: ledger.now))
        }
        try await settle(&rows, &work, onReject)
    }

    private func settle(
        _ rows: inout [(AssessmentLine, [String])], _ work: inout AssessmentWork,
        _ onReject: (Intake.Fault, [String]) throws -> Void
    ) async throws {
        try Task.checkCancellation()
        for (place, words) in try await work.keep(rows.map(\.0)) {
            try onReject(work.intake.reject(rows[place].0.line, words, limits), rows[place].1)
        }
        rows.removeAll(keepingCapacity: true)
    }
}
