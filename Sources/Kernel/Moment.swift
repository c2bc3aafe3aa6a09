import Foundation

/// A point in time, in whole milliseconds since 1970-01-01T00:00:00Z.
///
/// Written and read as ISO 8601 in UTC with three decimals, so that equal moments have equal text.
public struct Moment: Sendable, Hashable, Comparable {
    public let milliseconds: Int64

    public init(milliseconds: Int64) {
        self.milliseconds = milliseconds
    }

    public init(_ date: Date) {
        self.milliseconds = Int64((date.timeIntervalSince1970 * 1000).rounded())
    }

    public var date: Date { Date(timeIntervalSince1970: Double(milliseconds) / 1000) }

    public static func < (left: Moment, right: Moment) -> Bool { left.milliseconds < right.milliseconds }

    public func adding(seconds: Int64) -> Moment { Moment(milliseconds: milliseconds + seconds * 1000) }

    public func adding(days: Int64) -> Moment { adding(seconds: days * 86_400) }
}

extension Moment: Codable, CustomStringConvertible {
    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let moment = Moment(iso8601: text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "not an ISO 8601 moment"))
        }
        self = moment
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    /// Reads `2017-11-09T14:00:00Z`, with optional decimals and an optional `±hh:mm` offset.
    public init?(iso8601 text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, let day = Day(bytes[0..<10]), bytes[10] == UInt8(ascii: "T") || bytes[10] == 0x20,
            let clock = Moment.secondsOfDay(bytes[11..<19])
        else { return nil }
        var index = 19
        let decimals = Moment.decimals(bytes, &index)
        guard let offset = Moment.offset(bytes[index...]) else { return nil }
        self.init(milliseconds: (Int64(day.daysSince1970) * 86_400 + clock - offset) * 1000 + decimals)
    }

    public var description: String {
        let day = Day(daysSince1970: Int(floorDivide(milliseconds, 86_400_000)))
        let rest = Int(milliseconds - Int64(day.daysSince1970) * 86_400_000)
        let (seconds, decimals) = (rest / 1000, rest % 1000)
        return "\(day)T\(padded(seconds / 3600, 2)):\(padded(seconds / 60 % 60, 2)):\(padded(seconds % 60, 2))"
            + ".\(padded(decimals, 3))Z"
    }

    private static func secondsOfDay(_ bytes: ArraySlice<UInt8>) -> Int64? {
        let start = bytes.startIndex
        guard bytes[start + 2] == UInt8(ascii: ":"), bytes[start + 5] == UInt8(ascii: ":"),
            let hour = decimal(bytes[start..<start + 2]), let minute = decimal(bytes[start + 3..<start + 5]),
            let second = decimal(bytes[start + 6..<start + 8]), hour < 24, minute < 60, second < 61
        else { return nil }
        return Int64(hour * 3600 + minute * 60 + second)
    }

    private static func decimals(_ bytes: [UInt8], _ index: inout Int) -> Int64 {
        guard index < bytes.count, bytes[index] == UInt8(ascii: ".") else { return 0 }
        index += 1
        var (value, digits) = (Int64(0), 0)
        while index < bytes.count, (0x30...0x39).contains(bytes[index]) {
            if digits < 3 { value = value * 10 + Int64(bytes[index] - 0x30) }
            digits += 1
            index += 1
        }
        while digits < 3 {
            value *= 10
            digits += 1
        }
        return value
    }

    private static func offset(_ bytes: ArraySlice<UInt8>) -> Int64? {
        guard let sign = bytes.first else { return nil }
        if sign == UInt8(ascii: "Z"), bytes.count == 1 { return 0 }
        let start = bytes.startIndex + 1
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), bytes.count == 6,
            bytes[start + 2] == UInt8(ascii: ":"), let hour = decimal(bytes[start..<start + 2]),
            let minute = decimal(bytes[start + 3..<start + 5])
        else { return nil }
        return Int64(hour * 3600 + minute * 60) * (sign == UInt8(ascii: "-") ? -1 : 1)
    }
}

/// Division that rounds towards minus infinity.
func floorDivide(_ value: Int64, _ by: Int64) -> Int64 {
    let quotient = value / by
    return value % by < 0 ? quotient - 1 : quotient
}

/// `value` in decimal, padded on the left with zeros to `width`.
func padded(_ value: Int, _ width: Int) -> String {
    let text = String(value)
    return text.count >= width ? text : String(repeating: "0", count: width - text.count) + text
}

/// The value of a run of ASCII digits, or nil when there is anything else.
func decimal(_ bytes: ArraySlice<UInt8>) -> Int? {
    guard !bytes.isEmpty, bytes.count < 10 else { return nil }
    var value = 0
    for byte in bytes {
        guard (0x30...0x39).contains(byte) else { return nil }
        value = value * 10 + Int(byte - 0x30)
    }
    return value
}
