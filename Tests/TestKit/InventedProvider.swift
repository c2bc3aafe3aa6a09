import Crypto
public import Federation
import Foundation
public import Kernel
import Synchronization

/// A provider without a network: it keeps the rules of OpenID Connect that the real one in `scripts/oidc_provider.py`
/// keeps, and can be made to break them.
public final class InventedProvider: ProviderConnection, Sendable {
    public static let issuer = "https://login.northshire.example/realms/police"
    public static let secret = "an invented client secret"

    private struct State {
        var keys = [("first", P256.Signing.PrivateKey())]
        var published: [String] = ["first"]
        var codes: [String: Asked] = [:]
        var requests: [String] = []
        var isDown = false
        var secret = InventedProvider.secret
        var extra: [String: String] = [:]
        var count = 0
    }

    private struct Asked {
        let challenge, nonce, back: String
        let claims: [String: String]
    }

    private let state = Mutex(State())
    private let time: TimeSource

    public init(time: TimeSource) { self.time = time }

    /// The configuration of a force that signs in here.
    public static func settings(_ more: String = "") throws -> ProviderSettings {
        let text = """
            providers:
              - id: northshire
                name: Northshire Police
                issuer: \(issuer)
                client-id: holdfast
                client-secret-environment: NORTHSHIRE
                agency: police
                groups:
                  - group: /holdfast/analysts
                    from: 2020-01-01
                    roles: [analyst]
                  - group: /holdfast/leads
                    from: 2020-01-01
                    until: 2030-01-01
                    roles: [inspection-lead, supervisor]
            \(more)
            """
        return try ProviderFile.providers(in: text, named: "openid.yaml") { _ in secret }[0]
    }

    // MARK: What a test may change

    public var requests: [String] { state.withLock { $0.requests } }

    public func goDown(_ isDown: Bool = true) { state.withLock { $0.isDown = isDown } }

    public func change(secret: String) { state.withLock { $0.secret = secret } }

    /// Signs with a new key from now on; the old one is no longer published.
    public func rotate(to name: String, isPublished: Bool = true) {
        state.withLock { state in
            state.keys.append((name, P256.Signing.PrivateKey()))
            if isPublished { state.published = [name] }
        }
    }

    /// Members of each later token, as JSON, in the place of those it would have.
    public func say(_ claims: [String: String]) { state.withLock { $0.extra = claims } }

    /// What the provider's own page does: takes a person who was sent to `address`, and gives the fields with which she
    /// is sent back.
    /// - Parameter groups: those that her token names.
    public func vouch(
        at address: String, subject: String, groups: [String], name: String = "Noor Example",
        userName: String = "noor@northshire.example"
    ) -> (code: String, state: String) {
        let items = URLComponents(string: address)?.queryItems ?? []
        let asked = Dictionary(items.map { ($0.name, $0.value ?? "") }) { first, _ in first }
        let list = groups.map { "\"\($0)\"" }.joined(separator: ",")
        return state.withLock { state in
            state.count += 1
            let code = "code-\(state.count)"
            var claims = ["sub": "\"\(subject)\"", "name": "\"\(name)\"", "preferred_username": "\"\(userName)\""]
            claims["groups"] = "[\(list)]"
            if asked["max_age"] != nil { claims["auth_time"] = "\(time.now().milliseconds / 1000)" }
            state.codes[code] = Asked(
                challenge: asked["code_challenge"] ?? "", nonce: asked["nonce"] ?? "",
                back: asked["redirect_uri"] ?? "",
                claims: claims)
            return (code, asked["state"] ?? "")
        }
    }

    // MARK: Answering

    public struct Down: Error {}

    public func send(_ request: ProviderRequest) async throws -> ProviderReply {
        let path = String(request.address.dropFirst(InventedProvider.issuer.count))
        return try state.withLock { state in
            state.requests.append(path)
            guard !state.isDown else { throw Down() }
            switch path {
            case "/.well-known/openid-configuration": return Self.json(Self.discovery)
            case "/keys": return Self.json(Self.keySet(state))
            case "/token": return token(request, &state)
            default: return ProviderReply(status: 404, body: [])
            }
        }
    }

    private static func json(_ text: String, status: Int = 200) -> ProviderReply {
        ProviderReply(status: status, body: Array(text.utf8))
    }

    private static let discovery = """
        {"issuer":"\(issuer)","authorization_endpoint":"\(issuer)/authorise","token_endpoint":"\(issuer)/token",
        "jwks_uri":"\(issuer)/keys","end_session_endpoint":"\(issuer)/leave",
        "authorization_response_iss_parameter_supported":false,
        "token_endpoint_auth_methods_supported":["client_secret_basic"],"code_challenge_methods_supported":["S256"]}
        """

    private static func keySet(_ state: State) -> String {
        let keys = state.keys.filter { state.published.contains($0.0) }.map { name, key in
            let point = Array(key.publicKey.rawRepresentation)
            let (x, y) = (Base64URL.encode(point[..<32]), Base64URL.encode(point[32...]))
            return #"{"kty":"EC","crv":"P-256","use":"sig","alg":"ES256","kid":"\#(name)","x":"\#(x)","y":"\#(y)"}"#
        }
        return "{\"keys\":[\(keys.joined(separator: ","))]}"
    }

    private func token(_ request: ProviderRequest, _ state: inout State) -> ProviderReply {
        let items = URLComponents(string: "?" + (request.form ?? ""))?.queryItems ?? []
        let form = Dictionary(items.map { ($0.name, $0.value ?? "") }) { first, _ in first }
        let pair = "holdfast:" + state.secret.replacingOccurrences(of: " ", with: "%20")
        guard request.headers["Authorization"] == "Basic " + Data(pair.utf8).base64EncodedString() else {
            return Self.json(#"{"error":"invalid_client"}"#, status: 401)
        }
        let verifier = form["code_verifier"] ?? ""
        guard let asked = state.codes.removeValue(forKey: form["code"] ?? ""), asked.back == form["redirect_uri"],
            asked.challenge == Base64URL.encode(SHA256.hash(data: Data(verifier.utf8)))
        else { return Self.json(#"{"error":"invalid_grant"}"#, status: 400) }
        let token = signed(asked, state)
        return Self.json(#"{"access_token":"opaque","token_type":"Bearer","expires_in":60,"id_token":"\#(token)"}"#)
    }

    private func signed(_ asked: Asked, _ state: State) -> String {
        let now = time.now().milliseconds / 1000
        let base = [
            "iss": "\"\(InventedProvider.issuer)\"", "aud": "\"holdfast\"", "iat": "\(now)", "exp": "\(now + 300)",
            "nonce": "\"\(asked.nonce)\"",
        ]
        let claims = base.merging(asked.claims) { $1 }.merging(state.extra) { $1 }
        let body = "{" + claims.map { "\"\($0)\":\($1)" }.sorted().joined(separator: ",") + "}"
        guard let (name, key) = state.keys.last else { return "" }
        let head = #"{"alg":"ES256","kid":"\#(name)","typ":"JWT"}"#
        let message = Base64URL.encode(head.utf8) + "." + Base64URL.encode(body.utf8)
        let signature = (try? key.signature(for: SHA256.hash(data: Data(message.utf8))))?.rawRepresentation ?? Data()
        return message + "." + Base64URL.encode(signature)
    }
}
