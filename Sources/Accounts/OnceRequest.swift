import Crypto
public import Kernel
import Ledger

/// A request that a program may send again when it heard no answer, and that is done once. What it sent is not kept:
/// only digests, salted by the program's own key.
public struct OnceRequest: Sendable, Equatable {
    /// What it makes: chosen at the first try, so that a second one makes the same.
    public let id: String
    /// The version that it brought; nil while it was not finished.
    public let version: Int?
    let person: String
    let key: [UInt8]
}

extension SignIn {
    /// For how long a key is remembered, in hours.
    public static let requestHours = 24

    /// The request of that key, made now or known from before.
    /// - Returns: Nil when the key was used for other content.
    public func request(
        key: String, content: [UInt8], newID: String, of user: Identifier<User>
    ) async throws -> OnceRequest? {
        let now = ledger.now
        let keyHash = Array(SHA256.hash(data: Array(key.utf8)))
        let contentHash = Array(SHA256.hash(data: Array(key.utf8) + [0] + content))
        return try await ledger.upkeep { writing in
            try RequestRows.sweep(at: now, writing)
            try RequestRows.claim(user.text, keyHash, contentHash, newID, at: now, writing)
            return try RequestRows.find(user.text, keyHash, contentHash, writing)
        }
    }

    /// Remembers what it brought.
    public func finish(_ request: OnceRequest, version: Int) async throws {
        try await ledger.upkeep { try RequestRows.finish(request, version: version, $0) }
    }
}

enum RequestRows {
    static func sweep(at now: Moment, _ writing: any Writing) throws {
        try writing.run("DELETE FROM account_request WHERE expires_at <= $1", [.integer(now.milliseconds)])
    }

    static func claim(
        _ person: String, _ key: [UInt8], _ content: [UInt8], _ made: String, at now: Moment, _ writing: any Writing
    ) throws {
        let expires = now.adding(seconds: Int64(SignIn.requestHours) * 3600)
        try writing.run(
            """
            INSERT INTO account_request (person, key_hash, content_hash, made, version, expires_at)
            VALUES ($1, $2, $3, $4, NULL, $5) ON CONFLICT (person, key_hash) DO NOTHING
            """, [.text(person), .blob(key), .blob(content), .text(made), .integer(expires.milliseconds)])
    }

    static func find(
        _ person: String, _ key: [UInt8], _ content: [UInt8], _ reading: any Reading
    ) throws -> OnceRequest? {
        try reading.row(
            "SELECT made, version, content_hash FROM account_request WHERE person = $1 AND key_hash = $2",
            [.text(person), .blob(key)]
        ).flatMap { row in
            guard row.blob(2) == content else { return nil }
            return OnceRequest(
                id: row.text(0), version: row.optionalInteger(1).map { Int($0) }, person: person, key: key)
        }
    }

    static func finish(_ request: OnceRequest, version: Int, _ writing: any Writing) throws {
        try writing.run(
            "UPDATE account_request SET version = $3 WHERE person = $1 AND key_hash = $2 AND version IS NULL",
            [.text(request.person), .blob(request.key), .integer(Int64(version))])
    }
}
