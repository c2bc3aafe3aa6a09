import Access
import HTTPTypes
import Kernel
import Ledger
import Pages
import People

/// Whom and what a person has to do with.
enum PersonLinking {
    static let routes: [Route] = [
        .get("/persons/:id/chronology", .signedIn(.consultation, .person, PersonChronology.show)),
        .get("/persons/:id/links", .signedIn(.consultation, .occurrence, show)),
        .post("/persons/:id/links", .signedIn(.collection, .occurrence, add)),
        .post("/persons/:id/links/end", .signedIn(.alteration, .occurrence, end)),
    ]

    @Sendable private static func show(_ visit: Visit) async throws -> Answer {
        visit.show(try await page(try await person(visit), visit))
    }

    @Sendable private static func add(_ visit: Visit) async throws -> Answer {
        let (form, record) = (try await visit.form(), try await person(visit))
        guard record.owner == visit.actor.agency else { throw Problem.absent }
        var page = try await page(record, visit)
        page.fields = PersonLinksPage.Fields(form)
        do {
            let (isPlace, code) = try relation(page.fields.relation)
            guard !page.fields.end.isEmpty else {
                page.found = try await choices(page.fields.to, isPlace, record.id, visit)
                return visit.show(page)
            }
            let (from, until) = (try day(form, "link-from"), try day(form, "link-until"))
            _ = try await visit.site.people.link(
                record.id, code, to: try linkEnd(page.fields.end, isPlace), from: from, until: until, as: visit.actor)
            return .redirect("/persons/\(record.id)/links", .added)
        } catch let problem as Problem where problem.code == .invalid {
            page.errors = FieldErrors(problem)
            if !page.fields.end.isEmpty { page.found = [Choice(page.fields.end, "The one you chose")] }
            return visit.show(page, status: .unprocessableContent)
        }
    }

    @Sendable private static func end(_ visit: Visit) async throws -> Answer {
        let (form, record) = (try await visit.form(), try await person(visit))
        guard let link = Identifier<PersonLink>(form["link"]) else { throw Problem.absent }
        do { try await visit.site.people.endLink(link, as: visit.actor) } catch let problem as Problem
            where problem.code == .conflict
        {
            return .redirect("/persons/\(record.id)/links")
        }
        return .redirect("/persons/\(record.id)/links", .ended)
    }

    private static func person(_ visit: Visit) async throws -> Record<Person> {
        try await visit.site.people.person(try visit.personID(), as: visit.actor)
    }

    // MARK: What was typed

    /// `place:lives` or `person:parent`.
    private static func relation(_ text: String) throws -> (isPlace: Bool, code: String) {
        let parts = text.split(separator: ":", maxSplits: 1).map(String.init)
        guard parts.count == 2 else { throw Problem.fields([.init("relation", "Choose how they are linked")]) }
        return (parts[0] == "place", parts[1])
    }

    private static func linkEnd(_ text: String, _ isPlace: Bool) throws -> PeopleDesk.LinkEnd {
        if isPlace, let id = Identifier<Place>(text) { return .place(id) }
        guard !isPlace, let id = Identifier<Person>(text) else { throw Problem.absent }
        return .person(id)
    }

    private static func day(_ form: FormValues, _ name: String) throws -> Day? {
        guard form.typedDate(name) != TypedDate() else { return nil }
        guard let day = form.day(name) else {
            throw Problem.fields([.init(name, "Enter a real date, such as 31 3 2026")])
        }
        return day
    }

    private static func choices(
        _ typed: String, _ isPlace: Bool, _ person: Identifier<Person>, _ visit: Visit
    ) async throws -> [Choice] {
        guard isPlace else {
            return try await PersonChoices.of(typed, field: "to", visit).filter { $0.value != person.text }
        }
        let found = try await visit.site.people.places(matching: typed, as: visit.actor)
        guard !found.isEmpty else {
            throw Problem.fields([.init("to", "No such place is held. Check the spelling, or add the place first.")])
        }
        return found.prefix(20).map { Choice($0.id.text, $0.body.title) }
    }

    // MARK: What is shown

    private static func page(_ record: Record<Person>, _ visit: Visit) async throws -> PersonLinksPage {
        let links = try await visit.site.people.links(of: record.id, as: visit.actor)
        let occurrences = try await visit.site.people.occurrences(of: record.id, as: visit.actor)
        let mayChange = record.owner == visit.actor.agency && visit.may(.collection, .occurrence)
        return PersonLinksPage(
            id: record.id.text, name: PersonWords.name(record.body),
            lines: links.map { line($0, of: record.id, isOwn: $0.record.owner == visit.actor.agency) },
            parts: occurrences.flatMap { parts($0, of: record.id) }, relations: try relations(visit),
            mayChange: mayChange)
    }

    private static func line(
        _ link: PeopleDesk.ShownLink, of person: Identifier<Person>, isOwn: Bool
    ) -> PersonLinksPage.Line {
        let address: WebAddress =
            switch link.end {
            case .place(let id): "/places/\(id)"
            case .person(let id): "/persons/\(id)"
            }
        return PersonLinksPage.Line(
            id: link.record.id.text, how: link.record.body.title(from: person.text), name: link.name, address: address,
            dates: dates(link.record.body), isOpen: isOwn && link.record.body.until == nil)
    }

    private static func parts(_ record: Record<Occurrence>, of person: Identifier<Person>) -> [PersonLinksPage.Part] {
        record.body.involved.filter { $0.person == person }.map { part in
            PersonLinksPage.Part(
                occurrence: record.id.text, title: record.body.title, when: OccurrenceWords.when(record.body),
                capacity: part.capacity.title, until: part.until.map { LondonTime.inWords($0) } ?? "")
        }
    }

    static func dates(_ link: PersonLink) -> String {
        let from = link.from.map { "From \(LondonTime.inWords($0))" }
        let until = link.until.map { "until \(LondonTime.inWords($0))" }
        return [from, until].compactMap { $0 }.joined(separator: " ")
    }

    private static func relations(_ visit: Visit) throws -> [Choice] {
        let (kinds, today) = (try PeopleKinds.bundled(), LondonTime.day(of: visit.site.ledger.now))
        return [Choice("", "Choose one")]
            + kinds.personLinks.holding(on: today).map { Choice("person:\($0.code)", $0.title) }
            + kinds.placeLinks.holding(on: today).map { Choice("place:\($0.code)", $0.title) }
    }
}

extension PersonLinksPage.Fields {
    init(_ form: FormValues) {
        self.init()
        (to, relation, end) = (form["to"], form["relation"], form["end"])
        (from, until) = (form.typedDate("link-from"), form.typedDate("link-until"))
    }
}
