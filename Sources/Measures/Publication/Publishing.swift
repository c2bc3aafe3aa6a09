public import Access
import Kernel
import Ledger

/// Who a table is for.
public enum Audience: Sendable, Hashable {
    /// Figures are whole; for those who may read them here.
    case house
    /// Small counts are suppressed; logged as a disclosure, and only for those who may make one.
    case publication
}

extension MeasureShelf {
    /// `{"id","title","unit","points":[…],"limits":{…}}` and more, with nulls written out. Figures are whole.
    public func json(
        _ id: String, by: MeasureDimension = .month, filter: SeriesFilter = SeriesFilter(), as actor: Actor
    ) async throws -> String {
        guard by.isTime else {
            return try MeasureJSON.text(
                MeasureDocument(series: try await series(id, by: by, filter: filter, as: actor), chart: nil))
        }
        let chart = try await chart(id, by: by, filter: filter, as: actor)
        return try MeasureJSON.text(MeasureDocument(series: chart.series, chart: chart))
    }

    /// The definitions as a JSON array.
    public func listJSON(as actor: Actor) async throws -> String {
        try MeasureJSON.list(try await definitions(as: actor))
    }

    /// Comma-separated text of the same figures, with their meaning below them.
    /// - Parameter recipient: The short name of the agency it is for, when that is known.
    /// - Throws: `Problem.absent` for a publication by somebody who may not disclose.
    public func csv(
        _ id: String, by: MeasureDimension = .month, filter: SeriesFilter = SeriesFilter(), for audience: Audience,
        to recipient: String? = nil, as actor: Actor
    ) async throws -> String {
        let request = SeriesRequest(by: by, filter: filter)
        let operation: Access.Operation = audience == .publication ? .disclosure : .consultation
        let rule = audience == .publication ? SuppressionRule.holding(on: LondonTime.day(of: ledger.now)) : nil
        let series =
            by.isTime
            ? try await chart(id, request, operation, to: recipient, as: actor).series
            : try await series(id, request, operation, to: recipient, as: actor)
        return MeasureTable(series: series, rule: rule).text()
    }
}
