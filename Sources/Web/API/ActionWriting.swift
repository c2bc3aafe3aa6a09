import Access
import Accounts
import Actions
import Federation
import HTTPTypes
import Inspection
import Kernel
import Ledger

/// Actions for programs.
enum ActionWriting {
    static let shape = APIShape.object([
        ("title", .text("What must be done.", 1...500)), ("owner", .name("The user or team that is to do it.")),
        ("due", .day("The day by which it is due.")),
    ])

    static let eventShape = APIShape.object([
        (
            "what",
            .choice("What happened.", Action.Event.What.allCases.filter { $0 != .given }.map(\.rawValue))
        ),
        ("words", .maybe(.text("In words.", 0...4000))),
    ])

    @Sendable static func ofArea(_ visit: APIVisit) async throws -> Answer {
        let record = try await AreaWriting.area(visit)
        let page = try await desk(visit).about(
            AreaForImprovement.subject(record.id), after: try visit.position(), limit: visit.limit, as: visit.actor)
        return try visit.page(page, APIItem.action)
    }

    @Sendable static func open(_ visit: APIVisit) async throws -> Answer {
        let page = try await desk(visit).open(
            for: visit.query["owner"]?.text ?? visit.actor.user, after: try visit.position(), limit: visit.limit,
            as: visit.actor)
        return try visit.page(page, APIItem.action)
    }

    @Sendable static func show(_ visit: APIVisit) async throws -> Answer {
        let record = try await desk(visit).action(try visit.identifier(), as: visit.actor)
        return try visit.version(record.version, APIItem.action(record))
    }

    @Sendable static func give(_ visit: APIVisit) async throws -> Answer {
        let area = try await AreaWriting.ledArea(visit)
        let once = try await visit.once(newID: visit.site.ledger.newIdentifier(Action.self).text)
        guard let id = Identifier<Action>(once.id) else { throw Problem.absent }
        if once.version == nil {
            guard let due = visit.body["due"]?.text.flatMap({ Day($0) }),
                let owner = try await visit.assignee(visit.body["owner"]?.text)
            else { throw Problem.absent }
            _ = try await desk(visit).give(
                visit.body["title"]?.text ?? "", about: AreaForImprovement.subject(area.id), to: owner, due: due,
                id: id, as: visit.actor)
            try await visit.done(once, 1)
        }
        return try await version(1, of: id, visit, status: .created)
    }

    @Sendable static func answer(_ visit: APIVisit) async throws -> Answer {
        let record = try await desk(visit).action(try visit.identifier(), as: visit.actor)
        try visit.requireVersion(record.version)
        guard let what = visit.body["what"]?.text.flatMap({ Action.Event.What(rawValue: $0) }) else {
            throw Problem.absent
        }
        let version = try await desk(visit).answer(
            record.id, expecting: record.version, what, words: visit.body["words"]?.text ?? "", as: visit.actor)
        return try await self.version(version, of: record.id, visit)
    }

    private static func version(
        _ version: Int, of id: Identifier<Action>, _ visit: APIVisit, status: HTTPResponse.Status = .ok
    ) async throws -> Answer {
        let versions = try await desk(visit).history(of: id, as: visit.actor)
        guard let record = versions.first(where: { $0.version == version }) else { throw Problem.absent }
        var headers: [(HTTPField.Name, String)] = [(.eTag, APIVisit.tag(version))]
        if status == .created { headers.append((.location, "\(APIRoutes.base)/actions/\(id)")) }
        return try visit.json(APIItem.action(record), status: status, headers: headers)
    }

    private static func desk(_ visit: APIVisit) -> ActionDesk { ActionDesk(ledger: visit.site.ledger) }
}
