public import Access
import Actions
public import Kernel
public import Ledger

/// The inspection lead's desk: reports, areas for improvement and their evidence, all through the ledger.
public struct InspectionDesk: Sendable {
    public let statuses: AreaStatuses
    public let scales: GradeScales
    let ledger: Ledger
    let reader: ReportReader
    let rules: AreaRules

    public init(ledger: Ledger, reader: ReportReader, statuses: AreaStatuses, scales: GradeScales) {
        (self.ledger, self.reader, self.statuses, self.scales) = (ledger, reader, statuses, scales)
        rules = AreaRules(statuses: statuses)
    }

    /// A desk with the reference data that comes with the room.
    /// - Throws: `ReferenceError`.
    public static func bundled(ledger: Ledger) throws -> InspectionDesk {
        let scales = try GradeScales.bundled()
        return InspectionDesk(
            ledger: ledger, reader: ReportReader(scales: scales, headings: try .bundled()), statuses: try .bundled(),
            scales: scales)
    }

    // MARK: Reports

    /// What importing a text did.
    public enum ImportOutcome: Sendable {
        case new(Record<InspectionReport>)
        /// The same text was imported before; nothing was changed.
        case alreadyHeld(Record<InspectionReport>)

        public var record: Record<InspectionReport> {
            switch self {
            case .new(let record), .alreadyHeld(let record): record
            }
        }
    }

    /// Reads a text without keeping it, to show what would be imported.
    /// - Throws: `Problem` that says what was expected.
    public func preview(_ bytes: [UInt8]) throws -> ReportDraft { try reader.read(bytes: bytes) }

    /// Imports a report, with a record for each thing it asks for. The same text twice is one report.
    /// - Throws: `Problem` when it is no report, or when she may not import one.
    public func importReport(_ bytes: [UInt8], fileName: String, as actor: Actor) async throws -> ImportOutcome {
        let draft = try reader.read(bytes: bytes)
        let digest = Digest.hexadecimal(bytes)
        guard let id = InspectionReport.identifier(digest) else { throw Problem.absent }
        let report = InspectionReport(draft: draft, digest: digest, fileName: String(fileName.prefix(200)))
        try await keepSource(bytes, id, as: actor)
        var changes: [Change] = [try .create(id, report, owner: actor.agency)]
        for (areaID, area) in AreaMaker(report: report, id: id).areas() {
            changes.append(try .create(areaID, area, owner: actor.agency))
        }
        do {
            try await ledger.commit(changes, as: actor)
            return .new(try await self.report(id, as: actor))
        } catch is Conflict {
            return .alreadyHeld(try await self.report(id, as: actor))
        } catch let problem as Problem where problem.code == .absent {
            // Another agency has brought it: what it asks for is theirs to work on, the published report is everybody's.
            return .alreadyHeld(try await self.report(id, as: actor))
        }
    }

    private func keepSource(_ bytes: [UInt8], _ id: Identifier<InspectionReport>, as actor: Actor) async throws {
        let now = ledger.now
        let consultation = Consultation(
            kind: "inspection.source", .inspectionReport, .collection, about: id.text, record: id.text)
        _ = try await ledger.collect(consultation, as: actor) { writing in
            try writing.run(
                "INSERT INTO inspection_source (report, bytes, at) VALUES ($1, $2, $3) ON CONFLICT (report) DO NOTHING",
                [.text(id.text), .blob(bytes), .integer(now.milliseconds)])
        }
    }

    /// Every report, the newest programme first.
    public func reports(as actor: Actor) async throws -> [Record<InspectionReport>] {
        try await ledger.list(
            InspectionReport.self, index: InspectionReport.yearIndex, limit: 500, descending: true, as: actor
        ).records
    }

    /// The reports of one force, the newest programme first.
    public func reports(forceKey: String, as actor: Actor) async throws -> [Record<InspectionReport>] {
        try await ledger.list(
            InspectionReport.self, index: InspectionReport.forceIndex, key: forceKey, limit: 500, as: actor
        ).records.sorted { $0.body.draft.year > $1.body.draft.year }
    }

