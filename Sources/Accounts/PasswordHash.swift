import CSodium
import Foundation
import Kernel

/// What one guess of a password costs.
public struct PasswordCost: Sendable, Equatable {
    /// KiB of memory, and passes over it.
    public let memory: Int
    public let passes: Int

    public init(memory: Int, passes: Int) {
        (self.memory, self.passes) = (memory, passes)
    }

    /// 46 MiB, one pass, one lane: of the OWASP settings (Password Storage Cheat Sheet, 2025; ASVS 5.0, 11.4.2) the one
    /// that takes most memory, because memory is what a guesser's graphics cards run out of first. Measured at about
    /// 40 ms; two at a time take 92 MiB.
    public static let standard = PasswordCost(memory: 47_104, passes: 1)
}

/// Argon2id (RFC 9106) through libsodium. A hash is kept as text with its cost and salt
/// (`$argon2id$v=19$m=47104,t=1,p=1$salt$hash`), so that the cost can be raised later.
enum PasswordHash {
    static let saltLength = 16
    private static let length = 32
    /// libsodium chooses the processor's instructions here; safe to call from any thread.
    private static let isReady = sodium_init() >= 0

    static func make(_ password: String, salt: [UInt8], cost: PasswordCost) throws -> String {
        guard isReady, salt.count == saltLength else { throw HashingFault() }
        var hash = [UInt8](repeating: 0, count: length)
        let text = password.utf8.map { CChar(bitPattern: $0) } + [0]
        let outcome = crypto_pwhash_argon2id(
            &hash, UInt64(length), text, UInt64(text.count - 1), salt, UInt64(cost.passes), cost.memory * 1024,
            crypto_pwhash_argon2id_ALG_ARGON2ID13)
        guard outcome == 0 else { throw HashingFault() }
        return encoded(salt, hash, cost)
    }

    /// Costs the same whether it matches or not. Compares in constant time.
    static func matches(_ password: String, _ encoded: String) -> Bool {
        guard isReady else { return false }
        let text = password.utf8.map { CChar(bitPattern: $0) } + [0]
        return crypto_pwhash_argon2id_str_verify(encoded, text, UInt64(text.count - 1)) == 0
    }

    static func needsRaise(_ encoded: String, to cost: PasswordCost) -> Bool {
        crypto_pwhash_argon2id_str_needs_rehash(encoded, UInt64(cost.passes), cost.memory * 1024) != 0
    }

    /// A hash of nothing, which costs as much to check as a real one: an unknown name must not answer faster.
    static func decoy(_ bytes: [UInt8], cost: PasswordCost) -> String {
        encoded(Array(bytes.prefix(saltLength)), Array(bytes.dropFirst(saltLength)), cost)
    }

    static let decoyLength = saltLength + length

    private static func encoded(_ salt: [UInt8], _ hash: [UInt8], _ cost: PasswordCost) -> String {
        "$argon2id$v=19$m=\(cost.memory),t=\(cost.passes),p=1$\(base64(salt))$\(base64(hash))"
    }

    private static func base64(_ bytes: [UInt8]) -> String {
        String(Data(bytes).base64EncodedString().prefix { $0 != "=" })
    }
}

/// libsodium could not get the memory.
struct HashingFault: Error {}
