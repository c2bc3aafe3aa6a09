import Access
import Accounts
import Foundation
import HTTPTypes
import Inspection
import Kernel
import Ledger
import Measures

/// What programs may read. Same gateway and same log as the pages.
enum APIRoutes {
    static let base = "/api/v1"

    static let all: [Route] =
        [.get(base + "/openapi.json", .anybody { _ in .json(APIDocument.bytes) })] + table.map(\.route)

    static let table: [APIRoute] = [
        APIRoute(
            path: "/reports", title: "Inspection reports, newest first", scope: .reports,
            answer: APIList<ReportItem>.shape(ReportItem.shape), handler: reports),
        APIRoute(
            path: "/reports/:id/areas", title: "What a report asks for, as far as you may see it", scope: .areas,
            answer: APIList<AreaItem>.shape(AreaItem.shape), handler: areas),
        APIRoute(
            path: "/areas/:id", title: "One area for improvement", scope: .areas, hasVersion: true,
            answer: AreaItem.shape, handler: area),
        APIRoute(
            path: "/measures", title: "What can be measured", scope: .measures,
            answer: APIList<MeasureItem>.shape(MeasureItem.shape), handler: measures),
        APIRoute(
            path: "/log", title: "The log of reads and changes, newest first", scope: .log,
            query: [
                .init(name: "before", about: "Entries before this number."),
                .init(name: "limit", about: "How many, 1 to 200; 50 unless named."),
            ], answer: APIList<LogItem>.shape(LogItem.shape), handler: log),
    ]

    @Sendable private static func reports(_ visit: APIVisit) async throws -> Answer {
        let records = try await visit.site.inspection.reports(as: visit.actor)
        return try visit.json(APIList(items: records.map(ReportItem.init), next: nil))
    }

    @Sendable private static func areas(_ visit: APIVisit) async throws -> Answer {
        guard let id = Identifier<InspectionReport>(visit.call.parameter("id")) else { throw Problem.absent }
        _ = try await visit.site.inspection.report(id, as: visit.actor)
        let records = try await visit.site.inspection.areas(of: id, as: visit.actor)
        return try visit.json(APIList(items: records.map { AreaItem($0) }, next: nil))
    }

    /// A version is its own tag: a record never changes within one.
    @Sendable private static func area(_ visit: APIVisit) async throws -> Answer {
        guard let id = Identifier<AreaForImprovement>(visit.call.parameter("id")) else { throw Problem.absent }
        let record = try await visit.site.inspection.area(id, as: visit.actor)
        let tag = "\"\(record.version)\""
        guard visit.call.headers[.ifNoneMatch] != tag else {
            return Answer(
                status: .notModified, contentType: "application/json; charset=utf-8", body: [], headers: [(.eTag, tag)])
        }
        return try visit.json(AreaItem(record), headers: [(.eTag, tag)])
    }

    @Sendable private static func measures(_ visit: APIVisit) async throws -> Answer {
        let definitions = try await visit.site.measures.definitions(as: visit.actor)
        return try visit.json(APIList(items: definitions.map(MeasureItem.init), next: nil))
    }

    @Sendable private static func log(_ visit: APIVisit) async throws -> Answer {
        let limit = min(max(Int(visit.call.query["limit"]) ?? 50, 1), 200)
        let query = AuditQuery(before: Int64(visit.call.query["before"]), limit: limit)
        let entries = try await visit.site.ledger.audit(query, as: visit.actor)
        let last = entries.count == limit ? entries.last?.sequence : nil
        let next = last.flatMap { $0 > 1 ? "\(base)/log?before=\($0)&limit=\(limit)" : nil }
        return try visit.json(APIList(items: entries.map(LogItem.init), next: next))
    }
}
