/// A calendar month. Text form `2023-01`; `index` counts months from year 0, so that subtraction gives a distance.
public struct Month: Sendable, Hashable, Comparable {
    public let index: Int

    public init(index: Int) { self.index = index }

    public init?(year: Int, month: Int) {
        guard (1...9999).contains(year), (1...12).contains(month) else { return nil }
        index = year * 12 + month - 1
    }

    public init?(_ text: String) { self.init(Array(text.utf8)[...]) }

    public init?(_ bytes: ArraySlice<UInt8>) {
        let start = bytes.startIndex
        guard bytes.count == 7, bytes[start + 4] == UInt8(ascii: "-"), let year = decimal(bytes[start..<start + 4]),
            let month = decimal(bytes[start + 5..<start + 7])
        else { return nil }
        self.init(year: year, month: month)
    }

    public var year: Int { index / 12 }
    public var month: Int { index % 12 + 1 }
    public var days: Int { Day.length(year, month) }
    public var firstDay: Day { Day(daysSince1970: firstDayNumber) }

    private var firstDayNumber: Int { (Day(year: year, month: month, day: 1)?.daysSince1970) ?? 0 }

    public func adding(months: Int) -> Month { Month(index: index + months) }

    public static func < (left: Month, right: Month) -> Bool { left.index < right.index }

    /// `January 2023`.
    public var inWords: String { "\(Month.names[month - 1]) \(year)" }

    public static let names = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
}

extension Month: Codable, CustomStringConvertible {
    public var description: String { "\(padded(year, 4))-\(padded(month, 2))" }

    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let month = Month(text) else {
            throw DecodingError.dataCorrupted(.init(codingPath: decoder.codingPath, debugDescription: "not a month"))
        }
        self = month
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}
