import Kernel

/// Fields of a query or an urlencoded form, in order. Read in one pass; at most 1,000 fields.
public struct FormValues: Sendable, Equatable {
    public private(set) var fields: [(name: String, value: String)]

    public init(_ fields: [(name: String, value: String)] = []) { self.fields = fields }

    /// The first value of that name, without spaces around it; empty when there is none.
    public subscript(_ name: String) -> String {
        (fields.first { $0.name == name }?.value ?? "").trimmed()
    }

    public func all(_ name: String) -> [String] { fields.filter { $0.name == name }.map(\.value) }

    /// The first value as it was typed, line ends made `\n`.
    public func text(_ name: String) -> String {
        let value = fields.first { $0.name == name }?.value ?? ""
        return value.split(separator: "\r\n", omittingEmptySubsequences: false).joined(separator: "\n")
    }

    public func has(_ name: String) -> Bool { fields.contains { $0.name == name } }

    /// Three fields `name-day`, `name-month`, `name-year` as a day; nil when they are no day.
    public func day(_ name: String) -> Day? {
        guard let day = Int(self["\(name)-day"]), let month = Int(self["\(name)-month"]),
            let year = Int(self["\(name)-year"])
        else { return nil }
        return Day(year: year, month: month, day: day)
    }

    public static func == (left: FormValues, right: FormValues) -> Bool {
        left.fields.elementsEqual(right.fields) { $0.name == $1.name && $0.value == $1.value }
    }

    /// `application/x-www-form-urlencoded`, as browsers write it.
    /// - Throws: `Problem` when there are too many fields, a broken escape, a NUL, or text that is not UTF-8.
    public init(urlEncoded bytes: some Collection<UInt8>) throws {
        fields = []
        for pair in bytes.split(separator: UInt8(ascii: "&")) {
            guard fields.count < 1000 else { throw Problem(.tooLarge, "This form has too many fields.") }
            let parts = pair.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let value = parts.count == 2 ? try FormValues.decoded(parts[1]) : ""
            fields.append((try FormValues.decoded(parts[0]), value))
        }
    }

    private static func decoded(_ bytes: some Sequence<UInt8>) throws -> String {
        var (plain, iterator) = ([UInt8](), bytes.makeIterator())
        while let byte = iterator.next() {
            switch byte {
            case UInt8(ascii: "+"): plain.append(0x20)
            case UInt8(ascii: "%"):
                guard let high = iterator.next().flatMap(hexDigit), let low = iterator.next().flatMap(hexDigit) else {
                    throw FormValues.unreadable
                }
                plain.append(high << 4 | low)
            default: plain.append(byte)
            }
        }
        guard !plain.contains(0), let text = String(validating: plain, as: UTF8.self) else { throw unreadable }
        return text
    }

    private static let unreadable = Problem(
        .invalid, "The form could not be read.", next: "Go back, check what you typed and send it again.")

    private static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }
}
