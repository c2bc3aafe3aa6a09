import Kernel

/// A measure as comma-separated text, with what its figures mean below them.
struct MeasureTable {
    let series: MeasureSeries
    /// Nil inside the house, where figures are whole.
    let rule: SuppressionRule?

    func text() -> String {
        let head = [
            "period", "group", "group name", "numerator", "denominator", "value", "low", "high", "signal",
            "counted apart",
        ]
        let points = rule.map(series.published) ?? series.points.map { PublishedPoint(point: $0, isWithheld: false) }
        let lines = [head] + points.map(fields) + [[""]] + explanation
        return lines.map(CSVWriter.line).joined()
    }

    private func fields(_ published: PublishedPoint) -> [String] {
        let point = published.point
        let name = [point.period.label, point.group ?? "", point.groupName ?? ""]
        if published.isWithheld {
            return name + [
                SuppressionRule.mark, withheldDenominator(point), "", "", "", SuppressionRule.mark, apart(point),
            ]
        }
        let figures = [point.numerator.map(Double.init), point.denominator, point.value, point.low, point.high]
        return name + figures.map(number) + [point.signal ?? "", apart(point)]
    }

    /// People in an area are public; rows counted are not.
    private func withheldDenominator(_ point: MeasurePoint) -> String {
        switch series.definition.recipe.form {
        case .count: ""
        case .perThousandPeople: number(point.denominator)
        case .share, .mean: SuppressionRule.mark
        }
    }

    private func apart(_ point: MeasurePoint) -> String {
        guard let count = point.apart else { return "" }
        return rule.map { Suppression($0).isSmall(count) } ?? false ? SuppressionRule.mark : String(count)
    }

    private func number(_ value: Double?) -> String {
        guard let value else { return "" }
        return Int(exactly: value).map(String.init) ?? "\(value)"
    }

    private var explanation: [[String]] {
        let definition = series.definition
        var lines = [
            ["Measure", definition.title], ["Unit", definition.unit], ["Numerator", definition.numerator],
            ["Denominator", definition.denominator ?? "None: this is a count"],
            ["Interval", definition.interval.rawValue], ["Source", definition.source],
            ["Read with care", definition.caveat],
        ]
        lines += series.notes.map { ["Note", $0] }
        if let rule { lines += smallCounts(rule) }
        return lines + [
            ["Licence", "Contains public sector information licensed under the Open Government Licence v3.0."]
        ]
    }

    private func smallCounts(_ rule: SuppressionRule) -> [[String]] {
        let said =
            "Counts of 1 to \(rule.threshold) are suppressed, and others where a total would give one away."
        let totals = series.revealingTotals(rule).map { $0.isEmpty ? "this table" : $0 }
        let warning = "Do not publish beside it the total of: \(totals.joined(separator: ", "))."
        return [["Small counts", said]] + (totals.isEmpty ? [] : [["Small counts", warning]])
    }
}
