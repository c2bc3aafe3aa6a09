import Access
import HTTPTypes
import Kernel
import Ledger
import Pages
import People

/// Adding and changing a person.
enum PersonKeeping {
    @Sendable static func new(_ visit: Visit) async throws -> Answer {
        var fields = PersonFields()
        let words = visit.query["name"].split(separator: " ").map(String.init)
        (fields.given, fields.family) = (words.dropLast().joined(separator: " "), words.last ?? "")
        fields.born = visit.query.typedDate("born")
        return visit.show(try await page(visit, nil, 0, fields))
    }

    @Sendable static func create(_ visit: Visit) async throws -> Answer {
        let form = try await visit.form()
        let fields = PersonFields(form)
        do {
            let person = try fields.person(over: nil, visit)
            let alike = try await alike(person, visit)
            if !alike.isEmpty, !form.has("none-of-these") {
                var page = try await page(visit, nil, 0, fields)
                page.alike = alike
                return visit.show(page, status: .conflict)
            }
            let id = try await visit.site.people.create(person, as: visit.actor)
            return .redirect("/persons/\(id)", .added)
        } catch let problem as Problem where problem.code == .invalid {
            return try await again(visit, nil, 0, fields, problem)
        }
    }

    /// Those held already who may be the same.
    private static func alike(_ person: Person, _ visit: Visit) async throws -> [PersonListPage.Line] {
        let found = try await visit.site.people.alike(to: person, as: visit.actor)
        return try await PersonLines(visit).lines(Array(found.prefix(8)))
    }

    @Sendable static func form(_ visit: Visit) async throws -> Answer {
        let record = try await own(visit)
        return visit.show(try await page(visit, record.id, record.version, PersonFields(record.body)))
    }

    @Sendable static func save(_ visit: Visit) async throws -> Answer {
        let (form, record) = (try await visit.form(), try await own(visit))
        let (fields, version) = (PersonFields(form), Int(form["version"]) ?? 0)
        do {
            let person = try fields.person(over: record.body, visit)
            try await visit.site.people.amend(record.id, expecting: version, person, as: visit.actor)
            return .redirect("/persons/\(record.id)", .saved)
        } catch let problem as Problem where problem.code == .invalid {
            return try await again(visit, record.id, version, fields, problem)
        } catch is Conflict {
            return try await overtaken(visit, record, fields)
        }
    }

    /// Nothing typed is lost: it stands in the form, beside what the other person saved.
    private static func overtaken(
        _ visit: Visit, _ record: Record<Person>, _ fields: PersonFields
    ) async throws -> Answer {
        let now = try await visit.site.people.person(record.id, as: visit.actor)
        var page = try await page(visit, now.id, now.version, fields)
        page.theirs = PersonWords.whole(now.body)
        page.errors = FieldErrors(
            Problem(
                .conflict, "Somebody else changed this person while you were writing. Nothing of yours was saved yet.",
                next: "What you typed is in the form. Compare it with what they saved, then save again."))
        return visit.show(page, status: .conflict)
    }

    /// Whoever may see it and not change it finds no form.
    private static func own(_ visit: Visit) async throws -> Record<Person> {
        let record = try await visit.site.people.person(try visit.personID(), as: visit.actor)
        guard record.owner == visit.actor.agency else { throw Problem.absent }
        return record
    }

    private static func page(
        _ visit: Visit, _ id: Identifier<Person>?, _ version: Int, _ fields: PersonFields
    ) async throws -> PersonFormPage {
        let sexes = [Choice("", "Not recorded")] + RecordedSex.Value.allCases.map { Choice($0.rawValue, $0.title) }
        let colleagues = try await Assignees.of(visit).choices()
        return PersonFormPage(
            id: id?.text, version: version, fields: fields, sexes: sexes,
            colleagues: [Choice("", "Choose a person or team")] + colleagues,
            more: try await PersonMore.choices(of: id, visit))
    }

    private static func again(
        _ visit: Visit, _ id: Identifier<Person>?, _ version: Int, _ fields: PersonFields, _ problem: Problem
    ) async throws -> Answer {
        var page = try await page(visit, id, version, fields)
        page.errors = FieldErrors(problem)
        return visit.show(page, status: .unprocessableContent)
    }
}

extension PersonFields {
    init(_ form: FormValues) {
        self.init()
        (given, family, otherNames) = (form["given"], form["family"], form.text("other-names"))
        (born, sex) = (form.typedDate("born"), form["sex"])
        (address, postcode, phones) = (form.text("address"), form["postcode"], form.text("phones"))
        (identifiers, warnings) = (form.text("identifiers"), form.text("warnings"))
        (narrative, isKept) = (form.text("narrative"), form.has("kept"))
        (keptTo, alsoTo) = (form["kept-to"], form["also-to"])
        more = PersonMoreFields(form)
    }

