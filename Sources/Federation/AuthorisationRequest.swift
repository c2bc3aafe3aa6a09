import Crypto
import Foundation

/// Where a person is sent to prove who she is, and what comes back with her (OpenID Connect Core 1.0, section 3.1.2;
/// PKCE, RFC 7636). Nonce and verifier are worked out from the secret that her browser keeps, so the store holds
/// nothing with which a journey could be finished.
public struct AuthorisationRequest: Sendable, Equatable {
    public let state: String
    public let nonce: String
    public let verifier: String

    /// - Parameter browser: the secret in the browser's cookie.
    public init(browser: String, state: String) {
        self.state = state
        nonce = AuthorisationRequest.derived("nonce", browser, state)
        verifier = AuthorisationRequest.derived("verifier", browser, state)
    }

    private static func derived(_ purpose: String, _ browser: String, _ state: String) -> String {
        let key = SymmetricKey(data: Data(browser.utf8))
        return Base64URL.encode(HMAC<SHA256>.authenticationCode(for: Data("\(purpose) \(state)".utf8), using: key))
    }

    var challenge: String { Base64URL.encode(SHA256.hash(data: Data(verifier.utf8))) }

    /// - Parameter anew: ask for proof even if a session stands at the provider.
    public func address(
        _ metadata: ProviderMetadata, _ settings: ProviderSettings, back: String, anew: Bool = false
    ) -> String {
        var fields = [
            ("response_type", "code"), ("client_id", settings.clientID), ("redirect_uri", back),
            ("scope", "openid profile"), ("state", state), ("nonce", nonce), ("code_challenge", challenge),
            ("code_challenge_method", "S256"),
        ]
        if anew { fields += [("prompt", "login"), ("max_age", "0")] }
        let join = metadata.authorisation.contains("?") ? "&" : "?"
        return metadata.authorisation + join + FormText.encode(fields)
    }
}

extension ProviderSettings {
    /// Where a person ends her session at the provider; nil when it has no such place. No token goes with it: we keep
    /// none.
    public func leaving(_ metadata: ProviderMetadata, back: String) -> String? {
        metadata.endSession.map { address in
            address + (address.contains("?") ? "&" : "?")
                + FormText.encode([("client_id", clientID), ("post_logout_redirect_uri", back)])
        }
    }
}

/// `application/x-www-form-urlencoded`.
enum FormText {
    static func encode(_ fields: [(String, String)]) -> String {
        fields.map { encode($0.0) + "=" + encode($0.1) }.joined(separator: "&")
    }

    static func encode(_ text: String) -> String {
        var plain = ""
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E:
                plain.unicodeScalars.append(UnicodeScalar(byte))
            default: plain += "%" + (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
            }
        }
        return plain
    }
}

/// What the provider sent back with the person.
public struct AuthorisationAnswer: Sendable, Equatable {
    public let state: String
    public let code: String
    /// Who says so (RFC 9207); empty when it does not.
    public let issuer: String
    /// Why there is no code.
    public let error: String

    public init(state: String, code: String, issuer: String, error: String) {
        (self.state, self.code, self.issuer, self.error) = (state, code, issuer, error)
    }

    /// The code, when the answer is one of this provider.
    /// - Throws: `FederationFault`.
    func code(from metadata: ProviderMetadata) throws -> String {
        // Two providers could be mixed up by one that is hostile: RFC 9207.
        guard issuer.isEmpty ? !metadata.namesItself : issuer == metadata.issuer else {
            throw FederationFault.untrusted("answer: another issuer")
        }
        guard error.isEmpty else {
            throw ["server_error", "temporarily_unavailable"].contains(error)
                ? FederationFault.unreachable("answer: \(error)") : .declined
        }
        guard (1...4096).contains(code.utf8.count) else { throw FederationFault.untrusted("answer: no code") }
        return code
    }
}
