/// Why a statistic was refused. These are faults of the caller's input; too little data is an answer, not an error.
public enum StatisticsError: Error, Equatable, Sendable {
    /// A count of events below zero.
    case negativeCount(Int)
    /// More events than there were occasions for one, or events where there were no occasions or exposure at all.
    case moreEventsThanPossible(events: Int)
    /// A denominator that is negative, infinite or not a number.
    case badDenominator
    /// A value that is infinite or not a number, or too large to calculate with. The index counts from 0.
    case notFinite(index: Int)
    /// A confidence level outside 0 to 1, both excluded.
    case badLevel(Double)
    /// A baseline shorter than the fewest points that limits need, or a fewest below three.
    case badBaseline
    /// Re-bases must lie inside the series, after its first period, in order and without repeats.
    case badRebase(start: Int)
    /// The limits were to be moved without saying why.
    case rebaseWithoutReason(start: Int)
    /// A signal rule that asks for fewer than three points.
    case badRule(points: Int)
    /// Natural limits that are not numbers.
    case badBounds
}
