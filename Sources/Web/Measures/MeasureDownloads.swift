import Access
import Kernel
import Ledger
import Measures

/// Figures that leave the house: small counts withheld, and a disclosure in the log.
enum MeasureDownloads {
    @Sendable static func csv(_ visit: Visit) async throws -> Answer {
        let question = try MeasureQuestion(id: visit.parameter("id"), visit.query)
        let text = try await visit.site.measures.csv(
            question.id, by: question.by, filter: question.filter, for: .publication, as: visit.actor)
        return .download(Array(text.utf8), name: "\(name(question)).csv", contentType: "text/csv; charset=utf-8")
    }

    /// Decided and logged as a disclosure first; only then are the figures read.
    @Sendable static func json(_ visit: Visit) async throws -> Answer {
        let question = try MeasureQuestion(id: visit.parameter("id"), visit.query)
        let (shelf, ledger, actor) = (visit.site.measures, visit.site.ledger, visit.actor)
        let definition = try await visit.site.board.definition(question.id, visit)
        _ = try await ledger.permit(
            Consultation(kind: "measure", .measure, .disclosure, about: "\(question.about) as JSON"), as: actor)
        let rule = SuppressionRule.holding(on: LondonTime.day(of: ledger.now))
        var document: PublishedMeasure
        if question.by.isTime {
            let chart = try await shelf.chart(definition.id, by: question.by, filter: question.filter, as: actor)
            document = PublishedMeasure(chart.series, chart: chart, rule: rule)
        } else {
            let series = try await shelf.series(definition.id, by: question.by, filter: question.filter, as: actor)
            document = PublishedMeasure(series, chart: nil, rule: rule)
        }
        return .download(
            try document.bytes(), name: "\(name(question)).json", contentType: "application/json; charset=utf-8")
    }

    private static func name(_ question: MeasureQuestion) -> String { "\(question.id)-by-\(question.by.rawValue)" }
}
