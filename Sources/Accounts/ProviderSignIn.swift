import Access
public import Federation
public import Kernel
import Ledger

/// Signing in by a force's own provider: a journey there and back, and what she may do here.
///
/// Nothing in the database can finish a journey: the browser keeps the secret, and the store its digest. A person is
/// known by issuer and subject alone, never by a name or an address that a provider could give to somebody else.
public struct ProviderSignIn: Sendable {
    let signIn: SignIn
    let directory: Directory
    let desks: [ProviderDesk]

    var ledger: Ledger { signIn.ledger }

    public init(signIn: SignIn, directory: Directory, desks: [ProviderDesk] = []) {
        (self.signIn, self.directory, self.desks) = (signIn, directory, desks)
    }

    /// The providers, in the order of the configuration.
    public var providers: [ProviderSettings] { desks.map(\.settings) }

    /// Where a person is sent, and what her browser must bring back.
    public struct Departure: Sendable {
        public let address: String
        /// Goes into a cookie and nowhere else.
        public let browser: SecretToken
    }

    /// Begins a journey.
    /// - Parameters:
    ///   - browser: the secret of a journey that this browser began before, so that two windows do not undo each other.
    ///   - back: the redirect address of this provider.
    ///   - renewing: the session in which she must prove anew who she is; see `reauthenticate`.
    /// - Throws: `Problem.absent` for an unknown provider, `FederationFault`, `StorageError`.
    public func begin(
        _ provider: String, browser: SecretToken?, next: String, back: String, renewing session: LiveSession? = nil
    ) async throws -> Departure {
        let desk = try desk(provider)
        let metadata = try await desk.describe()
        let (browser, state) = (
            browser ?? SecretToken(random: signIn.random(32)), SecretToken(random: signIn.random(32))
        )
        let now = ledger.now
        let hasBegun = try await ledger.upkeep(.audit) {
            try JourneyRows.begin(
                state, browser: browser, provider: provider, next: String(next.prefix(2048)),
                session: session?.reference, at: now, $0)
        }
        guard hasBegun else { throw FederationFault.unreachable("too many journeys") }
        let request = AuthorisationRequest(browser: browser.text, state: state.text)
        return Departure(
            address: request.address(metadata, desk.settings, back: back, anew: session != nil), browser: browser)
    }

    /// Begins a journey on which she proves anew who she is, for what a standing session is not enough. When she is
    /// back, `lastProof` says so.
    /// - Throws: as `begin`; `Problem.absent` for a session that no provider opened.
    public func reauthenticate(_ session: LiveSession, next: String, back: (_ provider: String) -> String) async throws
        -> Departure
    {
        guard let proof = try await proof(of: session) else { throw Problem.absent }
        return try await begin(
            proof.provider, browser: nil, next: next, back: back(proof.provider), renewing: session)
    }

    /// When she last proved at her provider who she is; nil for a session that no provider opened.
    public func lastProof(in session: LiveSession) async throws -> Moment? { try await proof(of: session)?.at }

    /// The provider that opened a session, and where it ends its own; nil where there is none or it does not answer.
    public func farewell(_ session: LiveSession) async throws -> ProviderSettings? {
        guard let proof = try await proof(of: session), let desk = try? desk(proof.provider) else { return nil }
        return (try? await desk.describe())?.endSession == nil ? nil : desk.settings
    }

    /// Where the provider ends its own session (OpenID Connect RP-Initiated Logout 1.0).
    /// - Parameter back: where it may send her afterwards.
    /// - Throws: `Problem.absent`, `FederationFault`.
    public func leaving(_ provider: String, back: String) async throws -> String {
        let desk = try desk(provider)
        guard let address = desk.settings.leaving(try await desk.describe(), back: back) else { throw Problem.absent }
        return address
    }

    /// Asks each provider once who it is, for a warning when the house opens.
    /// - Returns: the names of those that could not be asked, with the cause.
    public func unready() async -> [(name: String, cause: String)] {
        var unready: [(name: String, cause: String)] = []
        for desk in desks {
            do {
                _ = try await desk.describe()
            } catch {
                unready.append((desk.settings.name, (error as? FederationFault)?.cause ?? "\(error)"))
            }
        }
        return unready
    }

    func desk(_ provider: String) throws -> ProviderDesk {
        guard let desk = desks.first(where: { $0.settings.id == provider }) else { throw Problem.absent }
        return desk
    }

    func proof(of session: LiveSession) async throws -> SessionProof? {
        try await ledger.glance { try ProofRows.of(session: session.reference, $0) }
    }
}
