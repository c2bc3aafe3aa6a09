public import Kernel

/// When a change that could not be told is told again.
public enum WebhookRetry {
    /// After this it is given up until somebody sends again.
    public static let longestSeconds: Int64 = 3 * 86_400
    private static let (first, longest): (Int64, Int64) = (5, 6 * 3600)

    /// Three times as long after each failure, up to six hours, and then between half and all of that, so that many
    /// subscriptions do not come back at once.
    /// - Parameters:
    ///   - attempt: How many have failed, from 1.
    ///   - chance: From 0 up to 1.
    /// - Returns: Nil when it is to be given up.
    public static func next(attempt: Int, since: Moment, now: Moment, chance: Double) -> Moment? {
        guard now < since.adding(seconds: longestSeconds) else { return nil }
        var pause = first
        for _ in 1..<max(attempt, 1) where pause < longest { pause = min(pause * 3, longest) }
        let milliseconds = Double(pause) * 1000 * (0.5 + min(max(chance, 0), 1) / 2)
        return Moment(milliseconds: now.milliseconds + Int64(milliseconds))
    }
}
