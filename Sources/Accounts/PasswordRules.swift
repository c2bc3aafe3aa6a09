import Foundation
import Kernel

/// Which passwords are taken: long ones (OWASP ASVS 5.0, 6.2.1 and 6.2.4), without rules about kinds of characters.
enum PasswordRules {
    static let shortest = 15
    static let longest = 128

    /// Words that fill a password without making it harder to guess.
    private static let fillers = [
        "passwords", "password", "passphrase", "passw0rd", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwerty", "letmein",
        "welcome", "iloveyou", "administrator", "admin", "holdfast", "police", "changeme", "secret",
        "correcthorsebatterystaple", "abc123", "abcdefgh", "abcd", "1234567890", "123456", "1234",
    ]

    /// The form that is hashed: NFKC, so that the same keys on two keyboards give the same bytes. Nil when longer than
    /// any password could be, so that nobody makes us fold a megabyte.
    static func normalised(_ password: String) -> String? {
        guard password.utf8.count <= 4 * longest * 4 else { return nil }
        return password.precomposedStringWithCompatibilityMapping
    }

    /// Why `password` is not taken, as a sentence; nil when it is.
    /// - Parameter known: What anybody could know of her: her name, her sign-in name, the name of her force.
    static func fault(_ password: String, known: [String]) -> String? {
        guard let normal = normalised(password), normal.unicodeScalars.count <= longest else {
            return "The password must be \(longest) characters or fewer"
        }
        guard normal.unicodeScalars.count >= shortest else {
            return "The password must be \(shortest) characters or more: three or four words do well"
        }
        let letters = Array(normal.lowercased().filter { !$0.isWhitespace })
        if Set(letters).count < 5 || isRepeated(letters) {
            return "The password must not repeat the same few characters"
        }
        if isSequence(letters) { return "The password must not be a run such as abcd or 1234" }
        if holdsName(String(letters), known) { return "The password must not hold your name or the name of your force" }
        if withoutFillers(String(letters)).count < 8 { return "The password is too easy to guess: use other words" }
        return nil
    }

    private static func isRepeated(_ letters: [Character]) -> Bool {
        (1...max(1, letters.count / 3)).contains { period in
            letters.indices.dropFirst(period).allSatisfy { letters[$0] == letters[$0 - period] }
        }
    }

    /// More than two thirds of the neighbours follow each other, upwards or downwards.
    private static func isSequence(_ letters: [Character]) -> Bool {
        let codes = letters.compactMap { $0.unicodeScalars.first?.value }.map(Int.init)
        let steps = zip(codes.dropFirst(), codes).filter { abs($0 - $1) == 1 }.count
        return steps * 3 > codes.count * 2
    }

    private static func holdsName(_ letters: String, _ known: [String]) -> Bool {
        known.map { $0.precomposedStringWithCompatibilityMapping.lowercased() }.contains { name in
            let words = name.split { !$0.isLetter && !$0.isNumber }.map(String.init)
            return (words + [words.joined()]).contains { $0.count >= 4 && letters.contains($0) }
        }
    }

    private static func withoutFillers(_ letters: String) -> String {
        fillers.reduce(letters) { $0.replacingOccurrences(of: $1, with: "") }
    }
}
