import Access
import Crypto
import Foundation
public import Kernel

/// One creation or amendment, ready to be committed with others in one transaction.
public struct Change: Sendable {
    let id: String
    let kind: RecordKind
    /// The version the writer saw; 0 for a creation.
    let expecting: Int
    let owner: String?
    let body: String
    let keys: [IndexKey]
    let subjects: [RecordSubject]
    let operation: Access.Operation
    /// What the log says of it, in identifiers.
    let about: String
    /// How she who asks stands to a body of this kind held as JSON.
    let relations:
        @Sendable (_ json: String, _ owner: String, _ isStored: Bool, Asking, any Reading) throws
            -> Set<Relation>
    /// What it publishes; nil where its kind publishes nothing.
    let chronology: (@Sendable (ChronologySource) -> [ChronologyEntry])?
    /// Values of sealed fields that are set in the same transaction.
    private(set) var sealings: [Sealed.Draft] = []
    /// What it tells another agency.
    private(set) var disclosures: [DisclosureDraft] = []

    /// The change, with a value for a sealed field of its record.
    /// - Parameter version: the version of the value that the writer saw; 0 when there was none.
    /// - Throws: `Problem.invalid` for a value that is empty or too long.
    public func sealing(_ value: Sealed.Plain, _ field: SealedField, expecting version: Int) throws -> Change {
        let draft = Sealed.Draft(value: value, field: field, expecting: version)
        try draft.check()
        var change = self
        change.sealings.append(draft)
        return change
    }

    /// The change, telling `recipient` something of another record: allowed only where that may be disclosed, and in
    /// the log as a disclosure of it.
    /// - Parameter about: for the log, in identifiers.
    public func disclosing<Body: RecordBody>(
        _ type: Body.Type, _ id: Identifier<Body>, to recipient: String, about: String
    ) -> Change {
        var change = self
        change.disclosures.append(
            DisclosureDraft(kind: Body.kind, record: id.text, recipient: recipient, about: about) { asking, reading in
                guard let current = try RecordRows.current(type, id.text, reading) else { return false }
                return try asking.decide(.disclosure, current, reading).isAllowed
            })
        return change
    }

    /// A new record, owned by `owner`.
    public static func create<Body: RecordBody>(
        _ id: Identifier<Body>, _ body: Body, owner: String
    ) throws -> Change {
        try Change(id: id, body: body, expecting: 0, owner: owner)
    }

    /// The next version of a record of which the writer saw `version`.
    public static func amend<Body: RecordBody>(
        _ id: Identifier<Body>, expecting version: Int, _ body: Body
    ) throws -> Change {
        try Change(id: id, body: body, expecting: version, owner: nil)
    }

    /// The next version of a record, into which others went: two records that are about the same thing. A right of its
    /// own, and told as a combination in the log.
    public static func combine<Body: RecordBody>(
        _ id: Identifier<Body>, expecting version: Int, _ body: Body, with others: [Identifier<Body>]
    ) throws -> Change {
        try Change(
            id: id, body: body, expecting: version, owner: nil, operation: .combination,
            about: "with \(others.map(\.text).joined(separator: " "))")
    }

    /// A record that says whether others are about the same person, new or its next version: told as a combination in the
    /// log, and the right that it takes.
    /// - Parameters:
    ///   - version: 0 for a new one.
    ///   - about: in identifiers.
    public static func combining<Body: RecordBody>(
        _ id: Identifier<Body>, expecting version: Int, _ body: Body, owner: String, about: String
    ) throws -> Change {
        try Change(
            id: id, body: body, expecting: version, owner: version == 0 ? owner : nil, operation: .combination,
            about: about)
    }

    private init<Body: RecordBody>(
        id: Identifier<Body>, body: Body, expecting: Int, owner: String?, operation: Access.Operation? = nil,
        about: String = ""
    ) throws {
        self.operation = operation ?? (expecting == 0 ? .collection : .alteration)
        self.about = about
        self.id = id.text
        kind = Body.kind
        self.expecting = expecting
        self.owner = owner
        self.body = try BodyCoding.encode(body)
        keys = body.keys
        subjects = body.subjects
        let publish: @Sendable (ChronologySource) -> [ChronologyEntry] = { body.chronology(of: $0) }
        chronology = Body.chronologyShape > 0 ? publish : nil
        relations = { json, owner, isStored, asking, reading in
            try BodyCoding.decode(Body.self, json).relations(
                to: asking.actor, owner: owner, record: id.text, isStored: isStored, at: asking.at, reading)
        }
    }
}

/// A record of which another agency is told.
struct DisclosureDraft: Sendable {
    let kind: RecordKind
    let record: String
    let recipient: String
    let about: String
    let isAllowed: @Sendable (Asking, any Reading) throws -> Bool
}

/// What a commit did to one record.
public struct Receipt: Sendable, Equatable {
    public let record: String
    public let version: Int
}

/// Somebody else changed the record after the writer read it. Nothing was written, and nothing typed is lost: all three
/// texts are here.
public struct Conflict: Error, Sendable {
    public let record: String
    /// What the writer had before her, what is stored now, and what she sent; as JSON.
    let base: String?
    let stored: String
    let sent: String
    public let storedVersion: Int
    public let storedBy: String
    public let storedAt: Moment

    /// The three bodies; `base` is nil when the version she named never existed.
    public func bodies<Body: RecordBody>(_ type: Body.Type) throws -> (base: Body?, stored: Body, sent: Body) {
        (
            try base.map { try BodyCoding.decode(type, $0) }, try BodyCoding.decode(type, stored),
            try BodyCoding.decode(type, sent)
        )
    }
}

/// Bodies as JSON text with sorted keys, and the salted digest that stands for one in the log.
enum BodyCoding {
    static func encode(_ body: some Encodable) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(body), as: UTF8.self)
    }

    static func decode<Body: Decodable>(_ type: Body.Type, _ json: String) throws -> Body {
        try JSONDecoder().decode(type, from: Data(json.utf8))
    }

    /// SHA-256 over salt, identity and body. The salt makes the digest useless for guessing an erased body.
    static func digest(salt: [UInt8], record: String, version: Int, schema: Int, body: String) -> [UInt8] {
        var hash = SHA256()
        hash.update(data: salt)
        hash.update(data: Array("\(record)\u{1F}\(version)\u{1F}\(schema)\u{1F}".utf8))
        hash.update(data: Array(body.utf8))
        return Array(hash.finalize())
    }
}
