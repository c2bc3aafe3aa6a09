public import Access
public import Kernel
public import Ledger

/// Interests said, and what professional standards make of likenesses.
public struct InterestDesk: Sendable {
    let ledger: Ledger

    public init(ledger: Ledger) { self.ledger = ledger }

    /// What a person enters of herself or of somebody close to her.
    public struct Entry: Sendable {
        public var closeness: Interest.Closeness?
        public var identity: PartyIdentity
        /// Other family names, such as one before marriage.
        public var otherNames: [String]

        public init(closeness: Interest.Closeness?, identity: PartyIdentity, otherNames: [String] = []) {
            (self.closeness, self.identity, self.otherNames) = (closeness, identity, otherNames)
        }

        func checked() throws -> (Interest.Closeness, [PartyIdentity]) {
            var faults: [Problem.Field] = []
            if closeness == nil { faults.append(.init("closeness", "Choose who this is")) }
            if identity.given.trimmed().isEmpty { faults.append(.init("given", "Enter the first name")) }
            if identity.family.trimmed().isEmpty { faults.append(.init("family", "Enter the family name")) }
            if identity.born == nil { faults.append(.init("born", "Enter the date of birth, such as 31 3 1987")) }
            guard faults.isEmpty, let closeness else { throw Problem.fields(faults) }
            let others = otherNames.filter { !$0.trimmed().isEmpty }.map {
                PartyIdentity(given: identity.given, family: $0, born: identity.born)
            }
            return (closeness, [identity] + others)
        }

        /// As it is sealed, for whoever must tell whether a likeness is one.
        var words: String {
            let names = ([identity.family] + otherNames).map { $0.trimmed() }.filter { !$0.isEmpty }
            let born = identity.born.map { ", born \(LondonTime.inWords($0))" } ?? ""
            let phones = identity.phones.filter { !$0.isEmpty }.map { ", \($0)" }.joined()
            return "\(identity.given.trimmed()) \(names.joined(separator: ", also "))\(born)\(phones)"
        }
    }

    /// - Throws: `Problem.invalid` with field errors.
    @discardableResult
    public func say(_ entry: Entry, as actor: Actor) async throws -> Identifier<Interest> {
        let (closeness, identities) = try entry.checked()
        let id = ledger.newIdentifier(Interest.self)
        let interest = Interest(user: actor.user, closeness: closeness, tags: try await ledger.tags(of: identities))
        let change = try Change.create(id, interest, owner: actor.agency)
            .sealing(Sealed.Plain(entry.words), Interest.identity, expecting: 0)
        try await ledger.commit([change], as: actor)
        return id
    }

    /// Her own, newest first.
    public func mine(as actor: Actor) async throws -> [Record<Interest>] {
        try await ledger.list(Interest.self, index: "user", key: actor.user, limit: 100, as: actor).records.reversed()
    }

    // MARK: The compartment

    /// A likeness with what was said of it.
    public struct Case: Sendable {
        public let likeness: Likeness
        public let closeness: Interest.Closeness?
        public let ruling: Record<InterestRuling>?
    }

    /// What professional standards are told, the undecided first.
    public func cases(as actor: Actor) async throws -> [Case] {
        var cases: [Case] = []
        for likeness in try await ledger.likenesses(as: actor) {
            let interest = try await interest(likeness.interest, as: actor)
            let place = "\(likeness.interest)/\(likeness.person)"
            let rulings = try await ledger.list(InterestRuling.self, index: "likeness", key: place, as: actor).records
            cases.append(Case(likeness: likeness, closeness: interest?.body.closeness, ruling: rulings.last))
        }
        return cases.filter { $0.ruling == nil } + cases.filter { $0.ruling != nil }
    }

    private func interest(_ id: String, as actor: Actor) async throws -> Record<Interest>? {
        guard let id = Identifier<Interest>(id) else { return nil }
        return try await ledger.read(Interest.self, id, as: actor)
    }

    /// Says whether they are the same. Not by whoever is a party, nor by her who said the interest.
    /// - Throws: `Problem.invalid` without words, `.absent`.
    public func rule(
        interest id: Identifier<Interest>, person: String, isSame: Bool?, words: String, as actor: Actor
    ) async throws {
        guard try await ledger.likenesses(as: actor).contains(where: { $0.interest == id.text && $0.person == person })
        else { throw Problem.absent }
        var faults: [Problem.Field] = []
        if isSame == nil { faults.append(.init("same", "Say whether they are the same person")) }
        if words.trimmed().isEmpty { faults.append(.init("words", "Enter how you know")) }
        guard faults.isEmpty, let isSame else { throw Problem.fields(faults) }
        let ruling = InterestRuling(interest: id.text, person: person, isSame: isSame, words: words.trimmed())
        try await ledger.commit(
            [.create(ledger.newIdentifier(InterestRuling.self), ruling, owner: actor.agency)], as: actor)
    }

    /// The names behind an interest, with a reason for the log.
    public func reveal(
        _ id: Identifier<Interest>, because reason: RevealReason, as actor: Actor
    ) async throws -> Sealed.Plain {
        try await ledger.reveal(Interest.identity, of: id, because: reason, as: actor)
    }

    /// - Throws: `Problem.invalid`, `.conflict`, `.absent`; `Conflict`.
    public func end(_ id: Identifier<Interest>, because words: String, as actor: Actor) async throws {
        let record = try await ledger.read(Interest.self, id, as: actor)
        guard record.body.user != actor.user else { throw Problem.absent }
        try await ledger.commit(
            [.amend(id, expecting: record.version, record.body.ended(because: words))], as: actor)
    }
}
