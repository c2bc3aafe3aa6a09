import Foundation
import Kernel
import Ledger
import Synchronization

/// A user as the store holds her now, for deciding who she is; what is shown of users goes through the `Directory`.
struct Holder: Sendable {
    let id: String
    let user: User
}

enum HolderRows {
    static func decode(_ body: String) throws -> User { try JSONDecoder().decode(User.self, from: Data(body.utf8)) }

    static func with(id: String, _ reading: any Reading) throws -> Holder? {
        try reading.row(
            """
            SELECT r.id, v.body FROM record r JOIN record_version v ON v.record = r.id AND v.version = r.version
            WHERE r.id = $1 AND r.kind = $2
            """, [.text(id), .text(User.kind.name)]
        ).map { Holder(id: $0.text(0), user: try decode($0.text(1))) }
    }

    static func with(signInName name: String, _ reading: any Reading) throws -> Holder? {
        try with(index: "sign-in-name", key: Naming.folded(name), reading).first
    }

    static func with(index: String, key: String, _ reading: any Reading) throws -> [Holder] {
        try reading.rows(
            """
            SELECT r.id, v.body FROM record_key k JOIN record r ON r.id = k.record
            JOIN record_version v ON v.record = r.id AND v.version = r.version
            WHERE k.kind = $1 AND k.name = $2 AND k.entry = $3 ORDER BY k.record
            """, [.text(User.kind.name), .text(index), .text(key)]
        ).map { Holder(id: $0.text(0), user: try decode($0.text(1))) }
    }

    static func exists(_ kind: RecordKind, _ id: String, _ reading: any Reading) throws -> Bool {
        try reading.row("SELECT 1 FROM record WHERE id = $1 AND kind = $2", [.text(id), .text(kind.name)]) != nil
    }
}

/// Small bodies as they were read, by their text: the same text is the same body, and every page asks for some.
final class ReadBodies<Body: Decodable & Sendable>: Sendable {
    private static var most: Int { 1000 }
    private let known = Mutex<[String: Body]>([:])

    func body(_ text: String) throws -> Body {
        if let body = known.withLock({ $0[text] }) { return body }
        let body = try JSONDecoder().decode(Body.self, from: Data(text.utf8))
        known.withLock { known in
            if known.count >= Self.most { known = [:] }
            known[text] = body
        }
        return body
    }
}

/// Single facts about the store itself.
enum FactRows {
    enum Name: String {
        /// Set only while the store is made as a sample; see `Directory.bootstrap`.
        case isSample = "sample"
        case forceName = "force-name"
        case firstAdministrator = "first-administrator"
        case firstSignIn = "first-sign-in"
    }

    static func read(_ name: Name, _ reading: any Reading) throws -> String? {
        try reading.row("SELECT content FROM account_fact WHERE name = $1", [.text(name.rawValue)])?.text(0)
    }

    /// The first content stands.
    static func keep(_ name: Name, _ content: String, _ writing: any Writing) throws {
        try writing.run(
            "INSERT INTO account_fact (name, content) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING",
            [.text(name.rawValue), .text(content)])
    }
}
