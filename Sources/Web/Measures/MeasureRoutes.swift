import Access
import HTTPTypes
import Kernel
import Measures
import Pages

/// Figures, their charts and the rows behind them.
enum MeasureRoutes {
    static let all: [Route] = [
        .get("/measures", .signedIn(.consultation, .measure, list)),
        .get("/measures/reconciliation", .signedIn(.consultation, .measure, ReconciliationRoute.show)),
        .get("/measures/:id", .signedIn(.consultation, .measure, show)),
        .get("/measures/:id/rows", .signedIn(.consultation, .fact, MeasureRowsRoute.show)),
        .get("/measures/:id/csv", .signedIn(.disclosure, .measure, MeasureDownloads.csv)),
        .get("/measures/:id/json", .signedIn(.disclosure, .measure, MeasureDownloads.json)),
        .get("/measures/:id/rebase", .signedIn(.collection, .measure, MeasureRebaseRoutes.show)),
        .post("/measures/:id/rebase", .signedIn(.collection, .measure, MeasureRebaseRoutes.rebase)),
        .post("/measures/:id/rebase/:rebase/withdraw", .signedIn(.alteration, .measure, MeasureRebaseRoutes.withdraw)),
    ]

    @Sendable private static func list(_ visit: Visit) async throws -> Answer {
        let summaries = try await visit.site.board.summaries(visit)
        let hasData = summaries.contains { $0.latest != nil }
        return visit.show(
            MeasureListPage(
                groups: groups(summaries), hasData: hasData,
                load: NavigationPlace.feeds.isOpen(to: visit.actor) ? "/feeds/new" : nil))
    }

    private static func groups(_ summaries: [MeasureBoard.Summary]) -> [MeasureListPage.Group] {
        let titles = ["Recorded crime and anti-social behaviour", "Crime by type", "Outcomes", "Stop and search"]
        let sorted = Dictionary(grouping: summaries) { group(of: $0.definition.id) }
        return titles.indices.map { index in
            MeasureListPage.Group(titles[index], (sorted[index] ?? []).map(item))
        }
    }

    private static func group(of id: String) -> Int {
        if id.hasPrefix("crime-") { return 1 }
        if id.hasPrefix("outcome-") { return 2 }
        return id.hasPrefix("search") ? 3 : 0
    }

    private static func item(_ summary: MeasureBoard.Summary) -> MeasureListPage.Item {
        MeasureListPage.Item(
            title: summary.definition.title, address: "/measures/\(summary.definition.id)",
            denominator: summary.definition.denominator, latest: summary.latest)
    }

    /// A question that cannot be answered is shown with what is wrong, over the measure as a whole.
    @Sendable private static func show(_ visit: Visit) async throws -> Answer {
        let id = visit.parameter("id")
        let scope = try await visit.site.board.scope(id, visit)
        do {
            return visit.show(try await page(try MeasureQuestion(id: id, visit.query), scope, visit))
        } catch let problem as Problem where problem.code == .invalid {
            var page = try await page(MeasureQuestion(id: id), scope, visit)
            page.errors = FieldErrors(problem)
            return visit.show(page, status: .unprocessableContent)
        }
    }

    private static func page(
        _ question: MeasureQuestion, _ scope: MeasureBoard.Scope, _ visit: Visit
    ) async throws -> MeasurePage {
        let (shelf, actor) = (visit.site.measures, visit.actor)
        let pages = MeasurePages(question: question, scope: scope, actor: actor)
        guard question.by.isTime else {
            return pages.page(try await shelf.series(question.id, by: question.by, filter: question.filter, as: actor))
        }
        return pages.page(try await shelf.chart(question.id, by: question.by, filter: question.filter, as: actor))
    }
}
