public import Access
public import Kernel
public import Ledger
public import Linkage

extension PeopleDesk {
    /// As much of a person as somebody may see, and by what right.
    public struct Sight: Sendable {
        public let record: Record<Person>
        /// By what her agency was told; nil where she may open the record itself.
        public let disclosure: Identifier<Disclosure>?
    }

    /// A match in a queue.
    public struct MatchLine: Sendable {
        public let id: Identifier<Match>
        public let (one, other): (Sight, Sight)
        public let why: String
        /// In hundredths of bits.
        public let weight: Int
        public let waits: Bool
        public let position: MatchPosition
    }

    /// Two records side by side.
    public struct MatchView: Sendable {
        public let pair: PersonPair
        public let (one, other): (Sight, Sight)
        /// From what she sees of both.
        public let weight: MatchWeight
        /// What was compared in each part, as the two records have it, in words.
        public let compared: MatchedValues
        /// Nil while nothing is decided.
        public let record: Record<Match>?
        /// A second person must agree to a link.
        public let needsSecond: Bool
        public let position: MatchPosition?

        public var id: Identifier<Match> { pair.match }
        public var state: Match.State { record?.body.state ?? .open }
    }

    private static let looked = 50
    private static let walked = 20

    public var matchIndex: MatchIndex { MatchIndex(ledger: ledger, finder: finder) }

    /// Matches to be reviewed of which she may see both records; what matters most comes first.
    public func matches(
        after position: MatchPosition? = nil, limit: Int = 25, as actor: Actor
    ) async throws -> (lines: [MatchLine], next: MatchPosition?) {
        try await matchIndex.catchUp(most: 2)
        var (lines, place): ([MatchLine], MatchPosition?) = ([], position)
        for _ in 0..<Self.walked {
            let from = place
            let seats = try await ledger.glance {
                try MatchRows.queue(of: actor.agency, after: from, limit: Self.looked, $0)
            }
            for line in try await self.lines(seats, as: actor) {
                lines.append(line)
                if lines.count == limit { return (lines, line.position) }
            }
            place = seats.last?.position
            guard seats.count == Self.looked else { return (lines, nil) }
        }
        return (lines, place)
    }

    private func lines(_ seats: [MatchSeat], as actor: Actor) async throws -> [MatchLine] {
        let pairs = seats.compactMap { seat in seat.pair.map { (seat, $0) } }
        let sights = try await sights(of: pairs.flatMap { [$0.1.one, $0.1.other] }, shownIn: "matches", as: actor)
        let comparison = PersonComparison(model: try await finder.model())
        return pairs.compactMap { seat, pair in
            guard let one = sights[pair.one.text], let other = sights[pair.other.text] else { return nil }
            let (mine, theirs) = (one.record.body, other.record.body)
            let weight = comparison.weigh(mine.linkageValues, [theirs.linkageValues])[0]
            return MatchLine(
                id: pair.match, one: one, other: other,
                why: PersonReasons(weight: weight, asked: mine, seen: theirs, common: comparison.model.streetWords)
                    .text,
                weight: seat.weight, waits: seat.waits, position: seat.position)
        }
    }

    /// What she may see of each; those of whom she may see nothing are not there.
    func sights(
        of ids: [Identifier<Person>], shownIn name: String, as actor: Actor
    ) async throws -> [String: Sight] {
        let wanted = Set(ids.map(\.text)).sorted().compactMap { Identifier<Person>($0) }
        guard !wanted.isEmpty else { return [:] }
        var sights: [String: Sight] = [:]
        for record in try await ledger.list(Person.self, wanted, shownIn: name, as: actor) {
            sights[record.id.text] = Sight(record: record, disclosure: nil)
        }
        for id in wanted where sights[id.text] == nil { sights[id.text] = try await told(of: id, as: actor) }
        return sights
    }

    /// What her agency was told of a person and may still read, the latest.
    private func told(
        of id: Identifier<Person>, at moment: Moment? = nil, as actor: Actor
    ) async throws -> Sight? {
        let now = ledger.now
        let told = try await disclosures(of: id, as: actor).first {
            $0.body.recipient == actor.agency && $0.body.isLive(at: now)
        }
        guard let told, let quoted = try await disclosure(told.id, asKnownAt: moment, as: actor).quoted else {
            return nil
        }
        return Sight(record: quoted, disclosure: told.id)
    }

