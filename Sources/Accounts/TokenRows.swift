import Kernel
import Ledger

enum TokenRows {
    private static let clockSlack: Int64 = 60
    private static let columns = "reference, name, scopes, made_at, expires_at, seen_at, person"

    static func keep(
        _ token: SecretToken, person: String, name: String, scopes: Set<TokenScope>, at now: Moment, expires: Moment,
        _ writing: any Writing
    ) throws {
        try writing.run(
            """
            INSERT INTO account_token (hash, person, reference, name, scopes, made_at, expires_at, seen_at, ended_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, NULL, NULL)
            """,
            [
                .blob(token.hash), .text(person), .text(token.reference), .text(name),
                .text(scopes.map(\.rawValue).sorted().joined(separator: " ")), .integer(now.milliseconds),
                .integer(expires.milliseconds),
            ])
    }

    /// Nil when it is unknown, ended, too old or from the future.
    static func find(_ hash: [UInt8], at now: Moment, _ reading: any Reading) throws -> HeldToken? {
        try reading.row(
            """
            SELECT \(columns) FROM account_token
            WHERE hash = $1 AND ended_at IS NULL AND expires_at > $2 AND made_at <= $3
            """,
            [
                .blob(hash), .integer(now.milliseconds),
                .integer(now.adding(seconds: clockSlack).milliseconds),
            ]
        ).map(stored)
    }

    static func isOver(_ hash: [UInt8], at now: Moment, _ reading: any Reading) throws -> Bool {
        try reading.row(
            "SELECT 1 FROM account_token WHERE hash = $1 AND ended_at IS NULL AND expires_at <= $2",
            [.blob(hash), .integer(now.milliseconds)]) != nil
    }

    /// Writes down what is over, so that a clock that is moved back later revives nothing.
    static func expire(_ hash: [UInt8], at now: Moment, _ writing: any Writing) throws {
        try writing.run(
            "UPDATE account_token SET ended_at = $2 WHERE hash = $1 AND ended_at IS NULL AND expires_at <= $2",
            [.blob(hash), .integer(now.milliseconds)])
    }

    static func living(of person: String, at now: Moment, _ reading: any Reading) throws -> [TokenSummary] {
        try reading.rows(
            """
            SELECT \(columns) FROM account_token WHERE person = $1 AND ended_at IS NULL AND expires_at > $2
            ORDER BY made_at DESC, reference
            """, [.text(person), .integer(now.milliseconds)]
        ).map { stored($0).summary }
    }

    static func everybodys(at now: Moment, _ reading: any Reading) throws -> [HeldToken] {
        try reading.rows(
            """
            SELECT \(columns) FROM account_token WHERE ended_at IS NULL AND expires_at > $1
            ORDER BY made_at DESC, reference
            """, [.integer(now.milliseconds)]
        ).map(stored)
    }

    /// - Returns: The token; nil when there is none of that name that works.
    static func end(_ reference: String, at now: Moment, _ writing: any Writing) throws -> HeldToken? {
        guard
            let token = try writing.row(
                "SELECT \(columns) FROM account_token WHERE reference = $1 AND ended_at IS NULL AND expires_at > $2",
                [.text(reference), .integer(now.milliseconds)]
            ).map(stored)
        else { return nil }
        _ = try end(reference, of: token.person, at: now, writing)
        return token
    }

    static func mark(_ hash: [UInt8], at now: Moment, _ writing: any Writing) throws {
        try writing.run(
            "UPDATE account_token SET seen_at = $2 WHERE hash = $1", [.blob(hash), .integer(now.milliseconds)])
    }

    /// - Returns: False when she has no such token that works.
    static func end(_ reference: String, of person: String, at now: Moment, _ writing: any Writing) throws -> Bool {
        try writing.run(
            "UPDATE account_token SET ended_at = $3 WHERE reference = $1 AND person = $2 AND ended_at IS NULL",
            [.text(reference), .text(person), .integer(now.milliseconds)]) > 0
    }

    /// A scope that this version does not know gives nothing.
    private static func stored(_ row: Row) -> HeldToken {
        let scopes = row.text(2).split(separator: " ").compactMap { TokenScope(rawValue: String($0)) }
        return HeldToken(
            person: row.text(6),
            summary: TokenSummary(
                reference: row.text(0), name: row.text(1), scopes: Set(scopes), made: row.moment(3),
                expires: row.moment(4), seen: row.optionalMoment(5)))
    }
}
