import Kernel
import Ledger

/// A one-time link that still works.
struct LiveLink: Sendable {
    enum Purpose: String, Sendable {
        /// Choose a password and set up a second factor, for the first time or anew.
        case setUp = "set-up"
        /// Opens a session at once; in sample stores only.
        case sample
    }

    let holder: Holder
    let purpose: Purpose
    let hasPassword: Bool
    let expires: Moment
}

enum LinkRows {
    static let hours: Int64 = 24
    private static let clockSlack: Int64 = 60

    /// Makes a new link and voids those that were made for her before.
    static func issue(
        _ token: SecretToken, for person: String, _ purpose: LiveLink.Purpose, at now: Moment, _ writing: any Writing
    ) throws {
        try void(of: person, at: now, writing)
        try writing.run(
            """
            INSERT INTO account_link (hash, person, purpose, issued_at, expires_at, password_at, ended_at)
            VALUES ($1, $2, $3, $4, $5, NULL, NULL)
            """,
            [
                .blob(token.hash), .text(person), .text(purpose.rawValue), .integer(now.milliseconds),
                .integer(now.adding(seconds: hours * 3600).milliseconds),
            ])
    }

    static func void(of person: String, at now: Moment, _ writing: any Writing) throws {
        try writing.run(
            "UPDATE account_link SET ended_at = $2 WHERE person = $1 AND ended_at IS NULL",
            [.text(person), .integer(now.milliseconds)])
    }

    /// Nil when it is unknown, used, voided, too old or from the future, or when her account is closed.
    static func live(_ hash: [UInt8], at now: Moment, _ reading: any Reading) throws -> LiveLink? {
        guard
            let row = try reading.row(
                """
                SELECT person, purpose, expires_at, password_at FROM account_link
                WHERE hash = $1 AND ended_at IS NULL AND expires_at > $2 AND issued_at <= $3
                """,
                [
                    .blob(hash), .integer(now.milliseconds),
                    .integer(now.adding(seconds: clockSlack).milliseconds),
                ]),
            let purpose = LiveLink.Purpose(rawValue: row.text(1)),
            let holder = try HolderRows.with(id: row.text(0), reading), holder.user.isActive(at: now)
        else { return nil }
        return LiveLink(
            holder: holder, purpose: purpose, hasPassword: row.optionalInteger(3) != nil, expires: row.moment(2))
    }

    static func isOver(_ hash: [UInt8], at now: Moment, _ reading: any Reading) throws -> Bool {
        try reading.row(
            "SELECT 1 FROM account_link WHERE hash = $1 AND ended_at IS NULL AND expires_at <= $2",
            [.blob(hash), .integer(now.milliseconds)]) != nil
    }

    static func markPassword(_ hash: [UInt8], at now: Moment, _ writing: any Writing) throws {
        try writing.run(
            "UPDATE account_link SET password_at = $2 WHERE hash = $1", [.blob(hash), .integer(now.milliseconds)])
    }

    /// - Returns: False when somebody else spent it meanwhile.
    static func spend(_ hash: [UInt8], at now: Moment, _ writing: any Writing) throws -> Bool {
        try writing.run(
            "UPDATE account_link SET ended_at = $2 WHERE hash = $1 AND ended_at IS NULL",
            [.blob(hash), .integer(now.milliseconds)]) == 1
    }
}
