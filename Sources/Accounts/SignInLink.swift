public import Access
import Foundation
public import Kernel
import Ledger

/// A link that lets one person set up how she signs in. The token is shown once and kept only as a digest.
public struct OneTimeLink: Sendable {
    public let token: SecretToken
    public let user: Identifier<User>
    public let expires: Moment
    /// It opens a session at once, as only the links of sample stores do.
    public let opensDirectly: Bool
}

/// Where a link leads now.
public enum LinkStep: Sendable, Equatable {
    case choosePassword(name: String, signInName: String)
    /// A password was chosen; the second factor is next.
    case setUpSecondFactor(name: String)
    /// A sample store: `enter` opens a session.
    case enter(name: String)
}

/// What a person puts into her authenticator app.
public struct SecondFactorSetup: Sendable {
    /// Base32 in groups of four, for typing.
    public let secret: String
    /// `otpauth://totp/…`, for a picture or a link on the phone.
    public let address: String
}

extension SignIn {
    /// Where the link leads. Spends nothing, because mail programs and previews open links too.
    /// - Throws: `Problem.refused` with one answer for every link that does not work.
    public func openLink(_ token: SecretToken) async throws -> LinkStep {
        let link = try await live(token)
        let user = link.holder.user
        if link.purpose == .sample { return .enter(name: user.name) }
        return link.hasPassword
            ? .setUpSecondFactor(name: user.name) : .choosePassword(name: user.name, signInName: user.signInName)
    }

    /// Sets the password, forgets the second factor there was, and ends all her sessions. The link goes on to the
    /// second factor.
    /// - Throws: `Problem`: `.invalid` with a field error on `password`; `.refused` for a dead link; `.unavailable`.
    public func setPassword(link token: SecretToken, password: String) async throws {
        let link = try await live(token)
        guard link.purpose == .setUp else { throw SignInProblem.deadLink }
        let normal = try await accepted(password, for: link.holder)
        let encoded = try await hashed(normal)
        let (now, secrets) = (ledger.now, ledger.secrets)
        try await ledger.upkeep { writing in
            guard let link = try LinkRows.live(token.hash, at: now, writing) else { throw SignInProblem.deadLink }
            let person = link.holder.id
            try CredentialRows.setPassword(of: person, encoded, at: now, writing)
            try CredentialRows.removeSecondFactor(of: person, secrets, writing)
            try LinkRows.markPassword(token.hash, at: now, writing)
            _ = try SessionRows.end(of: person, .credentialReset, at: now, writing)
        }
        try await note("credential", .alteration, "password set \(token.reference)", link.holder)
    }

    /// The secret for her app; the same one until it is confirmed.
    /// - Throws: `Problem.refused` for a dead link or before a password was chosen.
    public func secondFactor(link token: SecretToken) async throws -> SecondFactorSetup {
        let link = try await live(token)
        guard link.hasPassword else { throw SignInProblem.passwordFirst }
        let (fresh, person) = (random(OneTimeCode.secretLength), link.holder.id)
        let (now, secrets) = (ledger.now, ledger.secrets)
        let secret = try await ledger.upkeep { writing -> [UInt8]? in
            try CredentialRows.offerSecondFactor(of: person, fresh, secrets, at: now, writing)
            guard try CredentialRows.secondFactor(of: person, writing)?.isConfirmed == false else { return nil }
            return try CredentialRows.secret(of: person, secrets, writing)
        }
        guard let secret else { throw SignInProblem.deadLink }
        return SecondFactorSetup(secret, account: link.holder.user.signInName)
    }

