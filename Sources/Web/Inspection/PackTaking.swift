import Actions
import HTTPTypes
import Inspection
import Kernel
import Ledger
import Measures
import Pages

/// Taking the evidence pack out of the house: decided and logged as a disclosure, then printed.
enum PackTaking {
    @Sendable static func take(_ visit: Visit) async throws -> Answer {
        let id = try visit.areaID()
        let (moment, recipient) = (try moment(visit), try recipient(visit))
        let record = try await visit.desk.area(id, asKnownAt: moment, as: visit.actor)
        guard visit.rights(on: try await visit.desk.area(id, as: visit.actor)).canLead else { throw Problem.absent }
        let maker = PackMaking(visit, at: moment, for: recipient)
        let document = try await maker.document(of: record)
        if visit.query["as"] == "page" { return .page(document.render(for: .screen)) }
        do {
            let bytes = try await PackPrinter.pdf(
                document.render(for: .pdf), stylesheet: Assets.named("pack.css")?.bytes ?? [])
            return .download(bytes, name: "evidence-pack-\(id).pdf", contentType: "application/pdf")
        } catch let problem as Problem {
            let page = WebAddress("/areas/\(id)/pack").adding("as", "page")
            let here = recipient.map { page.adding("recipient", $0) } ?? page
            return visit.show(
                PackUnavailablePage(
                    problem: problem, areaTitle: record.body.heading, area: "/areas/\(id)",
                    printable: moment.map { _ in PackTaking.dated(here, visit) } ?? here),
                status: Failures.status(of: problem.code))
        }
    }

    private static func dated(_ address: WebAddress, _ visit: Visit) -> WebAddress {
        ["day", "month", "year"].reduce(address) { $0.adding("at-\($1)", visit.query["at-\($1)"]) }
    }

    /// An agency, as the log may hold it: never what somebody is called.
    private static func recipient(_ visit: Visit) throws -> String? {
        let typed = visit.query["recipient"].lowercased()
        guard !typed.isEmpty else { return nil }
        guard let agency = Identifier<Record<AreaForImprovement>>(typed) else {
            throw Problem(
                .invalid, "Name the agency that the pack is for by its short name.",
                next: "Go back and use small letters, digits and hyphens, like hmicfrs, or leave it out.")
        }
        return agency.text
    }

    private static func moment(_ visit: Visit) throws -> Moment? {
        guard !visit.query.isDayEmpty("at") else { return nil }
        guard let day = visit.query.day("at"), day <= visit.today else {
            throw Problem(.invalid, "That is not a day up to today.", next: "Go back and choose another day.")
        }
        return day == visit.today ? nil : TypedDay.end(of: day)
    }
}

/// Makes the document of everything known about one area.
struct PackMaking {
    private let visit: Visit
    private let moment: Moment?
    private let recipient: String?
    private let rule: SuppressionRule

    init(_ visit: Visit, at moment: Moment?, for recipient: String?) {
        (self.visit, self.moment, self.recipient) = (visit, moment, recipient)
        rule = SuppressionRule.holding(on: visit.today)
    }

    func document(of record: Record<AreaForImprovement>) async throws -> PackDocument {
        var drawings: [String: OutgoingFigures] = [:]
        for measure in record.body.measures {
            guard let chart = try? await LinkedFigures(visit, at: moment).chart(measure.id) else { continue }
            drawings[measure.id] = OutgoingFigures(chart, rule: rule)
        }
        let pack = try await visit.desk.pack(
            for: record.id, series: record.body.measures.map { series($0, drawings[$0.id]) },
            askedBy: visit.visitor.name, to: recipient, asKnownAt: moment, as: visit.actor)
        let names = try await PeopleNames.of(authors(pack), visit)
        let report = try await visit.desk.report(record.body.report, as: visit.actor)
        let held = try await visit.desk.reports(forceKey: report.body.draft.forceKey, as: visit.actor).map(\.body.draft)
        var document = cover(pack, grade(pack, report.body.draft, held))
        document.forceHistory = pack.forceHistory.map { line($0, names) }
        document.inspectorateHistory = pack.inspectorateHistory.map { line($0, names) }
        document.actions = pack.actions.map { action($0, names) }
        document.series = pack.series.map { printed($0, drawings[$0.measure]) }
        document.evidence = pack.area.evidence.map { EvidenceShowing.view($0, of: record.id, names) }
        document.later = pack.area.later.map {
            .init(
                report: $0.reportTitle, address: "/inspections/\($0.report)", statement: $0.statement, words: $0.words,
                by: names.name($0.by))
        }
        document.provenance = provenance(pack)
        return document
    }

    private func authors(_ pack: EvidencePack) -> [String] {
        pack.area.statuses.map(\.by) + pack.area.evidence.map(\.by) + pack.area.later.map(\.by)
            + pack.actions.flatMap { $0.events.map(\.by) }
    }

