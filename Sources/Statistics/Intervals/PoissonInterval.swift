/// Garwood's exact interval for a Poisson count, and for a rate whose exposure is known.
///
/// F. Garwood (1936), "Fiducial limits for the Poisson distribution", Biometrika 28: 437–442:
/// low = χ²(α/2; 2x)/2 and high = χ²(1 − α/2; 2x + 2)/2. Its coverage is never below the level.
///
/// It speaks of chance alone. Crime comes in bursts, so where counts are overdispersed it is too narrow.
public enum PoissonInterval {
    /// - Parameters:
    ///   - count: events seen.
    ///   - level: two-sided confidence, 0.95 unless told.
    /// - Returns: the interval of the expected count, in events.
    /// - Throws: `negativeCount`, `badLevel`.
    public static func around(count: Int, level: Double = 0.95) throws(StatisticsError) -> Interval {
        guard count >= 0 else { throw .negativeCount(count) }
        let tail = try tailProbability(level: level)
        let events = Double(count)
        return Interval(
            low: count == 0 ? 0 : ChiSquare.quantile(tail, degrees: 2 * events) / 2,
            high: ChiSquare.upperQuantile(tail, degrees: 2 * events + 2) / 2)
    }

    /// - Returns: the interval in events for each unit of exposure; nil when there was no exposure.
    /// - Throws: `badLevel`.
    public static func around(_ rate: Rate, level: Double = 0.95) throws(StatisticsError) -> Interval? {
        let counts = try around(count: rate.events, level: level)
        guard rate.exposure > 0 else { return nil }
        return Interval(low: counts.low / rate.exposure, high: counts.high / rate.exposure)
    }
}
