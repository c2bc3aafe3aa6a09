/// A value to be printed as JSON in the order it was put together; long lists of numbers cost no more than their digits.
enum JSONText {
    case null
    case bool(Bool)
    case whole(Int)
    /// Null where it is no finite number.
    case number(Double?)
    case text(String)
    case list([JSONText])
    case object([(name: String, value: JSONText)])
    case numbers([Double?])
    case wholes([Int])

    static func texts(_ texts: [String]) -> JSONText { .list(texts.map { .text($0) }) }

    var printed: String {
        var bytes: [UInt8] = []
        write(into: &bytes, indent: 0)
        return String(decoding: bytes, as: UTF8.self)
    }

    private func write(into bytes: inout [UInt8], indent: Int) {
        switch self {
        case .null: bytes += "null".utf8
        case .bool(let value): bytes += (value ? "true" : "false").utf8
        case .whole(let value): bytes += String(value).utf8
        case .number(let value): JSONText.write(value, into: &bytes)
        case .text(let text): JSONText.write(text, into: &bytes)
        case .numbers(let values): JSONText.inline(values, into: &bytes) { JSONText.write($0, into: &$1) }
        case .wholes(let values): JSONText.inline(values, into: &bytes) { $1 += String($0).utf8 }
        case .list(let values):
            JSONText.block(values, "[", "]", indent, into: &bytes) { $0.write(into: &$1, indent: indent + 2) }
        case .object(let members):
            JSONText.block(members, "{", "}", indent, into: &bytes) { member, bytes in
                JSONText.write(member.name, into: &bytes)
                bytes += ": ".utf8
                member.value.write(into: &bytes, indent: indent + 2)
            }
        }
    }

    private static func block<T>(
        _ values: [T], _ open: String, _ close: String, _ indent: Int, into bytes: inout [UInt8],
        _ write: (T, inout [UInt8]) -> Void
    ) {
        bytes += open.utf8
        for (place, value) in values.enumerated() {
            bytes += (place == 0 ? "\n" : ",\n").utf8
            bytes += repeatElement(0x20, count: indent + 2)
            write(value, &bytes)
        }
        if !values.isEmpty {
            bytes.append(0x0A)
            bytes += repeatElement(0x20, count: indent)
        }
        bytes += close.utf8
    }

    private static func inline<T>(_ values: [T], into bytes: inout [UInt8], _ write: (T, inout [UInt8]) -> Void) {
        bytes.append(0x5B)
        for (place, value) in values.enumerated() {
            if place > 0 { bytes.append(0x2C) }
            write(value, &bytes)
        }
        bytes.append(0x5D)
    }

    private static func write(_ value: Double?, into bytes: inout [UInt8]) {
        guard let value, value.isFinite else {
            bytes += "null".utf8
            return
        }
        bytes += value.description.utf8
    }

    private static func write(_ text: String, into bytes: inout [UInt8]) {
        bytes.append(0x22)
        for byte in text.utf8 {
            switch byte {
            case 0x22, 0x5C: bytes += [0x5C, byte]
            case 0x0A: bytes += "\\n".utf8
            case 0..<0x20:
                let digits = String(byte, radix: 16)
                bytes += ("\\u" + String(repeating: "0", count: 4 - digits.count) + digits).utf8
            default: bytes.append(byte)
            }
        }
        bytes.append(0x22)
    }
}
