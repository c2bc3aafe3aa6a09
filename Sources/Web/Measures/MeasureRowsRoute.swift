import Kernel
import Measures
import Pages

/// The rows behind a point: `/measures/recorded-crime/rows?period=2024-05&district=Hartlepool`.
enum MeasureRowsRoute {
    @Sendable static func show(_ visit: Visit) async throws -> Answer {
        let id = visit.parameter("id")
        let definition = try await visit.site.board.definition(id, visit)
        guard let period = Period(visit.query["period"]) else { throw Problem.absent }
        let question = try MeasureQuestion(id: id, visit.query)
        let side = RowRequest.Side(rawValue: visit.query["side"]) ?? .numerator
        let group = visit.query.has("group") ? visit.query["group"] : nil
        let request = RowRequest(
            measure: id, series: SeriesRequest(by: question.by, filter: question.filter), period: period, group: group,
            side: side, after: Int64(visit.query["after"]))
        let page = try await visit.site.measures.rows(behind: request, as: visit.actor)
        let trail = RowTrail(visit.query["back"], at: request.after)
        let here = address(question, request)
        return visit.show(
            MeasureRowsPage(
                measure: Breadcrumb(definition.title, question.page), period: MeasureViews.words(period),
                kept: kept(question, group), side: words(side), columns: page.columns,
                identifier: page.columns.firstIndex(of: "Crime identifier"),
                rows: page.rows.map { MeasureRowsPage.Row(cells: $0.cells, file: $0.file, line: $0.line) },
                total: page.total, previous: trail.previous(here), next: page.next.map { trail.next($0, here) }))
    }

    /// Without the place in the list.
    private static func address(_ question: MeasureQuestion, _ request: RowRequest) -> WebAddress {
        var address = question.asked("/measures/\(question.id)/rows").adding("period", request.period.label)
        if let group = request.group { address = address.adding("group", group) }
        return request.side == .numerator ? address : address.adding("side", request.side.rawValue)
    }

    private static func kept(_ question: MeasureQuestion, _ group: String?) -> [String] {
        let mine = group.map { ["\(question.by.inWords) \($0)"] } ?? []
        return mine + question.kept.map { "\($0.dimension.inWords) \($0.group)" }
    }

    private static func words(_ side: RowRequest.Side) -> String {
        switch side {
        case .numerator: "Rows that are counted"
        case .denominator: "Rows it is counted out of"
        case .apart: "Rows that could not be counted"
        }
    }
}

/// The way back through a list that is read forwards by key: the places where the pages before this one began.
struct RowTrail: Sendable {
    private static let most = 60

    let places: [Int64]
    /// Where this page begins; nil on the first.
    let here: Int64?

    init(_ text: String, at here: Int64?) {
        places = text.split(separator: ".").suffix(RowTrail.most).compactMap { Int64($0) }.filter { $0 >= 0 }
        self.here = here
    }

    /// Nil on the first page. Beyond what is remembered it is the first page.
    func previous(_ list: WebAddress) -> WebAddress? {
        guard here != nil else { return nil }
        guard let last = places.last, last > 0 else { return list }
        return address(list, last, Array(places.dropLast()))
    }

    func next(_ place: Int64, _ list: WebAddress) -> WebAddress {
        address(list, place, Array((places + [here ?? 0]).suffix(RowTrail.most)))
    }

    private func address(_ list: WebAddress, _ place: Int64, _ trail: [Int64]) -> WebAddress {
        list.adding("after", String(place)).adding("back", trail.map(String.init).joined(separator: "."))
    }
}
