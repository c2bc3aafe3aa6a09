import Foundation

/// One request to a provider, and what came back. Whoever carries it follows no redirect and reads no more than `limit`.
public struct ProviderRequest: Sendable, Equatable {
    public let address: String
    public var headers: [String: String]
    /// An urlencoded form to post; nil to get.
    public let form: String?
    public let limit: Int
}

public struct ProviderReply: Sendable, Equatable {
    public let status: Int
    public let body: [UInt8]

    public init(status: Int, body: [UInt8]) { (self.status, self.body) = (status, body) }
}

/// The way to providers. Delivery has the one that speaks HTTP.
public protocol ProviderConnection: Sendable {
    /// - Throws: whatever went wrong; it is taken as no answer.
    func send(_ request: ProviderRequest) async throws -> ProviderReply
}

/// A code made into tokens (OpenID Connect Core 1.0, section 3.1.3).
enum TokenExchange {
    static let limit = 256 << 10

    struct Tokens: Sendable, Equatable {
        let identity: String
        let access: String?
    }

    static func request(
        code: String, verifier: String, back: String, _ metadata: ProviderMetadata, _ settings: ProviderSettings
    ) -> ProviderRequest {
        var fields = [
            ("grant_type", "authorization_code"), ("code", code), ("redirect_uri", back), ("code_verifier", verifier),
            ("client_id", settings.clientID),
        ]
        var headers = ["Accept": "application/json"]
        if metadata.wantsSecretInForm {
            fields.append(("client_secret", settings.secret.text))
        } else {
            // Both parts are encoded as in a form before they are joined (RFC 6749, section 2.3.1).
            let pair = FormText.encode(settings.clientID) + ":" + FormText.encode(settings.secret.text)
            headers["Authorization"] = "Basic " + Data(pair.utf8).base64EncodedString()
        }
        return ProviderRequest(
            address: metadata.token, headers: headers, form: FormText.encode(fields), limit: limit)
    }

    /// - Throws: `FederationFault`.
    static func tokens(in reply: ProviderReply) throws -> Tokens {
        let json = try? StrictJSON(reply.body, limit: limit)
        guard reply.status == 200 else { throw refusal(reply.status, json?["error"]?.text) }
        guard let json, let identity = json["id_token"]?.text, json["token_type"]?.text?.lowercased() == "bearer" else {
            throw FederationFault.untrusted("token answer: not readable")
        }
        return Tokens(identity: identity, access: json["access_token"]?.text)
    }

    private static func refusal(_ status: Int, _ error: String?) -> FederationFault {
        switch error {
        case "invalid_client", "unauthorized_client": .clientRefused
        case "invalid_grant": FederationFault("code refused", FederationFault.staleJourney.problem)
        default: status >= 500 ? .unreachable("token answer: \(status)") : .untrusted("token answer: \(status)")
        }
    }
}
