import Foundation

/// What a provider says of itself (OpenID Connect Discovery 1.0, section 3), as far as it is used.
public struct ProviderMetadata: Sendable, Equatable {
    public let issuer: String
    public let authorisation: String
    public let token: String
    public let keys: String
    /// Where its own session is ended (OpenID Connect RP-Initiated Logout 1.0); nil when it cannot be.
    public let endSession: String?
    /// Whether it names itself in each answer (RFC 9207).
    public let namesItself: Bool
    /// Whether the client's secret goes into the form instead of the header.
    public let wantsSecretInForm: Bool

    static let limit = 128 << 10

    /// - Throws: `FederationFault` when it is no such document, is of another issuer, or leads elsewhere.
    public init(_ bytes: [UInt8], for settings: ProviderSettings) throws {
        guard let json = try? StrictJSON(bytes, limit: ProviderMetadata.limit), let issuer = json["issuer"]?.text else {
            throw FederationFault.untrusted("discovery: not readable")
        }
        // Exactly, or a provider could speak for another (Discovery 1.0, section 4.3).
        guard issuer == settings.issuer else { throw FederationFault.untrusted("discovery: another issuer") }
        func endpoint(_ name: String) throws -> String {
            guard let address = json[name]?.text, settings.mayReach(address) else {
                throw FederationFault.untrusted("discovery: \(name) is missing or on another host")
            }
            return address
        }
        self.issuer = issuer
        authorisation = try endpoint("authorization_endpoint")
        token = try endpoint("token_endpoint")
        keys = try endpoint("jwks_uri")
        endSession = json["end_session_endpoint"] == nil ? nil : try endpoint("end_session_endpoint")
        namesItself = json["authorization_response_iss_parameter_supported"]?.bool ?? false
        // The default is the header (Discovery 1.0, section 3).
        let methods = json["token_endpoint_auth_methods_supported"]?.texts ?? ["client_secret_basic"]
        wantsSecretInForm = !methods.contains("client_secret_basic") && methods.contains("client_secret_post")
        if let challenges = json["code_challenge_methods_supported"]?.texts, !challenges.contains("S256") {
            throw FederationFault.untrusted("discovery: no PKCE with S256")
        }
    }
}

extension ProviderSettings {
    /// Whether `address` is on the issuer's own host, or on one that the configuration adds: nothing a provider says
    /// makes us send a code or a secret elsewhere.
    func mayReach(_ address: String) -> Bool {
        guard let (origin, isSafe) = ProviderSettings.origin(of: address), isSafe else { return false }
        return origin == ProviderSettings.origin(of: issuer)?.origin || hosts.contains(origin)
    }

    /// Scheme, host and port; `isSafe` for https, or http on this machine itself as in tests.
    static func origin(of address: String) -> (origin: String, isSafe: Bool)? {
        guard address.utf8.count <= 2048, address.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }),
            let parts = URLComponents(string: address), let host = parts.host?.lowercased(), !host.isEmpty,
            let scheme = parts.scheme?.lowercased(), parts.user == nil, parts.password == nil, parts.fragment == nil
        else { return nil }
        let isHere = ["localhost", "127.0.0.1", "[::1]", "::1"].contains(host)
        let isSafe = scheme == "https" || (scheme == "http" && isHere)
        return ("\(scheme)://\(host)" + (parts.port.map { ":\($0)" } ?? ""), isSafe)
    }
}
