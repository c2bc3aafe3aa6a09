import Accounts
import HTTPTypes

/// What programs may read and change. Same gateway, same rules and same log as the pages.
enum APIRoutes {
    static let base = "/api/v1"

    static let all: [Route] =
        [.get(base + "/openapi.json", .anybody { _ in .json(APIDocument.bytes) })] + table.map(\.route)

    static let table: [APIRoute] =
        AreaRoutes.reading + AreaRoutes.writing + ActionRoutes.all + FigureRoutes.all + OversightRoutes.all
        + WebhookAPI.all + PersonAPI.all

    /// The methods that an address of the table takes, as `Allow` has them; nil for one that is not there.
    static func allowed(at path: String) -> String? {
        let asked = path.split(separator: "/", omittingEmptySubsequences: false)
        var methods = path == base + "/openapi.json" ? ["GET"] : []
        for route in table {
            let parts = (base + route.path).split(separator: "/", omittingEmptySubsequences: false)
            let isSame = parts.count == asked.count && zip(parts, asked).allSatisfy { $0 == $1 || $0.hasPrefix(":") }
            if isSame { methods.append(route.method.rawValue) }
        }
        guard !methods.isEmpty else { return nil }
        return (methods + (methods.contains("GET") ? ["HEAD"] : [])).sorted().joined(separator: ", ")
    }
}

/// Reports and areas for improvement.
enum AreaRoutes {
    static let reading: [APIRoute] = [
        APIRoute(
            path: "/reports", title: "Inspection reports, newest first", scope: .reports, query: APIPaging.parameters,
            answer: APIPaging.shape(APIItem.report), handler: AreaReaching.reports),
        APIRoute(
            path: "/reports/:id/areas", title: "What a report asks for, as far as you may see it", scope: .areas,
            query: APIPaging.parameters, answer: APIPaging.shape(APIItem.area), handler: AreaReaching.areasOfReport),
        APIRoute(
            path: "/areas", title: "Areas for improvement, as far as you may see them", scope: .areas,
            query: [
                .init(name: "owner", shape: .name(""), about: "Only those that this user or team owns.")
            ] + APIPaging.parameters, answer: APIPaging.shape(APIItem.area), handler: AreaReaching.areas),
        APIRoute(
            path: "/areas/:id", title: "One area for improvement", scope: .areas,
            query: [
                .init(
                    name: "at", shape: .moment(""),
                    about: "As it was known at this moment, ISO 8601 in UTC. Whether you may see it is decided on now.")
            ], condition: .versioned, hasVersion: true, answer: APIItem.area, handler: AreaReaching.area),
        APIRoute(
            path: "/areas/:id/versions", title: "Every version of an area, oldest first", scope: .areas,
            query: APIPaging.parameters, answer: APIPaging.shape(APIItem.area), handler: AreaReaching.versions),
    ]

    static let writing: [APIRoute] = [
        APIRoute(
            method: .patch, path: "/areas/:id", title: "Say who owns an area and by when it is due",
            scope: .writeAreas, condition: .expecting, hasVersion: true, body: AreaWriting.planShape,
            answer: APIItem.area, handler: AreaWriting.plan),
        APIRoute(
            method: .post, path: "/areas/:id/statuses", title: "Say where an area stands",
            scope: .writeAreas, condition: .expecting, hasVersion: true, body: AreaWriting.statusShape,
            answer: APIItem.area, handler: AreaWriting.status),
        APIRoute(
            method: .put, path: "/areas/:id/measures/:measure", title: "Link a measure to an area",
            scope: .writeAreas, condition: .expecting, hasVersion: true, answer: APIItem.area,
            handler: AreaWriting.link),
        APIRoute(
            method: .delete, path: "/areas/:id/measures/:measure", title: "Take a measure from an area",
            scope: .writeAreas, condition: .expecting, hasVersion: true, answer: APIItem.area,
            handler: AreaWriting.unlink),
        APIRoute(
            method: .post, path: "/areas/:id/evidence", title: "Add evidence to an area", scope: .writeAreas,
            condition: .once, hasVersion: true, body: AreaAdding.evidenceShape, status: .created,
            answer: APIItem.area, handler: AreaAdding.evidence),
        APIRoute(
            method: .post, path: "/areas/:id/later", title: "Link what a later report says of an area",
            scope: .writeAreas, condition: .once, hasVersion: true, body: AreaAdding.laterShape, status: .created,
            answer: APIItem.area, handler: AreaAdding.later),
        APIRoute(
            method: .post, path: "/reports/:id/followed", title: "Follow up a finding of a report as an area",
            scope: .writeAreas, condition: .once, hasVersion: true, body: AreaAdding.followedShape, status: .created,
            answer: APIItem.area, handler: AreaAdding.follow),
    ]
}

