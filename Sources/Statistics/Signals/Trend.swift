/// Points in a row that each go the same way; two equal points end a trend.
///
/// Test 3 of L. S. Nelson (1984), Journal of Quality Technology 16: 237–239: "six points in a row steadily increasing
/// or decreasing", first point included. R. B. Davis and W. H. Woodall (1988), "Performance of the control chart trend
/// rule under linear shift", Journal of Quality Technology 20: 260–262, find that it adds little but false alarms:
/// users of run charts expect it, and it can be left out.
enum Trend {
    /// One signal for each trend of at least `length`, over the whole of it.
    static func signals(in stretch: Stretch, length: Int) -> [Signal] {
        var signals: [Signal] = []
        var direction: SignalDirection?
        var periods: [Int] = []
        func close() {
            guard let direction, periods.count >= length else { return }
            signals.append(Signal(.trend, direction, points: periods, length: length))
        }
        for (previous, point) in zip(stretch.points, stretch.points.dropFirst()) {
            let step: SignalDirection? =
                point.value > previous.value ? .up : point.value < previous.value ? .down : nil
            if step == nil || step != direction {
                close()
                (direction, periods) = (step, [previous.period])
            }
            periods.append(point.period)
        }
        close()
        return signals
    }
}
