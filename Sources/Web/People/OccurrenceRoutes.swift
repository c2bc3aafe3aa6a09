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
        let words = visit.query["words"]
        var page = OccurrenceListPage(
            words: words, lines: [], isFound: visit.query.has("words"), mayAdd: visit.may(.collection, .occurrence))
        do {
            let found =
                page.isFound
                ? try await visit.site.people.occurrences(matching: words, as: visit.actor)
                : try await visit.site.people.occurrences(as: visit.actor).records
            let agencies = try await AgencyNames.of(visit)
            page.lines = found.map { record in
                OccurrenceListPage.Line(
                    id: record.id.text, title: record.body.title, when: OccurrenceWords.when(record.body),
                    reference: record.body.reference, agency: agencies.name(record.owner))
            }
            return visit.show(page)
        } catch let problem as Problem where problem.code == .invalid {
            page.errors = FieldErrors(problem)
            return visit.show(page, status: .unprocessableContent)
        }
    }

    @Sendable private static func show(_ visit: Visit) async throws -> Answer {
        var page = try await page(try await visit.occurrence(), visit)
        if page.mayChange, let person = Identifier<Person>(visit.query["person"]) {
            page.found = PersonChoices.choices(try await visit.site.people.persons([person], as: visit.actor))
        }
        page.mayAssess = page.mayChange && visit.may(.collection, .riskAssessment)
        page.assessments = try await assessments(visit)
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
        let record = try await visit.occurrence()
        let versions = try await visit.site.people.history(of: record.id, as: visit.actor)
        let ids = Set(versions.flatMap(\.body.involved).map(\.person))
        let persons = try await visit.site.people.persons(Array(ids), as: visit.actor)
        let told = versions.map { ToldVersion($0, OccurrenceWords.whole($0.body, persons)) }
        let back = [
            Breadcrumb("Occurrences", "/occurrences"), Breadcrumb(record.body.title, "/occurrences/\(record.id)"),
        ]
        return visit.show(
            KeptHistoryPage(
                back: back, name: record.body.title, versions: try await VersionWords.timeline(told, visit)))
    }
}

extension Visit {
    func occurrence() async throws -> Record<Occurrence> {
        guard let id = Identifier<Occurrence>(parameter("id")) else { throw Problem.absent }
        return try await site.people.occurrence(id, as: actor)
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
