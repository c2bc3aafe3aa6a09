import Access
import Federation
import Kernel
import Ledger
import Measures

/// Figures for programs: they leave the house, so small counts are withheld and the log holds a disclosure.
enum FigureReading {
    static let parameters: [APIRoute.Parameter] = [
        .init(
            name: "by", shape: .choice("", MeasureDimension.allCases.map(\.rawValue)),
            about: "How points are grouped; month unless named."),
        .init(name: "from", shape: month, about: "The first month."),
        .init(name: "until", shape: month, about: "The last month."),
    ]

    private static let month = APIShape.pattern("", "^(?!0000)[0-9]{4}-(0[1-9]|1[0-2])$") { Month($0) != nil }

    static let pointShape = APIShape.object([
        ("period", .text("Such as 2025-06 or 2024-25.")),
        ("group", .optional(.text("Its code or word; null over time."))),
        ("groupName", .optional(.text("Its name, where that is not its code."))),
        ("numerator", .optional(.integer("How many; null for a gap or where it is withheld."))),
        ("denominator", .optional(.number("Out of how many; null for a plain count."))),
        ("value", .optional(.number("In the unit of the measure; null where there is no figure."))),
        ("low", .optional(.number("The lower end of the 95% interval of the value."))),
        ("high", .optional(.number("The upper end of it."))),
        ("signal", .optional(.text("Why there is no figure, or what its chart says of it."))),
        ("withheld", .boolean("Whether it is withheld because it, or another, is small.")),
    ])

    @Sendable static func measures(_ visit: APIVisit) async throws -> Answer {
        let after = try visit.cursor(1)?.first
        let all = try await visit.site.measures.definitions(as: visit.actor)
        return try visit.slice(all, after: after, key: \.id, APIItem.measure)
    }

    @Sendable static func measure(_ visit: APIVisit) async throws -> Answer {
        let definition = try await visit.site.measures.definition(visit.call.parameter("id"), as: visit.actor)
        return try visit.json(APIItem.measure(definition))
    }

    /// Decided and logged as a disclosure first; only then are the figures read.
    @Sendable static func points(_ visit: APIVisit) async throws -> Answer {
        let (shelf, ledger) = (visit.site.measures, visit.site.ledger)
        let question = try MeasureQuestion(id: visit.call.parameter("id"), visit.call.query)
        let definition = try await shelf.definition(question.id, as: visit.actor)
        let after = try visit.cursor(1)?.first
        _ = try await ledger.permit(
            Consultation(kind: "measure", .measure, .disclosure, about: "\(question.about) by API"), as: visit.actor)
        let series =
            question.by.isTime
            ? try await shelf.chart(definition.id, by: question.by, filter: question.filter, as: visit.actor).series
            : try await shelf.series(definition.id, by: question.by, filter: question.filter, as: visit.actor)
        let points = series.published(SuppressionRule.holding(on: LondonTime.day(of: ledger.now)))
        return try visit.slice(points, after: after, key: { key($0.point) }, point)
    }

    private static func key(_ point: MeasurePoint) -> String { "\(point.period.label) \(point.group ?? "")" }

    private static func point(_ published: PublishedPoint) -> StrictJSON {
        let point = published.point
        func figure(_ number: Double?) -> StrictJSON {
            published.isWithheld ? .null : number.map { .number($0) } ?? .null
        }
        return .object([
            "period": .text(point.period.label), "group": .orNull(point.group), "groupName": .orNull(point.groupName),
            "numerator": figure(point.numerator.map { Double($0) }), "denominator": figure(point.denominator),
            "value": figure(point.value), "low": figure(point.low), "high": figure(point.high),
            "signal": published.isWithheld ? .text(SuppressionRule.mark) : .orNull(point.signal),
            "withheld": .bool(published.isWithheld),
        ])
    }
}

extension APIVisit {
    /// A page of what is held whole: after the item of that key.
    func slice<Item>(
        _ all: [Item], after: String?, key: (Item) -> String, _ item: (Item) -> StrictJSON
    ) throws -> Answer {
        var rest = all[...]
        if let after {
            guard let last = all.firstIndex(where: { key($0) == after }) else { throw APIPaging.badCursor }
            rest = all[(last + 1)...]
        }
        let shown = rest.prefix(limit)
        return try page(shown.map(item), next: rest.count > shown.count ? shown.last.map { [key($0)] } : nil)
    }
}
