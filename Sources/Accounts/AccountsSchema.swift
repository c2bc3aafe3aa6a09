public import Ledger

/// Tables of how people sign in. They are no records: nobody reads them, and versions of a secret serve nobody.
public enum AccountsSchema {
    public static let migrations = [
        Migration(
            "accounts-001",
            [
                .create(claims), .create(facts), .create(credentials), .create(secondFactors), .create(sessions),
                .index(name: "account_session_person", table: "account_session", columns: ["person"], unique: false),
                .index(name: "account_session_ended", table: "account_session", columns: ["ended_at"], unique: false),
                .create(links),
                .index(name: "account_link_person", table: "account_link", columns: ["person"], unique: false),
                .create(throttles),
                .index(name: "account_throttle_age", table: "account_throttle", columns: ["last_at"], unique: false),
            ]),
        Migration(
            "accounts-002",
            [
                .create(journeys),
                .index(name: "account_journey_age", table: "account_journey", columns: ["expires_at"], unique: false),
                .create(origins),
                .index(name: "account_origin_person", table: "account_origin", columns: ["person"], unique: false),
                .create(proofs),
            ]),
        Migration(
            "accounts-003",
            [
                .create(tokens),
                .index(name: "account_token_person", table: "account_token", columns: ["person"], unique: false),
            ]),
        Migration(
            "accounts-programs-001",
            [
                .create(requests),
                .index(name: "account_request_age", table: "account_request", columns: ["expires_at"], unique: false),
            ]),
    ]

    /// Requests of programs that must not be done twice, for a day. No content of them.
    private static let requests = Table(
        "account_request",
        [
            Column("person", .text), Column("key_hash", .blob), Column("content_hash", .blob), Column("made", .text),
            Column("version", .integer, nullable: true), Column("expires_at", .integer),
        ], primaryKey: ["person", "key_hash"])

    /// Tokens of people's own programs.
    private static let tokens = Table(
        "account_token",
        [
            Column("hash", .blob), Column("person", .text), Column("reference", .text), Column("name", .text),
            Column("scopes", .text), Column("made_at", .integer), Column("expires_at", .integer),
            Column("seen_at", .integer, nullable: true), Column("ended_at", .integer, nullable: true),
        ], primaryKey: ["hash"])

    /// Sign-ins by a force's own provider that are under way. Nothing in it can finish one.
    private static let journeys = Table(
        "account_journey",
        [
            Column("state_hash", .blob), Column("browser_hash", .blob), Column("provider", .text),
            Column("next_path", .text), Column("session", .text, nullable: true), Column("begun_at", .integer),
            Column("expires_at", .integer), Column("ended_at", .integer, nullable: true),
        ], primaryKey: ["state_hash"])

    /// Who somebody is at a provider: the only thing by which she is known again.
    private static let origins = Table(
        "account_origin",
        [
            Column("issuer", .text), Column("subject", .text), Column("person", .text), Column("provider", .text),
            Column("at", .integer),
        ], primaryKey: ["issuer", "subject"])

    /// By which provider a session was opened, and when she last proved there who she is.
    private static let proofs = Table(
        "account_proof",
        [
            Column("session", .text), Column("provider", .text), Column("proved_at", .integer),
            Column("methods", .text),
        ], primaryKey: ["session"])

    /// Who holds a sign-in name: the record's index is not unique, and two creations may run at once.
    private static let claims = Table(
        "account_claim",
        [Column("name", .text), Column("person", .text), Column("at", .integer)], primaryKey: ["name"])

    private static let facts = Table(
        "account_fact", [Column("name", .text), Column("content", .text)], primaryKey: ["name"])

    private static let credentials = Table(
        "account_credential",
        [Column("person", .text), Column("encoded", .text), Column("at", .integer)], primaryKey: ["person"])

    private static let secondFactors = Table(
        "account_second_factor",
        [
            Column("person", .text), Column("secret", .blob), Column("confirmed_at", .integer, nullable: true),
            Column("last_step", .integer),
        ], primaryKey: ["person"])

    private static let sessions = Table(
        "account_session",
        [
            Column("hash", .blob), Column("person", .text), Column("reference", .text), Column("stage", .text),
            Column("created_at", .integer), Column("seen_at", .integer), Column("expires_at", .integer),
            Column("ended_at", .integer, nullable: true), Column("ended_by", .text, nullable: true),
        ], primaryKey: ["hash"])

    private static let links = Table(
        "account_link",
        [
            Column("hash", .blob), Column("person", .text), Column("purpose", .text), Column("issued_at", .integer),
            Column("expires_at", .integer), Column("password_at", .integer, nullable: true),
            Column("ended_at", .integer, nullable: true),
        ], primaryKey: ["hash"])

    private static let throttles = Table(
        "account_throttle",
        [
            Column("name", .text), Column("tries", .integer), Column("last_at", .integer),
            Column("trusted_at", .integer, nullable: true),
        ], primaryKey: ["name"])
}
