import Foundation
import TestKit

/// Takes the first person through the one-time link as she would go: a password, an authenticator app, and in.
struct SigningIn {
    static let password = "three invented words 2026"

    let driver: WebDriver

    /// Follows the link through its steps: where it asks for a password or a code, gives them. The sample asks for
    /// neither.
    /// - Parameter atEachStep: told the name of each step while its page is open.
    func follow(_ link: String, atEachStep: (String) async throws -> Void = { _ in }) async throws {
        try await driver.open(link)
        for _ in 0..<4 where try await driver.address().hasPrefix(link) {
            if try await driver.count(Self.passwordAgain) == 1 {
                try await atEachStep("link-password")
                try await choosePassword()
            } else if try await driver.count(Self.code) == 1 {
                try await atEachStep("link-app")
                try await connectApp()
            } else {
                try await atEachStep("link-enter")
                try await driver.follow("main form button")
            }
        }
    }

    private static let passwordAgain = "input[name='password-again']"
    private static let code = "input[name='code']"

    private func choosePassword() async throws {
        try await driver.type(Self.password, into: "input[name='password']")
        try await driver.type(Self.password, into: Self.passwordAgain)
        try await driver.follow("form:has(\(Self.passwordAgain)) button")
    }

    private func connectApp() async throws {
        let key = try await driver.text(of: "code.secret").filter { !$0.isWhitespace }
        try await driver.type(code(for: key), into: Self.code)
        try await driver.follow("form:has(\(Self.code)) button")
    }

    /// The code an authenticator app would show at a time in seconds (RFC 6238), worked out by the browser, which has
    /// HMAC at hand.
    func code(for key: String, at seconds: Double = Date().timeIntervalSince1970) async throws -> String {
        try await driver.asyncScript(
            """
            const [key, seconds, done] = arguments;
            const bits = [...key].map((c) => "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(c).toString(2).padStart(5, "0"));
            const secret = Uint8Array.from(bits.join("").match(/.{8}/g), (byte) => parseInt(byte, 2));
            const time = new DataView(new ArrayBuffer(8));
            time.setUint32(4, Math.floor(Number(seconds) / 30));
            crypto.subtle.importKey("raw", secret, { name: "HMAC", hash: "SHA-1" }, false, ["sign"])
                .then((imported) => crypto.subtle.sign("HMAC", imported, time.buffer))
                .then((signed) => {
                    const view = new DataView(signed);
                    const number = view.getUint32(view.getUint8(19) & 15) & 0x7fffffff;
                    done(String(number % 1000000).padStart(6, "0"));
                });
            """, [key, String(seconds)], as: String.self)
    }
}
