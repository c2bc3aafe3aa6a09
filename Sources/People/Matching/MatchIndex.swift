import Access
import Kernel
import Ledger
import Linkage

/// Keeps the queues of matches true by following the log: each person who was written, told of, decided on or erased since
/// the last time is looked up among all others. One server of a cluster does it at a time.
public struct MatchIndex: Sendable {
    private static let batch = 100
    private static let likeliest = 50

    let ledger: Ledger
    let finder: PersonFinder

    /// - Parameter most: how many batches at once; nil until it is done.
    /// - Returns: false when there is more to do, or another does it now.
    @discardableResult
    public func catchUp(most: Int? = nil) async throws -> Bool {
        guard try await ledger.glance({ try MatchIndex.isBehind($0) }) else { return true }
        return try await ledger.aloneOrNot("people-matches") {
            try await finder.catchUp()
            for _ in 0..<(most ?? Int.max) {
                try Task.checkCancellation()
                guard try await step() else { return true }
            }
            return false
        } ?? false
    }

    private static func isBehind(_ reading: any Reading) throws -> Bool {
        let position = try MatchRows.position(reading)
        let changes = try RecordUpkeep.changes(after: position, limit: batch, reading).changes
        // A whole batch of others' changes must be passed over too.
        return changes.count >= batch || changes.contains { isOurs($0.kind) }
    }

    private static func isOurs(_ kind: String) -> Bool {
        [Person.kind.name, Disclosure.kind.name, Match.kind.name, Occurrence.kind.name].contains(kind)
    }

    /// - Returns: false when nothing was left.
    private func step() async throws -> Bool {
        let (start, persons, through, isLast) = try await ledger.glance { reading in
            let start = try MatchRows.position(reading)
            let (changes, through) = try RecordUpkeep.changes(after: start, limit: Self.batch, reading)
            let persons = try changes.flatMap { try MatchIndex.persons(of: $0, reading) }
            return (start, Set(persons).sorted(), through, changes.count < Self.batch)
        }
        guard through > start else { return false }
        var seats: [(person: String, seats: [MatchSeat])] = []
        for person in persons { seats.append((person, try await self.seats(of: person))) }
        let found = seats
        try await ledger.upkeep { writing in
            // Somebody else may have gone further meanwhile; doing it twice does no harm, going back would.
            for (person, seats) in found {
                try MatchRows.remove(of: person, writing)
                for seat in seats { try MatchRows.put(seat, writing) }
            }
            try MatchRows.keep(position: through, writing)
        }
        return !isLast
    }

    private static func persons(of change: RecordChange, _ reading: any Reading) throws -> [String] {
        switch change.kind {
        case Person.kind.name: return [change.record]
        case Disclosure.kind.name:
            return try RecordUpkeep.current(Disclosure.self, change.record, reading).map { [$0.body.quoted.text] } ?? []
        case Match.kind.name:
            return try RecordUpkeep.current(Match.self, change.record, reading).map { [$0.body.one.text] } ?? []
        // As what they are named may put them elsewhere in the queue.
        case Occurrence.kind.name: return try RecordUpkeep.persons(of: change.record, reading)
        default: return []
        }
    }

    private func seats(of id: String) async throws -> [MatchSeat] {
        guard let person = try await ledger.glance({ try RecordUpkeep.current(Person.self, id, $0) }) else { return [] }
        let (today, now) = (LondonTime.day(of: ledger.now), ledger.now)
        let (rules, model) = (try MatchRules.packaged(on: today), try await finder.model())
        let likely = await finder.likely(
            to: id, person.body.linkageValues, from: rules.suggestFrom, limit: Self.likeliest)
        guard !likely.isEmpty else { return [] }
        return try await ledger.glance { reading in
            let seating = MatchSeating(rules: rules, comparison: PersonComparison(model: model), today: today, now: now)
            return try likely.flatMap { found in
                try RecordUpkeep.current(Person.self, found.id, reading).map { try seating.seats(person, $0, reading) }
                    ?? []
            }
        }
    }
}

/// Which agencies see a match of two persons in their queues, and where.
struct MatchSeating {
    private static let (last, mostBits) = (1_000_000, 40.0)

    let rules: MatchRules
    let comparison: PersonComparison
    let today: Day
    let now: Moment

    func seats(_ first: Record<Person>, _ second: Record<Person>, _ reading: any Reading) throws -> [MatchSeat] {
        let pair = PersonPair(first.id, second.id)
        let (one, other) = first.id == pair.one ? (first, second) : (second, first)
        let match = try RecordUpkeep.current(Match.self, pair.match.text, reading)?.body
        guard [.linked, .never].contains(match?.state) == false, try !isNeverAgain(one, other, reading) else {
            return []
        }
        let views = (try views(of: one, reading), try views(of: other, reading))
        return try Set(views.0.keys).intersection(views.1.keys).sorted().compactMap { agency in
            guard let mine = views.0[agency], let theirs = views.1[agency] else { return nil }
            let weight = comparison.weigh(mine.linkageValues, [theirs.linkageValues])[0].total
            guard weight >= rules.suggestFrom, comesAgain(match, weight) else { return nil }
            return MatchSeat(
                agency: agency, match: pair.match.text, one: one.id.text, other: other.id.text,
                place: place(
                    [mine, theirs], try MatchCapacities.of([one, other], for: agency, reading),
                    isAcross: one.owner != other.owner, weight),
                weight: Int((weight * 100).rounded()), waits: match?.state == .waiting)
        }
    }

