public import Access
import Instruments
public import Kernel
public import Ledger
public import People

/// What the house holds of the people of an occurrence before somebody goes there or asks: of that, what she may see.
public struct KnownBefore: Sendable {
    /// How far back occurrences are shown.
    public let months: Int
    public let persons: [Record<Person>]
    /// The newest first.
    public let earlier: [Record<Occurrence>]
    /// How many are older than that.
    public let older: Int
    /// Of these people, the newest first.
    public let assessments: [Record<Assessment>]
    public let calls: [Record<ReportedCall>]
    /// In force by what was written down at calls about these people, with the call.
    public let orders: [(order: KnownOrder, call: Identifier<ReportedCall>)]
    /// When somebody last looked for orders and wrote down what she found; nil where nobody did.
    public let ordersLooked: Moment?
    /// Of whom it is sealed how they may be reached: a codeword may be there. What it is nobody reads here.
    public let sealed: Set<Identifier<Person>>
    public let children: [Record<Person>]

    public struct LastGrade: Sendable {
        public let label: String
        public let at: Moment
    }

    /// The newest of a call or an assessment that was sent.
    public var lastGrade: LastGrade? {
        let assessed = assessments.compactMap { record in
            record.body.lastSent.flatMap { sent in
                record.body.grading.map { LastGrade(label: $0.label, at: sent.at) }
            }
        }
        let called = calls.compactMap { $0.body.thrive.map { LastGrade(label: $0.label, at: $0.at) } }
        return (assessed + called).max { $0.at < $1.at }
    }
}

extension CallDesk {
    /// - Parameters:
    ///   - occurrence: the one that is dealt with: it is no earlier one.
    ///   - place: where it is, for the children who live there.
    ///   - maySeal: she could see what is sealed, with a reason.
    public func known(
        of ids: [Identifier<Person>], before occurrence: Identifier<Occurrence>, at place: Identifier<Place>?,
        maySeal: Bool, as actor: Actor
    ) async throws -> KnownBefore {
        let persons = try await people.persons(ids, as: actor)
        let today = LondonTime.day(of: ledger.now)
        let months = (try? CallWords.bundled())?.historyMonths(on: today) ?? 24
        let all = try await occurrences(of: persons, as: actor).filter { $0.id != occurrence }
        let start = today.monthOfYear.adding(months: -months).firstDay
        let earlier = all.filter { KnownBefore.isSince(start, $0.body.from) }
        let calls = try await calls(of: persons, as: actor)
        let written = calls.flatMap { call in call.body.orders.map { (order: $0, call: call.id) } }
        return KnownBefore(
            months: months, persons: persons, earlier: earlier, older: all.count - earlier.count,
            assessments: try await assessed(persons, as: actor).filter { $0.body.occurrence != occurrence },
            calls: calls.filter { $0.body.occurrence != occurrence },
            orders: written.filter { $0.order.isInForce(on: today) },
            ordersLooked: written.map(\.order.at).max(),
            sealed: maySeal ? try await sealed(persons, as: actor) : [],
            children: try await children(persons, all, occurrence, place, today, as: actor))
    }

    private func occurrences(
        of persons: [Record<Person>], as actor: Actor
    ) async throws -> [Record<Occurrence>] {
        var found: [Record<Occurrence>] = []
        for person in persons {
            for record in try await people.occurrences(of: person.id, as: actor)
            where !found.contains(where: { $0.id == record.id }) {
                found.append(record)
            }
        }
        let key = { (date: PartialDate) in [date.year ?? 0, date.month ?? 0, date.dayOfMonth ?? 0] }
        return found.sorted { key($1.body.from).lexicographicallyPrecedes(key($0.body.from)) }
    }

    private func assessed(_ persons: [Record<Person>], as actor: Actor) async throws -> [Record<Assessment>] {
        var found: [Record<Assessment>] = []
        for person in persons { found += try await assessments.about(victim: person.id, as: actor) }
        return found.sorted { $0.body.reportedAt > $1.body.reportedAt }
    }

    private func calls(of persons: [Record<Person>], as actor: Actor) async throws -> [Record<ReportedCall>] {
        var found: [String: Record<ReportedCall>] = [:]
        for person in persons {
            for record in try await about(person: person.id, as: actor) { found[record.id.text] = record }
        }
        return found.values.sorted { $0.body.reportedAt > $1.body.reportedAt }
    }

    private func sealed(_ persons: [Record<Person>], as actor: Actor) async throws -> Set<Identifier<Person>> {
        var found: Set<Identifier<Person>> = []
        for person in persons {
            let mask = try await present { try await people.mask(Person.safeContact, of: person.id, as: actor) }
            if mask != nil, mask != .some(nil) { found.insert(person.id) }
        }
        return found
    }

    /// Those named as a child, children of these people, and whoever under 18 lives at the place.
    private func children(
        _ persons: [Record<Person>], _ earlier: [Record<Occurrence>], _ occurrence: Identifier<Occurrence>,
        _ place: Identifier<Place>?, _ today: Day, as actor: Actor
    ) async throws -> [Record<Person>] {
        let now = try await present { try await people.record(occurrence, as: actor) }
        var named = Set(
            (earlier + [now].compactMap(\.self)).flatMap(\.body.involved).filter { $0.capacity == .child }
                .map(\.person))
        for person in persons {
            for link in try await people.links(of: person.id, as: actor)
            where link.record.body.relation == KnownBefore.parent && link.record.body.person == person.id {
                if let child = link.record.body.other, link.record.body.until == nil { named.insert(child) }
            }
        }
        var living: Set<Identifier<Person>> = []
        if let place {
            living = Set(
                try await people.links(to: place, as: actor).map(\.record.body)
                    .filter { $0.relation == KnownBefore.lives && $0.until == nil }.map(\.person))
        }
        let found = try await people.persons(named.union(living).sorted { $0.text < $1.text }, as: actor)
        return found.filter { record in
            let isYoung = record.body.born.flatMap { KnownBefore.isUnder18($0, on: today) }
            return isYoung ?? named.contains(record.id)
        }
    }
}

extension KnownBefore {
    /// Codes of `PeopleKinds`.
    static let parent = "parent", lives = "lives"

    static func isSince(_ start: Day, _ date: PartialDate) -> Bool {
        if let day = date.day { return day >= start }
        guard let year = date.year else { return true }
        return (year, date.month ?? 12) >= (start.year, start.month)
    }

    /// Nil where the year is not known.
    static func isUnder18(_ born: PartialDate, on day: Day) -> Bool? {
        guard let year = born.year else { return nil }
        return (year + 18, born.month ?? 12, born.dayOfMonth ?? 31) > (day.year, day.month, day.day)
    }
}
