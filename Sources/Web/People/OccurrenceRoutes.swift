import Access
import HTTPTypes
import Kernel
import Ledger
import Pages
import People
import RiskAssessment

/// Occurrences: finding, adding, changing, and who had a part in them.
enum OccurrenceRoutes {
    static let all: [Route] = [
        .get("/occurrences", .signedIn(.consultation, .occurrence, list)),
        .get("/occurrences/new", .signedIn(.collection, .occurrence, OccurrenceKeeping.new)),
        .post("/occurrences", .signedIn(.collection, .occurrence, OccurrenceKeeping.create)),
        .get("/occurrences/:id", .signedIn(.consultation, .occurrence, show)),
        .post("/occurrences/:id", .signedIn(.alteration, .occurrence, OccurrenceKeeping.save)),
        .get("/occurrences/:id/change", .signedIn(.alteration, .occurrence, OccurrenceKeeping.form)),
        .get("/occurrences/:id/history", .signedIn(.consultation, .occurrence, history)),
        .post("/occurrences/:id/parts", .signedIn(.alteration, .occurrence, OccurrenceParts.name)),
        .post("/occurrences/:id/parts/end", .signedIn(.alteration, .occurrence, OccurrenceParts.end)),
    ]

    @Sendable private static func list(_ visit: Visit) async throws -> Answer {
        let page = visit.list(
            .occurrences, mayAdd: visit.may(.collection, .occurrence), beside: Breadcrumb("Places", "/places"))
        return try await visit.show(page) {
            let people = visit.site.people
            let found =
                page.isFound
                ? try await people.occurrences(matching: page.asked, as: visit.actor)
                : try await people.occurrences(as: visit.actor).records
            let agencies = try await AgencyNames.of(visit)
            return found.map { record in
                let body = record.body
                return KeptLine(
                    id: record.id.text,
                    [body.title, OccurrenceWords.when(body), body.reference, agencies.name(record.owner)])
            }
        }
    }

    @Sendable private static func show(_ visit: Visit) async throws -> Answer {
        var page = try await page(try await visit.kept(), visit)
        if page.mayChange, let person = Identifier<Person>(visit.query["person"]) {
            page.found = PersonChoices.choices(try await visit.site.people.persons([person], as: visit.actor))
        }
        page.mayAssess = page.mayChange && visit.may(.collection, .riskAssessment)
        page.assessments = try await assessments(visit)
        if let id = Identifier<Occurrence>(visit.parameter("id")) {
            page.calls = try await CallListing.about(id, visit)
            page.flags = try await CallFlags.about(id, visit)
        }
        return visit.show(page)
    }

    private static func assessments(_ visit: Visit) async throws -> [TaskItem] {
        guard let id = Identifier<Occurrence>(visit.parameter("id")), visit.may(.consultation, .riskAssessment) else {
            return []
        }
        return try await visit.assessments.about(id, as: visit.actor).map { record in
            let state = AssessmentTelling.state(record.body.state)
            return TaskItem(
                AssessmentTelling.name(record.body), "/assessments/\(record.id)",
                detail: record.body.grading?.label ?? "", state: state.words, kind: state.kind)
        }
    }

    static func page(_ record: Record<Occurrence>, _ visit: Visit) async throws -> OccurrencePage {
        let (agencies, body) = (try await AgencyNames.of(visit), record.body)
        let place = try await visit.site.people.places([body.place].compactMap { $0 }, as: visit.actor).first
        let isOwn = record.owner == visit.actor.agency
        return OccurrencePage(
            id: record.id.text, title: body.title, agency: agencies.name(record.owner), version: record.version,
            rows: OccurrenceWords.rows(body), place: place.map { ($0.id.text, $0.body.title) },
            groups: try await groups(body, visit),
            capacities: [Choice("", "Choose one")]
                + RecordSubject.Capacity.allCases.map { Choice($0.rawValue, $0.title) },
            mayChange: isOwn && visit.may(.alteration, .occurrence))
    }

