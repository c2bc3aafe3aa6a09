import Access
import HTTPTypes
import Kernel
import Ledger
import Pages
import People

/// What is sealed of a person: entered, and shown to one person with a reason.
enum PersonSealing {
    static let fields: [(field: SealedField, title: String)] = [
        (Person.safeContact, "Where she may safely be reached"),
        (Person.refugeAddress, "Where she lives in safety"),
    ]

    @Sendable static func reasons(_ visit: Visit) async throws -> Answer {
        let (record, field, title) = try await opened(visit)
        return visit.show(page(record, field, title, visit))
    }

    @Sendable static func reveal(_ visit: Visit) async throws -> Answer {
        let (form, (record, field, title)) = (try await visit.form(), try await opened(visit))
        let words = form.text("sealed-words")
        let reason: RevealReason = words.trimmed().isEmpty ? .listed(form["reason"]) : .words(Sealed.Plain(words))
        var page = page(record, field, title, visit)
        do {
            page.value = try await visit.site.people.reveal(field, of: record.id, because: reason, as: visit.actor)
                .exposed
            return visit.show(page)
        } catch let problem as Problem where problem.code == .invalid {
            page.words = words
            page.errors = FieldErrors(
                Problem(.invalid, problem.message, next: problem.next, fields: [.init("reason", problem.message)]))
            return visit.show(page, status: .unprocessableContent)
        }
    }

    private static func page(
        _ record: Record<Person>, _ field: SealedField, _ title: String, _ visit: Visit
    ) -> SealedRevealPage {
        SealedRevealPage(
            person: record.id.text, name: PersonWords.name(record.body), field: field.name, title: title,
            reasons: choices(on: LondonTime.day(of: visit.site.ledger.now)))
    }

    static func choices(on day: Day) -> [Choice] {
        RevealReason.choices.holding(on: day).map { Choice($0.code, $0.title) }
    }

    @Sendable static func form(_ visit: Visit) async throws -> Answer {
        let (record, field, title) = try await opened(visit)
        let mask = try await visit.site.people.mask(field, of: record.id, as: visit.actor)
        return visit.show(
            SealedChangePage(
                person: record.id.text, name: PersonWords.name(record.body), field: field.name, title: title,
                version: mask?.version ?? 0))
    }

    @Sendable static func save(_ visit: Visit) async throws -> Answer {
        let (form, (record, field, title)) = (try await visit.form(), try await opened(visit))
        let (value, version) = (form.text("sealed-value"), Int(form["version"]) ?? 0)
        do {
            try await visit.site.people.seal(value, field, of: record.id, expecting: version, as: visit.actor)
            return .redirect("/persons/\(record.id)", .saved)
        } catch let problem as Problem where problem.code == .invalid || problem.code == .conflict {
            let mask = try await visit.site.people.mask(field, of: record.id, as: visit.actor)
            let faults = FieldErrors(
                Problem(
                    problem.code, problem.message, next: problem.next, fields: [.init("sealed-value", problem.message)])
            )
            return visit.show(
                SealedChangePage(
                    person: record.id.text, name: PersonWords.name(record.body), field: field.name, title: title,
                    version: mask?.version ?? 0, value: value, errors: faults),
                status: Failures.status(of: problem.code))
        }
    }

    private static func opened(_ visit: Visit) async throws -> (Record<Person>, SealedField, String) {
        guard let (field, title) = fields.first(where: { $0.field.name == visit.parameter("field") }) else {
            throw Problem.absent
        }
        let record = try await visit.site.people.person(try visit.personID(), as: visit.actor)
        guard record.owner == visit.actor.agency else { throw Problem.absent }
        return (record, field, title)
    }
}
