import Access
public import Federation
import Kernel
import Ledger

extension ProviderSignIn {
    /// What a journey came to.
    public struct Arrival: Sendable {
        /// Nil when a standing session was proved anew.
        public let opened: OpenedSession?
        /// Where she wanted to go.
        public let next: String
    }

    /// Ends a journey: spends it, has the provider's answer checked, finds or makes her account and opens a session.
    /// - Throws: `FederationFault`, `Problem.absent` for an unknown provider, `StorageError`.
    public func arrive(
        _ provider: String, _ answer: AuthorisationAnswer, browser: SecretToken?, back: String
    ) async throws -> Arrival {
        let (desk, now) = (try desk(provider), ledger.now)
        do {
            guard let browser, let state = SecretToken(answer.state),
                let journey = try await ledger.upkeep(
                    .audit,
                    {
                        try JourneyRows.end(state, browser: browser, provider: provider, at: now, $0)
                    })
            else { throw FederationFault.staleJourney }
            let request = AuthorisationRequest(browser: browser.text, state: state.text)
            let identity = try await desk.identity(from: answer, to: request, back: back)
            if let session = journey.session {
                try await renew(session, identity, journey, desk.settings)
                return Arrival(opened: nil, next: journey.next)
            }
            let holder = try await settle(identity, desk.settings)
            return Arrival(opened: try await open(holder, identity, desk.settings), next: journey.next)
        } catch let fault as FederationFault {
            try await signIn.note(
                "session", .consultation, "provider \(provider) refused, \(fault.cause)", nil, allowed: false)
            throw fault
        }
    }

    private func open(
        _ holder: Holder, _ identity: ProviderIdentity, _ settings: ProviderSettings
    ) async throws -> OpenedSession {
        let (token, now) = (SecretToken(random: signIn.random(32)), ledger.now)
        try await ledger.upkeep(.audit) { writing in
            try SessionRows.open(token, for: holder.id, .open, at: now, writing)
            try ProofRows.keep(
                session: token.reference, provider: settings.id, methods: identity.methodsForTheLog,
                at: identity.provedAt ?? now, now: now, writing)
            try FactRows.keep(.firstSignIn, now.description, writing)
        }
        try await signIn.note(
            "session", .consultation,
            "provider \(settings.id) vouched for \(token.reference) \(identity.methodsForTheLog)".trimmed(), holder)
        return try await signIn.opened(token, holder, at: now)
    }

    /// The same person must have proved it after she was asked to: a session that stands at the provider is no proof.
    private func renew(
        _ session: String, _ identity: ProviderIdentity, _ journey: Journey, _ settings: ProviderSettings
    ) async throws {
        guard let proved = identity.provedAt, proved >= journey.begun.adding(seconds: -ProviderSignIn.clockSlack) else {
            throw FederationFault.notFresh
        }
        let now = ledger.now
        let isHers = try await ledger.upkeep(.audit) { writing in
            guard let person = try OriginRows.person(identity.issuer, identity.subject, writing),
                try SessionRows.living(of: person, writing).contains(where: { $0.reference == session })
            else { return false }
            try ProofRows.keep(
                session: session, provider: settings.id, methods: identity.methodsForTheLog, at: proved, now: now,
                writing)
            return true
        }
        guard isHers else { throw FederationFault.untrusted("proof of another person") }
    }

    private static let clockSlack: Int64 = 60
}
