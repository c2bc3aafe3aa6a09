/// Where a drawing's points stand: from position and value to coordinates.
struct ChartScale {
    let width: Double
    let height: Double
    let left: Double
    let right: Double
    let top: Double
    let bottom: Double
    let count: Int
    let ticks: [Double]

    var plotRight: Double { width - right }
    var plotBottom: Double { height - bottom }
    var step: Double { (plotRight - left) / Double(max(count, 1)) }

    /// The middle of the column of a point.
    func x(_ index: Int) -> Double { left + (Double(index) + 0.5) * step }
    /// The left edge of that column.
    func edge(_ index: Int) -> Double { left + Double(index) * step }

    func y(_ value: Double) -> Double {
        guard let low = ticks.first, let high = ticks.last, high > low else { return plotBottom }
        let share = (value - low) / (high - low)
        return plotBottom - min(max(share, 0), 1) * (plotBottom - top)
    }

    /// Round numbers that enclose `values`, about five. The axis starts at nought unless that would waste more than
    /// half of it; a drawing whose axis does not must say so.
    static func ticks(for values: [Double]) -> [Double] {
        let finite = values.filter(\.isFinite)
        guard var low = finite.min(), let high = finite.max() else { return [0, 1] }
        if low > 0, low < high * 0.5 || low == high { low = 0 }
        let span = high > low ? high - low : max(abs(high), 1)
        let step = roundStep(span / 4)
        let first = (low / step).rounded(.down)
        let last = max((high / step).rounded(.up), first + 1)
        return (Int(first)...Int(last)).map { Double($0) * step }
    }

    private static func roundStep(_ raw: Double) -> Double {
        var power = 1.0
        while power * 10 <= raw { power *= 10 }
        while power > raw { power /= 10 }
        let ratio = raw / power
        return power * (ratio <= 1 ? 1 : ratio <= 2 ? 2 : ratio <= 2.5 ? 2.5 : ratio <= 5 ? 5 : 10)
    }
}
