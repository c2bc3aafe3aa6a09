import Federation
import HTTPTypes
import Inspection
import Kernel
import Ledger

/// Reports and areas for improvement for programs.
enum AreaReaching {
    @Sendable static func reports(_ visit: APIVisit) async throws -> Answer {
        let page = try await visit.site.inspection.reports(
            after: try visit.position(), limit: visit.limit, as: visit.actor)
        return try visit.page(page, APIItem.report)
    }

    @Sendable static func areasOfReport(_ visit: APIVisit) async throws -> Answer {
        let id = try visit.identifier(of: InspectionReport.self)
        _ = try await visit.site.inspection.report(id, as: visit.actor)
        return try await areas(.of(report: id), visit)
    }

    @Sendable static func areas(_ visit: APIVisit) async throws -> Answer {
        try await areas(visit.query["owner"]?.text.map { .ownedBy($0) } ?? .all, visit)
    }

    private static func areas(_ choice: AreaChoice, _ visit: APIVisit) async throws -> Answer {
        let page = try await visit.site.inspection.areas(
            choice, after: try visit.position(), limit: visit.limit, as: visit.actor)
        return try visit.page(page, APIItem.area)
    }

    /// A version is its own tag: a record never changes within one.
    @Sendable static func area(_ visit: APIVisit) async throws -> Answer {
        let moment = visit.query["at"]?.text.flatMap { Moment(iso8601: $0) }
        let record = try await visit.site.inspection.area(
            try visit.identifier(), asKnownAt: moment, as: visit.actor)
        return try visit.version(record.version, APIItem.area(record))
    }

    @Sendable static func versions(_ visit: APIVisit) async throws -> Answer {
        let after = try visit.number() ?? 0
        let all = try await visit.site.inspection.history(of: try visit.identifier(), as: visit.actor)
        let rest = all.filter { $0.version > after }
        let shown = rest.prefix(visit.limit)
        return try visit.page(
            shown.map(APIItem.area), next: rest.count > shown.count ? shown.last.map { ["\($0.version)"] } : nil)
    }
}

extension APIVisit {
    /// One version of a record, or word that the program has it.
    func version(_ version: Int, _ item: @autoclosure () -> StrictJSON) throws -> Answer {
        let tag = APIVisit.tag(version)
        guard call.headers[.ifNoneMatch] != tag else {
            return Answer(
                status: .notModified, contentType: "application/json; charset=utf-8", body: [], headers: [(.eTag, tag)])
        }
        return try json(item(), headers: [(.eTag, tag)])
    }
}
