import Access
import Kernel
import Ledger

extension SignIn {
    /// A new password, chosen by somebody who is signed in and knows the old one. Her second factor stands; all her
    /// other sessions end.
    /// - Throws: `Problem`: `.invalid` with a field error on `current` or `password`; `.refused` when the session is
    ///   over; `.unavailable` when too many were tried.
    public func changePassword(session token: SecretToken, current: String, to password: String) async throws {
        guard let live = try await session(token: token), !live.isSample else { throw SignInProblem.tooLate }
        let found = try await ledger.glance { reading in
            (try HolderRows.with(id: live.user.text, reading), try CredentialRows.password(of: live.user.text, reading))
        }
        guard let holder = found.0, let credential = found.1 else { throw SignInProblem.tooLate }
        try await confirm(current, credential, holder, live.reference)
        let normal = try await accepted(password, for: holder)
        let encoded = try await hashed(normal)
        let now = ledger.now
        try await ledger.upkeep { writing in
            try CredentialRows.setPassword(of: holder.id, encoded, at: now, writing)
            _ = try SessionRows.end(of: holder.id, sparing: live.reference, .credentialReset, at: now, writing)
            try LinkRows.void(of: holder.id, at: now, writing)
        }
        try await note("credential", .alteration, "password changed \(live.reference)", holder)
    }

    /// Whoever finds a page left open must not guess at her password either.
    func confirm(
        _ current: String, _ credential: Credential, _ holder: Holder, _ reference: String
    ) async throws {
        let throttle = Throttle(codesOf: holder.id)
        try await admit(throttle)
        let typed = PasswordRules.normalised(current) ?? ""
        guard try await line.run({ PasswordHash.matches(typed, credential.encoded) }) else {
            try await note("credential", .alteration, "password refused \(reference)", holder, allowed: false)
            throw SignInProblem.wrongPassword
        }
        try await ledger.upkeep { try throttle.forgive($0) }
    }

    func hashed(_ normal: String) async throws -> String {
        let (salt, cost) = (random(PasswordHash.saltLength), cost)
        return try await line.run { try PasswordHash.make(normal, salt: salt, cost: cost) }
    }

    func accepted(_ password: String, for holder: Holder) async throws -> String {
        let force = try await ledger.glance { try FactRows.read(.forceName, $0) }
        let known = [holder.user.name, holder.user.signInName] + [force].compactMap(\.self)
        if let fault = PasswordRules.fault(password, known: known) {
            throw Problem(
                .invalid, "There is a problem", next: "Choose another password.",
                fields: [Problem.Field("password", fault)])
        }
        return PasswordRules.normalised(password) ?? ""
    }
}
