import Access
import Kernel

extension RecordKind {
    /// A person as one agency holds her. Named here because access to whatever is about her depends on her.
    public static let person = RecordKind("people.person", .person, schema: 2)
    /// What somebody who works here says of herself and of those close to her.
    public static let interest = RecordKind("conduct.interest", .interest)
    /// Whether a likeness between a party and somebody who works here is one.
    public static let interestRuling = RecordKind("conduct.interest-ruling", .interestRuling)
    /// Access taken in an emergency.
    public static let glass = RecordKind("conduct.glass", .glass)
    public static let user = RecordKind("account.user", .account)
}

/// Index entries that rooms above write and by which the ledger finds who has a part in what, in the transaction that
/// decides.
public enum PartyIndex {
    /// Of persons and of interests: keyed digests of who somebody is; see `Ledger.tags`.
    public static let tag = "party-tag"
    /// Of an interest: the user who says that it is herself.
    public static let oneself = "party-self"
    /// Of an interest: the user to whom the person is close.
    public static let close = "party-close"
    /// Of a person: a user or team to whom she was given.
    public static let given = "party-given"
    /// Of a person who is kept to those to whom she was given.
    public static let kept = "party-kept"
    /// Of a user: who manages her.
    public static let manager = "manager"
    /// Of a ruling: an interest and a person who are not the same after all.
    public static let cleared = "party-cleared"
    /// Of a glass: user, person and when it closes.
    public static let opened = "party-opened"

    public static func cleared(interest: String, person: String) -> IndexKey {
        IndexKey(cleared, "\(interest)/\(person)")
    }

    public static func opened(user: String, person: String, until: Moment) -> IndexKey {
        IndexKey(opened, "\(user)/\(person)/\(stamp(until))")
    }

    /// Of equal length, so that text order is time order.
    static func stamp(_ moment: Moment) -> String {
        IndexKey.number("", Int(max(0, moment.milliseconds / 1000))).key
    }
}

/// Somebody who works here and is, or is close to, a person that a record is about.
public struct Likeness: Sendable, Hashable {
    public let interest: String
    public let person: String
    public let user: String
    /// It is herself, and not somebody close to her.
    public let isOneself: Bool
}

/// Who has a part in what: facts asked in the transaction that decides.
struct Parties {
    let reading: any Reading

    /// How `actor` stands to the persons a thing is about.
    /// - Parameter tags: those the thing itself brings, while it is not stored yet.
    func relations(of actor: Actor, to persons: [String], tags: [String] = [], at moment: Moment) throws
        -> Set<Relation>
    {
        var relations: Set<Relation> = []
        let alike = try persons.flatMap { try likenesses($0) } + tags.flatMap { try likenesses(tag: $0) }
        if try alike.contains(where: { try concerns($0, actor) }) { relations.insert(.conflicted) }
        if try persons.contains(where: { try isOpened($0, by: actor, at: moment) }) { relations.insert(.opened) }
        if try persons.contains(where: { try isGiven($0, to: actor) }) { relations.insert(.assigned) }
        if try persons.contains(where: isKept) { relations.insert(.closed) }
        return relations
    }

    /// Interests that name the person, without those that somebody ruled out.
    func likenesses(_ person: String) throws -> [Likeness] {
        try reading.rows(
            """
            SELECT i.record, u.entry, u.name FROM record_key t
            JOIN record_key i ON i.kind = $2 AND i.name = $3 AND i.entry = t.entry
            JOIN record_key u ON u.record = i.record AND u.name IN ($4, $5)
            WHERE t.record = $1 AND t.name = $3
            """,
            [
                .text(person), .text(RecordKind.interest.name), .text(PartyIndex.tag), .text(PartyIndex.oneself),
                .text(PartyIndex.close),
            ]
        ).map { Likeness(interest: $0.text(0), person: person, user: $0.text(1), isOneself: isOneself($0.text(2))) }
            .filter { try !isCleared($0) }
    }

    private func likenesses(tag: String) throws -> [Likeness] {
        try reading.rows(
            """
            SELECT i.record, u.entry, u.name FROM record_key i
            JOIN record_key u ON u.record = i.record AND u.name IN ($4, $5)
            WHERE i.kind = $2 AND i.name = $3 AND i.entry = $1
            """,
            [
                .text(tag), .text(RecordKind.interest.name), .text(PartyIndex.tag), .text(PartyIndex.oneself),
                .text(PartyIndex.close),
            ]
        ).map { Likeness(interest: $0.text(0), person: "", user: $0.text(1), isOneself: isOneself($0.text(2))) }
    }