    init(_ person: Person) {
        self.init()
        (given, family) = (person.names.first?.given ?? "", person.names.first?.family ?? "")
        otherNames = person.names.dropFirst().map(\.text).joined(separator: "\n")
        if let date = person.born {
            let text = { (part: Int?) in part.map { String($0) } ?? "" }
            born = TypedDate(day: text(date.dayOfMonth), month: text(date.month), year: text(date.year))
        }
        sex = person.sex?.value.rawValue ?? ""
        if let home = person.home { (address, postcode) = (home.lines, home.postcode) }
        more = PersonMoreFields(person)
        phones = person.phones.joined(separator: "\n")
        identifiers = person.identifiers.map { "\($0.scheme) \($0.value)" }.joined(separator: "\n")
        warnings = person.warnings.map(\.words).joined(separator: "\n")
        (narrative, isKept) = (person.narrative, person.isKept)
        let given = person.given.sorted()
        (keptTo, alsoTo) = (given.first ?? "", given.dropFirst().first ?? "")
    }

    /// The person as typed; what a form cannot hold stays as it was.
    /// - Throws: `Problem.invalid` with field errors.
    func person(over before: Person?, _ visit: Visit) throws -> Person {
        var faults: [Problem.Field] = []
        var person = before ?? Person(names: [])
        person.names = [KnownName(given: given, family: family)] + others(before)
        person.born = date(&faults)
        let today = LondonTime.day(of: visit.site.ledger.now)
        person.sex = RecordedSex.Value(rawValue: sex).map { value in
            if let sex = before?.sex, sex.value == value { return sex }
            return RecordedSex(value, recordedBy: visit.actor.agency, on: today)
        }
        person.addresses = addresses(before, on: today)
        person.phones = lines(phones)
        if let before { person.keepPhones(of: before, until: today) }
        more.apply(to: &person, by: visit.actor.agency, on: today, &faults)
        person.identifiers = try numbers(on: today, &faults)
        person.warnings = lines(warnings).map { words in
            before?.warnings.first { $0.words == words }
                ?? Warning(words, since: LondonTime.day(of: visit.site.ledger.now))
        }
        person.narrative = narrative
        keep(&person, before, visit.actor, &faults)
        guard faults.isEmpty else { throw Problem.fields(faults) }
        return person
    }

    /// The form shows two of those she is given to; the others stay. Whoever keeps her to others would lose sight of her.
    private func keep(_ person: inout Person, _ before: Person?, _ actor: Actor, _ faults: inout [Problem.Field]) {
        let hidden = (before?.given.sorted() ?? []).dropFirst(2)
        (person.isKept, person.given) = (isKept, Set([keptTo, alsoTo].filter { !$0.isEmpty }).union(hidden))
        guard isKept else { return }
        if person.given.isEmpty {
            faults.append(.init("kept-to", "Choose who it is kept to"))
        } else if person.given.isDisjoint(with: actor.teams.union([actor.user])) {
            faults.append(.init("also-to", "Choose yourself or your team too, or you will not find this person again"))
        }
    }

    private func others(_ before: Person?) -> [KnownName] {
        lines(otherNames).map { line in
            if let known = before?.names.dropFirst().first(where: { $0.text == line }) { return known }
            let words = line.split(separator: " ").map(String.init)
            return KnownName(given: words.dropLast().joined(separator: " "), family: words.last ?? "", use: .alias)
        }
    }

    private func date(_ faults: inout [Problem.Field]) -> PartialDate? {
        guard born != TypedDate() else { return nil }
        let parts = [born.year, born.month, born.day].map { $0.isEmpty ? nil : Int($0) ?? -1 }
        if let date = PartialDate(year: parts[0], month: parts[1], day: parts[2]) { return date }
        faults.append(.init("born", "Enter a real date, such as 31 3 1987, or only the parts you know"))
        return nil
    }

    /// A home that is replaced is kept with the day it ended.
    private func addresses(_ before: Person?, on today: Day) -> [PersonAddress] {
        var addresses = before?.addresses ?? []
        let typed = PersonAddress(
            lines: address.trimmed(), postcode: postcode.uppercased(), uprn: more.uprn.trimmed(), kind: .home,
            from: today)
        if let home = before?.home, let place = addresses.lastIndex(of: home) {
            if home.lines == typed.lines && home.postcode == typed.postcode {
                addresses[place].uprn = typed.uprn
                return addresses
            }
            addresses[place].until = today
        }
        return typed.lines.isEmpty && typed.postcode.isEmpty ? addresses : addresses + [typed]
    }

    private func numbers(on today: Day, _ faults: inout [Problem.Field]) throws -> [PersonIdentifier] {
        let schemes = try IdentifierSchemes.bundled()
        return lines(identifiers).compactMap { line in
            let identifier = schemes.read(line, on: today)
            if identifier == nil {
                faults.append(.init("identifiers", "Write whose number it is before it, such as PNC 1987/123456P"))
            }
            return identifier
        }
    }

    private func lines(_ text: String) -> [String] {
        text.split(separator: "\n").map { String($0).trimmed() }.filter { !$0.isEmpty }
    }
}
