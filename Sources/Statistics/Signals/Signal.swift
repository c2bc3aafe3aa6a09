/// A pattern that routine variation seldom makes: a reason to ask what happened. It says up or down, never good or bad.
public struct Signal: Equatable, Sendable {
    public let rule: SignalRule
    public let direction: SignalDirection
    /// The periods that make the pattern, in order, counted from 0.
    public let points: [Int]
    /// The first period at which the pattern was complete: the earliest it could have been seen.
    public let raisedAt: Int

    /// One plain sentence for the reader.
    public var explanation: String {
        let count = points.count
        switch (rule, direction) {
        case (.beyondLimit, .up): return "This point is above the upper limit."
        case (.beyondLimit, .down): return "This point is below the lower limit."
        case (.runOneSide, .up): return "\(count) points in a row are above the centre line."
        case (.runOneSide, .down): return "\(count) points in a row are below the centre line."
        case (.trend, .up): return "\(count) points in a row each go up."
        case (.trend, .down): return "\(count) points in a row each go down."
        case (.nearLimit, .up): return "At least 2 of 3 points in a row are close to or above the upper limit."
        case (.nearLimit, .down): return "At least 2 of 3 points in a row are close to or below the lower limit."
        case (.longestRun, .up): return "\(count) points in a row are above the centre line, more than expected here."
        case (.longestRun, .down): return "\(count) points in a row are below the centre line, more than expected here."
        }
    }
}

/// Which rule raised a signal. The raw value is stable: other programs read it.
public enum SignalRule: String, Equatable, Sendable, CaseIterable {
    case beyondLimit = "point-beyond-limit"
    case runOneSide = "run-on-one-side"
    case trend = "trend"
    case nearLimit = "two-of-three-near-limit"
    case longestRun = "longest-run"
}

/// Which way a signal points. The raw value is stable: other programs read it.
public enum SignalDirection: String, Equatable, Sendable, CaseIterable {
    case up
    case down
}
