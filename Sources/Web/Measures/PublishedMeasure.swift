import Foundation
import Kernel
import Measures

/// A measure as JSON that may leave the house: the same names as `holdfast measure show --json`, small counts withheld.
struct PublishedMeasure: Encodable {
    let series: MeasureSeries
    let chart: MeasureChart?
    let rule: SuppressionRule
    private let points: [PublishedPoint]

    init(_ series: MeasureSeries, chart: MeasureChart?, rule: SuppressionRule) {
        (self.series, self.chart, self.rule) = (series, chart, rule)
        points = series.published(rule)
    }

    func bytes() throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        return Array(try encoder.encode(self))
    }

    private enum Key: String, CodingKey {
        case id, title, unit, by, numerator, denominator, source, caveat, asOf, notes, missing, points, limits
        case suppression, licence
    }

    func encode(to encoder: any Encoder) throws {
        let definition = series.definition
        var container = encoder.container(keyedBy: Key.self)
        let texts: [(Key, String?)] = [
            (.id, definition.id), (.title, definition.title), (.unit, definition.unit),
            (.by, series.request.by.rawValue), (.numerator, definition.numerator),
            (.denominator, definition.denominator), (.source, definition.source), (.caveat, definition.caveat),
            (.asOf, definition.asOf),
            (
                .suppression,
                "Counts of 1 to \(rule.threshold) are withheld, and others where a total would give one away."
            ),
            (.licence, "Contains public sector information licensed under the Open Government Licence v3.0."),
        ]
        for (key, text) in texts { try container.encode(text, forKey: key) }
        try container.encode(series.notes, forKey: .notes)
        try container.encode(series.missing, forKey: .missing)
        try container.encode(points.map(Point.init), forKey: .points)
        try container.encode(Limits(chart: chart, isOpen: !points.contains { $0.isWithheld }), forKey: .limits)
    }

    private struct Point: Encodable {
        let published: PublishedPoint

        private enum Key: String, CodingKey {
            case period, group, groupName, numerator, denominator, value, low, high, signal, suppressed
        }

        func encode(to encoder: any Encoder) throws {
            let (point, isOpen) = (published.point, !published.isWithheld)
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(point.period.label, forKey: .period)
            try container.encode(point.group, forKey: .group)
            try container.encode(point.groupName, forKey: .groupName)
            try container.encode(isOpen ? point.numerator : nil, forKey: .numerator)
            try container.encode(isOpen ? point.denominator : nil, forKey: .denominator)
            try container.encode(isOpen ? point.value : nil, forKey: .value)
            try container.encode(isOpen ? point.low : nil, forKey: .low)
            try container.encode(isOpen ? point.high : nil, forKey: .high)
            try container.encode(isOpen ? point.signal : SuppressionRule.mark, forKey: .signal)
            try container.encode(published.isWithheld, forKey: .suppressed)
        }
    }

    /// Limits are made of every point: with a withheld one among them, they could give it away.
    private struct Limits: Encodable {
        let chart: MeasureChart?
        let isOpen: Bool

        private enum Key: String, CodingKey { case method, centre, low, high, explanation }

        func encode(to encoder: any Encoder) throws {
            var container = encoder.container(keyedBy: Key.self)
            let (last, latest) = (chart?.segments.last, isOpen ? chart?.latest : nil)
            let words = last?.explanation ?? "Limits are for series in time."
            try container.encode(last?.method, forKey: .method)
            try container.encode(latest?.centre, forKey: .centre)
            try container.encode(latest?.low, forKey: .low)
            try container.encode(latest?.high, forKey: .high)
            try container.encode(isOpen ? words : "Limits are left out: a count is withheld.", forKey: .explanation)
        }
    }
}
