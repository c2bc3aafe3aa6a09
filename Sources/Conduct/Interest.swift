public import Access
public import Kernel
public import Ledger

/// What somebody who works here says: this is me, or this person is close to me. Records about that person then do not
/// exist for her. The names are sealed; the record holds keyed digests by which a likeness is found.
public struct Interest: SealedBody {
    public static let kind = RecordKind.interest
    public static let identity = SealedField("identity", .interest)
    public static let sealedFields = [identity]

    /// How close the person is.
    public enum Closeness: String, Sendable, Codable, CaseIterable {
        case oneself
        case partner
        case formerPartner = "former-partner"
        case child, parent, sibling
        case relative
        case friend

        public var title: String {
            switch self {
            case .oneself: "Me"
            case .partner: "My partner"
            case .formerPartner: "My former partner"
            case .child: "My child"
            case .parent: "My parent"
            case .sibling: "My brother or sister"
            case .relative: "Another relative of mine"
            case .friend: "A close friend"
            }
        }
    }

    public let user: String
    public let closeness: Closeness
    public let tags: [String]
    /// Why it no longer holds, as professional standards wrote; nil while it does.
    public private(set) var endedBecause: String?

    init(user: String, closeness: Closeness, tags: [String]) {
        (self.user, self.closeness, self.tags) = (user, closeness, tags)
    }

    public var ownUser: String? { user }

    public var keys: [IndexKey] {
        let own = IndexKey("user", user)
        guard endedBecause == nil else { return [own] }
        let kin = IndexKey(closeness == .oneself ? PartyIndex.oneself : PartyIndex.close, user)
        return [own, kin] + tags.map { IndexKey(PartyIndex.tag, $0) }
    }

    /// - Throws: `Problem.invalid` without words, `.conflict` when it ended before.
    func ended(because words: String) throws -> Interest {
        let words = words.trimmed()
        guard !words.isEmpty else {
            throw Problem.fields([.init("words", "Enter why this no longer holds")])
        }
        guard endedBecause == nil else { throw Problem(.conflict, "This was ended before.") }
        var ended = self
        ended.endedBecause = words
        return ended
    }
}

/// What professional standards say of a likeness between a person in a record and somebody named in an interest.
public struct InterestRuling: RecordBody {
    public static let kind = RecordKind.interestRuling

    public let interest: String
    public let person: String
    /// They are the same: the record stays closed to those concerned.
    public let isSame: Bool
    public let words: String

    public init(interest: String, person: String, isSame: Bool, words: String) {
        (self.interest, self.person, self.isSame, self.words) = (interest, person, isSame, words)
    }

    public var subjects: [RecordSubject] { [RecordSubject(person: person, capacity: .other)] }

    public var keys: [IndexKey] {
        let place = IndexKey("likeness", "\(interest)/\(person)")
        return isSame ? [place] : [place, PartyIndex.cleared(interest: interest, person: person)]
    }
}
