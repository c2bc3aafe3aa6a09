/// Recorded points with limits that follow one another without a gap.
struct Stretch {
    struct Point {
        let period: Int
        let value: Double
        let limits: PointLimits

        /// Which side of the centre line; nil on it.
        var side: SignalDirection? {
            value > limits.centre ? .up : value < limits.centre ? .down : nil
        }
    }

    var points: [Point] = []

    /// Cuts a segment at its gaps. Empty when the segment has no limits.
    static func consecutive(in points: [ChartPoint], periods: Range<Int>) -> [Stretch] {
        var stretches = [Stretch()]
        for period in periods {
            if let value = points[period].value, let limits = points[period].limits {
                stretches[stretches.count - 1].points.append(Point(period: period, value: value, limits: limits))
            } else {
                stretches.append(Stretch())
            }
        }
        return stretches.filter { !$0.points.isEmpty }
    }
}

extension Signal {
    /// A signal raised by the last of the first `length` points of a pattern that may have gone on.
    init(_ rule: SignalRule, _ direction: SignalDirection, points: [Int], length: Int) {
        self.init(rule: rule, direction: direction, points: points, raisedAt: points[length - 1])
    }
}
