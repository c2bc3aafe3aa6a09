import Kernel
import Ledger

enum SessionRows {
    private static let keptAfterEnd: Int64 = 30 * 86_400

    /// The session, whose it is and what she may do, in one statement by primary keys: every request asks this.
    static func find(
        _ hash: [UInt8], _ reading: any Reading, _ users: ReadBodies<User> = ReadBodies()
    ) throws -> (StoredSession, User)? {
        try reading.row(
            """
            SELECT s.person, s.reference, s.stage, s.created_at, s.seen_at, s.expires_at, s.ended_at, v.body
            FROM account_session s JOIN record r ON r.id = s.person
            JOIN record_version v ON v.record = r.id AND v.version = r.version WHERE s.hash = $1
            """, [.blob(hash)]
        ).flatMap { row in
            guard let session = stored(row) else { return nil }
            return (session, try users.body(row.text(7)))
        }
    }

    static func living(of person: String, _ reading: any Reading) throws -> [StoredSession] {
        try reading.rows(
            """
            SELECT person, reference, stage, created_at, seen_at, expires_at, ended_at FROM account_session
            WHERE person = $1 AND ended_at IS NULL ORDER BY created_at DESC
            """, [.text(person)]
        ).compactMap(stored)
    }

    static func open(
        _ token: SecretToken, for person: String, _ stage: StoredSession.Stage, at now: Moment, _ writing: any Writing
    ) throws {
        try sweep(at: now, writing)
        let seconds = stage == .password ? SessionRules.passwordStageSeconds : SessionRules.longestSeconds
        try writing.run(
            """
            INSERT INTO account_session
                (hash, person, reference, stage, created_at, seen_at, expires_at, ended_at, ended_by)
            VALUES ($1, $2, $3, $4, $5, $5, $6, NULL, NULL)
            """,
            [
                .blob(token.hash), .text(person), .text(token.reference), .text(stage.rawValue),
                .integer(now.milliseconds), .integer(now.adding(seconds: seconds).milliseconds),
            ])
    }

    static func mark(_ hash: [UInt8], at now: Moment, _ writing: any Writing) throws {
        try writing.run(
            "UPDATE account_session SET seen_at = $2 WHERE hash = $1 AND seen_at < $2 AND ended_at IS NULL",
            [.blob(hash), .integer(now.milliseconds)])
    }

    /// - Returns: False when it had ended before.
    static func end(_ hash: [UInt8], _ reason: SessionEnd, at now: Moment, _ writing: any Writing) throws -> Bool {
        try writing.run(
            "UPDATE account_session SET ended_at = $2, ended_by = $3 WHERE hash = $1 AND ended_at IS NULL",
            [.blob(hash), .integer(now.milliseconds), .text(reason.rawValue)]) == 1
    }

    /// Ends all sessions of a person but one.
    static func end(
        of person: String, sparing reference: String, _ reason: SessionEnd, at now: Moment, _ writing: any Writing
    ) throws -> Int {
        try writing.run(
            """
            UPDATE account_session SET ended_at = $2, ended_by = $3
            WHERE person = $1 AND ended_at IS NULL AND reference <> $4
            """, [.text(person), .integer(now.milliseconds), .text(reason.rawValue), .text(reference)])
    }

    /// Ends one session of a person, or all of them.
    /// - Returns: How many it ended.
    static func end(
        of person: String, reference: String? = nil, _ reason: SessionEnd, at now: Moment, _ writing: any Writing
    ) throws -> Int {
        var (condition, values) = ("", [Value.text(person), .integer(now.milliseconds), .text(reason.rawValue)])
        if let reference {
            condition = " AND reference = $4"
            values.append(.text(reference))
        }
        return try writing.run(
            """
            UPDATE account_session SET ended_at = $2, ended_by = $3
            WHERE person = $1 AND ended_at IS NULL\(condition)
            """, values)
    }

    /// Writes down what is over, so that a clock that is moved back later revives nothing.
    private static func sweep(at now: Moment, _ writing: any Writing) throws {
        try writing.run(
            """
            UPDATE account_session SET ended_at = $1, ended_by = $2
            WHERE ended_at IS NULL AND (expires_at <= $1 OR seen_at <= $3)
            """,
            [
                .integer(now.milliseconds), .text(SessionEnd.expired.rawValue),
                .integer(now.adding(seconds: -SessionRules.idleSeconds).milliseconds),
            ])
        try writing.run(
            "DELETE FROM account_session WHERE ended_at < $1",
            [.integer(now.adding(seconds: -keptAfterEnd).milliseconds)])
    }

    private static func stored(_ row: Row) -> StoredSession? {
        guard let stage = StoredSession.Stage(rawValue: row.text(2)) else { return nil }
        return StoredSession(
            person: row.text(0), reference: row.text(1), stage: stage, created: row.moment(3), seen: row.moment(4),
            expires: row.moment(5), isEnded: row.optionalInteger(6) != nil)
    }
}

extension SecretToken {
    /// Names a session or link in lists and in the log; from the digest, so it opens nothing.
    var reference: String { Hex.encode(hash.prefix(8)) }
}
