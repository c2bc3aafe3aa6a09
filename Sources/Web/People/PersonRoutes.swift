import Access
import HTTPTypes
import Kernel
import Ledger
import Pages
import People

/// Persons: finding, adding, changing, and what was known when.
enum PersonRoutes {
    static let all: [Route] = [
        .get("/persons", .signedIn(.consultation, .person, list)),
        .get("/persons/new", .signedIn(.collection, .person, PersonKeeping.new)),
        .post("/persons", .signedIn(.collection, .person, PersonKeeping.create)),
        .get("/persons/:id", .signedIn(.consultation, .person, show)),
        .post("/persons/:id", .signedIn(.alteration, .person, PersonKeeping.save)),
        .get("/persons/:id/change", .signedIn(.alteration, .person, PersonKeeping.form)),
        .get("/persons/:id/history", .signedIn(.consultation, .person, history)),
        .get("/persons/:id/known", .signedIn(.consultation, .person, PersonKnowing.show)),
        .get("/persons/:id/sealed/:field", .signedIn(.consultation, .safeContact, PersonSealing.reasons)),
        .post("/persons/:id/sealed/:field", .signedIn(.consultation, .safeContact, PersonSealing.reveal)),
        .get("/persons/:id/sealed/:field/change", .signedIn(.alteration, .safeContact, PersonSealing.form)),
        .post("/persons/:id/sealed/:field/change", .signedIn(.alteration, .safeContact, PersonSealing.save)),
        .get("/persons/:id/tell", .signedIn(.disclosure, .person, DisclosureRoutes.form)),
        .post("/persons/:id/tell", .signedIn(.disclosure, .person, DisclosureRoutes.tell)),
    ]

    @Sendable private static func list(_ visit: Visit) async throws -> Answer {
        let (name, typed) = (visit.query["name"], visit.query.typedDate("born"))
        var page = PersonListPage(
            name: name, born: typed, place: visit.query["place"], mayAdd: visit.may(.collection, .person),
            mayBreakGlass: visit.may(.collection, .glass))
        page.mayMatch = visit.may(.combination, .match)
        page.seesPartnersData = visit.may(.consultation, .sharing)
        page.seesOccurrences = visit.may(.consultation, .occurrence)
        guard visit.query.has("name") else { return visit.show(page) }
        let born = visit.query.day("born")
        do {
            guard born != nil || typed == TypedDate() else {
                throw Problem.fields([.init("born", "Enter a real date, such as 31 3 1987")])
            }
            let found = try await visit.site.people.find(name: name, born: born, place: page.place, as: visit.actor)
            page.isFilling = await !visit.site.people.isFinding()
            page.found = try await PersonLines(visit).lines(found)
            return visit.show(page)
        } catch let problem as Problem where problem.code == .invalid {
            page.errors = FieldErrors(problem)
            return visit.show(page, status: .unprocessableContent)
        }
    }

    @Sendable private static func show(_ visit: Visit) async throws -> Answer {
        let record = try await visit.site.people.person(try visit.personID(), as: visit.actor)
        return visit.show(try await PersonShowing(record, visit).page())
    }

    @Sendable private static func history(_ visit: Visit) async throws -> Answer {
        let versions = try await visit.site.people.history(of: try visit.personID(), as: visit.actor)
        guard let last = versions.last else { throw Problem.absent }
        let names = try await PeopleNames.of(versions.map(\.author), visit)
        var entries: [TimelineEntry] = []
        for (index, version) in versions.enumerated() {
            let before = index == 0 ? nil : versions[index - 1].body
            entries.append(
                TimelineEntry(
                    when: LondonTime.inWords(version.at), machineWhen: version.at.description,
                    title: "Version \(version.version)", who: names.name(version.author),
                    text: PersonWords.changes(from: before, to: version.body).joined(separator: "\n")))
        }
        return visit.show(
            PersonHistoryPage(id: last.id.text, name: PersonWords.name(last.body), versions: entries.reversed()))
    }
}

extension Visit {
    func personID() throws -> Identifier<Person> {
        guard let id = Identifier<Person>(parameter("id")) else { throw Problem.absent }
        return id
    }

    /// Whether she could, in some relation.
    func may(_ operation: Access.Operation, _ resource: ResourceClass) -> Bool {
        decide(actor.working(on: resource), operation, on: resource, standing: Relation.helping).isAllowed
    }
}
