import Access
import HTTPTypes
import Kernel
import Ledger
import Pages
import People
import RiskAssessment

/// Taking a call from an occurrence.
enum CallTaking {
    @Sendable static func form(_ visit: Visit) async throws -> Answer {
        guard let id = Identifier<Occurrence>(visit.query["occurrence"]) else { return .redirect("/occurrences") }
        return visit.show(try await page(try await own(id, visit), visit))
    }

    @Sendable static func take(_ visit: Visit) async throws -> Answer {
        let form = try await visit.form()
        guard let id = Identifier<Occurrence>(form["occurrence"]) else { return .redirect("/occurrences") }
        let record = try await own(id, visit)
        do {
            let taken = try await visit.calls.take(
                .init(
                    occurrence: id, reportedAt: try moment(form), caller: form["caller"], said: form.text("said")),
                as: visit.actor)
            return .redirect("/calls/\(taken)", .added)
        } catch let problem as Problem where problem.code == .invalid {
            var page = try await page(record, visit)
            (page.caller, page.said) = (form["caller"], form.text("said"))
            (page.day, page.time) = (form.typedDate("reported"), form["time"])
            page.errors = FieldErrors(problem)
            return visit.show(page, status: .unprocessableContent)
        }
    }

    private static func own(_ id: Identifier<Occurrence>, _ visit: Visit) async throws -> Record<Occurrence> {
        let record = try await visit.site.people.record(id, as: visit.actor)
        guard record.owner == visit.actor.agency else { throw Problem.absent }
        return record
    }

    private static func moment(_ form: FormValues) throws -> Moment {
        let (day, minute) = (form.day("reported"), TypedMinute(form["time"]))
        var faults: [Problem.Field] = []
        if day == nil { faults.append(.init("reported", "Enter a real date, such as 3 3 2026")) }
        if minute == nil { faults.append(.init("time", "Enter a time, such as 21:40")) }
        guard let day, let minute else { throw Problem.fields(faults) }
        return minute.on(day)
    }

    private static func page(_ record: Record<Occurrence>, _ visit: Visit) async throws -> CallStartPage {
        let (body, now) = (record.body, visit.site.ledger.now)
        return CallStartPage(
            occurrence: record.id.text,
            name: "\(body.title)\(body.reference.isEmpty ? "" : ", \(body.reference)")",
            day: TypedDate(LondonTime.day(of: now)), time: String(LondonTime.inWords(now).suffix(5)),
            history: try await AssessmentKnowing.history(
                of: body.involved.filter { $0.until == nil }.map(\.person), without: record.id, at: body.place, visit))
    }
}

/// What is known of the people before they are asked or visited.
enum AssessmentKnowing {
    private static let shown = 10

    static func history(
        of persons: [Identifier<Person>], without occurrence: Identifier<Occurrence>, at place: Identifier<Place>?,
        _ visit: Visit
    ) async throws -> KnownHistory {
        let known = try await visit.calls.known(
            of: persons.uniqued(), before: occurrence, at: place, maySeal: visit.may(.consultation, .safeContact),
            as: visit.actor)
        var history = KnownHistory()
        history.lastGrade = known.lastGrade.map { "\($0.label), \(LondonTime.inWords($0.at))" }
        history.warnings = known.persons.flatMap { person in
            person.body.warnings.map { "\(PersonWords.name(person.body)): \($0.words)" }
        }
        (history.months, history.older) = (known.months, known.older + max(0, known.earlier.count - shown))
        history.earlier = known.earlier.prefix(shown).map { record in
            TaskItem(
                "\(record.body.title), \(record.body.from.words)", "/occurrences/\(record.id)",
                detail: parts(record.body, known.persons))
        }
        history.calls = known.calls.prefix(shown).map { record in
            TaskItem(
                CallTelling.name(record.body), "/calls/\(record.id)",
                detail: LondonTime.inWords(record.body.reportedAt), state: record.body.thrive?.label ?? "No grade",
                kind: CallTelling.gradeKind(record.body))
        }
        history.assessments = known.assessments.prefix(shown).map { record in
            TaskItem(
                AssessmentTelling.name(record.body), "/assessments/\(record.id)",
                detail: record.body.happened.words, state: record.body.grading?.label ?? "No grade",
                kind: AssessmentTelling.gradeKind(record.body))
        }
        history.counted = (known.calls.count, known.assessments.count)
        history.orders = known.orders.map { CallTelling.order($0.order) }
        history.ordersLooked = known.ordersLooked.map { LondonTime.inWords($0) }
        history.sealed = known.persons.filter { known.sealed.contains($0.id) }.map {
            (PersonWords.name($0.body), "/persons/\($0.id)/sealed/\(Person.safeContact.name)")
        }
        history.children = known.children.map { (PersonWords.name($0.body), "/persons/\($0.id)") }
        return history
    }

    /// Its number, and who of these was what in it.
    private static func parts(_ body: Occurrence, _ persons: [Record<Person>]) -> String {
        let named = persons.compactMap { person -> String? in
            let capacities = body.involved.filter { $0.person == person.id }.map { $0.capacity.title.lowercased() }
            guard !capacities.isEmpty else { return nil }
            return "\(PersonWords.name(person.body)) \(capacities.uniqued().joined(separator: " and "))"
        }
        return ([body.reference].filter { !$0.isEmpty } + named).joined(separator: " · ")
    }
}

extension Array where Element: Hashable {
    /// Each once, in the order of the first.
    fileprivate func uniqued() -> [Element] {
        var seen: Set<Element> = []
        return filter { seen.insert($0).inserted }
    }
}
