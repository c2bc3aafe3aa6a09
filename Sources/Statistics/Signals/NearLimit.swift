/// Two of three points in a row beyond two standard deviations on one side: close to a limit, or past it.
///
/// Western Electric (1956), "Statistical Quality Control Handbook"; test 5 of L. S. Nelson (1984), Journal of Quality
/// Technology 16: 237–239. Where a limit is cut off, two thirds of the way to where it would have been still counts.
enum NearLimit {
    static func signals(in stretch: Stretch) -> [Signal] {
        signals(in: stretch, direction: .up) { $0.value > $0.limits.near.high }
            + signals(in: stretch, direction: .down) { $0.value < $0.limits.near.low }
    }

    /// Near points at most two apart share a window of three: such a chain of them is one signal.
    private static func signals(
        in stretch: Stretch, direction: SignalDirection, isNear: (Stretch.Point) -> Bool
    ) -> [Signal] {
        var chains: [[Int]] = []
        for period in stretch.points.filter(isNear).map(\.period) {
            if let last = chains.last?.last, period - last <= 2 {
                chains[chains.count - 1].append(period)
            } else {
                chains.append([period])
            }
        }
        return chains.filter { $0.count >= 2 }.map { Signal(.nearLimit, direction, points: $0, length: 2) }
    }
}
