/// How far counts vary from one period to the next, against what chance alone would do.
///
/// σz is the mean moving range of the z values, over 1.128. It is near 1 when counts vary by chance, and above 1 when
/// something else varies too, as it does in nearly every large denominator.
///
/// D. B. Laney (2002), "Improved control charts for attributes", Quality Engineering 14: 531–537.
public struct Dispersion: Equatable, Sendable {
    /// σz, without unit.
    public let sigmaZ: Double
    /// The σz above which the counts are called overdispersed:
    ///
    ///     1 + 1.645 √(0.8264 / m),   m moving ranges in the baseline
    ///
    /// the one-sided 95% point of σz when counts vary by chance alone. 0.8264/m is the variance of a standard
    /// deviation estimated from m moving ranges, for large m: J. D. Cryer and T. P. Ryan (1990), "The estimation of
    /// sigma for an X chart: MR/d₂ or S/c₄?", Journal of Quality Technology 22: 187–192. Simulated with normal z
    /// values and 8 to 60 points, 5.6% to 5.9% of steady series fall above it.
    public let bound: Double
    /// Whether the limits were multiplied by σz.
    public let isCorrected: Bool
    let handling: OverdispersionHandling

    /// Nil when nothing varies.
    init?(zMovingRanges: [Double], handling: OverdispersionHandling) {
        guard let range = zMovingRanges.mean, range > 0 else { return nil }
        sigmaZ = range / MovingRange.d2
        bound = 1 + 1.645 * (0.8264 / Double(zMovingRanges.count)).squareRoot()
        self.handling = handling
        isCorrected = handling == .always || handling == .whenFound && sigmaZ > bound
    }

    public var isOverdispersed: Bool { sigmaZ > bound }

    /// What the limits of pure chance are multiplied by.
    var factor: Double { isCorrected ? sigmaZ : 1 }

    public var explanation: String {
        let finding = "The points vary \(Self.rounded(sigmaZ)) times as much as chance alone would explain"
        let choice =
            switch (isOverdispersed, handling) {
            case (true, .never): ", but the limits were asked for without correction"
            case (true, _): ", more than the \(Self.rounded(bound)) at which limits are corrected"
            case (false, .always): ", and the limits were asked for with correction"
            case (false, _): ", within the \(Self.rounded(bound)) at which limits are corrected"
            }
        return finding + choice + "."
    }

    private static func rounded(_ value: Double) -> String {
        // Above this a second decimal says nothing, and Int could not hold it.
        guard value < 1e6 else { return "over a million" }
        let hundredths = Int((value * 100).rounded())
        let decimals = hundredths % 100
        return "\(hundredths / 100).\(decimals < 10 ? "0" : "")\(decimals)"
    }
}

/// When limits are corrected for overdispersion.
public enum OverdispersionHandling: Equatable, Sendable {
    /// When σz is above `Dispersion.bound`. Below it the ordinary limits stay, even if σz is under 1: narrowing them
    /// on a chance low would raise false alarms.
    case whenFound
    /// Laney's own advice.
    case always
    case never
}