    private func cover(_ pack: EvidencePack, _ grade: QuestionGrade) -> PackDocument {
        let due = TypedDay.dueWords(
            pack.area.due, today: LondonTime.day(of: pack.provenance.knownAt),
            isClosed: pack.area.isClosed(.force, visit.desk.statuses))
        return PackDocument(
            marking: pack.marking.rawValue, title: pack.title, force: pack.force,
            inspection: "\(pack.pillar.rawValue), \(pack.year)", question: pack.area.question, grade: grade,
            source: pack.area.source.rawValue, text: pack.area.text, owner: pack.area.owner?.name ?? "Nobody yet",
            due: due, knownAt: LondonTime.inWords(pack.provenance.knownAt),
            sampleData: visit.site.settings.isSample ? "Sample data: every person and place here is invented." : nil)
    }

    private func grade(_ pack: EvidencePack, _ draft: ReportDraft, _ held: [ReportDraft]) -> QuestionGrade {
        guard let question = draft.questions.first(where: { $0.text == pack.area.question }) else { return .none }
        return CarriedWords.grade(of: question, in: draft, held: held)
    }

    private func line(_ line: EvidencePack.Line, _ names: PeopleNames) -> PackDocument.Line {
        PackDocument.Line(
            on: line.on, status: line.status, words: line.words,
            recorded: "\(names.name(line.by)), \(LondonTime.inWords(line.recordedAt))")
    }

    private func action(_ action: Action, _ names: PeopleNames) -> PackDocument.Action {
        let happened = action.events.map { event in
            let words = event.words.isEmpty ? "" : ": \(event.words)"
            return "\(ActionWords.title(event.what)), \(LondonTime.inWords(event.at)), \(names.name(event.by))\(words)"
        }
        return PackDocument.Action(
            title: action.title, owner: action.owner.name, due: action.due, state: ActionWords.title(action.state),
            happened: happened.joined(separator: "\n"))
    }

    private func provenance(_ pack: EvidencePack) -> [SummaryRow] {
        let from = pack.provenance
        return [
            SummaryRow("Report", from.reportTitle),
            SummaryRow("Text given as", from.reportFile.isEmpty ? "Pasted text" : from.reportFile),
            SummaryRow("Fingerprint of the text (SHA-256)", from.reportDigest),
            SummaryRow("Version of this area", String(from.areaVersion)),
            SummaryRow("As known at", LondonTime.inWords(from.knownAt)),
            SummaryRow("Made at", LondonTime.inWords(from.madeAt)), SummaryRow("Asked for by", from.askedBy),
            SummaryRow("Made with", "Holdfast. The log of the house holds that this pack was taken out."),
        ]
    }
}

extension PackMaking {
    /// A measure as text: what is printed is not worked out again.
    private func series(_ measure: LinkedMeasure, _ drawing: OutgoingFigures?) -> EvidencePack.Series {
        guard let drawing else {
            return EvidencePack.Series(
                measure: measure.id, title: measure.title, definition: "This measure has no figures at present.",
                unit: "", caveat: "", limits: "", points: [])
        }
        let definition = drawing.definition
        return EvidencePack.Series(
            measure: measure.id, title: definition.title, definition: drawing.meaning, unit: definition.unit,
            caveat: ([definition.caveat] + drawing.chart.series.notes).filter { !$0.isEmpty }.joined(separator: " "),
            limits: drawing.chart.segments.map(\.explanation).joined(separator: " "),
            points: drawing.points.indices.map { point(drawing, $0) })
    }

    private func point(_ drawing: OutgoingFigures, _ index: Int) -> EvidencePack.Series.Point {
        let point = drawing.points[index]
        guard !drawing.isWithheld(index) else {
            let mark = SuppressionRule.mark
            return .init(
                period: point.period.inWords, numerator: mark, denominator: mark, value: mark, interval: mark,
                signal: "")
        }
        return .init(
            period: point.period.inWords, numerator: point.numerator.map { Figure.whole($0) } ?? "–",
            denominator: drawing.denominator(point), value: point.value.map { drawing.unit.short($0) } ?? "no data",
            interval: drawing.interval(point), signal: point.signal ?? "")
    }

    private func printed(_ series: EvidencePack.Series, _ drawing: OutgoingFigures?) -> PackDocument.Series {
        PackDocument.Series(
            title: series.title, definition: series.definition, unit: series.unit, caveat: series.caveat,
            limits: series.limits, chart: drawing?.model(id: "pack-\(series.measure)"),
            points: series.points.map {
                .init(
                    period: $0.period, numerator: $0.numerator, denominator: $0.denominator, value: $0.value,
                    interval: $0.interval, signal: $0.signal)
            })
    }
}
