import Kernel

/// A measure as comma-separated text, with what its figures mean below them.
struct MeasureTable {
    let series: MeasureSeries
    /// Nil inside the house, where figures are whole.
    let rule: SuppressionRule?

    func text() -> String {
        let head = ["period", "group", "group name", "numerator", "denominator", "value", "low", "high", "signal"]
        let points = rule.map(series.published) ?? series.points.map { PublishedPoint(point: $0, isWithheld: false) }
        let lines = [head] + points.map(fields) + [[""]] + explanation
        return lines.map(CSVWriter.line).joined()
    }

    private func fields(_ published: PublishedPoint) -> [String] {
        let point = published.point
        let name = [point.period.label, point.group ?? "", point.groupName ?? ""]
        if published.isWithheld {
            // People in an area are public; rows counted are not.
            let people = series.definition.recipe.form == .perThousandPeople ? number(point.denominator) : SuppressionRule.mark
            return name + [SuppressionRule.mark, people, "", "", "", SuppressionRule.mark]
        }
        let figures = [point.numerator.map(Double.init), point.denominator, point.value, point.low, point.high]
        return name + figures.map(number) + [point.signal ?? ""]
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
            ["Interval", definition.interval.rawValue], ["Source", definition.source], ["Read with care", definition.caveat],
        ]
        lines += series.notes.map { ["Note", $0] }
        if let rule {
            lines.append([
                "Small counts",
                "Counts of 1 to \(rule.threshold) are suppressed, and others where a total would give one away.",
            ])
        }
        return lines + [["Licence", "Contains public sector information licensed under the Open Government Licence v3.0."]]
    }
}