    /// Each capacity by itself, with those whom she may see.
    private static func groups(_ body: Occurrence, _ visit: Visit) async throws -> [OccurrencePage.Group] {
        let ids = Set(body.involved.map(\.person))
        let persons = try await visit.site.people.persons(Array(ids), as: visit.actor)
        let names = try await PeopleNames.of(body.involved.map(\.recordedBy), visit)
        return RecordSubject.Capacity.allCases.compactMap { capacity in
            let parts = body.involved.filter { $0.capacity == capacity }.compactMap { part in
                persons.first { $0.id == part.person }.map { record in
                    OccurrencePage.Part(
                        person: record.id.text, name: PersonWords.name(record.body), capacity: capacity.title,
                        capacityCode: capacity.rawValue, since: LondonTime.inWords(part.since),
                        until: part.until.map { LondonTime.inWords($0) } ?? "", by: names.name(part.recordedBy))
                }
            }
            return parts.isEmpty ? nil : OccurrencePage.Group(title: OccurrenceWords.plural(capacity), parts: parts)
        }
    }

    @Sendable private static func history(_ visit: Visit) async throws -> Answer {
        let record = try await visit.kept(Occurrence.self)
        let versions = try await visit.site.people.history(of: record.id, as: visit.actor)
        let ids = Set(versions.flatMap(\.body.involved).map(\.person))
        let persons = try await visit.site.people.persons(Array(ids), as: visit.actor)
        return try await visit.showHistory(of: record, versions) { OccurrenceWords.whole($0, persons) }
    }
}

/// What of an occurrence is told in words.
enum OccurrenceWords {
    static func when(_ body: Occurrence) -> String {
        body.until.map { "\(body.from.words) to \(LondonTime.inWords($0))" } ?? body.from.words
    }

    static func rows(_ body: Occurrence) -> [SummaryRow] {
        var rows = [SummaryRow("When", when(body))]
        if !body.reference.isEmpty { rows.append(SummaryRow("Number", body.reference)) }
        if !body.summary.isEmpty { rows.append(SummaryRow("What happened", body.summary)) }
        return rows
    }

    static func whole(_ body: Occurrence, _ persons: [Record<Person>]) -> [SummaryRow] {
        [SummaryRow("What", body.title)] + rows(body)
            + body.involved.compactMap { part in
                persons.first { $0.id == part.person }.map { record in
                    let until = part.until.map { " until \(LondonTime.inWords($0))" } ?? ""
                    return SummaryRow(part.capacity.title, PersonWords.name(record.body) + until)
                }
            }
    }

    static func plural(_ capacity: RecordSubject.Capacity) -> String {
        switch capacity {
        case .victim: "Victims"
        case .suspect: "Suspects"
        case .convicted: "Convicted"
        case .witness: "Witnesses"
        case .child: "Children"
        case .other: "Others"
        }
    }
}

/// A version of a record, as it is told.
struct ToldVersion {
    let number: Int
    let at: Moment
    let author: String
    let rows: [SummaryRow]

    init<Body: RecordBody>(_ record: Record<Body>, _ rows: [SummaryRow]) {
        (number, at, author, self.rows) = (record.version, record.at, record.author, rows)
    }
}

/// Versions of a record in sentences.
enum VersionWords {
    static func timeline(
        _ versions: [ToldVersion], _ visit: Visit
    ) async throws -> [TimelineEntry] {
        let names = try await PeopleNames.of(versions.map(\.author), visit)
        return versions.indices.map { index in
            let version = versions[index]
            let words = changes(from: index == 0 ? nil : versions[index - 1].rows, to: version.rows)
            return TimelineEntry(
                when: LondonTime.inWords(version.at), machineWhen: version.at.description,
                title: "Version \(version.number)", who: names.name(version.author), text: words.joined(separator: "\n")
            )
        }.reversed()
    }

    private static func changes(from: [SummaryRow]?, to: [SummaryRow]) -> [String] {
        guard let from else { return ["It was added."] }
        let before = Dictionary(from.map { ($0.key, $0.value) }) { "\($0)\n\($1)" }
        let after = Dictionary(to.map { ($0.key, $0.value) }) { "\($0)\n\($1)" }
        return Set(before.keys).union(after.keys).sorted().filter { before[$0] != after[$0] }
            .map { "\($0): \(before[$0] ?? "nothing") → \(after[$0] ?? "nothing")" }
    }
}
