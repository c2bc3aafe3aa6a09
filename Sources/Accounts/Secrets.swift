import CSodium
import Crypto
import Federation
import Foundation

/// A secret of 256 bits that a person's browser or link holds. The store keeps only its SHA-256: at this length no salt
/// and no slow hash is needed. It prints as dots, so that it cannot reach a log by accident.
public struct SecretToken: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable
{
    /// 43 characters of base64url.
    public let text: String

    /// What a cookie or an address holds; nil when it cannot be such a secret.
    public init?(_ text: String) {
        guard text.utf8.count == 43, text.utf8.allSatisfy(SecretToken.isBase64URL) else { return nil }
        self.text = text
    }

    init(random bytes: [UInt8]) { text = Base64URL.encode(bytes) }

    public var description: String { "•••" }
    public var debugDescription: String { "•••" }
    public var customMirror: Mirror { Mirror(self, children: []) }

    var hash: [UInt8] { Array(SHA256.hash(data: Data(text.utf8))) }

    /// The value a form must send back: HMAC of the session's secret, so that nothing more is stored.
    var csrf: String {
        let (key, message) = (Array(text.utf8), Array("holdfast form".utf8))
        var (state, code) = (crypto_auth_hmacsha256_state(), [UInt8](repeating: 0, count: 32))
        crypto_auth_hmacsha256_init(&state, key, key.count)
        crypto_auth_hmacsha256_update(&state, message, UInt64(message.count))
        crypto_auth_hmacsha256_final(&state, &code)
        return Base64URL.encode(code)
    }

    private static func isBase64URL(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
        default: false
        }
    }
}

/// Comparison whose time does not tell where two texts differ.
public enum ConstantTime {
    /// False for two empty texts: an absent secret matches nothing.
    public static func equal(_ left: String, _ right: String) -> Bool {
        let (left, right) = (Array(left.utf8), Array(right.utf8))
        guard left.count == right.count, !left.isEmpty else { return false }
        return sodium_memcmp(left, right, left.count) == 0
    }
}

enum Hex {
    static func encode(_ bytes: some Sequence<UInt8>) -> String {
        let digits = Array("0123456789abcdef".utf8)
        return String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }
}
