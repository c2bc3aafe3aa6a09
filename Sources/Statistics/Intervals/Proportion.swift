/// Events out of occasions: 29 of 50 calls answered in time. A share of the whole, so never above 1.
public struct Proportion: Equatable, Hashable, Sendable {
    public let events: Int
    public let total: Int

    /// - Throws: `negativeCount`, or `moreEventsThanPossible`.
    public init(events: Int, of total: Int) throws(StatisticsError) {
        guard events >= 0 else { throw .negativeCount(events) }
        guard total >= 0 else { throw .badDenominator }
        guard events <= total else { throw .moreEventsThanPossible(events: events) }
        self.events = events
        self.total = total
    }

    /// 0 to 1; nil when there was no occasion for an event, which is not the same as no events.
    public var value: Double? { total == 0 ? nil : Double(events) / Double(total) }
}
