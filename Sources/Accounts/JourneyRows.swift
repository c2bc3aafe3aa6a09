import Kernel
import Ledger

/// A sign-in by a provider that is under way.
struct Journey: Sendable {
    /// Where to go afterwards; a path of this site.
    let next: String
    /// The reference of the session whose proof is to be renewed; nil for a new session.
    let session: String?
    let begun: Moment
}

enum JourneyRows {
    static let seconds: Int64 = 600
    /// More at once are no people: what is begun beyond this is refused, and local sign-in goes on.
    private static let most: Int64 = 20_000

    /// - Returns: False when too many are under way.
    static func begin(
        _ state: SecretToken, browser: SecretToken, provider: String, next: String, session: String?,
        at now: Moment, _ writing: any Writing
    ) throws -> Bool {
        try writing.run("DELETE FROM account_journey WHERE expires_at <= $1", [.integer(now.milliseconds)])
        guard try writing.integer("SELECT COUNT(*) FROM account_journey") ?? 0 < most else { return false }
        try writing.run(
            """
            INSERT INTO account_journey
                (state_hash, browser_hash, provider, next_path, session, begun_at, expires_at, ended_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, NULL)
            """,
            [
                .blob(state.hash), .blob(browser.hash), .text(provider), .text(next),
                session.map { .text($0) } ?? .null, .integer(now.milliseconds),
                .integer(now.adding(seconds: seconds).milliseconds),
            ])
        return true
    }

    /// Spends a journey, so that it ends once.
    /// - Returns: Nil when it is unknown, was begun in another browser or for another provider, is over or too old.
    static func end(
        _ state: SecretToken, browser: SecretToken, provider: String, at now: Moment, _ writing: any Writing
    ) throws -> Journey? {
        let values: [Value] = [
            .blob(state.hash), .blob(browser.hash), .text(provider), .integer(now.milliseconds),
        ]
        let ended = try writing.run(
            """
            UPDATE account_journey SET ended_at = $4 WHERE state_hash = $1 AND browser_hash = $2 AND provider = $3
                AND ended_at IS NULL AND expires_at > $4
            """, values)
        guard ended == 1 else { return nil }
        return try writing.row(
            "SELECT next_path, session, begun_at FROM account_journey WHERE state_hash = $1", [.blob(state.hash)]
        ).map { Journey(next: $0.text(0), session: $0.optionalText(1), begun: $0.moment(2)) }
    }
}

/// Who somebody is at a provider.
enum OriginRows {
    /// The person of this subject; the one given when nobody was known by it. Two first sign-ins at once find one.
    static func person(
        _ issuer: String, _ subject: String, provider: String, elseKnownAs fresh: String, at now: Moment,
        _ writing: any Writing
    ) throws -> String {
        try writing.run(
            """
            INSERT INTO account_origin (issuer, subject, person, provider, at) VALUES ($1, $2, $3, $4, $5)
            ON CONFLICT (issuer, subject) DO NOTHING
            """, [.text(issuer), .text(subject), .text(fresh), .text(provider), .integer(now.milliseconds)])
        return try person(issuer, subject, writing) ?? fresh
    }

    static func person(_ issuer: String, _ subject: String, _ reading: any Reading) throws -> String? {
        try reading.row(
            "SELECT person FROM account_origin WHERE issuer = $1 AND subject = $2", [.text(issuer), .text(subject)]
        )?.text(0)
    }
}

/// By which provider a session was opened.
struct SessionProof: Sendable {
    let provider: String
    let at: Moment
}

enum ProofRows {
    private static let kept: Int64 = 30 * 86_400

    static func keep(
        session reference: String, provider: String, methods: String, at proved: Moment, now: Moment,
        _ writing: any Writing
    ) throws {
        try writing.run(
            "DELETE FROM account_proof WHERE proved_at < $1", [.integer(now.adding(seconds: -kept).milliseconds)])
        try writing.run(
            """
            INSERT INTO account_proof (session, provider, proved_at, methods) VALUES ($1, $2, $3, $4)
            ON CONFLICT (session) DO UPDATE SET proved_at = excluded.proved_at, methods = excluded.methods
            """, [.text(reference), .text(provider), .integer(proved.milliseconds), .text(methods)])
    }

    static func of(session reference: String, _ reading: any Reading) throws -> SessionProof? {
        try reading.row("SELECT provider, proved_at FROM account_proof WHERE session = $1", [.text(reference)])
            .map { SessionProof(provider: $0.text(0), at: $0.moment(1)) }
    }
}