    /// Two records side by side, with what speaks for and against one person.
    /// - Throws: `Problem.absent` when there is no such match or she may not see both.
    public func match(_ id: Identifier<Match>, as actor: Actor) async throws -> MatchView {
        try await matchIndex.catchUp(most: 2)
        let record = try await ledger.list(Match.self, [id], shownIn: "match", as: actor).first
        let seat = try await ledger.glance { try MatchRows.find(id.text, of: actor.agency, $0) }
        guard let pair = record?.body.pair ?? seat?.pair,
            let (one, other) = try await both(pair, as: actor)
        else {
            let asked = Consultation(
                kind: Match.kind.name, .match, .consultation, about: "both", record: id.text)
            try await ledger.note(asked, as: actor, allowed: false)
            throw Problem.absent
        }
        let rows = (one.record.body.linkageValues, other.record.body.linkageValues)
        let model = try await finder.model()
        let weight = PersonComparison(model: model).weigh(rows.1, [rows.0])[0]
        return MatchView(
            pair: pair, one: one, other: other, weight: weight,
            compared: MatchedValues(weight, model, one: rows.0, other: rows.1), record: record,
            needsSecond: try await needsSecond(pair), position: seat?.position)
    }

    /// Her own agency's first.
    private func both(_ pair: PersonPair, as actor: Actor) async throws -> (Sight, Sight)? {
        let sights = try await sights(of: [pair.one, pair.other], shownIn: "match", as: actor)
        guard let one = sights[pair.one.text], let other = sights[pair.other.text] else { return nil }
        return one.record.owner == actor.agency || other.record.owner != actor.agency ? (one, other) : (other, one)
    }

    private func needsSecond(_ pair: PersonPair) async throws -> Bool {
        let today = LondonTime.day(of: ledger.now)
        let rules = try MatchRules.packaged(on: today)
        return try await ledger.glance { reading in
            let both = try [pair.one, pair.other].compactMap {
                try RecordUpkeep.current(Person.self, $0.text, reading)
            }
            return rules.needsSecond(both.map(\.body), isAcross: Set(both.map(\.owner)).count > 1, on: today)
        }
    }

    /// Decides on a match. Neither record changes; in the log it is a combination.
    /// - Parameter version: of the match that she saw; 0 when nothing was decided.
    /// - Throws: `Problem.invalid` without a reason; `.conflict`, `.refused`, `.absent`; `Conflict` when somebody decided
    ///   meanwhile.
    @discardableResult
    public func decide(
        _ id: Identifier<Match>, _ step: Match.Step, because reason: String, expecting version: Int, as actor: Actor
    ) async throws -> Match.State {
        let view = try await match(id, as: actor)
        let before =
            view.record?.body ?? Match(view.pair, holders: [view.one.record.owner, view.other.record.owner])
        let match = try before.deciding(
            step, because: reason, needsSecond: view.needsSecond, weight: Int((view.weight.total * 100).rounded()),
            as: actor, at: ledger.now)
        let about = "\(step.rawValue) \(view.pair.one) \(view.pair.other)"
        try await ledger.commit(
            [.combining(id, expecting: version, match, owner: actor.agency, about: about)], as: actor)
        try await matchIndex.catchUp(most: 2)
        return match.state
    }

    /// A record that a person linked with another.
    public struct Linked: Sendable {
        public let match: Record<Match>
        public let sight: Sight
    }

    /// The records linked with a person, of those that she may see.
    public func linked(with id: Identifier<Person>, as actor: Actor) async throws -> [Linked] {
        let matches = try await ledger.list(Match.self, index: "person", key: id.text, limit: 100, as: actor).records
            .filter { $0.body.state == .linked }
        let sights = try await sights(
            of: matches.map { $0.body.pair.partner(of: id) }, shownIn: "linked", as: actor)
        return matches.compactMap { match in
            sights[match.body.pair.partner(of: id).text].map { Linked(match: match, sight: $0) }
        }
    }

    /// The same as they stood at a moment; those that were not there yet are left out.
    public func linked(
        with id: Identifier<Person>, knownAt moment: Moment, as actor: Actor
    ) async throws -> [Sight] {
        var known: [Sight] = []
        for linked in try await linked(with: id, as: actor) {
            let other = linked.sight.record.id
            if linked.sight.disclosure == nil {
                let record = try? await person(other, asKnownAt: moment, as: actor)
                if let record { known.append(Sight(record: record, disclosure: nil)) }
            } else if let told = try? await told(of: other, at: moment, as: actor) {
                known.append(told)
            }
        }
        return known
    }
}
