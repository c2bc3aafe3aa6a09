import Access
import Accounts
import Inspection
import Kernel
import Ledger
import Pages

/// Inspection reports, areas for improvement, their actions, their evidence and the pack.
enum InspectionRoutes {
    static let all: [Route] = reports + areas + work + proof

    private static let reports: [Route] = [
        .get("/inspections", .signedIn(.consultation, .inspectionReport, ReportReading.list)),
        .get("/inspections/new", .signedIn(.collection, .inspectionReport, ReportKeeping.new)),
        .upload("/inspections/read", .signedIn(.collection, .inspectionReport, ReportKeeping.preview)),
        .upload("/inspections", .signedIn(.collection, .inspectionReport, ReportKeeping.keep)),
        .get("/inspections/:id", .signedIn(.consultation, .inspectionReport, ReportReading.show)),
        .get("/inspections/:id/source", .signedIn(.consultation, .inspectionReport, ReportReading.source)),
        .post("/inspections/:id/followed", .signedIn(.collection, .improvement, ReportKeeping.follow)),
    ]

    private static let areas: [Route] = [
        .get("/areas", .signedIn(.consultation, .improvement, AreaReading.list)),
        .get("/areas/:id", .signedIn(.consultation, .improvement, AreaReading.show)),
        .get("/areas/:id/history", .signedIn(.consultation, .improvement, AreaReading.history)),
        .get("/areas/:id/plan", .signedIn(.alteration, .improvement, AreaPlanning.form)),
        .post("/areas/:id/plan", .signedIn(.alteration, .improvement, AreaPlanning.save)),
        .post("/areas/:id/plan/resolve", .signedIn(.alteration, .improvement, AreaPlanning.resolve)),
        .get("/areas/:id/status/:strand", .signedIn(.alteration, .improvement, AreaStanding.form)),
        .post("/areas/:id/status/:strand", .signedIn(.alteration, .improvement, AreaStanding.save)),
        .post("/areas/:id/status/:strand/resolve", .signedIn(.alteration, .improvement, AreaStanding.resolve)),
    ]

    private static let work: [Route] = [
        .get("/areas/:id/actions", .signedIn(.collection, .improvement, ActionGiving.form)),
        .post("/areas/:id/actions", .signedIn(.collection, .improvement, ActionGiving.give)),
        .get("/actions/:id", .signedIn(.alteration, .improvement, ActionAnswering.show)),
        .post("/actions/:id", .signedIn(.alteration, .improvement, ActionAnswering.answer)),
    ]

    private static let proof: [Route] = [
        .get("/areas/:id/measures", .signedIn(.alteration, .improvement, MeasureLinking.form)),
        .post("/areas/:id/measures", .signedIn(.alteration, .improvement, MeasureLinking.save)),
        .get("/areas/:id/evidence", .signedIn(.alteration, .improvement, EvidenceAdding.form)),
        .upload("/areas/:id/evidence", .signedIn(.alteration, .improvement, EvidenceAdding.add)),
        .get("/areas/:id/documents/:digest", .signedIn(.consultation, .improvement, EvidenceAdding.document)),
        .get("/areas/:id/later", .signedIn(.alteration, .improvement, LaterLinking.form)),
        .post("/areas/:id/later", .signedIn(.alteration, .improvement, LaterLinking.save)),
        .get("/areas/:id/pack", .signedIn(.disclosure, .improvement, PackTaking.take)),
    ]
}

extension Visit {
    var desk: InspectionDesk { site.inspection }

    var today: Day { LondonTime.day(of: site.ledger.now) }

    /// - Throws: `Problem.absent` when the address holds no identifier.
    func areaID() throws -> Identifier<AreaForImprovement> {
        guard let id = Identifier<AreaForImprovement>(parameter("id")) else { throw Problem.absent }
        return id
    }

    func reportID() throws -> Identifier<InspectionReport> {
        guard let id = Identifier<InspectionReport>(parameter("id")) else { throw Problem.absent }
        return id
    }

    /// The area, and that she may lead the work on it.
    func ledArea() async throws -> Record<AreaForImprovement> {
        let record = try await desk.area(try areaID(), as: actor)
        guard rights(on: record).canLead else { throw Problem.absent }
        return record
    }

    func rights(on record: Record<AreaForImprovement>) -> AreaRights { AreaRights(record, for: actor) }
}

extension AreaRights {
    /// What she may do on an area, for which buttons to show: the ledger decides again on each change.
    init(_ record: Record<AreaForImprovement>, for actor: Actor) {
        var standing: Set<Relation> = record.owner == actor.agency ? [.ownAgency] : []
        if !record.body.assignees.isDisjoint(with: actor.teams.union([actor.user])) { standing.insert(.assigned) }
        let canChange = decide(actor, .alteration, on: .improvement, standing: standing).isAllowed
        let canLead = decide(actor, .disclosure, on: .improvement, standing: standing).isAllowed
        self.init(canLead: canLead, canChange: canChange)
    }
}

extension AreaPlace {
    init(_ record: Record<AreaForImprovement>) {
        self.init(id: record.id.text, title: record.body.heading, version: record.version)
    }
}

extension AreaForImprovement {
    /// Its title, or the beginning of its text.
    var heading: String {
        if let title, !title.isEmpty { return title }
        guard text.count > 90 else { return text }
        let start = text.prefix(90)
        return start.prefix(start.lastIndex(of: " ").map { start.distance(from: start.startIndex, to: $0) } ?? 90) + "…"
    }
}
