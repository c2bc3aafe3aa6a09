import Access
import HTTPTypes
import Instruments
import Kernel
import Ledger
import Pages
import People
import RiskAssessment

/// Beginning an assessment from an occurrence.
enum AssessmentBeginning {
    @Sendable static func form(_ visit: Visit) async throws -> Web.Answer {
        guard let id = Identifier<Occurrence>(visit.query["occurrence"]) else { return .redirect("/occurrences") }
        let record = try await own(id, visit)
        var fields = AssessmentStartPage.Fields()
        let (involved, now) = (record.body.involved.filter { $0.until == nil }, visit.site.ledger.now)
        let only = { (capacity: RecordSubject.Capacity) in
            let found = Set(involved.filter { $0.capacity == capacity }.map(\.person))
            return found.count == 1 ? found.first?.text ?? "" : ""
        }
        (fields.victim, fields.suspect, fields.instrument) = (only(.victim), only(.suspect), "dash-2009")
        if fields.suspect == fields.victim { fields.suspect = "" }
        fields.day = TypedDate(LondonTime.day(of: now))
        fields.time = String(LondonTime.inWords(now).suffix(5))
        return visit.show(try await page(record, fields, visit))
    }

    @Sendable static func begin(_ visit: Visit) async throws -> Web.Answer {
        let form = try await visit.form()
        guard let id = Identifier<Occurrence>(form["occurrence"]) else { return .redirect("/occurrences") }
        let record = try await own(id, visit)
        var fields = AssessmentStartPage.Fields()
        (fields.instrument, fields.victim, fields.suspect) = (form["instrument"], form["victim"], form["suspect"])
        (fields.day, fields.time) = (form.typedDate("reported"), form["time"])
        do {
            let begun = try await visit.assessments.begin(
                .init(
                    occurrence: id, instrument: fields.instrument, victim: Identifier(fields.victim),
                    suspect: Identifier(fields.suspect), reportedAt: try moment(form, fields)), as: visit.actor)
            return .redirect("/assessments/\(begun)", .added)
        } catch let problem as Problem where problem.code == .invalid {
            var page = try await page(record, fields, visit)
            page.errors = FieldErrors(problem)
            return visit.show(page, status: .unprocessableContent)
        }
    }

    private static func own(_ id: Identifier<Occurrence>, _ visit: Visit) async throws -> Record<Occurrence> {
        let record = try await visit.site.people.record(id, as: visit.actor)
        guard record.owner == visit.actor.agency else { throw Problem.absent }
        return record
    }

    /// The minute that was typed, in London.
    private static func moment(_ form: FormValues, _ fields: AssessmentStartPage.Fields) throws -> Moment {
        let parts = fields.time.split(separator: ":").map { Int($0) }
        var faults: [Problem.Field] = []
        if form.day("reported") == nil { faults.append(.init("reported", "Enter a real date, such as 3 3 2026")) }
        let isTime = parts.count == 2 && (0..<24).contains(parts[0] ?? -1) && (0..<60).contains(parts[1] ?? -1)
        if !isTime { faults.append(.init("time", "Enter a time, such as 21:40")) }
        guard let day = form.day("reported"), let hour = parts.first ?? nil, let minute = parts.last ?? nil,
            faults.isEmpty
        else { throw Problem.fields(faults) }
        let plain = Moment(milliseconds: Int64(day.daysSince1970) * 86_400_000)
            .adding(seconds: Int64(hour * 3600 + minute * 60))
        return plain.adding(seconds: -LondonTime.offsetSeconds(at: plain))
    }

    private static func page(
        _ record: Record<Occurrence>, _ fields: AssessmentStartPage.Fields, _ visit: Visit
    ) async throws -> AssessmentStartPage {
        let today = visit.today
        let instruments = visit.assessments.library.shelf.instruments.compactMap { $0.inForce(on: today) }
            .filter { $0.stage == .response }
        let ids = record.body.involved.filter { $0.until == nil }.map(\.person)
        let persons = try await visit.site.people.persons(Array(Set(ids)), as: visit.actor)
        var page = AssessmentStartPage(
            occurrence: record.id.text,
            name: "\(record.body.title)\(record.body.reference.isEmpty ? "" : ", \(record.body.reference)")",
            instruments: instruments.map { Choice($0.id, $0.title.text, hint: nil) },
            persons: PersonChoices.choices(persons), fields: fields)
        page.history = try await AssessmentKnowing.history(of: ids, without: record.id, at: record.body.place, visit)
        return page
    }
}
