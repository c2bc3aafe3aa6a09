/// Escaping for the two places where text may stand. Runs of harmless bytes are copied whole.
enum Escaping {
    /// Between tags: `&`, `<` and `>`.
    static func text(_ text: String, into bytes: inout [UInt8]) {
        write(text, into: &bytes) { $0 == 0x26 || $0 == 0x3C || $0 == 0x3E || isControl($0) }
    }

    /// Inside a quoted attribute value: the same and both quotes.
    static func attribute(_ text: String, into bytes: inout [UInt8]) {
        write(text, into: &bytes) {
            $0 == 0x26 || $0 == 0x22 || $0 == 0x27 || $0 == 0x3C || $0 == 0x3E || isControl($0)
        }
    }

    @inline(__always)
    private static func write(_ text: String, into bytes: inout [UInt8], special: (UInt8) -> Bool) {
        var text = text
        text.withUTF8 { buffer in
            if !buffer.contains(where: special) {
                bytes.append(contentsOf: buffer)
                return
            }
            var start = 0
            for index in buffer.indices where special(buffer[index]) {
                bytes.append(contentsOf: buffer[start..<index])
                replace(buffer[index], into: &bytes)
                start = index + 1
            }
            bytes.append(contentsOf: buffer[start...])
        }
    }

    /// Control characters other than tab and line ends are errors in HTML, and some readers drop them silently, which
    /// can join two harmless halves: they become U+FFFD, which can be seen.
    @inline(__always)
    private static func isControl(_ byte: UInt8) -> Bool {
        byte < 0x20 && byte != 0x0A && byte != 0x09 && byte != 0x0D || byte == 0x7F
    }

    private static func replace(_ byte: UInt8, into bytes: inout [UInt8]) {
        let replacement: StaticString =
            switch byte {
            case 0x26: "&amp;"
            case 0x3C: "&lt;"
            case 0x3E: "&gt;"
            case 0x22: "&quot;"
            case 0x27: "&#39;"
            default: "\u{FFFD}"
            }
        replacement.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }
}
