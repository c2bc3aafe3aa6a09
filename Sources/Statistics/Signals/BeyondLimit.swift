/// A point beyond three standard deviations. On the limit is not beyond it, so a share of 0 with its lower limit cut
/// off at 0 is no signal. W. A. Shewhart (1931); test 1 of L. S. Nelson (1984), "The Shewhart control chart: tests for
/// special causes", Journal of Quality Technology 16: 237–239.
enum BeyondLimit {
    static func signals(in stretch: Stretch) -> [Signal] {
        stretch.points.compactMap { point in
            if point.value > point.limits.high {
                Signal(.beyondLimit, .up, points: [point.period], length: 1)
            } else if point.value < point.limits.low {
                Signal(.beyondLimit, .down, points: [point.period], length: 1)
            } else {
                nil
            }
        }
    }
}
