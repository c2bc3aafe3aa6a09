import Crypto
import CryptoExtras
import Foundation
import Kernel
import TestKit

@testable import Federation

/// Tokens that say what a test wants, signed with keys of the test.
enum TokenFixture {
    static let issuer = "https://login.northshire.example/realms/police"
    static let now = TestClock.start
    static let seconds = now.milliseconds / 1000

    static let rsa = try? _RSA.Signing.PrivateKey(keySize: .bits2048)
    static let curve = P256.Signing.PrivateKey()

    enum Signer: String, CaseIterable {
        case rs256 = "RS256"
        case ps256 = "PS256"
        case es256 = "ES256"
    }

    static let sound: [String: String] = [
        "iss": "\"\(issuer)\"", "aud": "\"holdfast\"", "sub": "\"248289761001\"", "nonce": "\"n-0S6\"",
        "exp": "\(seconds + 300)", "iat": "\(seconds)",
    ]

    /// - Parameters:
    ///   - claims: members as JSON; an empty text leaves one out.
    ///   - header: the header as JSON, where it is not the one that goes with the key.
    static func token(
        _ claims: [String: String] = [:], _ signer: Signer = .es256, header: String? = nil, body: String? = nil
    ) throws -> String {
        let members = sound.merging(claims) { $1 }.filter { !$0.value.isEmpty }
        let body = body ?? "{" + members.map { "\"\($0)\":\($1)" }.sorted().joined(separator: ",") + "}"
        let kid = signer == .es256 ? "curve" : "rsa"
        let head = header ?? #"{"alg":"\#(signer.rawValue)","kid":"\#(kid)"}"#
        let message = Base64URL.encode(head.utf8) + "." + Base64URL.encode(body.utf8)
        return message + "." + Base64URL.encode(try signature(message, signer))
    }

    static func signature(_ message: String, _ signer: Signer) throws -> [UInt8] {
        let digest = SHA256.hash(data: Data(message.utf8))
        guard signer != .es256 else { return Array(try curve.signature(for: digest).rawRepresentation) }
        let padding: _RSA.Signing.Padding = signer == .ps256 ? .PSS : .insecurePKCS1v1_5
        return Array(try rsa?.signature(for: digest, padding: padding).rawRepresentation ?? Data())
    }

    /// A key set with both keys. `algorithm` writes what the RSA key says it is for.
    static func keys(rsaAlgorithm: String? = nil) throws -> ProviderKeySet {
        let primitives = try rsa?.publicKey.getKeyPrimitives()
        let (n, e) = (
            Base64URL.encode(primitives?.modulus ?? Data()), Base64URL.encode(primitives?.publicExponent ?? Data())
        )
        let point = Array(curve.publicKey.rawRepresentation)
        let says = rsaAlgorithm.map { ",\"alg\":\"\($0)\"" } ?? ""
        return try ProviderKeySet(
            Array(
                """
                {"keys":[{"kty":"RSA","kid":"rsa","use":"sig","n":"\(n)","e":"\(e)"\(says)},
                {"kty":"EC","crv":"P-256","kid":"curve","x":"\(Base64URL.encode(point[..<32]))",
                "y":"\(Base64URL.encode(point[32...]))"},{"kty":"oct","kid":"shared","k":"c2VjcmV0"},
                {"kty":"RSA","kid":"locks","use":"enc","n":"\(n)","e":"\(e)"}]}
                """.utf8))
    }

    static func rules(_ accessToken: String? = nil, issuer: String = issuer) -> TokenRules {
        TokenRules(issuer: issuer, clientID: "holdfast", nonce: "n-0S6", accessToken: accessToken, now: now)
    }

    /// What is wrong with a token; nil when nothing is.
    static func fault(_ token: String, _ rules: TokenRules = rules(), rsaAlgorithm: String? = nil) throws -> TokenFault?
    {
        let keys = try keys(rsaAlgorithm: rsaAlgorithm)
        do {
            _ = try rules.claims(of: try SignedToken(token), signedBy: keys)
            return nil
        } catch {
            return error
        }
    }
}
