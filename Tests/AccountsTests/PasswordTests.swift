import Dispatch
import Kernel
import TestKit
import Testing

@testable import Accounts

@Suite("Passwords and codes")
struct PasswordTests {
    private let known = ["Noor Example", "n.example", "Anytown Constabulary"]

    @Test(
        "A password that is easy to guess is refused",
        arguments: [
            "", "short", "fourteen chars", "aaaaaaaaaaaaaaaaaaaa", "abababababababababab", "abcdefghijklmnop",
            "987654321098765432", "my name is example", "anytown is a fine town", "passwordpassword123",
            "correct horse battery staple", "qwertyuiopasdfghjkl", "12345 12345 12345 12345",
        ])
    func refused(password: String) {
        #expect(PasswordRules.fault(password, known: known) != nil)
    }

    @Test(
        "A long password of any characters is taken",
        arguments: [
            Desk.password, "Tr0ub4dor & a river", "πέντε μικρά καράβια", "日本語の長い合言葉はとても良いです",
            String(repeating: "river bank ", count: 3) + "heron",
        ])
    func taken(password: String) {
        #expect(PasswordRules.fault(password, known: known) == nil)
    }

    @Test("A password of 128 characters is taken and one of 129 is not; a megabyte is refused before it is folded")
    func longest() {
        let base = (0..<40).map { "wren\($0 * $0)" }.joined(separator: " ")
        #expect(PasswordRules.fault(String(base.prefix(128)), known: known) == nil)
        #expect(PasswordRules.fault(String(base.prefix(129)), known: known) != nil)
        #expect(PasswordRules.normalised(String(repeating: "x", count: 1 << 20)) == nil)
    }

    @Test("The same keys give the same password in composed, decomposed and wide form")
    func folding() {
        #expect(PasswordRules.normalised("caf\u{E9} ①") == PasswordRules.normalised("cafe\u{301} 1"))
    }

    @Test("A hash says its cost, matches its password only, and asks to be raised when the cost rises")
    func hash() throws {
        let salt = [UInt8](0..<16)
        let encoded = try PasswordHash.make("pass phrase", salt: salt, cost: Desk.cheap)
        #expect(encoded.hasPrefix("$argon2id$v=19$m=8,t=1,p=1$AAECAwQFBgcICQoLDA0ODw$"))
        #expect(PasswordHash.matches("pass phrase", encoded))
        #expect(!PasswordHash.matches("pass phrasf", encoded) && !PasswordHash.matches("", encoded))
        #expect(!PasswordHash.matches("pass phrase", "no hash"))
        #expect(!PasswordHash.needsRaise(encoded, to: Desk.cheap))
        #expect(PasswordHash.needsRaise(encoded, to: .standard))
    }

    @Test("The standard cost is the OWASP setting of 46 MiB, and the decoy for unknown names costs as much")
    func cost() {
        #expect(PasswordCost.standard == PasswordCost(memory: 46 * 1024, passes: 1))
        let decoy = PasswordHash.decoy([UInt8](repeating: 7, count: PasswordHash.decoyLength), cost: .standard)
        #expect(!PasswordHash.needsRaise(decoy, to: .standard))
        #expect(!PasswordHash.matches("anything", decoy))
    }

    @Test("Past the slots and the line, whoever comes is asked to wait a minute, whether the name exists or not")
    func fullLine() async throws {
        let line = HashingLine(slots: 1, places: 1)
        try await Desk.open(line: line) { desk in
            try await desk.setUp(desk.link)
            let (started, gate) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
            let holder = Task {
                try await line.run {
                    started.signal()
                    gate.wait()
                }
            }
            await wait(for: started)
            let waiting = Task { try await line.run { true } }
            while line.waiting == 0 { await Task.yield() }
            for name in ["administrator", "nobody"] {
                #expect(await problem { _ = try await desk.begin(name) } == HashingLine.full)
            }
            gate.signal()
            try await holder.value
            #expect(try await waiting.value)
            desk.clock.advance(seconds: 30)
            _ = try await desk.begin()
        }
    }

    private func wait(for semaphore: DispatchSemaphore) async {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                semaphore.wait()
                continuation.resume()
            }
        }
    }

    /// RFC 6238, appendix B, SHA-1 rows.
    @Test(
        "Codes are those of RFC 6238",
        arguments: [
            (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
        ] as [(Int64, String)])
    func totp(seconds: Int64, expected: String) {
        let secret = Array("12345678901234567890".utf8)
        let step = OneTimeCode.step(at: Moment(milliseconds: seconds * 1000))
        #expect(OneTimeCode.code(secret, step: step, digits: 8) == expected)
        #expect(OneTimeCode.code(secret, step: step) == String(expected.suffix(6)))
    }

    /// RFC 4226, appendix D.
    @Test("Codes by counter are those of RFC 4226")
    func hotp() {
        let secret = Array("12345678901234567890".utf8)
        let codes = (0..<10).map { OneTimeCode.code(secret, step: Int64($0)) }
        #expect(
            codes == [
                "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583", "399871", "520489",
            ])
    }

    /// RFC 4648, section 10.
    @Test(
        "Base32 is that of RFC 4648",
        arguments: [
            ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ])
    func base32(plain: String, expected: String) {
        #expect(Base32.encode(Array(plain.utf8)) == expected)
    }
}