    /// Confirms the second factor with a first code, spends the link and signs her in.
    /// - Throws: as `complete(pending:code:)`.
    public func confirmSecondFactor(link token: SecretToken, code: String) async throws -> OpenedSession {
        let link = try await live(token)
        let (now, holder, secrets) = (ledger.now, link.holder, ledger.secrets)
        let secret = try await ledger.glance { reading -> [UInt8]? in
            guard try CredentialRows.secondFactor(of: holder.id, reading)?.isConfirmed == false else { return nil }
            return try CredentialRows.secret(of: holder.id, secrets, reading)
        }
        guard link.hasPassword, let secret else { throw SignInProblem.passwordFirst }
        let throttle = Throttle(codesOf: holder.id)
        try await admit(throttle)
        guard let step = OneTimeCode.matchingStep(code, secret, at: now) else {
            try await note("credential", .alteration, "code refused \(token.reference)", holder, allowed: false)
            throw SignInProblem.wrongCode
        }
        let session = SecretToken(random: random(32))
        try await ledger.upkeep(.audit) { writing in
            guard try LinkRows.spend(token.hash, at: now, writing),
                try CredentialRows.spend(step: step, of: holder.id, at: now, writing)
            else { throw SignInProblem.deadLink }
            try throttle.clear(at: now, writing)
            try SessionRows.open(session, for: holder.id, .open, at: now, writing)
            try FactRows.keep(.firstSignIn, now.description, writing)
        }
        try await note("credential", .alteration, "second factor set \(token.reference)", holder)
        return try await opened(session, holder, at: now)
    }

    /// Opens a session by the link of a sample store, and spends it.
    ///
    /// Without password and second factor, because a newcomer with a store of invented people has nothing to protect
    /// and should see the product first. It works only where the store itself says that it was made as a sample; that
    /// is written once, while the store is empty, and no setting turns it on later.
    /// - Throws: `Problem.refused`.
    public func enter(link token: SecretToken) async throws -> OpenedSession {
        let now = ledger.now
        let session = SecretToken(random: random(32))
        let holder = try await ledger.upkeep(.audit) { writing in
            guard let link = try LinkRows.live(token.hash, at: now, writing), link.purpose == .sample,
                try FactRows.read(.isSample, writing) != nil, try LinkRows.spend(token.hash, at: now, writing)
            else { throw SignInProblem.deadLink }
            try SessionRows.open(session, for: link.holder.id, .sample, at: now, writing)
            try FactRows.keep(.firstSignIn, now.description, writing)
            return link.holder
        }
        try await note("link", .alteration, "sample link used \(token.reference)", holder)
        return try await opened(session, holder, at: now)
    }

    /// A new link for a person who is new or has lost her password or her phone. Setting the password by it resets
    /// both. Links made before for her stop working.
    /// - Throws: `Problem.absent` unless `actor` administers accounts and the user exists; `.refused` for a closed
    ///   account.
    public func issueLink(for user: Identifier<User>, as actor: Actor) async throws -> OneTimeLink {
        let now = ledger.now
        let token = SecretToken(random: random(32))
        let consultation = Consultation(
            kind: "link", .account, .alteration, about: "issued \(token.reference) for \(user)")
        try await ledger.collect(consultation, as: actor) { writing in
            guard let holder = try HolderRows.with(id: user.text, writing) else { throw Problem.absent }
            guard !holder.user.isDisabled else { throw SignInProblem.closed }
            try LinkRows.issue(token, for: user.text, .setUp, at: now, writing)
        }
        return OneTimeLink(
            token: token, user: user, expires: now.adding(seconds: LinkRows.hours * 3600), opensDirectly: false)
    }
}

extension SignIn {
    private func live(_ token: SecretToken) async throws -> LiveLink {
        let (now, hash) = (ledger.now, token.hash)
        if let link = try await ledger.glance({ try LinkRows.live(hash, at: now, $0) }) { return link }
        // Written down, so that a clock that is moved back later revives nothing.
        if try await ledger.glance({ try LinkRows.isOver(hash, at: now, $0) }) {
            _ = try await ledger.upkeep(.audit) { try LinkRows.spend(hash, at: now, $0) }
        }
        throw SignInProblem.deadLink
    }
}

extension SecondFactorSetup {
    init(_ secret: [UInt8], account: String) {
        let text = Base32.encode(secret)
        let groups = stride(from: 0, to: text.count, by: 4).map { text.dropFirst($0).prefix(4) }
        self.secret = groups.joined(separator: " ")
        let label = account.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        address = "otpauth://totp/Holdfast:\(label)?secret=\(text)&issuer=Holdfast&algorithm=SHA1&digits=6&period=30"
    }
}
