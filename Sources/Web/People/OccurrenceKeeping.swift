import Access
import HTTPTypes
import Kernel
import Ledger
import Pages
import People
import RiskAssessment

/// Adding and changing an occurrence.
enum OccurrenceKeeping {
    @Sendable static func new(_ visit: Visit) async throws -> Answer {
        visit.show(try page(visit, nil, 0, OccurrenceFields(), person: visit.query["person"]))
    }

    @Sendable static func create(_ visit: Visit) async throws -> Answer {
        let form = try await visit.form()
        let (fields, person) = (OccurrenceFields(form), form["person"])
        return try await attempt(visit, nil, 0, fields, person: person) { occurrence in
            let id = try await visit.site.people.create(occurrence, as: visit.actor)
            let address: WebAddress = "/occurrences/\(id)"
            return .redirect(person.isEmpty ? address : address.adding("person", person), .added)
        }
    }

    @Sendable static func form(_ visit: Visit) async throws -> Answer {
        let record = try await visit.own(Occurrence.self)
        return visit.show(try page(visit, record.id, record.version, try await filled(record.body, visit)))
    }

    @Sendable static func save(_ visit: Visit) async throws -> Answer {
        let (form, record) = (try await visit.form(), try await visit.own(Occurrence.self))
        let (fields, version) = (OccurrenceFields(form), Int(form["version"]) ?? 0)
        do {
            return try await attempt(visit, record, version, fields) { occurrence in
                try await visit.site.people.amend(record.id, expecting: version, occurrence, as: visit.actor)
                return .redirect("/occurrences/\(record.id)", .saved)
            }
        } catch is Conflict {
            let now = try await visit.kept(Occurrence.self)
            var page = try page(visit, now.id, now.version, fields)
            page.form.theirs = OccurrenceWords.whole(now.body, [])
            page.form.errors = FieldErrors(.overtaken)
            return visit.show(page, status: .conflict)
        }
    }

    /// Nothing typed is lost: the form comes back with what was wrong, or with the places it may have meant.
    private static func attempt(
        _ visit: Visit, _ record: Record<Occurrence>?, _ version: Int, _ fields: OccurrenceFields, person: String = "",
        _ write: (Occurrence) async throws -> Answer
    ) async throws -> Answer {
        var page = try page(visit, record?.id, version, fields, person: person)
        do {
            let found = try await PlaceChoice.of(fields.place, visit)
            page.places = found.choices
            guard found.choices.isEmpty else { return visit.show(page, status: .conflict) }
            return try await write(try fields.occurrence(over: record?.body, at: found.place))
        } catch let problem as Problem where problem.code == .invalid {
            page.form.errors = FieldErrors(problem)
            return visit.show(page, status: .unprocessableContent)
        }
    }

    private static func page(
        _ visit: Visit, _ id: Identifier<Occurrence>?, _ version: Int, _ fields: OccurrenceFields, person: String = ""
    ) throws -> OccurrenceFormPage {
        let words = try PeopleKinds.bundled().occurrences.holding(on: LondonTime.day(of: visit.site.ledger.now))
        return OccurrenceFormPage(
            KeptForm(.occurrences, id: id?.text, version: version), fields: fields,
            kinds: [Choice("", "Choose one")] + words.map { Choice($0.code, $0.title) }, person: person)
    }

    private static func filled(_ body: Occurrence, _ visit: Visit) async throws -> OccurrenceFields {
        var fields = OccurrenceFields()
        (fields.what, fields.reference, fields.summary) = (body.what, body.reference, body.summary)
        let text = { (part: Int?) in part.map { String($0) } ?? "" }
        fields.from = TypedDate(
            day: text(body.from.dayOfMonth), month: text(body.from.month), year: text(body.from.year))
        if let until = body.until {
            fields.until = TypedDate(day: text(until.day), month: text(until.month), year: text(until.year))
        }
        let place = try await visit.site.people.places([body.place].compactMap { $0 }, as: visit.actor).first
        fields.place = place?.id.text ?? ""
        return fields
    }
}

/// The place meant by what was typed, or those it may mean.
struct PlaceChoice {
    var place: Identifier<Place>?
    var choices: [Choice] = []

    /// - Throws: `Problem.invalid` where none is held.
    static func of(_ typed: String, _ visit: Visit) async throws -> PlaceChoice {
        guard !typed.trimmed().isEmpty else { return PlaceChoice() }
        if let id = Identifier<Place>(typed),
            let chosen = try await visit.site.people.places([id], as: visit.actor).first
        {
            return PlaceChoice(place: chosen.id)
        }
        let found = try await visit.site.people.places(matching: typed, as: visit.actor)
        if found.count == 1 { return PlaceChoice(place: found[0].id) }
        guard !found.isEmpty else {
            throw Problem.fields([.init("place", "No such place is held. Leave it out, or add the place first.")])
        }
        return PlaceChoice(
            choices: [Choice("", "None of these")] + found.prefix(20).map { Choice($0.id.text, $0.body.title) })
    }
}

