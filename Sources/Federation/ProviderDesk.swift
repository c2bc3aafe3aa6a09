public import Kernel

/// One provider, asked through a connection: what it says of itself and its keys are kept for a while.
public struct ProviderDesk: Sendable {
    public let settings: ProviderSettings
    private let connection: any ProviderConnection
    private let time: TimeSource
    private let metadata = KeptAnswer<ProviderMetadata>()
    private let keys = KeptAnswer<ProviderKeySet>()

    /// How long what was fetched is believed, in seconds: a key that a provider takes back works for so long.
    static let believed: Int64 = 3600
    /// An unknown key asks for the keys again at most this often, so that forged tokens cannot make us hammer.
    static let pause: Int64 = 60

    public init(_ settings: ProviderSettings, _ connection: any ProviderConnection, time: TimeSource) {
        (self.settings, self.connection, self.time) = (settings, connection, time)
    }

    /// - Throws: `FederationFault`.
    public func describe() async throws -> ProviderMetadata {
        let base = settings.issuer.hasSuffix("/") ? String(settings.issuer.dropLast()) : settings.issuer
        return try await metadata.value(noOlderThan: ProviderDesk.believed, time) { [self] in
            let bytes = try await get(base + "/.well-known/openid-configuration", limit: ProviderMetadata.limit)
            return try ProviderMetadata(bytes, for: settings)
        }
    }

    /// Makes the answer of a provider into who came.
    /// - Parameter back: the redirect address that went with the request.
    /// - Throws: `FederationFault`.
    public func identity(
        from answer: AuthorisationAnswer, to request: AuthorisationRequest, back: String
    ) async throws -> ProviderIdentity {
        let metadata = try await describe()
        let code = try answer.code(from: metadata)
        let asked = TokenExchange.request(code: code, verifier: request.verifier, back: back, metadata, settings)
        let tokens = try TokenExchange.tokens(in: try await ask(asked))
        let rules = TokenRules(
            issuer: settings.issuer, clientID: settings.clientID, nonce: request.nonce, accessToken: tokens.access,
            now: time.now())
        do {
            return try ProviderIdentity(try await claims(of: tokens.identity, rules), from: settings)
        } catch let fault as TokenFault {
            throw FederationFault.token(fault)
        }
    }

    /// A key that is not known may be new: providers change theirs.
    private func claims(of text: String, _ rules: TokenRules) async throws -> StrictJSON {
        let token = try SignedToken(text)
        let address = try await describe().keys
        let fetch: @Sendable () async throws -> ProviderKeySet = { [self] in
            try ProviderKeySet(try await get(address, limit: ProviderKeySet.limit))
        }
        do {
            let known = try await keys.value(noOlderThan: ProviderDesk.believed, time, fetch: fetch)
            return try rules.claims(of: token, signedBy: known)
        } catch TokenFault.unknownKey {
            let renewed = try await keys.renewed(atMostEvery: ProviderDesk.pause, time, fetch: fetch)
            return try rules.claims(of: token, signedBy: renewed)
        }
    }

    private func get(_ address: String, limit: Int) async throws -> [UInt8] {
        let reply = try await ask(
            ProviderRequest(address: address, headers: ["Accept": "application/json"], form: nil, limit: limit))
        guard reply.status == 200 else { throw FederationFault.unreachable("status \(reply.status)") }
        return reply.body
    }

    private func ask(_ request: ProviderRequest) async throws -> ProviderReply {
        do {
            return try await connection.send(request)
        } catch {
            throw FederationFault.unreachable("no answer")
        }
    }
}

/// Something fetched, kept for a while. One fetch at a time: whoever comes meanwhile waits for the same answer.
actor KeptAnswer<Value: Sendable> {
    private var value: Value?
    private var at: Moment?
    private var failed: Moment?
    private var renewedAt: Moment?
    private var running: Task<Value, any Error>?

    /// After a failure nobody waits for the next one, in seconds.
    private let rest: Int64 = 10

    /// Fetched anew, whatever its age, unless that was done within so many seconds: then as it is kept.
    func renewed(
        atMostEvery seconds: Int64, _ time: TimeSource, fetch: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let now = time.now()
        if let value, let renewedAt, renewedAt <= now, now < renewedAt.adding(seconds: seconds) { return value }
        renewedAt = now
        return try await value(noOlderThan: 0, time, fetch: fetch)
    }

    /// - Throws: what `fetch` threw, or `FederationFault.unreachable` shortly after it did.
    func value(
        noOlderThan age: Int64, _ time: TimeSource, fetch: @escaping @Sendable () async throws -> Value
    ) async throws -> Value {
        let now = time.now()
        if let value, let at, at <= now, now < at.adding(seconds: age) { return value }
        if let running { return try await running.value }
        if let failed, failed <= now, now < failed.adding(seconds: rest) {
            throw FederationFault.unreachable("failed a moment ago")
        }
        let task = Task { try await fetch() }
        running = task
        defer { running = nil }
        do {
            let fetched = try await task.value
            (value, at, failed) = (fetched, now, nil)
            return fetched
        } catch {
            failed = now
            throw error
        }
    }
}
