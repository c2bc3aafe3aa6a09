import Crypto
import Foundation
public import Kernel

/// What an ID token must say to be taken as the answer to one request.
public struct TokenRules: Sendable {
    public let issuer: String
    public let clientID: String
    /// The nonce that went with the request.
    public let nonce: String
    /// The access token that came beside it; nil when none did.
    public let accessToken: String?
    public let now: Moment

    public init(issuer: String, clientID: String, nonce: String, accessToken: String?, now: Moment) {
        (self.issuer, self.clientID, self.nonce) = (issuer, clientID, nonce)
        (self.accessToken, self.now) = (accessToken, now)
    }

    /// How far the clocks of the two machines may differ, in seconds.
    static let skew: Int64 = 60
    /// A token is made for one sign-in, which lasts ten minutes.
    static let oldest: Int64 = 600

    /// Checks a token (OpenID Connect Core 1.0, section 3.1.3.7).
    /// - Returns: its claims, which may be believed.
    /// - Throws: `TokenFault`.
    public func claims(of token: SignedToken, signedBy keys: ProviderKeySet) throws(TokenFault) -> StrictJSON {
        try token.checkSignature(keys)
        let claims = token.claims
        guard claims["iss"]?.text == issuer else { throw .issuer }
        try checkTenant(claims)
        try checkAudience(claims)
        try checkTimes(claims)
        guard let sent = claims["nonce"]?.text, sent == nonce else { throw .nonce }
        try checkAccessHash(claims)
        guard let subject = claims["sub"]?.text, (1...255).contains(subject.utf8.count),
            subject.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F })
        else { throw .subject }
        return claims
    }

    private func checkAudience(_ claims: StrictJSON) throws(TokenFault) {
        let audience = claims["aud"]?.text.map { [$0] } ?? claims["aud"]?.texts ?? []
        guard audience.contains(clientID) else { throw .audience }
        let party = claims["azp"]?.text
        // Other audiences are not trusted, unless the token says that it was made for us.
        guard audience.count == 1 || party != nil else { throw .authorisedParty }
        guard claims["azp"] == nil || party == clientID else { throw .authorisedParty }
    }

    private func checkTimes(_ claims: StrictJSON) throws(TokenFault) {
        guard let expires = TokenRules.moment(claims["exp"]), let issued = TokenRules.moment(claims["iat"]) else {
            throw .malformed
        }
        let (earliest, latest) = (now.adding(seconds: -TokenRules.skew), now.adding(seconds: TokenRules.skew))
        guard expires > earliest else { throw .expired }
        guard issued <= latest, issued >= now.adding(seconds: -TokenRules.oldest - TokenRules.skew) else {
            throw .issuedAt
        }
        guard let from = claims["nbf"] else { return }
        guard let moment = TokenRules.moment(from), moment <= latest else { throw .notYet }
    }

    private func checkAccessHash(_ claims: StrictJSON) throws(TokenFault) {
        guard let sent = claims["at_hash"] else { return }
        guard let accessToken else { throw .accessHash }
        // SHA-256 goes with each of our three algorithms (Core 1.0, section 3.1.3.6).
        let half = SHA256.hash(data: Data(accessToken.utf8)).prefix(16)
        guard sent.text == Base64URL.encode(half) else { throw .accessHash }
    }

    /// Entra ID names the tenant twice, in the issuer and as `tid`: they must agree.
    private func checkTenant(_ claims: StrictJSON) throws(TokenFault) {
        guard let tenant = EntraIssuer.tenant(of: issuer) else { return }
        guard claims["tid"]?.text?.lowercased() == tenant else { throw .tenant }
    }

    /// Seconds since 1970 as JSON writes them; nil for what is no such time.
    static func moment(_ json: StrictJSON?) -> Moment? {
        guard let seconds = json?.number, seconds >= 0, seconds < 1e11 else { return nil }
        return Moment(milliseconds: Int64(seconds * 1000))
    }
}

/// The issuers of Microsoft Entra ID: `https://login.microsoftonline.com/<tenant>/v2.0`.
enum EntraIssuer {
    static let hosts: Set<String> = [
        "login.microsoftonline.com", "login.microsoftonline.us", "login.partner.microsoftonline.cn",
    ]
    /// Names that stand for many tenants. A force is one.
    static let shared: Set<String> = ["common", "organizations", "consumers", "{tenantid}"]

    /// The tenant in small letters; nil when it is not such an issuer.
    static func tenant(of issuer: String) -> String? {
        guard let parts = URLComponents(string: issuer), let host = parts.host?.lowercased(), hosts.contains(host)
        else {
            return nil
        }
        return parts.path.split(separator: "/").first.map { $0.lowercased() }
    }
}
