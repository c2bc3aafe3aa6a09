/// Local time of the United Kingdom: UTC, and one hour ahead from the last Sunday of March to the last Sunday of
/// October, changing at 01:00 UTC (The Summer Time Order 2002, in force for dates from 2002).
public enum LondonTime {
    public static func offsetSeconds(at moment: Moment) -> Int64 {
        let year = Day(daysSince1970: Int(floorDivide(moment.milliseconds, 86_400_000))).year
        return moment >= change(year, 3) && moment < change(year, 10) ? 3600 : 0
    }

    /// The day it is in London at `moment`.
    public static func day(of moment: Moment) -> Day {
        let local = moment.milliseconds + offsetSeconds(at: moment) * 1000
        return Day(daysSince1970: Int(floorDivide(local, 86_400_000)))
    }

    /// `9 November 2017, 14:05`, as people in the United Kingdom write it.
    public static func inWords(_ moment: Moment) -> String {
        let day = day(of: moment)
        let local = moment.milliseconds + offsetSeconds(at: moment) * 1000
        let minutes = Int((local - Int64(day.daysSince1970) * 86_400_000) / 60_000)
        return "\(inWords(day)), \(padded(minutes / 60, 2)):\(padded(minutes % 60, 2))"
    }

    /// `2017-11-09 14:05:09.120+00:00`: for machines and for people who sort.
    public static func stamp(_ moment: Moment) -> String {
        let offset = offsetSeconds(at: moment)
        let local = moment.adding(seconds: offset).description
        return "\(local.prefix(10)) \(local.dropFirst(11).dropLast())+0\(offset / 3600):00"
    }

    public static func inWords(_ day: Day) -> String { "\(day.day) \(day.monthOfYear.inWords)" }

    private static func change(_ year: Int, _ month: Int) -> Moment {
        let last = Month(index: year * 12 + month).firstDay.daysSince1970 - 1
        // 1970-01-01 was a Thursday, so day 3 was the first Sunday.
        let sunday = last - (((last - 3) % 7) + 7) % 7
        return Moment(milliseconds: Int64(sunday) * 86_400_000 + 3_600_000)
    }
}
