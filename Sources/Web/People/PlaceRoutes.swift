import Access
import HTTPTypes
import Kernel
import Ledger
import Pages
import People

/// Places: finding, adding, changing.
enum PlaceRoutes {
    static let all: [Route] = [
        .get("/places", .signedIn(.consultation, .place, list)),
        .get("/places/new", .signedIn(.collection, .place, new)),
        .post("/places", .signedIn(.collection, .place, create)),
        .get("/places/:id", .signedIn(.consultation, .place, show)),
        .post("/places/:id", .signedIn(.alteration, .place, save)),
        .get("/places/:id/change", .signedIn(.alteration, .place, form)),
        .get("/places/:id/history", .signedIn(.consultation, .place, history)),
    ]

    @Sendable private static func list(_ visit: Visit) async throws -> Answer {
        let page = visit.list(.places, mayAdd: visit.may(.collection, .place))
        return try await visit.show(page) {
            guard page.isFound else { return nil }
            return lines(try await visit.site.people.places(matching: page.asked, as: visit.actor))
        }
    }

    private static func lines(_ records: [Record<Place>]) -> [KeptLine] {
        records.map { record in
            let body = record.body
            return KeptLine(
                id: record.id.text, [body.title, PeopleKinds.title(body.what, in: \.places), body.postcode])
        }
    }

    // MARK: Adding and changing

    @Sendable private static func new(_ visit: Visit) async throws -> Answer {
        var fields = PlaceFields()
        fields.lines = visit.query["words"]
        return visit.show(try page(visit, nil, 0, fields))
    }

    @Sendable private static func create(_ visit: Visit) async throws -> Answer {
        let form = try await visit.form()
        let fields = PlaceFields(form)
        var page = try page(visit, nil, 0, fields)
        do {
            let place = fields.place(over: nil)
            let alike = try await visit.site.people.placesLike(place, as: visit.actor)
            if !alike.isEmpty, !form.has("none-of-these") {
                page.form.alike = lines(alike)
                return visit.show(page, status: .conflict)
            }
            return .redirect("/places/\(try await visit.site.people.create(place, as: visit.actor))", .added)
        } catch let problem as Problem where problem.code == .invalid {
            page.form.errors = FieldErrors(problem)
            return visit.show(page, status: .unprocessableContent)
        }
    }

    @Sendable private static func form(_ visit: Visit) async throws -> Answer {
        let record = try await visit.own(Place.self)
        return visit.show(try page(visit, record.id, record.version, PlaceFields(record.body)))
    }

    @Sendable private static func save(_ visit: Visit) async throws -> Answer {
        let (form, record) = (try await visit.form(), try await visit.own(Place.self))
        let (fields, version) = (PlaceFields(form), Int(form["version"]) ?? 0)
        var page = try page(visit, record.id, version, fields)
        do {
            try await visit.site.people.amend(
                record.id, expecting: version, fields.place(over: record.body), as: visit.actor)
            return .redirect("/places/\(record.id)", .saved)
        } catch let problem as Problem where problem.code == .invalid {
            page.form.errors = FieldErrors(problem)
            return visit.show(page, status: .unprocessableContent)
        } catch is Conflict {
            let now = try await visit.kept(Place.self)
            (page.form.version, page.form.theirs) = (now.version, PlaceWords.whole(now.body))
            page.form.errors = FieldErrors(.overtaken)
            return visit.show(page, status: .conflict)
        }
    }

    private static func page(
        _ visit: Visit, _ id: Identifier<Place>?, _ version: Int, _ fields: PlaceFields
    ) throws -> PlaceFormPage {
        let words = try PeopleKinds.bundled().places.holding(on: LondonTime.day(of: visit.site.ledger.now))
        return PlaceFormPage(
            KeptForm(.places, id: id?.text, version: version), fields: fields,
            kinds: [Choice("", "Choose one")] + words.map { Choice($0.code, $0.title) })
    }

    // MARK: One place

    @Sendable private static func show(_ visit: Visit) async throws -> Answer {
        let (record, agencies) = (try await visit.kept(Place.self), try await AgencyNames.of(visit))
        let links =
            visit.may(.consultation, .occurrence)
            ? try await visit.site.people.links(to: record.id, as: visit.actor) : []
        return visit.show(
            PlacePage(
                id: record.id.text, title: record.body.title, agency: agencies.name(record.owner),
                access: record.body.access, isRefuge: record.body.isRefuge, rows: PlaceWords.rows(record.body),
                links: links.map { link in
                    PlacePage.Link(
                        person: link.record.body.person.text, name: link.name,
                        how: link.record.body.title(from: link.record.body.person.text),
                        dates: PersonLinking.dates(link.record.body))
                },
                mayChange: record.owner == visit.actor.agency && visit.may(.alteration, .place)))
    }

    @Sendable private static func history(_ visit: Visit) async throws -> Answer {
        let record = try await visit.kept(Place.self)
        let versions = try await visit.site.people.history(of: record.id, as: visit.actor)
        return try await visit.showHistory(of: record, versions) { PlaceWords.whole($0) }
    }
}

/// What of a place is told in words.
enum PlaceWords {
    static func rows(_ place: Place) -> [SummaryRow] {
        var rows = [SummaryRow("What it is", PeopleKinds.title(place.what, in: \.places))]
        let address = [place.lines, place.postcode].filter { !$0.isEmpty }.joined(separator: "\n")
        if !address.isEmpty { rows.append(SummaryRow("Address", address)) }
        if let uprn = place.uprn { rows.append(SummaryRow("UPRN", uprn)) }
        return rows
    }

    static func whole(_ place: Place) -> [SummaryRow] {
        (place.name.isEmpty ? [] : [SummaryRow("Name", place.name)]) + rows(place)
            + (place.access.isEmpty ? [] : [SummaryRow("What to know", place.access)])
            + (place.isRefuge ? [SummaryRow("Secret", "A refuge")] : [])
    }
}

extension PlaceFields {
    init(_ form: FormValues) {
        self.init()
        (name, lines, postcode) = (form["name"], form.text("lines"), form["postcode"])
        (uprn, what, access, isRefuge) = (form["uprn"], form["what"], form.text("access"), form.has("refuge"))
    }

    init(_ place: Place) {
        self.init()
        (name, lines, postcode) = (place.name, place.lines, place.postcode)
        (uprn, what, access, isRefuge) = (place.uprn ?? "", place.what, place.access, place.isRefuge)
    }

    func place(over before: Place?) -> Place {
        Place(
            name: name, lines: lines, postcode: postcode, uprn: uprn, what: what, access: access, isRefuge: isRefuge,
            given: before?.given ?? [])
    }
}
