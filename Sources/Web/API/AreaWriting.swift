import Access
import Actions
import Federation
import HTTPTypes
import Inspection
import Kernel
import Ledger
import Measures
import Pages

/// What programs may change of areas for improvement: by the same rules, gateway and log as the forms.
enum AreaWriting {
    static let planShape = APIShape.object([
        ("owner", .maybe(.optional(.name("The user or team that is to own it; null for nobody.")))),
        ("due", .maybe(.optional(.day("The day by which it is due; null for none.")))),
    ])

    static let statusShape = APIShape.object([
        ("strand", .choice("Whose view.", StatusStrand.allCases.map(\.rawValue))),
        ("status", .name("Which status; its strand must be the same.")), ("on", .day("Since when.")),
        ("words", .maybe(.text("In words.", 0...4000))),
    ])

    /// What is left out stays as it is.
    @Sendable static func plan(_ visit: APIVisit) async throws -> Answer {
        let record = try await ledArea(visit)
        try visit.requireVersion(record.version)
        var (owner, due) = (record.body.owner, record.body.due)
        if let sent = visit.body["owner"] { owner = try await visit.assignee(sent.text, or: owner) }
        if let sent = visit.body["due"] { due = sent.text.flatMap { Day($0) } }
        return try await change(record, .plan(owner: owner, due: due), visit)
    }

    @Sendable static func status(_ visit: APIVisit) async throws -> Answer {
        guard let strand = visit.body["strand"]?.text.flatMap({ StatusStrand(rawValue: $0) }),
            let on = visit.body["on"]?.text.flatMap({ Day($0) }), let status = visit.body["status"]?.text
        else { throw Problem.absent }
        let record = try await (strand == .force ? openArea(visit) : ledArea(visit))
        try visit.requireVersion(record.version)
        let words = visit.body["words"]?.text ?? ""
        return try await change(record, .status(strand, id: status, on: on, words: words), visit)
    }

    @Sendable static func link(_ visit: APIVisit) async throws -> Answer {
        let record = try await openArea(visit)
        try visit.requireVersion(record.version)
        let definition = try await visit.site.measures.definition(visit.call.parameter("measure"), as: visit.actor)
        return try await change(record, .link(measure: definition.id, title: definition.title), visit)
    }

    @Sendable static func unlink(_ visit: APIVisit) async throws -> Answer {
        let record = try await openArea(visit)
        let measure = visit.call.parameter("measure")
        guard record.body.measures.contains(where: { $0.id == measure }) else { throw Problem.absent }
        try visit.requireVersion(record.version)
        return try await change(record, .unlink(measure: measure), visit)
    }

    /// Makes the change on the version that was checked, and answers with the one that it brought.
    private static func change(
        _ record: Record<AreaForImprovement>, _ change: AreaChange, _ visit: APIVisit
    ) async throws -> Answer {
        let version = try await visit.site.inspection.amend(
            record.id, expecting: record.version, change, strictly: true, as: visit.actor)
        return try await answer(record.id, version, visit)
    }

    /// That version, whatever others have done since.
    static func answer(
        _ id: Identifier<AreaForImprovement>, _ version: Int, _ visit: APIVisit, status: HTTPResponse.Status = .ok
    ) async throws -> Answer {
        let versions = try await visit.site.inspection.history(of: id, as: visit.actor)
        guard let record = versions.first(where: { $0.version == version }) else { throw Problem.absent }
        var headers: [(HTTPField.Name, String)] = [(.eTag, APIVisit.tag(version))]
        if status == .created { headers.append((.location, "\(APIRoutes.base)/areas/\(id)")) }
        return try visit.json(APIItem.area(record), status: status, headers: headers)
    }

    static func area(_ visit: APIVisit) async throws -> Record<AreaForImprovement> {
        try await visit.site.inspection.area(try visit.identifier(), as: visit.actor)
    }

    /// The area, and that she may lead the work on it.
    static func ledArea(_ visit: APIVisit) async throws -> Record<AreaForImprovement> {
        let record = try await area(visit)
        guard AreaRights(record, for: visit.actor).canLead else { throw Problem.absent }
        return record
    }

    /// The area, and that she may work on it.
    static func openArea(_ visit: APIVisit) async throws -> Record<AreaForImprovement> {
        let record = try await area(visit)
        guard AreaRights(record, for: visit.actor).canChange else { throw Problem.absent }
        return record
    }
}

extension APIVisit {
    /// Whoever has that identifier; nil for none.
    /// - Throws: `Problem.invalid` on `owner`.
    func assignee(_ id: String?, or current: Assignee? = nil) async throws -> Assignee? {
        guard let id else { return nil }
        let people = try await Assignees.of(site, as: actor)
        guard let found = people.with(id: id, or: current) else {
            throw Problem.fields([.init("owner", "There is no user or team of that name in your agency.")])
        }
        return found
    }
}
