import Statistics
import Testing

struct WilsonIntervalTests {
    struct Cases: Decodable {
        struct Outputs: Decodable { let cases: [Case] }
        struct Case: Decodable {
            let x: Int
            let n: Int
            let level: Double
            let lower: Double
            let upper: Double
        }
        let outputs: Outputs
    }

    @Test(.enabled(if: Reference.has("wilson.json"), "shared/reference/wilson.json is not beside the repository"))
    func `every reference interval is reproduced`() throws {
        let cases = try Reference.decode(Cases.self, from: "wilson.json").outputs.cases
        #expect(!cases.isEmpty)
        for known in cases {
            let interval = try #require(
                try WilsonInterval.around(Proportion(events: known.x, of: known.n), level: known.level))
            #expect(isClose(interval.low, known.lower), "\(known)")
            #expect(isClose(interval.high, known.upper), "\(known)")
        }
    }

    @Test(arguments: [(29, 50, 0.442, 0.706), (8, 10, 0.490, 0.943)])
    func `the worked values of the domain notes are reproduced`(
        events: Int, total: Int, low: Double, high: Double
    ) throws {
        let interval = try #require(try WilsonInterval.around(Proportion(events: events, of: total)))
        #expect(abs(interval.low - low) < 0.0005)
        #expect(abs(interval.high - high) < 0.0005)
    }

    @Test func `nothing out of nothing has no interval, which is not an interval at 0`() throws {
        #expect(try WilsonInterval.around(Proportion(events: 0, of: 0)) == nil)
        #expect(try Proportion(events: 0, of: 0).value == nil)
    }

    @Test func `no events start exactly at 0 and all events end exactly at 1, both with width`() throws {
        for total in [1, 3, 7, 1_000, 1_000_000] {
            let none = try #require(try WilsonInterval.around(Proportion(events: 0, of: total)))
            let all = try #require(try WilsonInterval.around(Proportion(events: total, of: total)))
            #expect(none.low == 0 && none.high > 0)
            #expect(all.high == 1 && all.low < 1)
        }
    }

    @Test func `the interval holds the share, mirrors its complement, and grows with events and level`() throws {
        for total in [1, 2, 10, 57, 400] {
            var previous = Interval(low: -1, high: -1)
            for events in 0...total {
                let proportion = try Proportion(events: events, of: total)
                let interval = try #require(try WilsonInterval.around(proportion))
                let mirror = try #require(try WilsonInterval.around(Proportion(events: total - events, of: total)))
                let wider = try #require(try WilsonInterval.around(proportion, level: 0.99))
                #expect(interval.contains(Double(events) / Double(total)))
                #expect(isClose(interval.low, 1 - mirror.high) && isClose(interval.high, 1 - mirror.low))
                #expect(interval.low > previous.low && interval.high > previous.high)
                #expect(wider.low <= interval.low && wider.high >= interval.high && wider.width > interval.width)
                previous = interval
            }
        }
    }

    @Test func `impossible shares and levels are refused`() {
        #expect(throws: StatisticsError.negativeCount(-1)) { try Proportion(events: -1, of: 3) }
        #expect(throws: StatisticsError.badDenominator) { try Proportion(events: 0, of: -3) }
        #expect(throws: StatisticsError.moreEventsThanPossible(events: 4)) { try Proportion(events: 4, of: 3) }
        for level in [-1, 0, 1, 95, Double.infinity] {
            #expect(throws: StatisticsError.badLevel(level)) {
                try WilsonInterval.around(Proportion(events: 1, of: 3), level: level)
            }
        }
        #expect(throws: StatisticsError.self) { try WilsonInterval.around(Proportion(events: 1, of: 3), level: .nan) }
    }
}
