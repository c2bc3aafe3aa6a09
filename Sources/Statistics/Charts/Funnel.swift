import Foundation

/// Units held against what those in the middle do together: which differ by more than chance, and by more than the others differ
/// among themselves.
///
/// D. J. Spiegelhalter (2005), "Funnel plots for comparing institutional performance", Statistics in Medicine 24:
/// 1185–1202. Shares are put on the scale of the arc sine of their root (his appendix A.1), where a share of few occasions
/// is as likely to fall as far below as above. Where units vary more than chance the limits are widened by the root of φ,
/// the mean of squared z values with the outer fifth at either end pulled in (his section 3.2).
public struct Funnel: Equatable, Sendable {
    public struct Unit: Equatable, Sendable {
        public let proportion: Proportion
        /// How far it lies from the whole, in widened standard errors; nil without an occasion.
        public let z: Double?

        /// Beyond the limits of 99.8%: one of 500 lies there by chance.
        public var isBeyond: Bool { z.map { abs($0) > 3.0902 } ?? false }
        public var isAbove: Bool { isBeyond && (z ?? 0) > 0 }
    }

    /// Of all units together; nil where there was no occasion.
    public let whole: Double?
    /// Of the units in the middle together, against which each is held: the fifth at either end moves it nowhere. All of
    /// them where they are fewer than five.
    public let centre: Double?
    /// 1 where units vary by chance alone.
    public let dispersion: Double
    /// In the order given.
    public let units: [Unit]

    public init(_ proportions: [Proportion]) {
        let total = proportions.reduce(0) { $0 + $1.total }
        let events = proportions.reduce(0) { $0 + $1.events }
        let whole = total == 0 ? nil : Double(events) / Double(total)
        let centre = Funnel.centre(proportions)
        let plain = proportions.map { proportion -> Double? in
            guard let centre, let whole, whole > 0, whole < 1, let value = proportion.value else { return nil }
            return 2 * Double(proportion.total).squareRoot() * (Funnel.angle(value) - Funnel.angle(centre))
        }
        let dispersion = Funnel.dispersion(plain.compactMap(\.self))
        (self.whole, self.centre, self.dispersion) = (whole, centre, dispersion)
        units = zip(proportions, plain).map { proportion, z in
            Unit(proportion: proportion, z: z.map { $0 / dispersion.squareRoot() })
        }
    }

    /// Between which shares a unit with so many occasions lies by chance and by the usual differences.
    /// - Parameter z: 1.96 for 95%, 3.09 for 99.8%.
    public func limits(total: Int, z: Double) -> Interval? {
        guard let centre, total > 0 else { return nil }
        let (angle, reach) = (Funnel.angle(centre), z * (dispersion / Double(total)).squareRoot() / 2)
        return Interval(low: Funnel.share(max(0, angle - reach)), high: Funnel.share(min(.pi / 2, angle + reach)))
    }

    private static func centre(_ proportions: [Proportion]) -> Double? {
        let known = proportions.filter { $0.total > 0 }.sorted { ($0.value ?? 0) < ($1.value ?? 0) }
        let cut = known.count / 5
        let middle = known.dropFirst(cut).dropLast(cut)
        let total = middle.reduce(0) { $0 + $1.total }
        return total == 0 ? nil : Double(middle.reduce(0) { $0 + $1.events }) / Double(total)
    }

    private static func angle(_ share: Double) -> Double { asin(share.squareRoot()) }

    private static func share(_ angle: Double) -> Double { sin(angle) * sin(angle) }

    /// φ, where it is more than chance gives (more than 1). The outer fifth at either end counts as its inner neighbour, so
    /// that a few units that stand out do not hide themselves; what that takes from units that vary by chance is given back.
    private static func dispersion(_ z: [Double]) -> Double {
        guard z.count >= 5 else { return 1 }
        let sorted = z.sorted()
        let cut = sorted.count / 5
        let (low, high) = (sorted[cut], sorted[sorted.count - 1 - cut])
        let squares = sorted.map { value in
            let pulled = min(max(value, low), high)
            return pulled * pulled
        }
        let mean = squares.reduce(0, +) / Double(squares.count)
        return max(1, mean / pulledSquare(Double(cut) / Double(sorted.count)))
    }

    /// Of a standard normal value pulled in to its quantiles `share` and 1 − `share`, the mean square.
    private static func pulledSquare(_ share: Double) -> Double {
        let edge = StandardNormal.quantile(1 - share)
        let density = exp(-edge * edge / 2) / (2 * Double.pi).squareRoot()
        return (1 - 2 * share) - 2 * edge * density + 2 * share * edge * edge
    }
}
