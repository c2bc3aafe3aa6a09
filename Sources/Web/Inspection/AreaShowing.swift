import Actions
import Inspection
import Kernel
import Ledger
import Pages

/// From an area's record, with its actions and figures, to what its page shows.
struct AreaShowing {
    private let record: Record<AreaForImprovement>
    private let visit: Visit
    /// Nil for now.
    private let moment: Moment?

    init(_ record: Record<AreaForImprovement>, _ visit: Visit, at moment: Moment? = nil) {
        (self.record, self.visit, self.moment) = (record, visit, moment)
    }

    private var area: AreaForImprovement { record.body }
    private var statuses: AreaStatuses { visit.desk.statuses }
    private var day: Day { moment.map { LondonTime.day(of: $0) } ?? visit.today }

    func view() async throws -> AreaView {
        let line = AreaLine(record, visit)
        var view = AreaView(
            id: record.id.text, version: record.version, title: area.heading, source: area.source.rawValue,
            reportTitle: area.reportTitle, reportAddress: "/inspections/\(area.report)", question: area.question,
            text: area.text, owner: area.owner?.name, due: area.due, dueWords: line.dueWords)
        view.isLate = area.isOverdue(on: day, statuses)
        let names = try await PeopleNames.of(authors, visit)
        view.force = strand(.force, names)
        view.inspectorate = strand(.inspectorate, names)
        view.actions = try await actions()
        view.measures = try await LinkedFigures(visit, at: moment).views(of: area)
        view.evidence = area.evidence.map { EvidenceShowing.view($0, of: record.id, names) }
        view.later = area.later.map {
            .init(
                report: $0.reportTitle, address: "/inspections/\($0.report)", statement: $0.statement, words: $0.words,
                by: names.name($0.by))
        }
        return view
    }

    private var authors: [String] { area.statuses.map(\.by) + area.evidence.map(\.by) + area.later.map(\.by) }

    private func strand(_ strand: StatusStrand, _ names: PeopleNames) -> AreaView.Strand {
        let now = area.status(strand).flatMap { statuses.status($0.status) }
        let events = area.statuses.filter { $0.strand == strand }
            .sorted { ($0.on, $0.recordedAt) > ($1.on, $1.recordedAt) }
        return AreaView.Strand(
            now: now?.title ?? area.status(strand)?.status, kind: now?.closes == true ? .good : .information,
            history: events.map { event in
                TimelineEntry(
                    when: LondonTime.inWords(event.on), machineWhen: event.on.description,
                    title: statuses.status(event.status)?.title ?? event.status,
                    who: "recorded by \(names.name(event.by)) on \(LondonTime.inWords(event.recordedAt))",
                    text: event.words)
            })
    }

    private func actions() async throws -> [AreaView.ActionLine] {
        let desk = ActionDesk(ledger: visit.site.ledger)
        let records = try await desk.about(AreaForImprovement.subject(record.id), as: visit.actor)
        return records.compactMap { record in
            var action = record.body
            if let moment { action.events.removeAll { $0.at > moment } }
            guard !action.events.isEmpty else { return nil }
            let isLate = action.isOverdue(on: day)
            return AreaView.ActionLine(
                id: record.id.text, title: action.title, owner: action.owner.name, due: action.due,
                state: isLate ? "Overdue, \(action.state.rawValue)" : ActionWords.title(action.state),
                kind: isLate ? .danger : action.state == .done ? .good : .neutral, isOpenToAnswer: moment == nil)
        }
    }
}

/// An evidence item as pages and packs show it.
enum EvidenceShowing {
    static func view(
        _ item: EvidenceItem, of id: Identifier<AreaForImprovement>, _ names: PeopleNames
    ) -> AreaView.Evidence {
        AreaView.Evidence(
            id: item.id, claim: item.claim, on: item.on, marking: item.marking.rawValue,
            figure: item.figure.map(lines) ?? [], figureAddress: item.figure.map { "/measures/\($0.measure)" },
            document: item.document.map { document in
                AreaView.Document(
                    name: document.fileName, address: "/areas/\(id)/documents/\(document.digest)",
                    words: "\(kind(document.mediaType)), \(size(document.size))", digest: document.digest)
            }, realityTest: item.realityTest, by: names.name(item.by))
    }

    private static func lines(_ figure: EvidenceFigure) -> [String] {
        let counts = figure.denominator.isEmpty ? figure.numerator : "\(figure.numerator) of \(figure.denominator)"
        let parts = [figure.value, counts, figure.interval].filter { !$0.isEmpty }.joined(separator: "; ")
        return ["\(figure.title), \(figure.period): \(parts)", "What it is: \(figure.definition)"]
    }

    private static func size(_ bytes: Int) -> String {
        bytes < 1 << 20 ? "\(max(1, bytes >> 10)) KB" : "\(Figure.decimal(Double(bytes) / 1_048_576, 1)) MB"
    }

    private static func kind(_ mediaType: String) -> String {
        switch mediaType {
        case "application/pdf": "PDF"
        case "image/png", "image/jpeg": "picture"
        case "text/csv": "CSV"
        case "text/plain": "text"
        default: mediaType.contains("sheet") ? "spreadsheet" : mediaType.contains("present") ? "slides" : "document"
        }
    }
}