    private func isOneself(_ name: String) -> Bool { name == PartyIndex.oneself }

    private func isCleared(_ likeness: Likeness) throws -> Bool {
        let key = PartyIndex.cleared(interest: likeness.interest, person: likeness.person)
        return try has(RecordKind.interestRuling, key)
    }

    /// Whether a likeness keeps the thing from `actor`: it is she or somebody close to her; or, where it is one of those
    /// who work here, her line manager, somebody she manages, or any colleague while she is an administrator.
    func concerns(_ likeness: Likeness, _ actor: Actor) throws -> Bool {
        if likeness.user == actor.user { return true }
        guard likeness.isOneself else { return false }
        return try actor.roles.contains(.administrator) || isManaged(likeness.user, by: actor.user)
            || isManaged(actor.user, by: likeness.user)
    }

    func isManaged(_ user: String, by manager: String) throws -> Bool {
        try reading.row(
            "SELECT 1 FROM record_key WHERE kind = $1 AND name = $2 AND entry = $3 AND record = $4",
            [.text(RecordKind.user.name), .text(PartyIndex.manager), .text(manager), .text(user)]) != nil
    }

    private func isGiven(_ person: String, to actor: Actor) throws -> Bool {
        let rows = try reading.rows(
            "SELECT entry FROM record_key WHERE record = $1 AND name = $2",
            [.text(person), .text(PartyIndex.given)])
        return rows.contains { $0.text(0) == actor.user || actor.teams.contains($0.text(0)) }
    }

    private func isKept(_ person: String) throws -> Bool {
        try reading.row(
            "SELECT 1 FROM record_key WHERE record = $1 AND name = $2 LIMIT 1",
            [.text(person), .text(PartyIndex.kept)]) != nil
    }

    private func isOpened(_ person: String, by actor: Actor, at moment: Moment) throws -> Bool {
        let start = "\(actor.user)/\(person)/"
        return try reading.row(
            "SELECT 1 FROM record_key WHERE kind = $1 AND name = $2 AND entry > $3 AND entry < $4 LIMIT 1",
            [
                .text(RecordKind.glass.name), .text(PartyIndex.opened), .text(start + PartyIndex.stamp(moment)),
                .text(start + "~"),
            ]) != nil
    }

    private func has(_ kind: RecordKind, _ key: IndexKey) throws -> Bool {
        try reading.row(
            "SELECT 1 FROM record_key WHERE kind = $1 AND name = $2 AND entry = $3 LIMIT 1",
            [.text(kind.name), .text(key.index), .text(key.key)]) != nil
    }

    /// Records that do not exist for `actor` because of who she is, for what is read past the gateway's own decisions:
    /// the log.
    func hidden(from actor: Actor) throws -> Set<String> {
        let persons = try persons().filter { person in
            try likenesses(person).contains { try concerns($0, actor) }
        }
        var hidden = persons
        for person in persons {
            hidden.formUnion(
                try reading.rows("SELECT record FROM record_subject WHERE person = $1", [.text(person)])
                    .map { $0.text(0) })
        }
        return hidden
    }

    /// Persons like anybody who works here or is close to one: few, because few are.
    func persons() throws -> Set<String> {
        let rows = try reading.rows(
            """
            SELECT t.record FROM record_key i
            JOIN record_key t ON t.kind = $2 AND t.name = $3 AND t.entry = i.entry
            WHERE i.kind = $1 AND i.name = $3
            """, [.text(RecordKind.interest.name), .text(RecordKind.person.name), .text(PartyIndex.tag)])
        return Set(rows.map { $0.text(0) })
    }

    func owner(of record: String) throws -> String? {
        try reading.row("SELECT owner FROM record WHERE id = $1", [.text(record)])?.text(0)
    }

    func persons(tagged tags: [String]) throws -> [String] {
        let rows = try tags.flatMap { tag in
            try reading.rows(
                "SELECT record FROM record_key WHERE kind = $1 AND name = $2 AND entry = $3",
                [.text(RecordKind.person.name), .text(PartyIndex.tag), .text(tag)])
        }
        return Set(rows.map { $0.text(0) }).sorted()
    }
}
