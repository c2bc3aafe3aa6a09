/// Wilson's score interval for a proportion, without continuity correction.
///
/// E. B. Wilson (1927), "Probable inference, the law of succession, and statistical inference", Journal of the
/// American Statistical Association 22: 209–212. Preferred to the Wald interval by L. D. Brown, T. T. Cai and
/// A. DasGupta (2001), "Interval estimation for a binomial proportion", Statistical Science 16: 101–133.
///
/// It stays within 0 to 1 and has width at no events and at all events, where the Wald interval has none.
public enum WilsonInterval {
    /// - Parameter level: two-sided confidence, 0.95 unless told.
    /// - Returns: the interval as shares, 0 to 1; nil when there was no occasion for an event.
    /// - Throws: `badLevel`.
    public static func around(
        _ proportion: Proportion, level: Double = 0.95
    ) throws(StatisticsError) -> Interval? {
        let z = try StandardNormal.twoSided(level: level)
        guard let p = proportion.value else { return nil }
        let n = Double(proportion.total)
        let squared = z * z
        let middle = (p + squared / (2 * n)) / (1 + squared / n)
        let reach = z * (p * (1 - p) / n + squared / (4 * n * n)).squareRoot() / (1 + squared / n)
        // Exactly 0 and 1 at the ends: rounding must not leave "no events" a sliver away from nothing.
        return Interval(
            low: proportion.events == 0 ? 0 : max(0, middle - reach),
            high: proportion.events == proportion.total ? 1 : min(1, middle + reach))
    }
}
