/// One pass over the bytes, without looking back.
struct StrictJSONReader {
    let bytes: [UInt8]
    private var at = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func document() throws(StrictJSON.Fault) -> StrictJSON {
        let value = try value(depth: 0)
        skipSpace()
        guard at == bytes.count else { throw .notJSON }
        return value
    }

    private mutating func value(depth: Int) throws(StrictJSON.Fault) -> StrictJSON {
        guard depth <= StrictJSON.deepest else { throw .tooDeep }
        skipSpace()
        switch peek {
        case UInt8(ascii: "{"): return try object(depth)
        case UInt8(ascii: "["): return try list(depth)
        case UInt8(ascii: "\""): return .text(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        default: return .number(try number())
        }
    }

    private mutating func object(_ depth: Int) throws(StrictJSON.Fault) -> StrictJSON {
        at += 1
        var members: [String: StrictJSON] = [:]
        if takes(UInt8(ascii: "}")) { return .object(members) }
        repeat {
            skipSpace()
            guard peek == UInt8(ascii: "\"") else { throw .notJSON }
            let name = try string()
            guard takes(UInt8(ascii: ":")) else { throw .notJSON }
            guard members.updateValue(try value(depth: depth + 1), forKey: name) == nil else { throw .memberTwice }
        } while takes(UInt8(ascii: ","))
        guard takes(UInt8(ascii: "}")) else { throw .notJSON }
        return .object(members)
    }

    private mutating func list(_ depth: Int) throws(StrictJSON.Fault) -> StrictJSON {
        at += 1
        var values: [StrictJSON] = []
        if takes(UInt8(ascii: "]")) { return .list(values) }
        repeat { values.append(try value(depth: depth + 1)) } while takes(UInt8(ascii: ","))
        guard takes(UInt8(ascii: "]")) else { throw .notJSON }
        return .list(values)
    }

    private mutating func word(_ word: StaticString, _ value: StrictJSON) throws(StrictJSON.Fault) -> StrictJSON {
        let matches = word.withUTF8Buffer { bytes[at...].starts(with: $0) }
        guard matches else { throw .notJSON }
        at += word.utf8CodeUnitCount
        return value
    }

    // MARK: Numbers

    private mutating func number() throws(StrictJSON.Fault) -> Double {
        let start = at
        if peek == UInt8(ascii: "-") { at += 1 }
        let first = at
        let whole = skipDigits()
        guard whole > 0, whole == 1 || bytes[first] != UInt8(ascii: "0") else { throw .notJSON }
        if peek == UInt8(ascii: ".") {
            at += 1
            guard skipDigits() > 0 else { throw .notJSON }
        }
        if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
            at += 1
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { at += 1 }
            guard skipDigits() > 0 else { throw .notJSON }
        }
        guard at - start <= 32, let number = Double(String(decoding: bytes[start..<at], as: UTF8.self)),
            number.isFinite
        else { throw .notJSON }
        return number
    }

    private mutating func skipDigits() -> Int {
        let start = at
        while let byte = peek, (0x30...0x39).contains(byte) { at += 1 }
        return at - start
    }

    // MARK: Texts

    private mutating func string() throws(StrictJSON.Fault) -> String {
        at += 1
        var plain: [UInt8] = []
        while let byte = peek {
            at += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let text = String(validating: plain, as: UTF8.self) else { throw .notJSON }
                return text
            case UInt8(ascii: "\\"): plain += Array(String(try escaped()).utf8)
            case 0..<0x20: throw .notJSON
            default: plain.append(byte)
            }
        }
        throw .notJSON
    }

    private mutating func escaped() throws(StrictJSON.Fault) -> Character {
        guard let byte = peek else { throw .notJSON }
        at += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Character(UnicodeScalar(byte))
        case UInt8(ascii: "b"): return "\u{8}"
        case UInt8(ascii: "f"): return "\u{C}"
        case UInt8(ascii: "n"): return "\n"
        case UInt8(ascii: "r"): return "\r"
        case UInt8(ascii: "t"): return "\t"
        case UInt8(ascii: "u"): return try unicode()
        default: throw .notJSON
        }
    }

    private mutating func unicode() throws(StrictJSON.Fault) -> Character {
        let first = try fourDigits()
        guard (0xD800...0xDBFF).contains(first) else { return try character(UInt32(first)) }
        guard peek == UInt8(ascii: "\\") else { throw .notJSON }
        at += 1
        guard peek == UInt8(ascii: "u") else { throw .notJSON }
        at += 1
        let second = try fourDigits()
        guard (0xDC00...0xDFFF).contains(second) else { throw .notJSON }
        return try character(0x10000 + (UInt32(first - 0xD800) << 10 | UInt32(second - 0xDC00)))
    }

    /// NUL is refused: no store of ours keeps one.
    private func character(_ value: UInt32) throws(StrictJSON.Fault) -> Character {
        guard value != 0, let scalar = UnicodeScalar(value) else { throw .notJSON }
        return Character(scalar)
    }

    private mutating func fourDigits() throws(StrictJSON.Fault) -> UInt16 {
        guard at + 4 <= bytes.count else { throw .notJSON }
        var value: UInt16 = 0
        for byte in bytes[at..<at + 4] {
            guard let digit = Character(UnicodeScalar(byte)).hexDigitValue, byte < 0x80 else { throw .notJSON }
            value = value << 4 | UInt16(digit)
        }
        at += 4
        return value
    }

    // MARK: Bytes

    private var peek: UInt8? { at < bytes.count ? bytes[at] : nil }

    private mutating func skipSpace() {
        while let byte = peek, byte == 0x20 || (0x09...0x0A).contains(byte) || byte == 0x0D { at += 1 }
    }

    private mutating func takes(_ byte: UInt8) -> Bool {
        skipSpace()
        guard peek == byte else { return false }
        at += 1
        return true
    }
}
