import Kernel
import Ledger

/// How one person proves who she is.
struct Credential: Sendable {
    let encoded: String
}

struct SecondFactor: Sendable {
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
        try reading.row("SELECT confirmed_at FROM account_second_factor WHERE person = $1", [.text(person)])
            .map { SecondFactor(isConfirmed: $0.optionalInteger(0) != nil) }
    }

    /// The key that her app shares; sealed in the store.
    static func secret(of person: String, _ secrets: SealedSecrets, _ reading: any Reading) throws -> [UInt8]? {
        try secrets.find(secretName, of: person, reading)
    }

    /// Nothing when one was offered before.
    static func offerSecondFactor(
        of person: String, _ secret: [UInt8], _ secrets: SealedSecrets, at now: Moment, _ writing: any Writing
    ) throws {
        let isNew = try writing.run(
            """
            INSERT INTO account_second_factor (person, secret, confirmed_at, last_step) VALUES ($1, $2, NULL, 0)
            ON CONFLICT (person) DO NOTHING
            """, [.text(person), .blob([])])
        if isNew == 1 { try secrets.keep(secret, secretName, of: person, at: now, writing) }
    }

    static func removeSecondFactor(of person: String, _ secrets: SealedSecrets, _ writing: any Writing) throws {
        try writing.run("DELETE FROM account_second_factor WHERE person = $1", [.text(person)])
        try secrets.forget(secretName, of: person, writing)
    }

    /// Seals the keys that an earlier version kept in plain bytes, and takes those out.
    /// - Returns: How many there were.
    static func sealPlain(_ secrets: SealedSecrets, at now: Moment, _ writing: any Writing) throws -> Int {
        let plain = try writing.rows(
            "SELECT person, secret FROM account_second_factor WHERE secret <> $1", [.blob([])])
        for row in plain {
            try secrets.keep(row.blob(1), secretName, of: row.text(0), at: now, writing)
            try writing.run(
                "UPDATE account_second_factor SET secret = $2 WHERE person = $1", [.text(row.text(0)), .blob([])])
        }
        return plain.count
    }

    private static let secretName = "second-factor"

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
