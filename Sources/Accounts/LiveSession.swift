public import Access
public import Kernel
import Ledger

/// Who is there: from the session's secret, read anew for every request, so that a role taken away or an account closed
/// has effect on the next one.
public struct LiveSession: Sendable {
    public let user: Identifier<User>
    public let name: String
    public let agency: Identifier<Agency>
    public let roles: Set<Role>
    public let teams: Set<Identifier<Team>>
    /// Names the session in lists and in the log; opens nothing.
    public let reference: String
    public let signedIn: Moment
    /// When it ends however much it is used.
    public let expires: Moment
    /// Opened by the link of a sample store, without password and second factor.
    public let isSample: Bool
    /// What every form of this session sends back.
    public let csrf: String

    /// Who asks, for the purpose of the page or route.
    public func actor(for purpose: Purpose) -> Actor {
        Actor(user: user.text, agency: agency.text, roles: roles, teams: Set(teams.map(\.text)), purpose: purpose)
    }

    /// Whether a form came from a page of this session. Constant time.
    public func accepts(csrf sent: String) -> Bool { ConstantTime.equal(csrf, sent) }
}

/// One line in the list of somebody's sessions.
public struct SessionSummary: Sendable, Equatable {
    public let reference: String
    public let signedIn: Moment
    /// To the minute.
    public let seen: Moment
}

extension SignIn {
    /// The session that `token` opens; nil when there is none or it is over. One indexed read; at most once a minute it
    /// also writes that it was seen.
    public func session(token: SecretToken) async throws -> LiveSession? {
        let now = ledger.now
        let hash = token.hash
        guard let (session, user) = try await ledger.glance({ [users] in try SessionRows.find(hash, $0, users) }),
            session.stage != .password, !session.isEnded
        else { return nil }
        if let reason = SessionRules.end(of: session, user: user, at: now) {
            try await end(hash, reason, Holder(id: session.person, user: user), session.reference)
            return nil
        }
        if SessionRules.mustMark(session, at: now) {
            try await ledger.upkeep(.audit) { try SessionRows.mark(hash, at: now, $0) }
        }
        return LiveSession(session, user, token)
    }

    /// Ends the session; nothing happens when it was over.
    public func signOut(token: SecretToken) async throws {
        guard let (session, user) = try await ledger.glance({ try SessionRows.find(token.hash, $0) }) else { return }
        try await end(token.hash, .signedOut, Holder(id: session.person, user: user), session.reference)
    }

    /// The sessions of `user` that are open, newest first. Her own, or those of anybody for an administrator.
    /// - Throws: `Problem.absent`.
    public func sessions(of user: Identifier<User>, as actor: Actor) async throws -> [SessionSummary] {
        try await authorise(.consultation, "sessions", of: user, as: actor)
        let now = ledger.now
        return try await ledger.glance { reading in
            guard let holder = try HolderRows.with(id: user.text, reading) else { throw Problem.absent }
            return try SessionRows.living(of: user.text, reading)
                .filter { $0.stage != .password && SessionRules.end(of: $0, user: holder.user, at: now) == nil }
                .map { SessionSummary(reference: $0.reference, signedIn: $0.created, seen: $0.seen) }
        }
    }

    /// Ends one session of `user`, or all when `reference` is nil. Her own, or anybody's for an administrator.
    /// - Returns: How many were ended.
    /// - Throws: `Problem.absent`.
    @discardableResult
    public func revoke(_ reference: String?, of user: Identifier<User>, as actor: Actor) async throws -> Int {
        let named = reference.flatMap { Identifier<SessionSummary>($0)?.text }
        guard reference == nil || named != nil else { throw Problem.absent }
        try await authorise(.alteration, "revoked \(named ?? "all")", of: user, as: actor)
        let now = ledger.now
        return try await ledger.upkeep {
            try SessionRows.end(of: user.text, reference: named, .revoked, at: now, $0)
        }
    }

    /// The log knows before it is done: a revocation that failed is better logged than one that nobody knows of.
    private func authorise(
        _ operation: Operation, _ about: String, of user: Identifier<User>, as actor: Actor
    ) async throws {
        let relations: Set<Relation> = actor.user == user.text ? [.own] : []
        let isAllowed = decide(actor, operation, on: .account, standing: relations).isAllowed
        let consultation = Consultation(kind: "session", .account, operation, about: "\(about) of \(user)")
        try await ledger.note(consultation, as: actor, allowed: isAllowed)
        guard isAllowed else { throw Problem.absent }
    }

    private func end(_ hash: [UInt8], _ reason: SessionEnd, _ holder: Holder, _ reference: String) async throws {
        let now = ledger.now
        guard try await ledger.upkeep(.audit, { try SessionRows.end(hash, reason, at: now, $0) }) else { return }
        let about = reason == .signedOut ? "signed out" : "ended, \(reason.rawValue)"
        try await note("session", .consultation, "\(about) \(reference)", holder)
    }
}

extension LiveSession {
    fileprivate init?(_ session: StoredSession, _ user: User, _ token: SecretToken) {
        guard let id = Identifier<User>(session.person) else { return nil }
        self.init(
            user: id, name: user.name, agency: user.agency, roles: user.roles, teams: user.teams,
            reference: session.reference, signedIn: session.created, expires: session.expires,
            isSample: session.stage == .sample, csrf: token.csrf)
    }
}
