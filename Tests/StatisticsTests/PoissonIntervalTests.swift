import Statistics
import Testing

struct PoissonIntervalTests {
    /// Garwood's 95% limits as printed in medical and epidemiological tables.
    @Test(arguments: [
        (0, 0, 3.689), (1, 0.0253, 5.572), (2, 0.2422, 7.225), (3, 0.6187, 8.767), (5, 1.6235, 11.668),
        (10, 4.795, 18.390), (20, 12.217, 30.888),
    ])
    func `the tabled limits of a count are reproduced`(count: Int, low: Double, high: Double) throws {
        let interval = try PoissonInterval.around(count: count)
        #expect(abs(interval.low - low) < 0.0006)
        #expect(abs(interval.high - high) < 0.0006)
    }

    /// Made with numpy 2.4.6 `default_rng(20170322)` and scipy 1.17.1: `chi2.ppf((1 - level) / 2, 2x) / 2` and
    /// `chi2.isf((1 - level) / 2, 2x + 2) / 2`.
    @Test(arguments: [
        (9, 0.95, 4.115373097378334, 17.084803451419166),
        (1591, 0.99, 1490.1358432462357, 1696.652786254388),
        (358, 0.998, 302.3671866815844, 420.4118565898775),
        (1, 0.9, 0.05129329438755053, 4.743864518390578),
        (1, 0.8, 0.10536051565782632, 3.889720169867429),
        (15419, 0.99, 15101.029358783258, 15741.737584681838),
        (11, 0.95, 5.491160367236839, 19.682038513301954),
        (42, 0.99, 27.183832595539535, 61.760852110888344),
        (5, 0.998, 0.7393717319178327, 16.454745203680105),
        (20, 0.998, 8.958213267626013, 38.04188135385001),
    ])
    func `seeded counts at any level agree with scipy`(count: Int, level: Double, low: Double, high: Double) throws {
        let interval = try PoissonInterval.around(count: count, level: level)
        #expect(isClose(interval.low, low, within: 1e-10))
        #expect(isClose(interval.high, high, within: 1e-10))
    }

    @Test func `the limits of a count are those at which it would be just too rare`() throws {
        // The definition itself: P(X >= x | low) = P(X <= x | high) = 2.5%.
        let interval = try PoissonInterval.around(count: 4)
        func atMost(_ count: Int, mean: Double) -> Double {
            var term = 1.0
            var sum = 1.0
            for k in 1...count {
                term *= mean / Double(k)
                sum += term
            }
            // e^-mean by its own series keeps this test free of the library under test.
            var inverse = 1.0
            var power = 1.0
            for k in 1...80 {
                power *= mean / Double(k)
                inverse += power
            }
            return sum / inverse
        }
        #expect(isClose(1 - atMost(3, mean: interval.low), 0.025, within: 1e-9))
        #expect(isClose(atMost(4, mean: interval.high), 0.025, within: 1e-9))
    }

    @Test func `a rate's interval is its count's, over the exposure`() throws {
        let counts = try PoissonInterval.around(count: 17)
        let rates = try #require(try PoissonInterval.around(Rate(events: 17, exposure: 2.5)))
        #expect(isClose(rates.low, counts.low / 2.5) && isClose(rates.high, counts.high / 2.5))
    }

    @Test func `no exposure has no interval, which is not an interval at 0`() throws {
        #expect(try PoissonInterval.around(Rate(events: 0, exposure: 0)) == nil)
        #expect(try Rate(events: 0, exposure: 0).value == nil)
    }

    @Test func `the interval holds the count and grows with it and with the level`() throws {
        var previous = try PoissonInterval.around(count: 0)
        #expect(previous.low == 0)
        for count in [1, 2, 3, 10, 99, 100, 5_000, 1_000_000] {
            let interval = try PoissonInterval.around(count: count)
            let wider = try PoissonInterval.around(count: count, level: 0.999)
            #expect(interval.contains(Double(count)))
            #expect(interval.low > previous.low && interval.high > previous.high)
            #expect(wider.low < interval.low && wider.high > interval.high)
            previous = interval
        }
    }

    @Test func `impossible counts, exposures and levels are refused`() {
        #expect(throws: StatisticsError.negativeCount(-1)) { try PoissonInterval.around(count: -1) }
        #expect(throws: StatisticsError.negativeCount(-1)) { try Rate(events: -1, exposure: 1) }
        for exposure in [-1, Double.nan, .infinity] {
            #expect(throws: StatisticsError.badDenominator) { try Rate(events: 1, exposure: exposure) }
        }
        #expect(throws: StatisticsError.badDenominator) { try Rate(events: 9, exposure: .leastNonzeroMagnitude) }
        #expect(throws: StatisticsError.moreEventsThanPossible(events: 1)) { try Rate(events: 1, exposure: 0) }
        #expect(throws: StatisticsError.badLevel(1)) { try PoissonInterval.around(count: 1, level: 1) }
    }
}
