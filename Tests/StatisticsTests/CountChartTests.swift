import Testing

@testable import Statistics

/// p and u charts with and without Laney's correction.
struct CountChartTests {
    /// Cans of orange juice in samples of 50: the p chart example of D. C. Montgomery, "Introduction to Statistical
    /// Quality Control", who prints p̄ 0.2313, limits 0.0524 and 0.4102, and samples 15 and 23 beyond them.
    @Test func `the textbook p chart is reproduced`() throws {
        let faulty = [
            12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6,
        ]
        let chart = try ControlChart.proportions(
            try faulty.map { try Proportion(events: $0, of: 50) }, overdispersion: .never, rules: .fewest)
        let limits = try #require(chart.points[0].limits)
        #expect(abs(limits.centre - 0.2313) < 0.00005)
        #expect(abs(limits.low - 0.0524) < 0.00005 && abs(limits.high - 0.4102) < 0.00005)
        #expect(chart.signals.filter { $0.rule == .beyondLimit }.flatMap(\.points) == [14, 22])
    }

    /// By hand: p̄ = ½, so σ is 0.05 at n = 100 and 0.025 at n = 400. The shares 0.6, 0.5, 0.4, 0.5 are z = 2, 0, −2, 0;
    /// every moving range of z is 2; σz = 2/1.128 = 1.773. The limits are ½ ± 3 × 0.05 × 1.773 and half of that.
    @Test func `Laney's p chart agrees with a small example worked by hand`() throws {
        let quarter = [(60, 100), (200, 400), (40, 100), (200, 400)]
        let chart = try ControlChart.proportions(
            try (quarter + quarter).map { try Proportion(events: $0.0, of: $0.1) })
        let basis = try #require(chart.segments[0].basis)
        let dispersion = try #require(basis.dispersion)
        #expect(basis.method == .proportionLaney && basis.centre == 0.5 && !basis.isSparse)
        #expect(isClose(dispersion.sigmaZ, 2 / 1.128))
        #expect(isClose(dispersion.bound, 1.565213, within: 1e-6))
        let small = try #require(chart.points[0].limits)
        let large = try #require(chart.points[1].limits)
        #expect(isClose(small.high, 0.5 + 0.15 * 2 / 1.128) && isClose(small.low, 0.5 - 0.15 * 2 / 1.128))
        #expect(isClose(large.high, 0.5 + 0.075 * 2 / 1.128) && isClose(large.low, 0.5 - 0.075 * 2 / 1.128))
        #expect(
            basis.explanation == """
                Laney p chart: the limits of a p chart, widened to the variation seen. The points vary 1.77 times as \
                much as chance alone would explain, more than the 1.57 at which limits are corrected.
                """)
    }

    /// By hand: ū = 40/10 = 4, so σ is 2 at exposure 1 and 1 at exposure 4. The rates 8, 4, 0, 4 are z = 2, 0, −2, 0.
    @Test func `Laney's u chart agrees with a small example worked by hand`() throws {
        let quarter = [(8, 1.0), (16, 4.0), (0, 1.0), (16, 4.0)]
        let chart = try ControlChart.rates(
            try (quarter + quarter).map { try Rate(events: $0.0, exposure: $0.1) })
        let basis = try #require(chart.segments[0].basis)
        #expect(basis.method == .rateLaney && basis.centre == 4 && basis.isSparse)
        let small = try #require(chart.points[0].limits)
        let large = try #require(chart.points[1].limits)
        #expect(isClose(small.high, 4 + 6 * 2 / 1.128) && small.low == 0)
        #expect(isClose(large.high, 4 + 3 * 2 / 1.128) && large.low == 0)
        #expect(basis.explanation.hasSuffix("Some points expect fewer than five, so read these limits with care."))
    }

    @Test func `counts that vary no more than chance keep the plain chart, and it says why`() throws {
        // z = 1, 0, −1, 0: σz = 0.887.
        let quarter = [(55, 100), (200, 400), (45, 100), (200, 400)]
        let proportions = try (quarter + quarter).map { try Proportion(events: $0.0, of: $0.1) }
        let basis = try #require(try ControlChart.proportions(proportions).segments[0].basis)
        #expect(basis.method == .proportion)
        #expect(basis.explanation.contains("0.89 times") && basis.explanation.contains("within the 1.57"))

        let always = try ControlChart.proportions(proportions, overdispersion: .always)
        #expect(always.segments[0].basis?.method == .proportionLaney)
        #expect(isClose(try #require(always.points[0].limits).high, 0.5 + 0.15 / 1.128))
    }

    @Test func `shares stay within 0 and 1 and rates at 0 or above`() throws {
        let low = try (0..<10).map { try Proportion(events: $0 % 2, of: 10) }
        let high = try (0..<10).map { try Proportion(events: 9 + $0 % 2, of: 10) }
        let rates = try (0..<10).map { try Rate(events: $0 % 2, exposure: 3) }
        #expect(try #require(try ControlChart.proportions(low).points[0].limits).low == 0)
        #expect(try #require(try ControlChart.proportions(high).points[0].limits).high == 1)
        #expect(try #require(try ControlChart.rates(rates).points[0].limits).low == 0)
    }

    @Test func `a missing month and a month without a denominator are gaps without limits`() throws {
        var proportions: [Proportion?] = try (0..<14).map { try Proportion(events: 20 + $0 % 3, of: 50) }
        proportions[4] = nil
        proportions[9] = try Proportion(events: 0, of: 0)
        let chart = try ControlChart.proportions(proportions)
        for gap in [4, 9] {
            #expect(chart.points[gap].value == nil && chart.points[gap].limits == nil)
            #expect(!chart.segments[0].baseline.contains(gap))
        }
        #expect(chart.points.count == 14 && chart.points[5].limits != nil)
        let complete = proportions.compactMap(\.self)
        let events = complete.reduce(0) { $0 + $1.events }
        #expect(chart.segments[0].basis?.centre == Double(events) / 600)

        var rates: [Rate?] = try (0..<14).map { try Rate(events: 20 + $0 % 3, exposure: 5) }
        rates[4] = try Rate(events: 0, exposure: 0)
        #expect(try ControlChart.rates(rates).points[4] == ChartPoint(value: nil, movingRange: nil, limits: nil))
    }

    @Test func `a month without events is a 0 and counts as one`() throws {
        let rates = try [3, 0, 4, 2, 0, 5, 1, 3].map { try Rate(events: $0, exposure: 1) }
        let chart = try ControlChart.rates(rates)
        #expect(chart.points[1].value == 0 && chart.segments[0].basis?.centre == 18.0 / 8)
    }

    @Test func `months all without events have no limits`() throws {
        let rates = try (0..<12).map { _ in try Rate(events: 0, exposure: 1) }
        #expect(try ControlChart.rates(rates).segments[0].outcome == .noLimits(.noVariation))
        let shares = try (0..<12).map { _ in try Proportion(events: 6, of: 6) }
        #expect(try ControlChart.proportions(shares).segments[0].outcome == .noLimits(.noVariation))
    }

    /// Under chance alone about 1 series in 18 is called overdispersed: the bound's stated size. The allowance of
    /// 0.02 is nearly three standard errors of 1,000 series.
    @Test func `chance alone is seldom called overdispersed, and real excess nearly always`() throws {
        var random = Seeded(state: 1)
        func found(varying shares: ClosedRange<Double>, series: Int) throws -> Double {
            var found = 0
            for _ in 0..<series {
                let proportions = try (0..<24).map { _ in
                    let p = Double.random(in: shares, using: &random)
                    let events = (0..<60).reduce(0) { sum, _ in
                        sum + (Double.random(in: 0..<1, using: &random) < p ? 1 : 0)
                    }
                    return try Proportion(events: events, of: 60)
                }
                let basis = try #require(try ControlChart.proportions(proportions).segments[0].basis)
                found += basis.method == .proportionLaney ? 1 : 0
            }
            return Double(found) / Double(series)
        }
        #expect(abs(try found(varying: 0.4...0.4, series: 1_000) - 0.056) < 0.02)
        #expect(try found(varying: 0.15...0.65, series: 200) > 0.99)
    }

    @Test func `the method names other programs read do not change`() {
        #expect(ChartMethod.allCases.map(\.rawValue) == ["xmr-mean", "xmr-median", "p", "laney-p", "u", "laney-u"])
    }
}