extension OccurrenceFields {
    init(_ form: FormValues) {
        self.init()
        (what, reference, place) = (form["what"], form["reference"], form["place"])
        (from, until, summary) = (form.typedDate("from"), form.typedDate("until"), form.text("summary"))
    }

    /// The occurrence as typed; what a form cannot hold stays as it was.
    /// - Throws: `Problem.invalid` with field errors.
    func occurrence(over before: Occurrence?, at place: Identifier<Place>?) throws -> Occurrence {
        let parts = [from.year, from.month, from.day].map { $0.isEmpty ? nil : Int($0) ?? -1 }
        var faults: [Problem.Field] = []
        let when = PartialDate(year: parts[0], month: parts[1], day: parts[2])
        if when == nil {
            faults.append(.init("from", "Enter a real date, such as 31 3 2026, or only the parts you know"))
        }
        let numbers = [until.year, until.month, until.day].map { Int($0) ?? -1 }
        let last = Day(year: numbers[0], month: numbers[1], day: numbers[2])
        if until != TypedDate(), last == nil { faults.append(.init("until", "Enter a real date, such as 31 3 2026")) }
        guard let when, faults.isEmpty else { throw Problem.fields(faults) }
        var occurrence = before ?? Occurrence(what: what, from: when)
        (occurrence.what, occurrence.reference, occurrence.summary) = (what, reference, summary)
        (occurrence.from, occurrence.until, occurrence.place) = (when, last, place)
        return occurrence
    }
}

/// Naming who had a part, and ending it.
enum OccurrenceParts {
    @Sendable static func name(_ visit: Visit) async throws -> Answer {
        let (form, record) = (try await visit.form(), try await visit.own(Occurrence.self))
        var page = try await OccurrenceRoutes.page(record, visit)
        (page.name, page.capacity) = (form["name"], form["capacity"])
        do {
            guard let person = Identifier<Person>(form["person"]) else {
                page.found = try await PersonChoices.of(page.name, field: "name", visit)
                return visit.show(page)
            }
            guard let capacity = RecordSubject.Capacity(rawValue: page.capacity) else {
                let known = try await visit.site.people.persons([person], as: visit.actor)
                page.found = PersonChoices.choices(known)
                throw Problem.fields([.init("capacity", "Choose what the part was")])
            }
            try await visit.site.people.involve(
                person, as: capacity, in: record.id, expecting: Int(form["version"]) ?? 0, as: visit.actor)
            try await visit.calls.join(record.id, as: visit.actor)
            return .redirect("/occurrences/\(record.id)", .saved)
        } catch let problem as Problem where problem.code == .invalid {
            page.errors = FieldErrors(problem)
            return visit.show(page, status: .unprocessableContent)
        } catch is Conflict {
            return try await overtaken(record, visit)
        }
    }

    @Sendable static func end(_ visit: Visit) async throws -> Answer {
        let (form, record) = (try await visit.form(), try await visit.own(Occurrence.self))
        guard let person = Identifier<Person>(form["person"]),
            let capacity = RecordSubject.Capacity(rawValue: form["capacity"])
        else { throw Problem.absent }
        do {
            try await visit.site.people.endPart(
                of: person, as: capacity, in: record.id, expecting: Int(form["version"]) ?? 0, as: visit.actor)
            return .redirect("/occurrences/\(record.id)", .ended)
        } catch is Conflict {
            return try await overtaken(record, visit)
        }
    }

    private static func overtaken(_ record: Record<Occurrence>, _ visit: Visit) async throws -> Answer {
        var page = try await OccurrenceRoutes.page(record, visit)
        page.errors = FieldErrors(
            Problem(
                .conflict, "Somebody else changed this meanwhile. Nothing of yours was saved.",
                next: "Look at what stands now, and do it again if it still holds."))
        return visit.show(page, status: .conflict)
    }
}

/// Persons held already, to choose from.
enum PersonChoices {
    /// - Throws: `Problem.invalid` where nobody of the name is held.
    static func of(_ name: String, field: String, _ visit: Visit) async throws -> [Choice] {
        guard !name.trimmed().isEmpty else { throw Problem.fields([.init(field, "Enter a name")]) }
        let found = try await visit.site.people.find(name: name, as: visit.actor).map(\.record)
            .filter { $0.owner == visit.actor.agency }
        guard !found.isEmpty else {
            throw Problem.fields([
                .init(field, "Nobody like this is held. Check the spelling, or add the person first.")
            ])
        }
        return choices(Array(found.prefix(20)))
    }

    static func choices(_ records: [Record<Person>]) -> [Choice] {
        records.map { record in
            let born = record.body.born.map { ", born \($0.words)" } ?? ""
            return Choice(record.id.text, PersonWords.name(record.body) + born)
        }
    }
}
