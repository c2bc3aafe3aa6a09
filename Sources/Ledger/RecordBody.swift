public import Access
public import Kernel

/// The kind of a record: its name in the store, its access class, and the number of its present shape.
public struct RecordKind: Sendable, Hashable {
    /// For example `inspection.area`. Never changed once shipped.
    public let name: String
    public let resource: ResourceClass
    /// Raised when the shape of the body changes; bodies of older numbers decode for ever.
    public let schema: Int

    public init(_ name: String, _ resource: ResourceClass, schema: Int = 1) {
        (self.name, self.resource, self.schema) = (name, resource, schema)
    }
}

/// The content of a record: a value. Who may see it follows from its kind, its owner agency and what it says of
/// whom it is about and to whom it was given.
public protocol RecordBody: Codable, Sendable, Equatable {
    static var kind: RecordKind { get }
    /// The persons it is about, each in a capacity: the law keeps victims, suspects, convicted, witnesses apart.
    var subjects: [RecordSubject] { get }
    /// What it can be listed by.
    var keys: [IndexKey] { get }
    /// Users and teams to whom it was given.
    var assignees: Set<String> { get }
    /// The user whose own it is, such as her account.
    var ownUser: String? { get }
    /// Kept to those to whom it was given.
    var isClosed: Bool { get }
    /// The agencies it is shared with at a moment, beside the one that owns it.
    func agencies(at moment: Moment) -> Set<String>
    /// What is left for somebody who sees only these classes of fields.
    func seen(_ fields: Set<FieldClass>) -> Self
    /// Raised when the same body publishes other entries; 0 where it publishes none.
    static var chronologyShape: Int { get }
    /// The dated lines it publishes about persons it is about. Pure: the same body gives the same entries for ever.
    func chronology(of source: ChronologySource) -> [ChronologyEntry]
}

extension RecordBody {
    public var subjects: [RecordSubject] { [] }
    public var keys: [IndexKey] { [] }
    public var assignees: Set<String> { [] }
    public var ownUser: String? { nil }
    public var isClosed: Bool { false }
    public func agencies(at moment: Moment) -> Set<String> { [] }
    public func seen(_ fields: Set<FieldClass>) -> Self { self }
    public static var chronologyShape: Int { 0 }
    public func chronology(of source: ChronologySource) -> [ChronologyEntry] { [] }

    /// How `actor` stands to a record of this body.
    /// - Parameter isStored: its keys are in the index; while it is being made they are only here.
    func relations(
        to actor: Actor, owner: String, record: String, isStored: Bool = true, at moment: Moment,
        _ reading: any Reading
    ) throws -> Set<Relation> {
        var relations: Set<Relation> = owner == actor.agency ? [.ownAgency] : []
        if ownUser == actor.user { relations.insert(.own) }
        if !assignees.isDisjoint(with: actor.teams.union([actor.user])) { relations.insert(.assigned) }
        guard Self.kind.resource.isPersonal else { return relations }
        if isClosed { relations.insert(.closed) }
        if agencies(at: moment).contains(actor.agency) { relations.insert(.listed) }
        let persons = Set(subjects.map(\.person) + (Self.kind == .person ? [record] : [])).sorted()
        let tags = isStored ? [] : keys.filter { $0.index == PartyIndex.tag }.map(\.key)
        return relations.union(
            try Parties(reading: reading).relations(of: actor, to: persons, tags: tags, at: moment))
    }
}

/// A person a record is about, and in what capacity.
public struct RecordSubject: Sendable, Hashable, Codable {
    public enum Capacity: String, Sendable, Codable, CaseIterable {
        case victim, suspect, convicted, witness, child, other
    }

    public let person: String
    public let capacity: Capacity

    public init(person: String, capacity: Capacity) {
        (self.person, self.capacity) = (person, capacity)
    }
}

/// One entry of an index that a kind declares. Keys sort as text; use `IndexKey.number` for counts and ranks.
public struct IndexKey: Sendable, Hashable {
    public let index: String
    public let key: String

    public init(_ index: String, _ key: String) {
        (self.index, self.key) = (index, key)
    }

    /// Digits padded to a width at which text order is number order; `number` must not be negative.
    public static func number(_ index: String, _ number: Int) -> IndexKey {
        let digits = String(max(0, number))
        return IndexKey(index, String(repeating: "0", count: max(0, 12 - digits.count)) + digits)
    }
}

extension Record {
    /// What is left for somebody who sees only these classes of fields.
    func seen(_ fields: Set<FieldClass>) -> Record {
        Record(id: id, version: version, owner: owner, body: body.seen(fields), author: author, at: at)
    }
}

/// A record as it was at one version.
public struct Record<Body: RecordBody>: Sendable, Equatable {
    public let id: Identifier<Body>
    public let version: Int
    /// The agency that brought it and owns it.
    public let owner: String
    public let body: Body
    /// Who wrote this version, and when.
    public let author: String
    public let at: Moment

    public init(id: Identifier<Body>, version: Int, owner: String, body: Body, author: String, at: Moment) {
        (self.id, self.version, self.owner, self.body, self.author, self.at) = (id, version, owner, body, author, at)
    }
}

/// Part of a list, in key order.
public struct RecordPage<Body: RecordBody>: Sendable {
    public let records: [Record<Body>]
    /// Give this to get what follows; nil at the end.
    public let next: ListPosition?
}

/// A place in a list: after this key and record.
public struct ListPosition: Sendable, Hashable {
    public let key: String
    public let record: String

    public init(key: String, record: String) {
        (self.key, self.record) = (key, record)
    }
}