    public func report(
        _ id: Identifier<InspectionReport>, as actor: Actor
    ) async throws -> Record<InspectionReport> {
        try await ledger.read(InspectionReport.self, id, as: actor)
    }

    /// The text of a report as it was given.
    public func source(of id: Identifier<InspectionReport>, as actor: Actor) async throws -> [UInt8] {
        let consultation = Consultation(
            kind: "inspection.source", .inspectionReport, .consultation, about: id.text, record: id.text)
        let row = try await ledger.consult(consultation, as: actor) {
            try $0.row("SELECT bytes FROM inspection_source WHERE report = $1", [.text(id.text)])
        }
        guard let row else { throw Problem.absent }
        return row.blob(0)
    }

    /// The grades of one question over the years, or why they cannot be one line.
    public func trend(forceKey: String, question: String, as actor: Actor) async throws -> GradeTrend {
        let reports = try await reports(forceKey: forceKey, as: actor).map(\.body.draft)
        return GradeTrend.of(GradeTrend.points(in: reports, question: question), scales: scales)
    }

    // MARK: Areas for improvement

    /// What a report asks for, in its order; those she may not see are left out.
    public func areas(
        of report: Identifier<InspectionReport>, as actor: Actor
    ) async throws -> [Record<AreaForImprovement>] {
        try await ledger.list(
            AreaForImprovement.self, index: AreaForImprovement.reportIndex, key: report.text, limit: 500, as: actor
        ).records.sorted { $0.body.number < $1.body.number }
    }

    /// The areas a user or team owns, the earliest due first, those without a date last.
    public func areas(ownedBy owner: String, as actor: Actor) async throws -> [Record<AreaForImprovement>] {
        try await ledger.list(
            AreaForImprovement.self, index: AreaForImprovement.ownerIndex, key: owner, limit: 500, as: actor
        ).records.sorted { ($0.body.due?.description ?? "~") < ($1.body.due?.description ?? "~") }
    }

    public func area(
        _ id: Identifier<AreaForImprovement>, asKnownAt moment: Moment? = nil, as actor: Actor
    ) async throws -> Record<AreaForImprovement> {
        try await ledger.read(AreaForImprovement.self, id, as: actor, asKnownAt: moment)
    }

    /// Every version of an area, oldest first.
    public func history(
        of id: Identifier<AreaForImprovement>, as actor: Actor
    ) async throws -> [Record<AreaForImprovement>] {
        try await ledger.history(AreaForImprovement.self, id, as: actor)
    }

    /// Changes an area. What only adds is added to whatever stands there; the rest is refused when somebody else was
    /// faster.
    /// - Parameter strictly: What only adds is refused then too.
    /// - Returns: The version that now stands.
    /// - Throws: `Conflict`; `Problem` with fields; `Problem.absent` when she may not.
    @discardableResult
    public func amend(
        _ id: Identifier<AreaForImprovement>, expecting version: Int, _ change: AreaChange, strictly: Bool = false,
        as actor: Actor
    ) async throws -> Int {
        let mayFollow = change.isAddition && !strictly
        var attempts = 0
        while true {
            attempts += 1
            let record = try await area(id, as: actor)
            let next = try rules.apply(change, to: record.body, by: actor, at: ledger.now)
            guard next != record.body else { return record.version }
            let expected = mayFollow ? record.version : version
            do {
                let receipts = try await ledger.commit([try .amend(id, expecting: expected, next)], as: actor)
                return receipts.first?.version ?? expected + 1
            } catch let conflict as Conflict {
                guard mayFollow, attempts < 5 else { throw conflict }
            }
        }
    }

    /// Follows up a finding that the report does not list as an area for improvement. Asking twice is one record.
    public func follow(
        _ report: Identifier<InspectionReport>, question: Int, finding: Int, as actor: Actor
    ) async throws -> Identifier<AreaForImprovement> {
        let record = try await self.report(report, as: actor)
        let maker = AreaMaker(report: record.body, id: report)
        guard let (id, area) = maker.followed(question: question, finding: finding) else { throw Problem.absent }
        do {
            try await ledger.commit([try .create(id, area, owner: actor.agency)], as: actor)
        } catch is Conflict {
            // Somebody follows it already: that record is the answer.
        }
        return id
    }
}
