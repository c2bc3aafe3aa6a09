import Crypto
import Foundation
import Kernel

/// Codes from an authenticator app: TOTP (RFC 6238) with HMAC-SHA-1, six digits, 30 seconds. SHA-1 because common apps
/// know nothing else; its weakness (collisions) does not touch HMAC.
enum OneTimeCode {
    static let secretLength = 20
    static let digits = 6
    private static let period: Int64 = 30_000

    static func step(at moment: Moment) -> Int64 { moment.milliseconds / period }

    /// HOTP (RFC 4226, 5.3) of one step.
    static func code(_ secret: [UInt8], step: Int64, digits: Int = OneTimeCode.digits) -> String {
        let counter = withUnsafeBytes(of: UInt64(bitPattern: step).bigEndian) { Array($0) }
        let mac = Array(HMAC<Insecure.SHA1>.authenticationCode(for: counter, using: SymmetricKey(data: secret)))
        let offset = Int(mac[mac.count - 1] & 0x0F)
        let number = mac[offset..<offset + 4].reduce(UInt32(0)) { $0 << 8 | UInt32($1) } & 0x7FFF_FFFF
        let text = String(number)
        let full = String(repeating: "0", count: max(0, digits - text.count)) + text
        return String(full.suffix(digits))
    }

    /// The step whose code was typed: this one, the one before or the one after, for a clock that is half a minute off.
    static func matchingStep(_ typed: String, _ secret: [UInt8], at moment: Moment) -> Int64? {
        let typed = typed.filter { !$0.isWhitespace }
        let now = step(at: moment)
        return [now, now - 1, now + 1].first { ConstantTime.equal(code(secret, step: $0), typed) }
    }
}

/// RFC 4648 base32 without padding: how authenticator apps take a secret by hand.
enum Base32 {
    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".utf8)

    static func encode(_ bytes: [UInt8]) -> String {
        var (text, buffer, bits) = ([UInt8](), UInt32(0), 0)
        for byte in bytes {
            buffer = buffer << 8 | UInt32(byte)
            bits += 8
            while bits >= 5 {
                bits -= 5
                text.append(alphabet[Int(buffer >> UInt32(bits) & 31)])
            }
            buffer &= (1 << UInt32(bits)) - 1
        }
        if bits > 0 { text.append(alphabet[Int(buffer << UInt32(5 - bits) & 31)]) }
        return String(decoding: text, as: UTF8.self)
    }
}
