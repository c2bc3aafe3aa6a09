import Testing

@testable import Statistics

struct IndividualsChartTests {
    struct Known: Decodable {
        struct Inputs: Decodable { let values: [Double] }
        struct Outputs: Decodable {
            let mean, unpl, lnpl, mrUpper, median, unplMedian, lnplMedian, mrUpperMedian: Double
            let baseline24: Baseline24
        }
        struct Baseline24: Decodable {
            let mean, unpl, lnpl: Double
            let runLengths, outside: [Int]
            let firstRunOf8: Int
        }
        let inputs: Inputs
        let outputs: Outputs
    }

    static let isThere = Reference.has("xmr.json")

    @Test(.enabled(if: isThere, "shared/reference/xmr.json is not beside the repository"))
    func `the reference limits are reproduced in both forms`() throws {
        let known = try Reference.decode(Known.self, from: "xmr.json")
        let mean = try ControlChart.individuals(known.inputs.values)
        let limits = try #require(mean.points.first?.limits)
        #expect(isClose(limits.centre, known.outputs.mean))
        #expect(isClose(limits.high, known.outputs.unpl) && isClose(limits.low, known.outputs.lnpl))
        #expect(isClose(try #require(mean.segments.first?.basis?.movingRangeLimit), known.outputs.mrUpper))

        let median = try ControlChart.individuals(known.inputs.values, form: .median)
        let middle = try #require(median.points.first?.limits)
        #expect(middle.centre == known.outputs.median)
        #expect(isClose(middle.high, known.outputs.unplMedian) && isClose(middle.low, known.outputs.lnplMedian))
        #expect(isClose(try #require(median.segments.first?.basis?.movingRangeLimit), known.outputs.mrUpperMedian))
    }

    @Test(.enabled(if: isThere, "shared/reference/xmr.json is not beside the repository"))
    func `the first 24 points set the reference limits, and later points are judged by them`() throws {
        let known = try Reference.decode(Known.self, from: "xmr.json")
        let expected = known.outputs.baseline24
        let chart = try ControlChart.individuals(
            known.inputs.values, baseline: Baseline(firstPoints: 24), rules: .fewest)
        let limits = try #require(chart.points.last?.limits)
        #expect(isClose(limits.centre, expected.mean))
        #expect(isClose(limits.high, expected.unpl) && isClose(limits.low, expected.lnpl))

        let outside = chart.signals.filter { $0.rule == .beyondLimit }
        #expect(outside.flatMap(\.points) == expected.outside)
        #expect(outside.map(\.direction) == [.down])
        let run = try #require(chart.signals.first { $0.rule == .runOneSide })
        #expect(run.raisedAt == expected.firstRunOf8)
        #expect(run.points == Array(20...35) && run.direction == .down)
    }

    @Test(.enabled(if: isThere, "shared/reference/xmr.json is not beside the repository"))
    func `the length of the run that ends at each point is the reference's`() throws {
        let known = try Reference.decode(Known.self, from: "xmr.json")
        let chart = try ControlChart.individuals(known.inputs.values, baseline: Baseline(firstPoints: 24))
        let stretches = Stretch.consecutive(in: chart.points, periods: 0..<chart.points.count)
        let lengths = stretches.flatMap(OneSide.runs).flatMap { run in
            run.periods.indices.map { run.side == .up ? $0 + 1 : -$0 - 1 }
        }
        #expect(lengths == known.outputs.baseline24.runLengths)
    }

    @Test func `no moving range reaches across a gap`() throws {
        // Steps of 2 on each side of the gap; a bridge from 12 to 100 would add 88.
        let values: [Double?] = [10, 12, 10, 12, 10, 12, nil, 100, 102, 100, 102, 100, 102]
        let chart = try ControlChart.individuals(values)
        #expect(chart.points[6].value == nil)
        #expect(chart.points[6].movingRange == nil && chart.points[7].movingRange == nil)
        let limits = try #require(chart.points[0].limits)
        #expect(isClose(limits.centre, 56))
        #expect(isClose(limits.high - limits.centre, 2.66 * 2))
        #expect(chart.points[6].limits == limits, "the limits of single values hold at a gap too")
    }

    @Test func `limits are cut off where the series cannot go, and being near them is not`() throws {
        let values: [Double?] = [0, 4, 1, 5, 0, 4, 1, 5, 0, 4]
        let free = try #require(try ControlChart.individuals(values).points[0].limits)
        let count = try #require(try ControlChart.individuals(values, bounds: 0...Double.infinity).points[0].limits)
        #expect(free.low < 0 && count.low == 0)
        #expect(count.high == free.high && count.near == free.near)
    }

    @Test func `seven points have no limits and say so`() throws {
        let chart = try ControlChart.individuals([1, 9, 1, 9, 1, 9, 100])
        #expect(chart.segments.map(\.outcome) == [.noLimits(.tooFewPoints(found: 7, needed: 8))])
        #expect(chart.points.allSatisfy { $0.limits == nil })
        #expect(chart.signals.isEmpty)
        #expect(chart.segments[0].explanation.contains("they need 8 points and there are 7"))
        #expect(try ControlChart.individuals([]).segments[0].basis == nil)
    }

    @Test func `points scattered among gaps have no limits and say so`() throws {
        let values: [Double?] = (0..<30).map { $0.isMultiple(of: 2) ? Double($0) : nil }
        let chart = try ControlChart.individuals(values)
        #expect(chart.segments.map(\.outcome) == [.noLimits(.tooFewNeighbours(found: 0, needed: 7))])
    }

    @Test func `values that never vary have no limits rather than limits of no width`() throws {
        let chart = try ControlChart.individuals([Double?](repeating: 0, count: 20))
        #expect(chart.segments.map(\.outcome) == [.noLimits(.noVariation)])
    }

    @Test func `values that are no numbers are refused, with their place`() {
        for bad in [Double.nan, .infinity, -.infinity, 1e200] {
            #expect(throws: StatisticsError.notFinite(index: 2)) { try ControlChart.individuals([1, nil, bad, 4]) }
        }
    }

    @Test func `limits move and stretch with the unit`() throws {
        var random = Seeded(state: 7)
        for _ in 0..<50 {
            let values: [Double?] = (0..<24).map { _ in Double.random(in: 0..<100, using: &random) }
            for form in [IndividualsForm.mean, .median] {
                let one = try #require(try ControlChart.individuals(values, form: form).points[0].limits)
                let shifted = values.map { $0.map { -3 * $0 + 10 } }
                let other = try #require(try ControlChart.individuals(shifted, form: form).points[0].limits)
                #expect(isClose(other.centre, -3 * one.centre + 10, within: 1e-10))
                #expect(isClose(other.high, -3 * one.low + 10, within: 1e-10))
                #expect(isClose(other.low, -3 * one.high + 10, within: 1e-10))
            }
        }
    }
}
