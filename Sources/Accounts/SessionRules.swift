import Kernel

/// A session as the store holds it.
struct StoredSession: Sendable {
    enum Stage: String, Sendable {
        /// The password was right; the second factor is awaited.
        case password
        case open
        /// Opened by the link of a sample store, without a password.
        case sample
    }

    let person: String
    let reference: String
    let stage: Stage
    let created: Moment
    let seen: Moment
    let expires: Moment
    let isEnded: Bool
}

/// Why a session was over.
enum SessionEnd: String, Sendable {
    case signedOut = "signed out"
    case revoked
    case idle
    case expired
    case clock
    case accountClosed = "account closed"
    case credentialReset = "credential reset"
    case rolesWithdrawn = "roles withdrawn"
    case completed
    /// The data was brought back from a backup.
    case restored
}

enum SessionRules {
    static let idleSeconds: Int64 = 15 * 60
    static let longestSeconds: Int64 = 12 * 3600
    static let passwordStageSeconds: Int64 = 10 * 60
    /// A session is marked as seen at most this often: reading a page then writes nothing about the session.
    static let markSeconds: Int64 = 60
    /// How far two clocks of one service may differ.
    private static let clockSlack: Int64 = 60

    /// Why the session must end now; nil while it lives. A session from the future means that the clock was moved: it
    /// ends, because nobody can say how old it is.
    static func end(of session: StoredSession, user: User, at now: Moment) -> SessionEnd? {
        let latest = now.adding(seconds: clockSlack)
        if session.created > latest || session.seen > latest { return .clock }
        if now >= session.expires { return .expired }
        if session.stage != .password && now >= session.seen.adding(seconds: idleSeconds) { return .idle }
        return user.isActive(at: now) ? nil : .accountClosed
    }

    static func mustMark(_ session: StoredSession, at now: Moment) -> Bool {
        now >= session.seen.adding(seconds: markSeconds)
    }
}
