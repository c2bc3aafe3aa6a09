import Crypto
import Foundation
import Testing

@testable import Federation

@Suite("An ID token")
struct TokenRulesTests {
    private static let now = TokenFixture.seconds

    @Test(arguments: TokenFixture.Signer.allCases)
    func `that keeps every rule is believed`(_ signer: TokenFixture.Signer) throws {
        #expect(try TokenFixture.fault(TokenFixture.token(signer)) == nil)
    }

    /// OpenID Connect Core 1.0, section 3.1.3.7: each rule, and the token that breaks it alone.
    @Test(
        arguments: [
            (["iss": #""https://login.elsewhere.example""#], TokenFault.issuer),
            (["iss": #""https://login.northshire.example/realms/police/""#], .issuer),
            (["iss": ""], .issuer),
            (["aud": #""another""#], .audience),
            (["aud": "[]"], .audience),
            (["aud": #"["another","third"]"#], .audience),
            (["aud": #"["holdfast",1]"#], .audience),
            (["aud": #"["holdfast","another"]"#], .authorisedParty),
            (["aud": #"["holdfast","another"]"#, "azp": #""another""#], .authorisedParty),
            (["azp": #""another""#], .authorisedParty),
            (["azp": "1"], .authorisedParty),
            (["exp": "\(now - 60)"], .expired),
            (["exp": "0"], .expired),
            (["exp": ""], .malformed),
            (["exp": #""\#(now + 300)""#], .malformed),
            (["exp": "1e300"], .malformed),
            (["iat": ""], .malformed),
            (["iat": "\(now + 61)"], .issuedAt),
            (["iat": "\(now - 661)"], .issuedAt),
            (["nbf": "\(now + 61)"], .notYet),
            (["nbf": "null"], .notYet),
            (["nonce": #""another""#], .nonce),
            (["nonce": ""], .nonce),
            (["sub": ""], .subject),
            (["sub": #""""#], .subject),
            (["sub": "7"], .subject),
            (["sub": #""caf\u00e9""#], .subject),
            (["at_hash": #""AAAAAAAAAAAAAAAAAAAAAA""#], .accessHash),
        ] as [([String: String], TokenFault)])
    func `that breaks one rule is refused for it`(_ claims: [String: String], _ fault: TokenFault) throws {
        #expect(try TokenFixture.fault(TokenFixture.token(claims)) == fault)
    }

    @Test(arguments: [
        ["aud": #"["holdfast"]"#], ["aud": #"["other","holdfast"]"#, "azp": #""holdfast""#],
        ["azp": #""holdfast""#], ["exp": "\(now - 59)"], ["iat": "\(now + 60)"], ["iat": "\(now - 600)"],
        ["nbf": "\(now + 60)"], ["iat": "\(now).5"],
    ])
    func `within the allowance is believed`(_ claims: [String: String]) throws {
        #expect(try TokenFixture.fault(TokenFixture.token(claims)) == nil)
    }

    @Test func `is tied to the access token beside it`() throws {
        let half = Base64URL.encode(SHA256.hash(data: Data("opaque".utf8)).prefix(16))
        let token = try TokenFixture.token(["at_hash": "\"\(half)\""])
        #expect(try TokenFixture.fault(token, TokenFixture.rules("opaque")) == nil)
        #expect(try TokenFixture.fault(token, TokenFixture.rules("another")) == .accessHash)
        #expect(try TokenFixture.fault(token, TokenFixture.rules(nil)) == .accessHash)
    }

    @Test func `of Entra ID must be of the tenant that its issuer names`() throws {
        let issuer = "https://login.microsoftonline.com/9122040d-6c67-4c5b-b112-36a304b66dad/v2.0"
        let rules = TokenFixture.rules(issuer: issuer)
        func fault(_ tenant: String) throws -> TokenFault? {
            try TokenFixture.fault(TokenFixture.token(["iss": "\"\(issuer)\"", "tid": tenant]), rules)
        }
        #expect(try fault(#""9122040D-6c67-4c5b-b112-36a304b66dad""#) == nil)
        #expect(try fault(#""00000000-6c67-4c5b-b112-36a304b66dad""#) == .tenant)
        #expect(try fault("") == .tenant)
    }

    // MARK: Signatures

    @Test(arguments: [
        #"{"alg":"none"}"#, #"{"alg":"None","kid":"curve"}"#, #"{"alg":"HS256","kid":"shared"}"#,
        #"{"alg":"HS256","kid":"rsa"}"#, #"{"alg":"RS512","kid":"rsa"}"#, #"{"kid":"curve"}"#, #"{"alg":["ES256"]}"#,
    ])
    func `may not choose a way to sign that is not one of three`(_ header: String) throws {
        #expect(try TokenFixture.fault(TokenFixture.token(header: header)) == .algorithm)
    }

    @Test func `without a signature is refused`() throws {
        let parts = try TokenFixture.token().split(separator: ".")
        #expect(try TokenFixture.fault("\(parts[0]).\(parts[1]).") == .signature)
        #expect(try TokenFixture.fault("\(parts[0]).\(parts[1])") == .malformed)
    }

    @Test(arguments: [
        (#"{"alg":"RS256","kid":"curve"}"#, TokenFault.keyType), (#"{"alg":"ES256","kid":"rsa"}"#, .keyType),
        (#"{"alg":"RS256","kid":"locks"}"#, .unknownKey), (#"{"alg":"ES256","kid":"gone"}"#, .unknownKey),
        (#"{"alg":"ES256","kid":7}"#, .malformed), (#"{"alg":"ES256","kid":"curve","crit":["exp"]}"#, .malformed),
        (#"{"alg":"ES256","kid":"curve","typ":"at+jwt"}"#, .malformed),
        (#"{"alg":"ES256","alg":"none","kid":"curve"}"#, .malformed),
    ])
    func `must fit the key that it names`(_ header: String, _ fault: TokenFault) throws {
        #expect(try TokenFixture.fault(TokenFixture.token(header: header)) == fault)
    }

    @Test func `signed with the same key in another way is refused`() throws {
        let disguised = try TokenFixture.token(.rs256, header: #"{"alg":"PS256","kid":"rsa"}"#)
        #expect(try TokenFixture.fault(disguised) == .signature)
        #expect(try TokenFixture.fault(TokenFixture.token(.ps256), rsaAlgorithm: "RS256") == .keyType)
        #expect(try TokenFixture.fault(TokenFixture.token(.rs256), rsaAlgorithm: "RS256") == nil)
    }

    @Test func `changed by one letter is refused`() throws {
        for signer in TokenFixture.Signer.allCases {
            let parts = try TokenFixture.token(signer).split(separator: ".").map(String.init)
            let other = try TokenFixture.token(["sub": #""somebody else""#], signer).split(separator: ".")[1]
            #expect(try TokenFixture.fault("\(parts[0]).\(other).\(parts[2])") == .signature)
        }
    }

    @Test func `without a key's name is taken only when one key can be meant`() throws {
        #expect(try TokenFixture.fault(TokenFixture.token(header: #"{"alg":"ES256"}"#)) == nil)
        let twice = try ProviderKeySet(Array(Self.twice().utf8))
        let token = try SignedToken(try TokenFixture.token(header: #"{"alg":"ES256"}"#))
        #expect(throws: TokenFault.unknownKey) { try token.checkSignature(twice) }
    }

    private static func twice() -> String {
        let point = Array(TokenFixture.curve.publicKey.rawRepresentation)
        let key =
            #"{"kty":"EC","crv":"P-256","x":"\#(Base64URL.encode(point[..<32]))","y":"\#(Base64URL.encode(point[32...]))"}"#
        return "{\"keys\":[\(key),\(key)]}"
    }

    // MARK: Shape

    @Test func `that names a claim twice is refused`() throws {
        let twice = #"{"iss":"\#(TokenFixture.issuer)","sub":"a","sub":"b"}"#
        #expect(try TokenFixture.fault(TokenFixture.token(body: twice)) == .malformed)
    }

    @Test(arguments: ["", ".", "..", "a.b.c.d", "a.b.c", "e30.e30.=", "e30 .e30.", "[].[].[]"])
    func `of another shape is refused`(_ text: String) throws {
        #expect(try TokenFixture.fault(text) != nil)
    }

    @Test func `beyond a size is refused unread`() throws {
        #expect(try TokenFixture.fault(String(repeating: "a", count: (64 << 10) + 1)) == .tooLarge)
    }
}

extension TokenFixture {
    static func token(_ signer: Signer, header: String? = nil) throws -> String {
        try token([:], signer, header: header)
    }
}
