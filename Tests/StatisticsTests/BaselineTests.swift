import Statistics
import Testing

struct BaselineTests {
    let steps: [Double?] = (0..<40).map { ($0 < 20 ? 10 : 50) + ($0.isMultiple(of: 2) ? 1 : -1) }

    @Test func `a re-base starts new limits with its reason, and no moving range crosses it`() throws {
        let chart = try ControlChart.individuals(
            steps, baseline: Baseline(rebases: [Rebase(start: 20, reason: "New recording system")]))
        #expect(chart.segments.map(\.periods) == [0..<20, 20..<40])
        #expect(chart.segments.map(\.reason) == [nil, "New recording system"])
        #expect(chart.segments.map { $0.basis?.centre } == [10, 50])
        #expect(chart.points[20].movingRange == nil && chart.points[21].movingRange == 2)
        #expect(chart.signals.isEmpty)
        #expect(chart.segment(at: 20)?.reason == "New recording system" && chart.segment(at: 40) == nil)
    }

    @Test func `without the re-base the same shift is a signal`() throws {
        let chart = try ControlChart.individuals(steps)
        #expect(chart.signals.contains { $0.rule == .runOneSide && $0.direction == .up && $0.raisedAt == 27 })
    }

    @Test func `a re-base with too few points after it has no limits there and keeps those before`() throws {
        let chart = try ControlChart.individuals(
            steps, baseline: Baseline(rebases: [Rebase(start: 35, reason: "New team")]))
        #expect(chart.points[34].limits != nil && chart.points[35].limits == nil)
        #expect(chart.segments[1].outcome == .noLimits(.tooFewPoints(found: 5, needed: 8)))
    }

    @Test func `the baseline counts recorded values, not gaps`() throws {
        var values = steps
        values[3] = nil
        let chart = try ControlChart.individuals(values, baseline: Baseline(firstPoints: 12))
        #expect(chart.segments[0].baseline == [0, 1, 2] + Array(4...12))
    }

    @Test func `a re-base without a reason, out of order or outside the series is refused`() throws {
        for reason in ["", "  \n"] {
            #expect(throws: StatisticsError.rebaseWithoutReason(start: 3)) { try Rebase(start: 3, reason: reason) }
        }
        #expect(throws: StatisticsError.badRebase(start: 0)) { try Rebase(start: 0, reason: "x") }
        for starts in [[5, 5], [9, 5], [40]] {
            let baseline = try Baseline(rebases: starts.map { try Rebase(start: $0, reason: "x") })
            #expect(throws: StatisticsError.badRebase(start: starts[starts.count - 1])) {
                try ControlChart.individuals(steps, baseline: baseline)
            }
        }
    }

    @Test func `a baseline shorter than the fewest points is refused`() {
        #expect(throws: StatisticsError.badBaseline) { try Baseline(firstPoints: 7) }
        #expect(throws: StatisticsError.badBaseline) { try Baseline(minimum: 2) }
    }
}