    /// What each agency sees of a person: its own record, or what it was told and may still read.
    private func views(of person: Record<Person>, _ reading: any Reading) throws -> [String: Person] {
        var views: [String: Person] = [:]
        let told = try RecordUpkeep.records(Disclosure.self, index: "person", key: person.id.text, reading)
        for disclosure in told.map(\.body) where disclosure.isLive(at: now) {
            let quoted = try RecordUpkeep.version(
                Person.self, disclosure.quoted.text, number: disclosure.quotedVersion, reading)
            if let quoted { views[disclosure.recipient] = quoted.body.seen(disclosure.quotedFields) }
        }
        views[person.owner] = person.body
        return views
    }

    /// Once refused or taken back, it comes again only when much more speaks for it.
    private func comesAgain(_ match: Match?, _ weight: Double) -> Bool {
        guard let match, [.refused, .unlinked].contains(match.state), let last = match.decisions.last else {
            return true
        }
        return weight * 100 >= Double(last.weight) + rules.againAfter * 100
    }

    /// “Never” holds for the person, not for the row of one file: a record of the same agency with the same names, date
    /// of birth and numbers, brought in anew, is silent too.
    private func isNeverAgain(_ one: Record<Person>, _ other: Record<Person>, _ reading: any Reading) throws -> Bool {
        for (person, twin) in [(one, other), (other, one)] {
            let never = try RecordUpkeep.records(Match.self, index: "never", key: person.id.text, reading)
            for match in never {
                let known = match.body.pair.partner(of: person.id)
                let record = try RecordUpkeep.current(Person.self, known.text, reading)
                if let record, record.owner == twin.owner, record.body.isWritten(as: twin.body) { return true }
            }
        }
        return false
    }

    private func place(
        _ persons: [Person], _ capacities: Set<RecordSubject.Capacity>, isAcross: Bool, _ weight: Double
    ) -> Int {
        var bits = min(weight, Self.mostBits)
        if capacities.contains(.victim) { bits += Double(rules.victim) }
        if !capacities.isDisjoint(with: [.suspect, .convicted]) { bits += Double(rules.suspect) }
        if persons.contains(where: { !$0.warnings.isEmpty }) { bits += Double(rules.warning) }
        let isChild = capacities.contains(.child) || persons.contains { rules.isChild($0, on: today) }
        if isChild { bits += Double(rules.child) }
        if isAcross { bits += Double(rules.across) }
        return Self.last - Int((bits * 1_000).rounded())
    }
}

/// As what two persons are known to an agency: where its own occurrences name them now, and as what a partner shared
/// those it holds. An occurrence that names a kept person counts for nothing: the order of a queue would tell of it.
enum MatchCapacities {
    static func of(
        _ persons: [Record<Person>], for agency: String, _ reading: any Reading
    ) throws -> Set<RecordSubject.Capacity> {
        var capacities = Set(persons.filter { $0.owner == agency }.compactMap(\.body.source?.capacity))
        for person in persons {
            let named = try RecordUpkeep.records(Occurrence.self, index: "person", key: person.id.text, reading)
            for occurrence in named where try occurrence.owner == agency && isOpen(occurrence.body, reading) {
                let parts = occurrence.body.involved.filter { $0.person == person.id && $0.until == nil }
                capacities.formUnion(parts.map(\.capacity))
            }
        }
        return capacities
    }

    private static func isOpen(_ occurrence: Occurrence, _ reading: any Reading) throws -> Bool {
        try !Set(occurrence.involved.map(\.person.text)).contains { person in
            try RecordUpkeep.current(Person.self, person, reading)?.body.isKept ?? false
        }
    }
}

extension MatchRules {
    func isChild(_ person: Person, on day: Day) -> Bool {
        guard let born = person.born, let year = born.year else { return false }
        let age = day.year - year
        let isBefore = (day.month, day.day) < (born.month ?? 1, born.dayOfMonth ?? 1)
        return age - (isBefore ? 1 : 0) < childUnder
    }

    /// Whether a second person must agree to link these two.
    func needsSecond(_ persons: [Person], isAcross: Bool, on day: Day) -> Bool {
        if secondPerson.contains(.kept), persons.contains(where: \.isKept) { return true }
        return secondPerson.contains(.childAcross) && isAcross && persons.contains { isChild($0, on: day) }
    }
}

extension Person {
    fileprivate func isWritten(as other: Person) -> Bool {
        Set(names.flatMap(\.words)) == Set(other.names.flatMap(\.words)) && born == other.born
            && Set(identifiers) == Set(other.identifiers)
    }
}
