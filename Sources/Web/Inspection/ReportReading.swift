import Actions
import Inspection
import Kernel
import Ledger
import Pages

/// Reports for reading.
enum ReportReading {
    @Sendable static func list(_ visit: Visit) async throws -> Answer {
        let records = try await visit.desk.reports(as: visit.actor)
        let drafts = records.map(\.body.draft)
        let rows = records.map { record in
            let draft = record.body.draft
            return InspectionListPage.Report(
                id: record.id.text, force: draft.force, year: "\(draft.year)", pillar: draft.pillar.rawValue,
                grades: draft.questions.map {
                    .init(question: $0.text, grade: CarriedWords.grade(of: $0, in: draft, held: drafts))
                })
        }
        return visit.show(InspectionListPage(reports: rows, canImport: ReportKeeping.isAllowed(visit)))
    }

    @Sendable static func show(_ visit: Visit) async throws -> Answer {
        let id = try visit.reportID()
        let record = try await visit.desk.report(id, as: visit.actor)
        let same = try await visit.desk.reports(forceKey: record.body.draft.forceKey, as: visit.actor)
        let areas = try await visit.desk.areas(of: id, as: visit.actor)
        let lines = areas.map { AreaLine($0, visit) }
        var showing = ReportShowing(draft: record.body.draft, held: same.map(\.body.draft), scales: visit.desk.scales)
        let texts = zip(areas, lines).map { ($0.body.source == .finding, $0.body.text, $1) }
        showing.texts = Dictionary(texts.filter { !$0.0 }.map { ($0.1, $0.2) }) { first, _ in first }
        showing.followed = Dictionary(texts.filter(\.0).map { ($0.1, $0.2) }) { first, _ in first }
        showing.canFollow = ReportKeeping.isAllowed(visit)
        let names = try await PeopleNames.of([record.author], visit)
        var page = InspectionPage(
            id: id.text, report: showing.view(), fileName: record.body.fileName, digest: record.body.digest,
            kept: "\(names.name(record.author)), \(LondonTime.inWords(record.at))")
        page.canWork = showing.canFollow
        page.others = others(same, record)
        page.earlierAreas = try await earlier(same, record, visit)
        return visit.show(page)
    }

    private static func others(
        _ same: [Record<InspectionReport>], _ record: Record<InspectionReport>
    ) -> [InspectionPage.Other] {
        same.filter { $0.id != record.id }.map {
            InspectionPage.Other(
                title: $0.body.title, address: "/inspections/\($0.id)",
                isLater: $0.body.draft.year > record.body.draft.year)
        }
    }

    private static func earlier(
        _ same: [Record<InspectionReport>], _ record: Record<InspectionReport>, _ visit: Visit
    ) async throws -> [InspectionPage.EarlierArea] {
        var rows: [InspectionPage.EarlierArea] = []
        for report in same where report.body.draft.year < record.body.draft.year {
            for area in try await visit.desk.areas(of: report.id, as: visit.actor) {
                rows.append(
                    InspectionPage.EarlierArea(
                        area: AreaLine(area, visit), from: report.body.title,
                        statements: area.body.later.filter { $0.report == record.id }.map(\.statement)))
            }
        }
        return rows
    }

    @Sendable static func source(_ visit: Visit) async throws -> Answer {
        let id = try visit.reportID()
        let record = try await visit.desk.report(id, as: visit.actor)
        let bytes = try await visit.desk.source(of: id, as: visit.actor)
        return .download(
            bytes, name: "report-\(record.body.draft.year.first).txt", contentType: "text/plain; charset=utf-8")
    }
}

extension AreaLine {
    init(_ record: Record<AreaForImprovement>, _ visit: Visit) {
        let (area, statuses) = (record.body, visit.desk.statuses)
        let isClosed = area.isClosed(.force, statuses)
        let isLate = area.isOverdue(on: visit.today, statuses)
        let title = { (strand: StatusStrand) in
            area.status(strand).map { statuses.status($0.status)?.title ?? $0.status }
        }
        self.init(
            id: record.id.text, title: area.heading, report: area.reportTitle, owner: area.owner?.name, due: area.due,
            dueWords: TypedDay.dueWords(area.due, today: visit.today, isClosed: isClosed),
            state: isLate ? "Overdue: \(title(.force) ?? "no status yet")" : title(.force) ?? "No status yet",
            kind: isLate ? .danger : isClosed ? .good : .neutral, inspectorate: title(.inspectorate) ?? "No status yet")
    }
}
