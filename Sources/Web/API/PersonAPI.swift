import Access
import Accounts
import Federation
import HTTPTypes
import Kernel
import Ledger
import People

/// Persons for programs: by the same gateway, rules and log as the pages. What is sealed is never here.
enum PersonAPI {
    static let all: [APIRoute] = [
        APIRoute(
            path: "/persons", title: "Persons who may be the one looked for, the most alike first", scope: .persons,
            query: [
                .init(name: "name", shape: .text("", 0...200), about: "Any part of the name, in any order."),
                .init(name: "born", shape: .day(""), about: "The date of birth."),
            ], answer: .object([("items", .list(foundShape))]), handler: find),
        APIRoute(
            path: "/persons/:id", title: "One person, as far as you may see her", scope: .persons,
            condition: .versioned, hasVersion: true, answer: PersonItem.shape, handler: show),
        APIRoute(
            method: .post, path: "/persons", title: "Add a person who is not held yet", scope: .writePersons,
            condition: .once, conflict: ", or somebody held already may be the same: likely says who and why",
            hasVersion: true,
            body: PersonItem.bodyShape(
                [("noneOfThese", .maybe(.boolean("You looked at those who are likely, and it is none of them.")))]),
            status: .created, answer: PersonItem.shape, handler: add),
        APIRoute(
            method: .put, path: "/persons/:id", title: "Say what is known of a person now", scope: .writePersons,
            condition: .expecting, hasVersion: true, body: PersonItem.bodyShape([]), answer: PersonItem.shape,
            handler: change),
    ]

    private static let foundShape = APIShape.object([
        ("person", PersonItem.shape), ("why", .text("What is alike.")),
    ])

    @Sendable private static func find(_ visit: APIVisit) async throws -> Answer {
        let found = try await visit.site.people.find(
            name: visit.query["name"]?.text ?? "", born: visit.query["born"]?.text.flatMap { Day($0) },
            as: visit.worker)
        let items = found.map { likely in
            StrictJSON.object(["person": PersonItem.item(likely.record), "why": .text(likely.why)])
        }
        return try visit.json(.object(["items": .list(items)]))
    }

    @Sendable private static func show(_ visit: APIVisit) async throws -> Answer {
        let record = try await visit.site.people.person(try visit.identifier(), as: visit.worker)
        return try visit.version(record.version, PersonItem.item(record))
    }

    /// Search before create. Sent again with the same key it adds nobody and answers as before.
    @Sendable private static func add(_ visit: APIVisit) async throws -> Answer {
        let once = try await visit.once(newID: visit.site.ledger.newIdentifier(Person.self).text)
        guard let id = Identifier<Person>(once.id) else { throw Problem.absent }
        if once.version == nil {
            let person = try PersonItem.person(visit.body, over: nil, for: visit.worker, on: visit.today)
            let alike = try await visit.site.people.alike(to: person, as: visit.worker).filter { $0.record.id != id }
            guard alike.isEmpty || visit.body["noneOfThese"] == .bool(true) else { throw likely(alike) }
            do {
                try await visit.site.people.add(person, id: id, as: visit.worker)
            } catch is Conflict {
                // It was added, and the answer did not arrive.
            }
            try await visit.done(once, 1)
        }
        return try await answer(id, 1, visit, status: .created)
    }

    private static func likely(_ alike: [PeopleDesk.Likely]) -> APIProblem {
        APIProblem(
            status: .conflict, title: "Somebody held already may be the same person",
            detail: "Look at them. If it is none of them, send it with noneOfThese and a new Idempotency-Key.",
            likely: alike.prefix(20).map { ($0.record.id.text, $0.why) })
    }

    @Sendable private static func change(_ visit: APIVisit) async throws -> Answer {
        let record = try await visit.site.people.person(try visit.identifier(), as: visit.worker)
        guard record.owner == visit.worker.agency else { throw Problem.absent }
        try visit.requireVersion(record.version)
        let person = try PersonItem.person(visit.body, over: record.body, for: visit.worker, on: visit.today)
        try await visit.site.people.amend(record.id, expecting: record.version, person, as: visit.worker)
        return try await answer(record.id, record.version + 1, visit)
    }

    /// That version, whatever others have done since.
    private static func answer(
        _ id: Identifier<Person>, _ version: Int, _ visit: APIVisit, status: HTTPResponse.Status = .ok
    ) async throws -> Answer {
        let versions = try await visit.site.people.history(of: id, as: visit.worker)
        guard let record = versions.first(where: { $0.version == version }) else { throw Problem.absent }
        var headers: [(HTTPField.Name, String)] = [(.eTag, APIVisit.tag(version))]
        if status == .created { headers.append((.location, "\(APIRoutes.base)/persons/\(id)")) }
        return try visit.json(PersonItem.item(record), status: status, headers: headers)
    }
}

extension APIVisit {
    /// Her whose token it is, in her work with people.
    fileprivate var worker: Actor { actor.working(on: .person) }
    fileprivate var today: Day { LondonTime.day(of: site.ledger.now) }
}
