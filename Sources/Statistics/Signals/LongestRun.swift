import Foundation

/// A run longer than log₂(n) + 3, rounded: the 95% point of the longest run among n points that fall on either side
/// of the centre with even chances.
///
/// J. Anhøj and A. V. Olesen (2014), "Run charts revisited: a simulation study of run chart rules for detection of
/// non-random variation in health care processes", PLoS ONE 9(11): e113825. Meant for a median as the centre line.
enum LongestRun {
    /// The longest run that `count` points off the centre line make likely.
    static func longestExpected(of count: Int) -> Int {
        count < 1 ? 0 : Int((log2(Double(count)) + 3).rounded())
    }

    static func signals(in stretches: [Stretch]) -> [Signal] {
        let runs = stretches.flatMap(OneSide.runs)
        let expected = longestExpected(of: runs.reduce(0) { $0 + $1.periods.count })
        return runs.filter { $0.periods.count > expected }.map {
            Signal(.longestRun, $0.side, points: $0.periods, length: expected + 1)
        }
    }
}
