import Access
import Kernel
import Measures
import Pages

/// The page of one measure, from its series.
struct MeasurePages: Sendable {
    let question: MeasureQuestion
    let scope: MeasureBoard.Scope
    let actor: Actor
    var errors = FieldErrors.none

    private var definition: MeasureDefinition { scope.definition }
    private var unit: ChartUnit { MeasureViews.unit(definition) }

    func page(_ chart: MeasureChart) -> MeasurePage {
        var page = empty(chart.series)
        page.latest = MeasureViews.latest(chart)
        page.points = zip(chart.series.points, chart.limits).map(point)
        page.explanations = chart.segments.map(explanation)
        if chart.series.points.contains(where: { $0.value != nil }) {
            page.picture = .chart(MeasureViews.model(chart) { question.rows($0) })
        }
        return page
    }

    /// The highest first; those without a figure last.
    func page(_ series: MeasureSeries) -> MeasurePage {
        let ranked = series.points.sorted { ($0.value ?? -1) > ($1.value ?? -1) }
        var page = empty(series)
        page.points = ranked.map { point($0, nil) }
        let drawn = ranked.prefix(30).map(bar)
        if ranked.contains(where: { $0.value != nil }) {
            let bars = RankedBarsModel(
                title: "\(definition.title) by \(question.by.inWords), highest first", unit: unit,
                group: question.by.heading, measure: MeasureViews.axis(definition), bars: drawn)
            page.picture = .bars(bars, drawn: drawn.count, total: ranked.count)
        }
        return page
    }

    private func empty(_ series: MeasureSeries) -> MeasurePage {
        MeasurePage(
            id: definition.id, title: definition.title, question: form,
            headings: MeasureHeadings(
                point: question.by.heading, value: MeasureViews.axis(definition), numerator: definition.numerator,
                denominator: definition.denominator,
                interval: definition.interval == .none ? nil : definition.interval.rawValue,
                isByGroup: !question.by.isTime),
            points: [], definition: MeasureWords.definition(definition), notes: notes(series), ways: ways,
            errors: errors)
    }

    private func notes(_ series: MeasureSeries) -> [String] {
        let isRate = definition.interval == .poisson && definition.denominator != nil
        let lacksPeople = isRate && !series.points.isEmpty && series.points.allSatisfy { $0.denominator == nil }
        return series.notes
            + (lacksPeople ? ["People by area are loaded by command: holdfast import tables FILE."] : [])
    }

    private var form: MeasureQuestionForm {
        MeasureQuestionForm(
            address: "/measures/\(definition.id)", by: question.by.rawValue,
            bys: definition.dimensions.map { Choice($0.rawValue, $0.heading) },
            from: question.filter.from.map { "\($0)" } ?? "", until: question.filter.until.map { "\($0)" } ?? "",
            known: question.known.map { "\($0)" } ?? "", now: question.now,
            months: scope.months.reversed().map { Choice("\($0)", $0.inWords) }, only: scope.choices,
            kept: question.kept.map { dimension, group in
                MeasureQuestionForm.Kept(
                    words: "\(dimension.inWords) \(scope.name(of: group, dimension))", name: dimension.rawValue,
                    value: group, without: question.without(dimension))
            })
    }

    private var ways: MeasureWays {
        let may = { (operation: Operation, resource: ResourceClass) in
            decide(actor, operation, on: resource, standing: []).isAllowed
        }
        return MeasureWays(
            csv: may(.disclosure, .measure) ? question.asked("/measures/\(definition.id)/csv") : nil,
            json: may(.disclosure, .measure) ? question.asked("/measures/\(definition.id)/json") : nil,
            rebase: may(.collection, .measure) ? "/measures/\(definition.id)/rebase" : nil,
            load: may(.collection, .fact) ? "/feeds" : nil)
    }
}

extension MeasurePages {
    private func point(_ point: MeasurePoint, _ limits: MeasureChart.Limits?) -> MeasurePage.Point {
        let hasRows = (point.numerator ?? 0) > 0
        let isShare = definition.unit == "share"
        return MeasurePage.Point(
            label: label(point), parent: point.parent ?? "", value: point.value.map { unit.short($0) } ?? "",
            numerator: point.numerator.map { Figure.whole($0) } ?? "",
            denominator: point.denominator.map { Figure.whole(Int($0.rounded())) } ?? "",
            interval: MeasureViews.interval(point, unit),
            limits: limits.map { "\(unit.short($0.low)) to \(unit.short($0.high))" } ?? "", says: says(point),
            isSmall: MeasureViews.small(point, definition), rows: hasRows ? question.rows(point) : nil,
            allRows: isShare && (point.denominator ?? 0) > 0 ? question.rows(point, .denominator) : nil,
            apart: apart(point), overTime: point.group.map { question.overTime($0) })
    }

    private func label(_ point: MeasurePoint) -> String {
        point.group.map { point.groupName ?? $0 } ?? MeasureViews.words(point.period)
    }

    private func says(_ point: MeasurePoint) -> String {
        let small = !question.by.isTime && MeasureViews.small(point, definition) ? "Small numbers" : nil
        return [point.signal, small].compactMap(\.self).joined(separator: ". ")
    }

    private func apart(_ point: MeasurePoint) -> (count: String, rows: WebAddress)? {
        guard let apart = point.apart, apart > 0 else { return nil }
        return (Figure.whole(apart), question.rows(point, .apart))
    }

    private func bar(_ point: MeasurePoint) -> RankedBarsModel.Bar {
        let hasCounts = definition.denominator != nil && definition.interval != .none
        return RankedBarsModel.Bar(
            name: label(point), value: point.value, low: point.low, high: point.high,
            numerator: hasCounts ? point.numerator : nil,
            denominator: hasCounts ? point.denominator.map { Int($0.rounded()) } : nil,
            note: point.value == nil ? point.signal : nil,
            address: (point.numerator ?? 0) > 0 ? question.rows(point) : nil)
    }

    private func explanation(_ segment: MeasureChart.Segment) -> String {
        let span = "\(MeasureViews.words(segment.from)) to \(MeasureViews.words(segment.until))"
        let reason = segment.reason.map { " The limits start again here: \($0)" } ?? ""
        let centre = segment.centre.map { " The centre line is \(unit.words($0))." } ?? ""
        return "\(span). \(segment.explanation)\(centre)\(reason)"
    }
}

enum MeasureWords {
    static func definition(_ definition: MeasureDefinition) -> [SummaryRow] {
        var rows = [SummaryRow("Counted", definition.numerator)]
        rows.append(SummaryRow("Divided by", definition.denominator ?? "Nothing: this is a plain count"))
        rows.append(SummaryRow("Unit", definition.unit == "share" ? "Share, in percent" : definition.unit))
        rows.append(SummaryRow("Which way is better", direction(definition.direction)))
        if definition.interval != .none {
            rows.append(SummaryRow("Likely range", "\(definition.interval.rawValue) interval"))
        }
        rows.append(SummaryRow("Source", definition.source))
        rows.append(SummaryRow("Read with care", definition.caveat))
        rows.append(SummaryRow("Which files count", definition.asOf))
        return rows
    }

    private static func direction(_ direction: MeasureDefinition.Direction) -> String {
        switch direction {
        case .lowerIsBetter: "Lower is better"
        case .higherIsBetter: "Higher is better"
        case .neither: "Neither way is better by itself"
        }
    }
}
