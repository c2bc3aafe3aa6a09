import Access
public import Kernel
import Ledger

/// Proving anew who she is, for what a standing session is not enough.
public enum StepUp: Sendable {
    /// With password and code, here.
    case passwordAndCode
    /// At the provider that opened the session.
    case provider
    /// The session of an invented force has neither.
    case none

    /// For so long a proof at a provider counts.
    static let proofSeconds: Int64 = 300
}

extension ProviderSignIn {
    /// How she proves it; nil when she has just done so at her provider.
    public func stepUp(_ session: LiveSession) async throws -> StepUp? {
        if session.isSample { return StepUp.none }
        guard let proof = try await lastProof(in: session) else { return .passwordAndCode }
        return proof.adding(seconds: StepUp.proofSeconds) > signIn.ledger.now ? nil : .provider
    }
}

extension SignIn {
    /// Her password and the code of her app, again, in a session that stands. A code works once.
    /// - Throws: `Problem`: `.invalid` with a field error on `current` or `code`; `.unavailable` when too many were
    ///   tried; `.refused` when the session is over.
    public func proveAgain(session token: SecretToken, password: String, code: String) async throws {
        guard let live = try await session(token: token), !live.isSample else { throw SignInProblem.tooLate }
        let (now, secrets) = (ledger.now, ledger.secrets)
        let found = try await ledger.glance { reading in
            (
                try HolderRows.with(id: live.user.text, reading),
                try CredentialRows.password(of: live.user.text, reading),
                try CredentialRows.secret(of: live.user.text, secrets, reading)
            )
        }
        guard let holder = found.0, let credential = found.1, let secret = found.2 else { throw SignInProblem.tooLate }
        try await confirm(password, credential, holder, live.reference)
        try await admit(Throttle(codesOf: holder.id))
        guard let step = OneTimeCode.matchingStep(code, secret, at: now) else {
            try await note("session", .consultation, "code refused \(live.reference)", holder, allowed: false)
            throw SignInProblem.wrongCode
        }
        try await ledger.upkeep(.audit) { writing in
            guard try CredentialRows.spend(step: step, of: holder.id, at: now, writing) else {
                throw SignInProblem.usedCode
            }
            try Throttle(codesOf: holder.id).forgive(writing)
        }
        try await note("session", .consultation, "proved anew \(live.reference)", holder)
    }
}
