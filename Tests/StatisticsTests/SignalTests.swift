import Testing

@testable import Statistics

struct SignalTests {
    /// Points judged by limits of −3 and 3 around 0: the unit is one standard deviation.
    func signals(_ values: [Double?], _ rules: SignalRules, low: Double = -3) -> [Signal] {
        let limits = PointLimits(centre: 0, reach: 3, bounds: low...3)
        let points = values.map { ChartPoint(value: $0, movingRange: nil, limits: limits) }
        return rules.signals(in: points, periods: points.indices)
    }

    func only(
        run: Int? = nil, trend: Int? = nil, nearLimit: Bool = false, longestRun: Bool = false
    ) throws -> SignalRules {
        try SignalRules(run: run, trend: trend, nearLimit: nearLimit, longestRun: longestRun)
    }

    @Test func `a point beyond a limit is a signal and a point on it is not`() throws {
        let found = signals([0, 3, 3.01, -3, -3.01, 0], try only())
        #expect(found.map(\.points) == [[2], [4]])
        #expect(found.map(\.direction) == [.up, .down])
        let sentences = ["This point is above the upper limit.", "This point is below the lower limit."]
        #expect(found.map(\.explanation) == sentences)
    }

    @Test func `a value at a limit that was cut off is no signal`() throws {
        #expect(signals([0, -1, 0], try only(nearLimit: true), low: -1).isEmpty)
    }

    @Test func `seven on one side are no run and eight are`() throws {
        let seven = [Double?](repeating: 1, count: 7)
        #expect(signals(seven + [-1], try only(run: 8)).isEmpty)
        let found = signals([-1] + seven + [1, 1, -1], try only(run: 8))
        #expect(found == [Signal(rule: .runOneSide, direction: .up, points: Array(1...9), raisedAt: 8)])
        #expect(found[0].explanation == "9 points in a row are above the centre line.")
        #expect(signals(seven, try only(run: 7)).map(\.raisedAt) == [6])
    }

    @Test func `a point on the centre line neither adds to a run nor ends it`() throws {
        let found = signals([-1, -1, -1, -1, 0, -1, -1, -1, -1], try only(run: 8))
        #expect(found == [Signal(rule: .runOneSide, direction: .down, points: [0, 1, 2, 3, 5, 6, 7, 8], raisedAt: 8)])
    }

    @Test func `a gap ends a run, a trend and three points in a row`() throws {
        #expect(signals([1, 1, 1, 1, nil, 1, 1, 1, 1], try only(run: 8)).isEmpty)
        #expect(signals([-2, -1, 0, nil, 1, 1.5, 1.9], try only(trend: 6)).isEmpty)
        #expect(signals([2.5, nil, 2.5], try only(nearLimit: true)).isEmpty)
    }

    @Test func `six points each going the same way are a trend, and equal points end it`() throws {
        let up = signals([0, -2, -1, 0, 1, 1.5, 1.9, 1.8], try only(trend: 6))
        #expect(up == [Signal(rule: .trend, direction: .up, points: Array(1...6), raisedAt: 6)])
        let down = signals([1.9, 1.5, 1, 0, -1, -2, -2.5], try only(trend: 6))
        #expect(down.map(\.points) == [Array(0...6)] && down.map(\.raisedAt) == [5])
        #expect(signals([-2, -1, 0, 0, 1, 1.5, 1.9], try only(trend: 6)).isEmpty)
        #expect(signals([-2, -1, 0, 1, 1.5, 1.4, 1.6], try only(trend: 6)).isEmpty)
    }

    @Test func `two of three points near one limit are a signal, near both limits not`() throws {
        #expect(signals([0, 2.1, 0, 2.2, 0], try only(nearLimit: true)).map(\.points) == [[1, 3]])
        #expect(signals([0, -2.1, -2.2, 0, -2.5], try only(nearLimit: true)).map(\.points) == [[1, 2, 4]])
        #expect(signals([0, 2.1, 0, 0, 2.2], try only(nearLimit: true)).isEmpty)
        #expect(signals([2.1, -2.1, 0], try only(nearLimit: true)).isEmpty)
        #expect(signals([2, 2, 2], try only(nearLimit: true)).isEmpty, "on the line is not beyond it")
    }

    @Test func `the longest run that is likely grows with the length of the series`() {
        // log₂ n + 3 is 6.3, 6.9, 7.3, 7.6, 7.9 and 8.9.
        #expect([10, 15, 20, 24, 30, 60].map(LongestRun.longestExpected) == [6, 7, 7, 8, 8, 9])
    }

    @Test func `the longest run is a signal only when asked for`() throws {
        let values = [Double?](repeating: 1, count: 7) + [-1, 1, -1]
        #expect(signals(values, .standard).isEmpty)
        let found = signals(values, try only(longestRun: true))
        #expect(found == [Signal(rule: .longestRun, direction: .up, points: Array(0...6), raisedAt: 6)])
    }

    @Test func `a chart turned upside down has the same signals the other way`() throws {
        var random = Seeded(state: 11)
        let all = try SignalRules(longestRun: true)
        var seen: Set<SignalRule> = []
        for _ in 0..<300 {
            let values: [Double?] = (0..<40).map { _ in
                Int.random(in: 0..<12, using: &random) == 0 ? nil : Double.random(in: -3.4...3.4, using: &random)
            }
            let up = signals(values, all)
            let down = signals(values.map { $0.map { -$0 } }, all)
            let key: (Signal) -> [String] = { [$0.rule.rawValue, "\($0.raisedAt)", "\($0.points)"] }
            #expect(Set(up.map(key)) == Set(down.map(key)) && up.count == down.count)
            #expect(up.filter { $0.direction == .up }.count == down.filter { $0.direction == .down }.count)
            #expect(up.map(\.raisedAt) == up.map(\.raisedAt).sorted())
            seen.formUnion(up.map(\.rule))
        }
        #expect(seen.isSuperset(of: [.beyondLimit, .nearLimit]))
    }

    @Test func `a signal is found from each period that is part of it`() throws {
        let values: [Double?] = (0..<20).map { ($0 < 10 ? 10 : 11) + ($0.isMultiple(of: 2) ? 0.2 : -0.2) }
        let chart = try ControlChart.individuals(values, rules: .fewest)
        #expect(chart.signals(at: 12).contains { $0.rule == .runOneSide && $0.direction == .up })
        #expect(!chart.signals(at: 2).contains { $0.direction == .up })
    }

    @Test func `the names other programs read do not change, and every sentence is one`() {
        #expect(
            SignalRule.allCases.map(\.rawValue) == [
                "point-beyond-limit", "run-on-one-side", "trend", "two-of-three-near-limit", "longest-run",
            ])
        #expect(SignalDirection.allCases.map(\.rawValue) == ["up", "down"])
        for rule in SignalRule.allCases {
            for direction in SignalDirection.allCases {
                let text = Signal(rule: rule, direction: direction, points: [1, 2], raisedAt: 2).explanation
                #expect(text.hasSuffix(".") && text.count < 90)
            }
        }
    }

    @Test func `a rule of fewer than three points is refused`() {
        #expect(throws: StatisticsError.badRule(points: 2)) { try SignalRules(run: 2) }
        #expect(throws: StatisticsError.badRule(points: 1)) { try SignalRules(trend: 1) }
    }
}
