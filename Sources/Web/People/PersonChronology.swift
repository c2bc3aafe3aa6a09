import Access
import HTTPTypes
import Kernel
import Ledger
import Pages
import People
import RiskAssessment

/// The chronology of a person, as whoever asks may see it.
enum PersonChronology {
    /// What slices add to the kinds of the room of people; on the screen and on paper alike.
    static let kinds = AssessmentDesk.chronologyKinds + CallDesk.chronologyKinds

    @Sendable static func show(_ visit: Visit) async throws -> Answer {
        let record = try await visit.site.people.person(try visit.personID(), as: visit.actor)
        let agencies = try await AgencyNames.of(visit)
        var page = page(record, agencies, visit)
        do {
            let query = try query(visit)
            page.mayPrint = record.owner == visit.actor.agency && visit.may(.disclosure, .person)
            page.moment = query.asKnownAt.map { LondonTime.inWords($0) }
            let others = try await linked(record.id, by: query.asKnownAt, visit)
            let found = try await visit.site.people.chronology(
                of: record.id, with: others, query, kinds: kinds, as: visit.actor)
            page.days = try await ChronologyWords(found.lines, agencies, visit).days()
            page.older = found.next.map { older(after: $0, record.id, visit.query) }
            return visit.show(page)
        } catch let problem as Problem where problem.code == .invalid {
            page.errors = FieldErrors(problem)
            return visit.show(page, status: .unprocessableContent)
        }
    }

    /// The same person as other agencies hold her, where a person had said so by the moment asked about.
    static func linked(
        _ id: Identifier<Person>, by moment: Moment?, _ visit: Visit
    ) async throws -> Set<Identifier<Person>> {
        guard visit.may(.consultation, .match) else { return [] }
        let linked = try await visit.site.people.linked(with: id, as: visit.actor).filter { linked in
            guard let moment, let decided = linked.match.body.decisions.last?.at else { return true }
            return decided <= moment
        }
        return Set(linked.map(\.sight.record.id))
    }

    private static func page(_ record: Record<Person>, _ agencies: AgencyNames, _ visit: Visit) -> PersonChronologyPage
    {
        var filter = PersonChronologyPage.Filter()
        (filter.agency, filter.capacity) = (visit.query["agency"], visit.query["capacity"])
        (filter.day, filter.time) = (visit.query.typedDate("at"), visit.query["time"])
        return PersonChronologyPage(
            id: record.id.text, name: PersonWords.name(record.body), filter: filter,
            agencies: [Choice("", "Every agency")] + agencies.choices(without: ""),
            capacities: [Choice("", "Everything")]
                + RecordSubject.Capacity.allCases.map { Choice($0.rawValue, $0.title) })
    }

    private static func query(_ visit: Visit) throws -> ChronologyQuery {
        var query = ChronologyQuery(after: ChronologyPosition(visit.query["after"]))
        query.agency = visit.query["agency"].isEmpty ? nil : visit.query["agency"]
        query.capacity = RecordSubject.Capacity(rawValue: visit.query["capacity"])
        guard visit.query.typedDate("at") != TypedDate() else { return query }
        let time = visit.query["time"].isEmpty ? "23:59" : visit.query["time"]
        // Today until midnight is today so far.
        let now = visit.site.ledger.now
        let isToday = visit.query.day("at") == LondonTime.day(of: now) && visit.query["time"].isEmpty
        query.asKnownAt = isToday ? now : try PersonKnowing.moment(visit.query, time, now: now)
        return query
    }

    private static func older(
        after position: ChronologyPosition, _ id: Identifier<Person>, _ query: FormValues
    ) -> WebAddress {
        var address: WebAddress = "/persons/\(id)/chronology"
        for name in ["agency", "capacity", "at-day", "at-month", "at-year", "time"] where !query[name].isEmpty {
            address = address.adding(name, query[name])
        }
        return address.adding("after", position.text)
    }
}

/// Lines of a chronology in words, by day.
struct ChronologyWords {
    let lines: [ChronologyLine]
    private let agencies: AgencyNames
    /// What lines are about, by record.
    private let names: [String: String]

    init(_ lines: [ChronologyLine], _ agencies: AgencyNames, _ visit: Visit) async throws {
        (self.lines, self.agencies) = (lines, agencies)
        let abouts = lines.compactMap(\.entry.about)
        let persons = Set(abouts.filter { $0.kind == Person.kind.name }.map(\.record)).compactMap {
            Identifier<Person>($0)
        }
        let places = Set(abouts.filter { $0.kind == Place.kind.name }.map(\.record)).compactMap {
            Identifier<Place>($0)
        }
        let foundPersons = try await visit.site.people.persons(persons, as: visit.actor)
        let foundPlaces = try await visit.site.people.places(places, as: visit.actor)
        names = Dictionary(
            foundPersons.map { ($0.id.text, PersonWords.name($0.body)) }
                + foundPlaces.map { ($0.id.text, $0.body.title) }
        ) { first, _ in first }
    }

    func days() -> [PersonChronologyPage.Day] {
        var days: [PersonChronologyPage.Day] = []
        for line in lines {
            let title = ChronologyWords.title(line.entry.when)
            if days.last?.title != title { days.append(PersonChronologyPage.Day(title: title, lines: [])) }
            days[days.count - 1].lines.append(shown(line))
        }
        return days
    }

    func shown(_ line: ChronologyLine) -> PersonChronologyPage.Line {
        let entry = line.entry
        let end = (entry.recipient.map { agencies.name($0) } ?? entry.about.flatMap { names[$0.record] }).map {
            " – \($0)"
        }
        let known =
            entry.recipient.map { "\(agencies.name(line.agency)), \(agencies.name($0))" } ?? agencies.name(line.agency)
        return PersonChronologyPage.Line(
            time: entry.when.precision == .minute
                ? String(LondonTime.stamp(entry.when.moment).dropFirst(11).prefix(5)) : "",
            words: entry.line + (end ?? ""), source: ChronologyWords.address(line),
            capacity: entry.capacity == .other ? "" : entry.capacity.title, agency: agencies.name(line.agency),
            known: "\(known), since \(LondonTime.inWords(LondonTime.day(of: line.knownSince)))")
    }

    private static func address(_ line: ChronologyLine) -> WebAddress? {
        let record = line.source.record
        switch line.source.kind {
        case Disclosure.kind.name: return "/disclosures/\(record)"
        case Occurrence.kind.name: return "/occurrences/\(record)"
        case PersonLink.kind.name:
            return line.entry.about.map {
                $0.kind == Place.kind.name ? "/places/\($0.record)" : "/persons/\($0.record)"
            }
        default: return nil
        }
    }

    static func title(_ when: ChronologyTime) -> String {
        switch when.precision {
        case .minute, .day: LondonTime.inWords(when.day)
        case .month: when.day.monthOfYear.inWords
        case .year: String(when.day.year)
        }
    }
}
