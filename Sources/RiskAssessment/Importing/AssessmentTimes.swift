import Kernel
import People

/// Days and times as other systems write them, in London unless they say otherwise.
struct AssessmentTimes: Sendable {
    /// A day, or a day with a time.
    struct Stamp: Sendable, Hashable, Comparable {
        let day: Day
        /// At noon where no time was written: no hours can be counted from it.
        let moment: Moment
        let isTimed: Bool

        /// By the day where either has no time.
        static func < (left: Stamp, right: Stamp) -> Bool {
            left.isTimed && right.isTimed ? left.moment < right.moment : left.day < right.day
        }
    }

    let order: ColumnMapping.DateOrder

    /// `2024-03-31T21:40:00Z`, `2024-03-31 21:40`, `31/03/2024 21:40`, `31/03/2024`; nil for what is no day or time.
    func stamp(_ text: String) -> Stamp? {
        let bytes = Array(text.utf8)
        guard bytes.count >= 8, bytes.count <= 40 else { return nil }
        guard let (day, used) = day(bytes) else { return nil }
        guard used < bytes.count else {
            return Stamp(day: day, moment: AssessmentTimes.local(day, 43_200), isTimed: false)
        }
        guard bytes[used] == 0x20 || bytes[used] == UInt8(ascii: "T") else { return nil }
        if bytes.count >= 20, used == 10, let moment = Moment(iso8601: text) {
            return Stamp(day: LondonTime.day(of: moment), moment: moment, isTimed: true)
        }
        guard let seconds = AssessmentTimes.clock(bytes[(used + 1)...]) else { return nil }
        return Stamp(day: day, moment: AssessmentTimes.local(day, seconds), isTimed: true)
    }

    /// The day at the start, and how many bytes it takes.
    private func day(_ bytes: [UInt8]) -> (Day, Int)? {
        let end = bytes.firstIndex { $0 == 0x20 || $0 == UInt8(ascii: "T") } ?? bytes.count
        let parts = bytes[..<end].split(whereSeparator: { [0x2D, 0x2E, 0x2F].contains($0) })
        guard parts.count == 3 else { return nil }
        let numbers = parts.map(AssessmentTimes.number)
        guard let first = numbers[0], let second = numbers[1], let third = numbers[2] else { return nil }
        let day: Day? =
            if parts[0].count == 4 {
                Day(year: first, month: second, day: third)
            } else if parts[2].count != 4 {
                nil
            } else if order == .monthDayYear {
                Day(year: third, month: first, day: second)
            } else {
                Day(year: third, month: second, day: first)
            }
        return day.map { ($0, end) }
    }

    /// `21:40` or `21:40:05`, with decimals that count for nothing.
    private static func clock(_ bytes: ArraySlice<UInt8>) -> Int64? {
        let whole = bytes.prefix { $0 != UInt8(ascii: ".") }
        let parts = whole.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false).map(number)
        guard parts.count == 2 || parts.count == 3, let hour = parts[0], let minute = parts[1] else { return nil }
        guard let second = parts.count == 3 ? parts[2] : 0 else { return nil }
        guard hour < 24, minute < 60, second < 61 else { return nil }
        return Int64(hour * 3600 + minute * 60 + second)
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard (1...4).contains(bytes.count) else { return nil }
        var value = 0
        for byte in bytes {
            guard (0x30...0x39).contains(byte) else { return nil }
            value = value * 10 + Int(byte - 0x30)
        }
        return value
    }

    private static func local(_ day: Day, _ seconds: Int64) -> Moment {
        let plain = Moment(milliseconds: Int64(day.daysSince1970) * 86_400_000).adding(seconds: seconds)
        return plain.adding(seconds: -LondonTime.offsetSeconds(at: plain))
    }
}
