import HTTPTypes
import Inspection
import Kernel
import Ledger
import Pages

/// Where an area stands, in the two views that are kept apart.
enum AreaStanding {
    @Sendable static func form(_ visit: Visit) async throws -> Answer {
        let (record, strand) = try await opened(visit)
        let attempt = StatusAttempt(
            visit: visit, record: record, strand: strand, version: record.version,
            fields: .init(status: record.body.status(strand)?.status ?? "", on: TypedDate(visit.today)))
        return attempt.page(nil)
    }

    @Sendable static func save(_ visit: Visit) async throws -> Answer {
        let (record, strand) = try await opened(visit)
        let form = try await visit.form()
        let attempt = StatusAttempt(
            visit: visit, record: record, strand: strand, version: Int(form["version"]) ?? 0,
            fields: .init(status: form["status"], on: form.typedDate("on"), words: form.text("words")))
        return try await attempt.save(on: form.day("on"))
    }

    @Sendable static func resolve(_ visit: Visit) async throws -> Answer {
        let (record, strand) = try await opened(visit)
        let form = try await visit.form()
        let chosen = ChosenFields(form: form)
        let place = "status/\(strand.rawValue)/resolve"
        guard let title = chosen.text("status"), let on = chosen.text("on"), let words = chosen.text("words") else {
            let labels: KeyValuePairs = ["status": "Where it stands", "on": "Since when", "words": "In words"]
            return visit.show(ConflictShowing.again(form, labels, record, to: place), status: .conflict)
        }
        let status = visit.desk.statuses.of(strand).first { $0.title.lowercased() == title.lowercased() }
        let day = TypedDay.read(on)
        let now = record.body.status(strand)
        if let status, now?.status == status.id, now?.on == day, now?.words == words {
            return .redirect("/areas/\(record.id)")
        }
        let attempt = StatusAttempt(
            visit: visit, record: record, strand: strand, version: Int(form["version"]) ?? 0,
            fields: .init(
                status: status?.id ?? "", on: day == nil ? TypedDate(day: on) : TypedDate(day), words: words))
        return try await attempt.save(on: day)
    }

    private static func opened(_ visit: Visit) async throws -> (Record<AreaForImprovement>, StatusStrand) {
        guard let strand = StatusStrand(rawValue: visit.parameter("strand")) else { throw Problem.absent }
        let record = try await visit.desk.area(try visit.areaID(), as: visit.actor)
        let rights = visit.rights(on: record)
        guard strand == .force ? rights.canChange : rights.canLead else { throw Problem.absent }
        return (record, strand)
    }
}

private struct StatusAttempt {
    let visit: Visit
    let record: Record<AreaForImprovement>
    let strand: StatusStrand
    let version: Int
    let fields: AreaStatusPage.Fields

    func save(on day: Day?) async throws -> Answer {
        guard let day else {
            return page(
                Problem(
                    .invalid, "There is a problem with what you entered.",
                    fields: [.init("on", "Enter a real date, such as 27 3 2026.")]))
        }
        do {
            try await visit.desk.amend(
                record.id, expecting: version,
                .status(strand, id: fields.status, on: day, words: fields.words), as: visit.actor)
            return .redirect("/areas/\(record.id)", .added)
        } catch let conflict as Conflict {
            let place = "status/\(strand.rawValue)/resolve"
            return try await ConflictShowing.answer(conflict, record, to: place, visit) { base, theirs, mine in
                compared(base.status(strand), theirs.status(strand), mine.statuses.last ?? mine.status(strand))
            }
        } catch let problem as Problem where !problem.fields.isEmpty {
            return page(problem)
        }
    }

    private func compared(_ base: StatusEvent?, _ theirs: StatusEvent?, _ mine: StatusEvent?) -> [ComparedField] {
        let statuses = visit.desk.statuses
        let title = { (event: StatusEvent?) in event.map { statuses.status($0.status)?.title ?? $0.status } ?? "" }
        let day = { (event: StatusEvent?) in event.map { LondonTime.inWords($0.on) } ?? "" }
        return [
            ComparedField(
                name: "status", label: "Where it stands", base: title(base), mine: title(mine), theirs: title(theirs)),
            ComparedField(name: "on", label: "Since when", base: day(base), mine: day(mine), theirs: day(theirs)),
            ComparedField(
                name: "words", label: "In words", base: base?.words ?? "", mine: mine?.words ?? "",
                theirs: theirs?.words ?? ""),
        ]
    }

    func page(_ problem: Problem?) -> Answer {
        var place = AreaPlace(record)
        place.version = version
        let choices = visit.desk.statuses.of(strand).map { Choice($0.id, $0.title) }
        return visit.show(
            AreaStatusPage(
                place: place, strand: strand.rawValue, statuses: choices, fields: fields, errors: FieldErrors(problem)),
            status: problem.map { Failures.status(of: $0.code) } ?? .ok)
    }
}