/// Who must do what by when.
enum ActionRoutes {
    static let all: [APIRoute] = [
        APIRoute(
            path: "/areas/:id/actions", title: "The actions of an area, as far as you may see them", scope: .areas,
            query: APIPaging.parameters, answer: APIPaging.shape(APIItem.action), handler: ActionWriting.ofArea),
        APIRoute(
            method: .post, path: "/areas/:id/actions", title: "Give somebody an action", scope: .writeAreas,
            condition: .once, hasVersion: true, body: ActionWriting.shape, status: .created, answer: APIItem.action,
            handler: ActionWriting.give),
        APIRoute(
            path: "/actions", title: "What is open for you, or for another user or team", scope: .areas,
            query: [.init(name: "owner", shape: .name(""), about: "A user or a team; you unless named.")]
                + APIPaging.parameters, answer: APIPaging.shape(APIItem.action), handler: ActionWriting.open),
        APIRoute(
            path: "/actions/:id", title: "One action and what happened to it", scope: .areas, condition: .versioned,
            hasVersion: true, answer: APIItem.action, handler: ActionWriting.show),
        APIRoute(
            method: .post, path: "/actions/:id/events", title: "Say what happened to an action", scope: .writeAreas,
            condition: .expecting, hasVersion: true, body: ActionWriting.eventShape, answer: APIItem.action,
            handler: ActionWriting.answer),
    ]
}

/// Figures, and where they come from.
enum FigureRoutes {
    static let all: [APIRoute] = [
        APIRoute(
            path: "/measures", title: "What can be measured", scope: .measures, query: APIPaging.parameters,
            answer: APIPaging.shape(APIItem.measure), handler: FigureReading.measures),
        APIRoute(
            path: "/measures/:id", title: "What a measure is", scope: .measures, answer: APIItem.measure,
            handler: FigureReading.measure),
        APIRoute(
            path: "/measures/:id/points", title: "The figures of a measure as they may leave the house",
            scope: .measures, query: FigureReading.parameters + APIPaging.parameters,
            answer: APIPaging.shape(FigureReading.pointShape), handler: FigureReading.points),
        APIRoute(
            path: "/imports", title: "Imports of bulk facts, newest first", scope: .imports,
            query: APIPaging.parameters, answer: APIPaging.shape(ImportReading.shape), handler: ImportReading.list),
        APIRoute(
            path: "/imports/:batch", title: "One import and what became of its files", scope: .imports,
            answer: ImportReading.shape, handler: ImportReading.show),
        APIRoute(
            path: "/imports/:batch/rejects", title: "The rows that an import refused", scope: .imports,
            query: APIPaging.parameters, answer: APIPaging.shape(ImportReading.rejectShape),
            handler: ImportReading.rejects),
    ]
}

/// For those who watch over the house.
enum OversightRoutes {
    static let all: [APIRoute] = [
        APIRoute(
            path: "/log", title: "The log of reads and changes, newest first", scope: .log,
            query: APIPaging.parameters, answer: APIPaging.shape(APIItem.entry), handler: OversightReading.log),
        APIRoute(
            path: "/tokens", title: "Everybody’s tokens that work, newest first", scope: .tokens,
            query: APIPaging.parameters, answer: APIPaging.shape(OversightReading.tokenShape),
            handler: OversightReading.tokens),
        APIRoute(
            method: .delete, path: "/tokens/:reference", title: "End a token, whosever it is", scope: .endTokens,
            answer: OversightReading.tokenShape, handler: OversightReading.endToken),
    ]
}
