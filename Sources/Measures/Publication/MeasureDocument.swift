import Foundation
import Kernel

/// A measure as JSON. The names are a contract: other programs read them.
struct MeasureDocument: Encodable {
    let series: MeasureSeries
    /// Nil for a series by group.
    let chart: MeasureChart?

    private enum Key: String, CodingKey {
        case id, title, unit, points, limits, chart, by, numerator, denominator, direction, source, caveat, asOf, notes
        case missing, signals
    }

    func encode(to encoder: any Encoder) throws {
        let definition = series.definition
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(definition.id, forKey: .id)
        try container.encode(definition.title, forKey: .title)
        try container.encode(definition.unit, forKey: .unit)
        try container.encode((chart?.series ?? series).points.map(PointDocument.init), forKey: .points)
        try container.encode(LimitsDocument(chart: chart), forKey: .limits)
        try container.encode(definition.chart.rawValue, forKey: .chart)
        try container.encode(series.request.by.rawValue, forKey: .by)
        try container.encode(definition.numerator, forKey: .numerator)
        try container.encode(definition.denominator, forKey: .denominator)
        try container.encode(definition.direction.rawValue, forKey: .direction)
        try container.encode(definition.source, forKey: .source)
        try container.encode(definition.caveat, forKey: .caveat)
        try container.encode(definition.asOf, forKey: .asOf)
        try container.encode(series.notes, forKey: .notes)
        try container.encode(series.missing, forKey: .missing)
        try container.encode((chart?.signals ?? []).map(SignalDocument.init), forKey: .signals)
    }
}

private struct PointDocument: Encodable {
    let point: MeasurePoint

    private enum Key: String, CodingKey {
        case period, group, groupName, numerator, denominator, value, low, high, signal, apart
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(point.period.label, forKey: .period)
        try container.encode(point.group, forKey: .group)
        try container.encodeIfPresent(point.groupName, forKey: .groupName)
        try container.encode(point.numerator, forKey: .numerator)
        try container.encode(point.denominator, forKey: .denominator)
        try container.encode(point.value, forKey: .value)
        try container.encode(point.low, forKey: .low)
        try container.encode(point.high, forKey: .high)
        try container.encode(point.signal, forKey: .signal)
        try container.encodeIfPresent(point.apart, forKey: .apart)
    }
}

private struct LimitsDocument: Encodable {
    let chart: MeasureChart?

    private enum Key: String, CodingKey {
        case method, centre, low, high, explanation, segments, points, period, from, until, reason
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        let last = chart?.segments.last
        try container.encode(last?.method, forKey: .method)
        try container.encode(chart?.latest?.centre, forKey: .centre)
        try container.encode(chart?.latest?.low, forKey: .low)
        try container.encode(chart?.latest?.high, forKey: .high)
        try container.encode(last?.explanation ?? "Limits are for series in time.", forKey: .explanation)
        var segments = container.nestedUnkeyedContainer(forKey: .segments)
        for segment in chart?.segments ?? [] { try encode(segment, &segments) }
        var points = container.nestedUnkeyedContainer(forKey: .points)
        for (point, limits) in zip(chart?.series.points ?? [], chart?.limits ?? []) {
            var item = points.nestedContainer(keyedBy: Key.self)
            try item.encode(point.period.label, forKey: .period)
            try item.encode(limits?.centre, forKey: .centre)
            try item.encode(limits?.low, forKey: .low)
            try item.encode(limits?.high, forKey: .high)
        }
    }

    private func encode(_ segment: MeasureChart.Segment, _ list: inout any UnkeyedEncodingContainer) throws {
        var item = list.nestedContainer(keyedBy: Key.self)
        try item.encode(segment.from.label, forKey: .from)
        try item.encode(segment.until.label, forKey: .until)
        try item.encode(segment.method, forKey: .method)
        try item.encode(segment.centre, forKey: .centre)
        try item.encode(segment.reason, forKey: .reason)
        try item.encode(segment.explanation, forKey: .explanation)
    }
}

private struct SignalDocument: Encodable {
    let rule: String
    let direction: String
    let improvement: Bool?
    let periods: [String]
    let explanation: String

    init(_ finding: MeasureChart.Finding) {
        (rule, direction, improvement) = (finding.rule, finding.direction, finding.isImprovement)
        (periods, explanation) = (finding.periods.map(\.label), finding.explanation)
    }
}

private struct DefinitionDocument: Encodable {
    let definition: MeasureDefinition

    private enum Key: String, CodingKey {
        case id, title, unit, numerator, denominator, dimensions, direction, source, caveat, chart, interval, asOf
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(definition.id, forKey: .id)
        try container.encode(definition.title, forKey: .title)
        try container.encode(definition.unit, forKey: .unit)
        try container.encode(definition.numerator, forKey: .numerator)
        try container.encode(definition.denominator, forKey: .denominator)
        try container.encode(definition.dimensions, forKey: .dimensions)
        try container.encode(definition.direction.rawValue, forKey: .direction)
        try container.encode(definition.source, forKey: .source)
        try container.encode(definition.caveat, forKey: .caveat)
        try container.encode(definition.chart.rawValue, forKey: .chart)
        try container.encode(definition.interval.rawValue, forKey: .interval)
        try container.encode(definition.asOf, forKey: .asOf)
    }
}

/// JSON with sorted names, so that equal answers are equal texts.
enum MeasureJSON {
    static func text(_ document: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes, .prettyPrinted]
        return String(decoding: try encoder.encode(document), as: UTF8.self)
    }

    static func list(_ definitions: [MeasureDefinition]) throws -> String {
        try text(definitions.map(DefinitionDocument.init))
    }
}
