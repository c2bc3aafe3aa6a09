import Foundation
import TestKit

/// Takes the first person through the one-time link as she would go: a password, an authenticator app, and in.
struct SigningIn {
    static let password = "three invented words 2026"

    let driver: WebDriver

    /// Follows the link; where it asks for a password and a code, gives them.
    func follow(_ link: String) async throws {
        try await driver.open(link)
        guard try await driver.count("input[name='password-again']") == 1 else { return }
        try await driver.type(Self.password, into: "input[name='password']")
        try await driver.type(Self.password, into: "input[name='password-again']")
        let key = try await driver.text(of: "code.secret").filter { !$0.isWhitespace }
        try await driver.type(code(for: key), into: "input[name='code']")
        try await driver.press("form:has(input[name='code']) button")
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
