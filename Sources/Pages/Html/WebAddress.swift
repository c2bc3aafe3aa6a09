import Kernel

/// An address that is safe in a link or a form: a path of this site, or `http(s)`. Never `javascript:` or `data:`.
///
/// In our own source it is written as a literal, and each part put into it is percent-encoded:
/// `"/measures/\(id)?month=\(month)"`. What comes from outside goes through `init?(outside:)`.
public struct WebAddress: Sendable, Hashable {
    /// Percent-encoded, ASCII.
    public let text: String

    /// Reads an address that somebody else wrote. Nil unless it is `http://…`, `https://…`, or a path, query or
    /// fragment of this site. `//host` and anything with a control character, a space or a backslash is refused, and
    /// what is longer than 2048 bytes as it is written here, percent-encoded.
    public init?(outside text: String) {
        let bytes = text.utf8
        guard !bytes.isEmpty, bytes.count <= WebAddress.mostBytes, WebAddress.isSafe(bytes),
            bytes.allSatisfy({ $0 > 0x20 && $0 != 0x5C && $0 != 0x7F })
        else { return nil }
        if bytes.allSatisfy({ $0 < 0x80 && !WebAddress.mustEncode($0) }) {
            self.text = text
            return
        }
        var encoded: [UInt8] = []
        for byte in bytes {
            if byte < 0x80, !WebAddress.mustEncode(byte) {
                encoded.append(byte)
            } else {
                WebAddress.percent(byte, into: &encoded)
            }
        }
        guard encoded.count <= WebAddress.mostBytes else { return nil }
        self.text = String(decoding: encoded, as: UTF8.self)
    }

    private static let mostBytes = 2048

    private init(trusted text: String) { self.text = text }

    /// The same address with one more `name=value` in its query.
    public func adding(_ name: String, _ value: String) -> WebAddress {
        let end = text.utf8.firstIndex(of: UInt8(ascii: "#")) ?? text.endIndex
        let mark = text.utf8[..<end].contains(UInt8(ascii: "?")) ? "&" : "?"
        return WebAddress(
            trusted: text[..<end] + mark + WebAddress.encode(name) + "=" + WebAddress.encode(value) + text[end...])
    }

    /// A place on the same page.
    public static func fragment(_ id: String) -> WebAddress { WebAddress(trusted: "#" + encode(id)) }

    /// What an authenticator app reads (Key Uri Format): the only other scheme, built from its parts.
    public static func authenticator(issuer: String, account: String, secret: String) -> WebAddress {
        WebAddress(
            trusted: "otpauth://totp/\(encode(issuer)):\(encode(account))"
                + "?secret=\(encode(secret))&issuer=\(encode(issuer))")
    }

    /// `"`, `'`, `<`, `>`, `` ` ``, `{`, `}`, `|` and `^`.
    private static func mustEncode(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x22, 0x27, 0x3C, 0x3E, 0x5E, 0x60, 0x7B, 0x7C, 0x7D: true
        default: false
        }
    }

    private static func isSafe(_ bytes: String.UTF8View) -> Bool {
        switch bytes.first {
        case UInt8(ascii: "#"), UInt8(ascii: "?"): return true
        case UInt8(ascii: "/"): return bytes.dropFirst().first != UInt8(ascii: "/")
        default:
            let lower = String(Substring(bytes.prefix(9))).lowercased()
            return (lower.hasPrefix("https://") && bytes.count > 8) || (lower.hasPrefix("http://") && bytes.count > 7)
        }
    }

    static func encode(_ text: String) -> String {
        // A part that is only dots would climb the path, and browsers decode `%2E` before they climb.
        if text == "." || text == ".." { return "_" }
        if text.utf8.allSatisfy(isPlain) { return text }
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            if isPlain(byte) { bytes.append(byte) } else { percent(byte, into: &bytes) }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The unreserved characters of RFC 3986: letters, digits, `-`, `.`, `_` and `~`.
    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: true
        default: false
        }
    }

    private static func percent(_ byte: UInt8, into bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "%"))
        for half in [byte >> 4, byte & 15] { bytes.append(half < 10 ? 0x30 + half : 0x37 + half) }
    }
}

extension WebAddress: ExpressibleByStringInterpolation {
    public struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        public init(literalCapacity: Int, interpolationCount: Int) {
            text.reserveCapacity(literalCapacity + interpolationCount * 36)
        }

        public mutating func appendLiteral(_ literal: String) { text += literal }
        public mutating func appendInterpolation(_ part: String) { text += WebAddress.encode(part) }
        public mutating func appendInterpolation(_ part: Int) { text += String(part) }
        public mutating func appendInterpolation(_ part: Month) { text += part.description }
        public mutating func appendInterpolation(_ part: Day) { text += part.description }
        public mutating func appendInterpolation<Subject>(_ part: Identifier<Subject>) { text += part.text }
        /// An address already made, to be added to: `"\(base)/history"`.
        public mutating func appendInterpolation(_ part: WebAddress) { text += part.text }
    }

    public init(stringLiteral text: String) { self = WebAddress(outside: text) ?? WebAddress(trusted: "#") }

    public init(stringInterpolation: StringInterpolation) {
        self = WebAddress(outside: stringInterpolation.text) ?? WebAddress(trusted: "#")
    }
}
