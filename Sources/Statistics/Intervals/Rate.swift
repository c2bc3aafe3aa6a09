/// Events over an exposure that is not itself a count of them: crimes per 1,000 people, searches per day.
///
/// The caller chooses the unit of exposure: give thousands of people, and values and limits are per 1,000.
public struct Rate: Equatable, Hashable, Sendable {
    public let events: Int
    public let exposure: Double

    /// - Throws: `negativeCount`, `badDenominator`, or `moreEventsThanPossible` for events without exposure.
    public init(events: Int, exposure: Double) throws(StatisticsError) {
        guard events >= 0 else { throw .negativeCount(events) }
        guard exposure.isFinite, exposure >= 0 else { throw .badDenominator }
        guard exposure > 0 || events == 0 else { throw .moreEventsThanPossible(events: events) }
        guard exposure == 0 || (Double(events) / exposure).isFinite else { throw .badDenominator }
        self.events = events
        self.exposure = exposure
    }

    /// Events for each unit of exposure; nil when there was no exposure, which is not the same as no events.
    public var value: Double? { exposure == 0 ? nil : Double(events) / exposure }
}
