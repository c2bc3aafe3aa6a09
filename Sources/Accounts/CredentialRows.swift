import Kernel
import Ledger

/// How one person proves who she is.
struct Credential: Sendable {
    let encoded: String
}

struct SecondFactor: Sendable {
    let secret: [UInt8]
    let isConfirmed: Bool
}

enum CredentialRows {
    static func password(of person: String, _ reading: any Reading) throws -> Credential? {
        try reading.row("SELECT encoded FROM account_credential WHERE person = $1", [.text(person)])
            .map { Credential(encoded: $0.text(0)) }
    }

    static func setPassword(of person: String, _ encoded: String, at now: Moment, _ writing: any Writing) throws {
        try writing.run(
            """
            INSERT INTO account_credential (person, encoded, at) VALUES ($1, $2, $3)
            ON CONFLICT (person) DO UPDATE SET encoded = excluded.encoded, at = excluded.at
            """, [.text(person), .text(encoded), .integer(now.milliseconds)])
    }

    /// The same password at another cost; nothing when it was changed meanwhile.
    static func raise(_ old: String, to encoded: String, of person: String, _ writing: any Writing) throws {
        try writing.run(
            "UPDATE account_credential SET encoded = $3 WHERE person = $1 AND encoded = $2",
            [.text(person), .text(old), .text(encoded)])
    }

    static func secondFactor(of person: String, _ reading: any Reading) throws -> SecondFactor? {
        try reading.row(
            "SELECT secret, confirmed_at FROM account_second_factor WHERE person = $1", [.text(person)]
        ).map { SecondFactor(secret: $0.blob(0), isConfirmed: $0.optionalInteger(1) != nil) }
    }

    static func offerSecondFactor(of person: String, _ secret: [UInt8], _ writing: any Writing) throws {
        try writing.run(
            """
            INSERT INTO account_second_factor (person, secret, confirmed_at, last_step) VALUES ($1, $2, NULL, 0)
            ON CONFLICT (person) DO NOTHING
            """, [.text(person), .blob(secret)])
    }

    static func removeSecondFactor(of person: String, _ writing: any Writing) throws {
        try writing.run("DELETE FROM account_second_factor WHERE person = $1", [.text(person)])
    }

    /// Spends the code of `step`.
    /// - Returns: False when that code or a later one was used before.
    static func spend(step: Int64, of person: String, at now: Moment, _ writing: any Writing) throws -> Bool {
        try writing.run(
            """
            UPDATE account_second_factor SET last_step = $2, confirmed_at = COALESCE(confirmed_at, $3)
            WHERE person = $1 AND last_step < $2
            """, [.text(person), .integer(step), .integer(now.milliseconds)]) == 1
    }
}
