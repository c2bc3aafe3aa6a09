import Access
import Accounts
import Kernel
import Ledger
import Pages
import People

/// From a person's record to what pages show.
struct PersonShowing {
    private let record: Record<Person>
    private let visit: Visit

    init(_ record: Record<Person>, _ visit: Visit) { (self.record, self.visit) = (record, visit) }

    func page() async throws -> PersonPage {
        let isOwn = record.owner == visit.actor.agency
        let mayChange = isOwn && visit.may(.alteration, .person)
        // Asked at once: each waits for its own entry in the log.
        async let names = AgencyNames.of(visit)
        async let disclosures = visit.site.people.disclosures(of: record.id, as: visit.actor)
        async let sealed = isOwn ? sealed(mayChange) : []
        let agencies = try await names
        var page = PersonPage(
            id: record.id.text, name: PersonWords.name(record.body), agency: agencies.name(record.owner),
            warnings: record.body.warnings.map(\.words), rows: PersonWords.rows(record.body),
            narrative: record.body.narrative, sealed: try await sealed,
            told: told(try await disclosures, agencies), standing: standing(isOwn), mayChange: mayChange,
            mayTell: isOwn && visit.may(.disclosure, .person))
        if visit.may(.consultation, .match) { page.linked = try await linked(agencies) }
        page.seesLinks = visit.may(.consultation, .occurrence)
        return page
    }

    private func linked(_ agencies: AgencyNames) async throws -> [PersonPage.Linked] {
        try await visit.site.people.linked(with: record.id, as: visit.actor).map { linked in
            PersonPage.Linked(
                match: linked.match.id.text, name: PersonWords.name(linked.sight.record.body),
                agency: agencies.name(linked.sight.record.owner), address: linked.sight.address,
                since: linked.match.body.decisions.last.map { LondonTime.inWords($0.at) } ?? "")
        }
    }

    private func standing(_ isOwn: Bool) -> String? {
        if isOwn && record.body.isKept {
            return "Kept to named people and teams. You see it because you are one of them."
        }
        return isOwn ? nil : "You do not work with this record by right. That you opened it will be reviewed."
    }

    private func sealed(_ mayChange: Bool) async throws -> [PersonPage.Sealed] {
        guard visit.may(.consultation, .safeContact) else { return [] }
        let fields = PersonSealing.fields
        let masks = try await visit.site.people.masks(fields.map(\.field), of: record.id, as: visit.actor)
        return fields.map { field in
            let mask = masks[field.field]
            let words = mask.map { "Entered on \(LondonTime.inWords($0.setAt))." } ?? "Nothing is entered."
            return PersonPage.Sealed(
                name: field.field.name, title: field.title, version: mask?.version ?? 0, words: words, maySet: mayChange
            )
        }
    }

    private func told(_ disclosures: [Record<Disclosure>], _ agencies: AgencyNames) -> [PersonPage.Told] {
        let now = visit.site.ledger.now
        return disclosures.map { record in
            PersonPage.Told(
                id: record.id.text, to: agencies.name(record.body.recipient),
                fields: PersonWords.fields(record.body.quotedFields), when: LondonTime.inWords(record.at),
                state: PersonWords.state(record.body, at: now))
        }
    }
}

/// Lines of a list of persons.
struct PersonLines {
    private let agencies: AgencyNames

    init(_ visit: Visit) async throws { agencies = try await AgencyNames.of(visit) }

    func lines(_ found: [PeopleDesk.Likely]) -> [PersonListPage.Line] {
        found.map { likely in
            let person = likely.record.body
            return PersonListPage.Line(
                id: likely.record.id.text, name: person.name, born: person.born?.words ?? "Not known",
                place: person.home.map { $0.postcode.isEmpty ? $0.lines : $0.postcode } ?? "",
                agency: agencies.name(likely.record.owner), why: likely.why, warnings: person.warnings.count)
        }
    }
}

/// Agencies by name.
struct AgencyNames: Sendable {
    private let names: [String: String]

    static func of(_ visit: Visit) async throws -> AgencyNames {
        AgencyNames(names: try await visit.site.directory.agencyNames(as: visit.actor))
    }

    func name(_ agency: String) -> String { names[agency] ?? agency }

    /// All but one.
    func choices(without agency: String) -> [Choice] {
        names.filter { $0.key != agency }.sorted { $0.value < $1.value }.map { Choice($0.key, $0.value) }
    }
}

/// What of a person is told in words.
enum PersonWords {
    static func name(_ person: Person) -> String { person.name.isEmpty ? "Name not shown to you" : person.name }

    /// Only what there is: what she may not see leaves no gap that would tell of it.
    static func rows(_ person: Person) -> [SummaryRow] {
        var rows = person.names.dropFirst().map { SummaryRow($0.use.title, $0.text) }
        if let born = person.born { rows.append(SummaryRow("Born", born.words)) }
        if let sex = person.sex { rows.append(SummaryRow("Sex, as recorded", sex.value.title)) }
        if let gender = person.gender { rows.append(SummaryRow("Gender, as recorded", PersonMore.words(gender))) }
        rows += person.addresses.reversed().map(PersonMore.row)
        if !person.phones.isEmpty { rows.append(SummaryRow("Telephone", person.phones.joined(separator: "\n"))) }
        if let past = person.pastPhones {
            rows.append(SummaryRow("Telephone before", past.map(PersonMore.words).joined(separator: "\n")))
        }
        return rows + person.identifiers.map { SummaryRow(PersonMore.title($0), $0.value) }
    }

    /// The same with the name first, warnings and narrative: for a view that stands by itself.
    static func whole(_ person: Person) -> [SummaryRow] {
        var rows = person.name.isEmpty ? [] : [SummaryRow("Name", person.name)]
        rows += self.rows(person) + person.warnings.map { SummaryRow("Warning", $0.words) }
        if !person.narrative.isEmpty { rows.append(SummaryRow("What is known", person.narrative)) }
        return rows
    }

    static func title(_ field: FieldClass) -> String {
        switch field {
        case .identity: "Name, date of birth, sex"
        case .contact: "Addresses and telephones that are not sealed"
        case .identifiers: "Numbers of other bodies"
        case .warnings: "Warnings"
        case .narrative: "What is known"
        }
    }

    static func fields(_ fields: Set<FieldClass>) -> String {
        FieldClass.allCases.filter(fields.contains).map(title).joined(separator: "; ")
    }

    static func state(_ disclosure: Disclosure, at now: Moment) -> String {
        if disclosure.withdrawnBecause != nil { return "Taken back" }
        guard disclosure.isLive(at: now) else { return "Ended" }
        return disclosure.until.map { "Until \(LondonTime.inWords($0))" } ?? "No end"
    }

    /// What changed from one version to the next, in sentences.
    static func changes(from: Person?, to: Person) -> [String] {
        guard let from else { return ["It was added."] }
        var sentences: [String] = []
        let before = Dictionary(whole(from).map { ($0.key, $0.value) }) { "\($0)\n\($1)" }
        let after = Dictionary(whole(to).map { ($0.key, $0.value) }) { "\($0)\n\($1)" }
        for key in Set(before.keys).union(after.keys).sorted() where before[key] != after[key] {
            sentences.append("\(key): \(before[key] ?? "nothing") → \(after[key] ?? "nothing")")
        }
        if from.isKept != to.isKept {
            sentences.append(
                to.isKept ? "It was kept to named people or teams." : "It was opened to those whose work it is.")
        }
        return sentences
    }
}
