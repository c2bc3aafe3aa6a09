import Kernel
import Measures
import Pages

/// Series as pages show them.
enum MeasureViews {
    /// The measure shown small: latest figure and control chart by month.
    static func view(_ chart: MeasureChart) -> MeasureChartView {
        let definition = chart.series.definition
        let hasValues = chart.series.points.contains { $0.value != nil }
        return MeasureChartView(
            id: definition.id, title: definition.title, address: "/measures/\(definition.id)", latest: latest(chart),
            chart: hasValues ? model(chart, id: "chart-\(definition.id)") { _ in nil } : nil, notes: chart.series.notes)
    }

    /// Each measure named, by month; one that is no longer known is left out.
    static func linked(_ ids: [String], _ visit: Visit) async throws -> [MeasureChartView] {
        var views: [MeasureChartView] = []
        for id in ids {
            do {
                views.append(view(try await visit.site.measures.chart(id, as: visit.actor)))
            } catch let problem as Problem where problem.code == .absent {
                continue
            }
        }
        return views
    }

    /// The newest point that has a figure; nil without one.
    static func latest(_ chart: MeasureChart) -> MeasureChartView.Latest? {
        guard let point = chart.series.points.last(where: { $0.value != nil }), let value = point.value else {
            return nil
        }
        let definition = chart.series.definition
        let findings = chart.signals.filter { $0.periods.contains(point.period) }
        return MeasureChartView.Latest(
            period: words(point.period), value: unit(definition).words(value),
            interval: interval(point, unit(definition)), counts: counts(point, definition), signal: point.signal,
            isImprovement: findings.first?.isImprovement)
    }

    /// - Parameter address: the rows behind a point.
    static func model(
        _ chart: MeasureChart, id: String = "chart", address: (MeasurePoint) -> WebAddress?
    ) -> ControlChartModel {
        let definition = chart.series.definition
        let starts = Dictionary(chart.segments.compactMap { segment in segment.reason.map { (segment.from, $0) } }) {
            $1
        }
        let points = zip(chart.series.points, chart.limits).map { point, limits in
            let hasCounts = definition.denominator != nil && definition.interval != .none
            return ControlChartModel.Point(
                label: words(point.period), tick: tick(point.period), year: point.period.first.year, value: point.value,
                numerator: hasCounts ? point.numerator : nil,
                denominator: hasCounts ? point.denominator.map { Int($0.rounded()) } : nil, centre: limits?.centre,
                lower: limits?.low, upper: limits?.high, signal: findings(ending: point.period, chart),
                rebase: starts[point.period], address: address(point))
        }
        return ControlChartModel(
            id: id, title: definition.title, summary: summary(chart), unit: unit(definition), axis: axis(definition),
            points: points)
    }

    /// Each finding once, at its last period, so that a run of ten is one line and not ten; nil when none ends here.
    private static func findings(ending period: Period, _ chart: MeasureChart) -> String? {
        let words = chart.signals.filter { $0.periods.last == period }.map { finding in
            let span =
                finding.periods.count > 1 ? finding.periods.first.map { " It began in \($0.inWords)." } ?? "" : ""
            let sense = finding.isImprovement.map { $0 ? " That is for the better." : " That is for the worse." } ?? ""
            return finding.explanation + span + sense
        }
        return words.isEmpty ? nil : words.joined(separator: " ")
    }

    private static func summary(_ chart: MeasureChart) -> String {
        let points = chart.series.points
        guard let first = points.first, let last = points.last else { return "There is no figure." }
        let gaps = points.filter { $0.value == nil }.count
        let sentences = [
            "A control chart of \(points.count) points from \(words(first.period)) to \(words(last.period)).",
            gaps == 0 ? nil : "\(gaps) of them have no data.", latest(chart)?.sentence,
            chart.signals.isEmpty ? "There is no signal." : "Signals: \(chart.signals.count). They are listed below.",
        ]
        return sentences.compactMap(\.self).joined(separator: " ")
    }
}

// Words for figures.
extension MeasureViews {
    static func unit(_ definition: MeasureDefinition) -> ChartUnit {
        switch definition.unit {
        case "share": .percent(decimals: 1)
        case "per 1,000 people": .number(decimals: 2, suffix: definition.unit)
        case "months": .number(decimals: 2, suffix: definition.unit)
        default: .number(decimals: 0, suffix: definition.unit)
        }
    }

    static func axis(_ definition: MeasureDefinition) -> String {
        if definition.denominator == nil { return "Count" }
        if definition.unit == "share" { return "Share" }
        return definition.interval == .none ? "Average" : "Rate"
    }

    static func interval(_ point: MeasurePoint, _ unit: ChartUnit) -> String {
        guard let low = point.low, let high = point.high else { return "" }
        return "\(unit.short(low)) to \(unit.short(high))"
    }

    /// `412 of 1,320`; empty for a plain count.
    static func counts(_ point: MeasurePoint, _ definition: MeasureDefinition) -> String {
        guard let numerator = point.numerator, let denominator = point.denominator else { return "" }
        let whole = Figure.whole(Int(denominator.rounded()))
        if definition.interval == .none { return "over \(whole) rows" }
        let people = definition.interval == .poisson ? " people" : ""
        return "\(Figure.whole(numerator)) of \(whole)\(people)"
    }

    /// `June 2025`, `April to June 2025`, `2025`, `2024/25`.
    static func words(_ period: Period) -> String {
        if period.first == period.last { return period.inWords }
        if period.label.utf8.count == 4 || period.label.utf8.count == 7 && period.label.utf8.dropFirst(4).first == 0x2F
        {
            return period.label
        }
        guard period.first.year == period.last.year else { return period.inWords }
        return "\(Month.names[period.first.month - 1]) to \(period.last.inWords)"
    }

    private static func tick(_ period: Period) -> String {
        if period.first == period.last { return String(Month.names[period.first.month - 1].prefix(3)) }
        return period.months.count == 3 ? "Q\((period.last.month + 2) / 3)" : period.label
    }

    static func small(_ point: MeasurePoint, _ definition: MeasureDefinition) -> Bool {
        guard let numerator = point.numerator, point.value != nil else { return false }
        return numerator < 10 || definition.unit == "share" && (point.denominator ?? 0) < 30
    }
}
