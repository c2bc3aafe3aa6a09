import Access
import Actions
import HTTPTypes
import Inspection
import Kernel
import Ledger
import Pages

/// Areas for improvement for reading: lists, one area now or as it was known, its history.
enum AreaReading {
    @Sendable static func list(_ visit: Visit) async throws -> Answer {
        let isLead = AreaReading.seesAll(visit)
        let view = AreaListPage.View(rawValue: visit.query["view"]) ?? (isLead ? .all : .mine)
        var records = view == .mine ? try await mine(visit) : try await all(visit)
        if view == .overdue {
            records.removeAll { !$0.body.isOverdue(on: visit.today, visit.desk.statuses) }
        }
        let sorted = records.sorted { ($0.body.due?.description ?? "~") < ($1.body.due?.description ?? "~") }
        return visit.show(AreaListPage(view: view, areas: sorted.map { AreaLine($0, visit) }))
    }

    private static func seesAll(_ visit: Visit) -> Bool {
        visit.actor.roles.contains { [.inspectionLead, .analyst, .supervisor, .privacyOfficer].contains($0) }
    }

    /// What she or a team of hers owns.
    static func mine(_ visit: Visit) async throws -> [Record<AreaForImprovement>] {
        var records: [Record<AreaForImprovement>] = []
        for owner in [visit.actor.user] + visit.actor.teams.sorted() {
            records += try await visit.desk.areas(ownedBy: owner, as: visit.actor)
        }
        return records
    }

    static func all(_ visit: Visit) async throws -> [Record<AreaForImprovement>] {
        var records: [Record<AreaForImprovement>] = []
        for report in try await visit.desk.reports(as: visit.actor) {
            records += try await visit.desk.areas(of: report.id, as: visit.actor)
        }
        return records
    }

    @Sendable static func show(_ visit: Visit) async throws -> Answer {
        let record = try await visit.desk.area(try visit.areaID(), as: visit.actor)
        let typed = visit.query.typedDate("at")
        guard typed != TypedDate() else {
            return visit.show(
                AreaPage(area: try await AreaShowing(record, visit).view(), rights: visit.rights(on: record)))
        }
        guard let day = visit.query.day("at"), day <= visit.today else {
            return try await again(record, typed, "Enter a day up to today, such as 3 5 2026.", visit)
        }
        guard day < visit.today else { return .redirect("/areas/\(record.id)") }
        let moment = TypedDay.end(of: day)
        do {
            let known = try await visit.desk.area(record.id, asKnownAt: moment, as: visit.actor)
            return visit.show(
                AreaPage(
                    area: try await AreaShowing(known, visit, at: moment).view(), rights: visit.rights(on: record),
                    knownAt: LondonTime.inWords(day), knownDay: typed))
        } catch let problem as Problem where problem.code == .absent {
            let message = "This area was not here yet on \(LondonTime.inWords(day))."
            return try await again(record, typed, message, visit)
        }
    }

    private static func again(
        _ record: Record<AreaForImprovement>, _ typed: TypedDate, _ message: String, _ visit: Visit
    ) async throws -> Answer {
        let problem = Problem(.invalid, message, next: "Choose another day.", fields: [.init("at", message)])
        let page = AreaPage(
            area: try await AreaShowing(record, visit).view(), rights: visit.rights(on: record), knownDay: typed,
            errors: FieldErrors(problem))
        return visit.show(page, status: .unprocessableContent)
    }

    @Sendable static func history(_ visit: Visit) async throws -> Answer {
        let id = try visit.areaID()
        let versions = try await visit.desk.history(of: id, as: visit.actor)
        guard let last = versions.last else { throw Problem.absent }
        let names = try await PeopleNames.of(versions.map(\.author), visit)
        var entries: [TimelineEntry] = []
        for (index, version) in versions.enumerated() {
            let changes =
                index == 0 ? [] : AreaDifference(from: versions[index - 1].body, to: version.body, visit).sentences
            entries.append(
                TimelineEntry(
                    when: LondonTime.inWords(version.at), machineWhen: version.at.description,
                    title: index == 0 ? "Version 1: it came with the report" : "Version \(version.version)",
                    who: names.name(version.author), text: changes.joined(separator: "\n")))
        }
        return visit.show(AreaHistoryPage(place: AreaPlace(last), versions: entries.reversed()))
    }
}

/// What changed from one version of an area to the next, in sentences.
struct AreaDifference {
    let from: AreaForImprovement
    let to: AreaForImprovement
    let statuses: AreaStatuses

    init(from: AreaForImprovement, to: AreaForImprovement, _ visit: Visit) {
        (self.from, self.to, statuses) = (from, to, visit.desk.statuses)
    }

    var sentences: [String] {
        plan + standing + measures
            + to.evidence.dropFirst(from.evidence.count).map { "Evidence added: \($0.claim)" }
            + to.later.dropFirst(from.later.count).map { "Linked to \($0.reportTitle): \($0.statement)" }
    }

    private var plan: [String] {
        var sentences: [String] = []
        if from.owner != to.owner {
            sentences.append("Owner: \(from.owner?.name ?? "nobody") → \(to.owner?.name ?? "nobody")")
        }
        if from.due != to.due {
            let words = { (day: Day?) in day.map(LondonTime.inWords) ?? "none" }
            sentences.append("Due date: \(words(from.due)) → \(words(to.due))")
        }
        return sentences
    }

    private var standing: [String] {
        to.statuses.dropFirst(from.statuses.count).map { event in
            let whose = event.strand == .force ? "The force’s view" : "The inspectorate’s view"
            let title = statuses.status(event.status)?.title ?? event.status
            return "\(whose): \(title) since \(LondonTime.inWords(event.on)). \(event.words)"
        }
    }

    private var measures: [String] {
        let (before, after) = (Set(from.measures.map(\.id)), Set(to.measures.map(\.id)))
        return to.measures.filter { !before.contains($0.id) }.map { "Measure linked: \($0.title)" }
            + from.measures.filter { !after.contains($0.id) }.map { "Measure no longer linked: \($0.title)" }
    }
}
