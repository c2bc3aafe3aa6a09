import Foundation
import Kernel
import Testing

@Suite("Moments, days and months")
struct TimeTests {
    @Test("A moment reads back from its own text", arguments: [0, 1, -1, 1_793_000_000_123, -62_135_596_800_000])
    func roundTrip(milliseconds: Int64) {
        let moment = Moment(milliseconds: milliseconds)
        #expect(Moment(iso8601: moment.description) == moment)
    }

    @Test("Every day from 1900 to 2100 has its number and back, in step with Foundation")
    func days() throws {
        let first = try #require(Day(year: 1900, month: 1, day: 1)).daysSince1970
        let last = try #require(Day(year: 2100, month: 12, day: 31)).daysSince1970
        #expect(last - first == 73_413)
        for number in first...last { #expect(Day(daysSince1970: number).daysSince1970 == number) }
    }

    @Test(
        "What is no day is refused",
        arguments: ["2023-02-29", "2023-13-01", "2023-00-10", "2023-1-1", "", "2023-01-32", "20230101", "２０２３-01-01"])
    func noDay(text: String) { #expect(Day(text) == nil) }

    @Test(
        "What is no moment is refused",
        arguments: ["2023-01-01", "2023-01-01T25:00:00Z", "2023-01-01T00:00:00", "2023-01-01T00:00:00+1", "x"])
    func noMoment(text: String) { #expect(Moment(iso8601: text) == nil) }

    @Test("A stop stamped 23:00Z in summer belongs to the next day in London")
    func londonSummer() throws {
        let stamp = try #require(Moment(iso8601: "2023-06-30T23:00:00+00:00"))
        #expect(LondonTime.day(of: stamp).description == "2023-07-01")
        let winter = try #require(Moment(iso8601: "2023-01-31T23:00:00+00:00"))
        #expect(LondonTime.day(of: winter).description == "2023-01-31")
    }

    @Test("A stamp says local time and its distance from UTC")
    func stamps() throws {
        let summer = try #require(Moment(iso8601: "2023-06-30T23:00:01.120Z"))
        #expect(LondonTime.stamp(summer) == "2023-07-01 00:00:01.120+01:00")
        let winter = try #require(Moment(iso8601: "2023-01-31T23:00:00Z"))
        #expect(LondonTime.stamp(winter) == "2023-01-31 23:00:00.000+00:00")
    }

    @Test("The clocks of the United Kingdom changed on the published dates")
    func clockChanges() throws {
        for (text, offset) in [
            ("2023-03-26T00:59:59Z", 0), ("2023-03-26T01:00:00Z", 3600), ("2023-10-29T00:59:59Z", 3600),
            ("2023-10-29T01:00:00Z", 0), ("2026-03-29T01:00:00Z", 3600), ("2026-10-25T01:00:00Z", 0),
        ] {
            #expect(LondonTime.offsetSeconds(at: try #require(Moment(iso8601: text))) == Int64(offset), "\(text)")
        }
    }

    @Test("Months count across years")
    func months() throws {
        let december = try #require(Month("2023-12"))
        #expect(december.adding(months: 1).description == "2024-01")
        #expect(december.inWords == "December 2023")
        #expect(try #require(Month("2024-02")).days == 29)
        #expect(Month("2023-13") == nil)
    }
}

@Suite("Identifiers, seeds and exported lines")
struct KernelValueTests {
    @Test("An identifier sorts by time and accepts nothing that could mean something else")
    func identifiers() {
        var generator = SeededGenerator(seed: 7)
        let first = Identifier<Int>(at: Moment(milliseconds: 1_700_000_000_000), using: &generator)
        let second = Identifier<Int>(at: Moment(milliseconds: 1_700_000_000_001), using: &generator)
        #expect(first.text < second.text)
        #expect(first.text.count == 36)
        for text in ["", "../etc", "a b", "A", "é", "a'--", String(repeating: "a", count: 65)] {
            #expect(Identifier<Int>(text) == nil, "\(text)")
        }
    }

    @Test("The generator gives the published numbers of SplitMix64")
    func seeds() {
        var generator = SeededGenerator(seed: 1_234_567)
        #expect(generator.next() == 6_457_827_717_110_365_317)
        #expect(generator.next() == 3_203_168_211_198_807_973)
    }

    @Test("A field that a spreadsheet would run is made harmless, and a negative number stays a number")
    func formulas() {
        #expect(
            CSVWriter.line(["=1+1", "-2.5", "-x", "a,b", "say \"no\"", "@x"])
                == "'=1+1,-2.5,'-x,\"a,b\",\"say \"\"no\"\"\",'@x\r\n")
    }
}
