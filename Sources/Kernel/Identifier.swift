/// The name of one thing of kind `Subject`. Time-ordered (RFC 9562, version 7), so that new rows are neighbours on disk.
public struct Identifier<Subject>: Sendable, Hashable, Codable, CustomStringConvertible {
    public let text: String

    /// Nil unless `text` is a lower-case UUID or a short reference made of `a-z`, `0-9` and `-`: an identifier from a
    /// form or an address can hold nothing that means something elsewhere.
    public init?(_ text: String) {
        let allowed = text.utf8.allSatisfy { (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
        guard (1...64).contains(text.utf8.count), allowed else { return nil }
        self.text = text
    }

    public init(at moment: Moment, using generator: inout some RandomNumberGenerator) {
        let time = UInt64(bitPattern: moment.milliseconds) & 0xFFFF_FFFF_FFFF
        let high = time << 16 | 0x7000 | generator.next() & 0x0FFF
        let low = 0x8000_0000_0000_0000 | generator.next() >> 2
        let hex = hexadecimal(high) + hexadecimal(low)
        let part = Array(hex)
        text = [part[0..<8], part[8..<12], part[12..<16], part[16..<20], part[20..<32]].map { String($0) }
            .joined(separator: "-")
    }

    public var description: String { text }

    public init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        guard let identifier = Identifier(text) else {
            throw DecodingError.dataCorrupted(
                .init(codingPath: decoder.codingPath, debugDescription: "not an identifier"))
        }
        self = identifier
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(text)
    }
}

func hexadecimal(_ value: UInt64) -> String {
    let text = String(value, radix: 16)
    return String(repeating: "0", count: 16 - text.count) + text
}
