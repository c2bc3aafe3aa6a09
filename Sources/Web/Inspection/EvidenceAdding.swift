import Access
import Foundation
import HTTPTypes
import Inspection
import Kernel
import Ledger
import Measures
import Pages

/// Evidence of an area: a claim, and a figure, a document or a test.
enum EvidenceAdding {
    @Sendable static func form(_ visit: Visit) async throws -> Answer {
        let record = try await opened(visit)
        let figures = try await QuotableFigures.of(record.body, also: visit.query["measure"], visit)
        let wanted = visit.query["measure"]
        let chosen = figures.first { !wanted.isEmpty && $0.value.hasPrefix("\(wanted)|") }?.value ?? ""
        return visit.show(
            NewEvidencePage(
                place: AreaPlace(record), figures: figures,
                fields: .init(figure: chosen, on: TypedDate(visit.today))))
    }

    @Sendable static func add(_ visit: Visit) async throws -> Answer {
        let record = try await opened(visit)
        let upload = try await visit.upload(limit: Inspection.UploadedFile.largest + (1 << 20))
        defer { upload.discard() }
        let form = upload.fields
        do {
            guard let on = form.day("on") else {
                throw Problem(
                    .invalid, "There is a problem with what you entered.",
                    fields: [.init("on", "Enter a real date, such as 27 3 2026.")])
            }
            let draft = EvidenceDraft(
                claim: form.text("claim"), figure: try await QuotableFigures.figure(form["figure"], visit), on: on,
                marking: Inspection.Marking(rawValue: form["marking"]) ?? .officialSensitive,
                realityTest: form.text("reality-test"))
            try await visit.desk.addEvidence(draft, file: try file(upload), to: record.id, as: visit.actor)
            return .redirect("/areas/\(record.id)", .added)
        } catch let problem as Problem where !problem.fields.isEmpty {
            let page = NewEvidencePage(
                place: AreaPlace(record), figures: try await QuotableFigures.of(record.body, also: "", visit),
                fields: .init(
                    claim: form.text("claim"), figure: form["figure"], on: form.typedDate("on"),
                    marking: form["marking"], realityTest: form.text("reality-test")), errors: FieldErrors(problem))
            return visit.show(page, status: Failures.status(of: problem.code))
        }
    }

    private static func file(_ upload: Upload) throws -> Inspection.UploadedFile? {
        guard let file = upload.files.first(where: { $0.field == "document" }), !file.name.isEmpty else { return nil }
        return Inspection.UploadedFile(name: file.name, bytes: [UInt8](try Data(contentsOf: file.location)))
    }

    private static func opened(_ visit: Visit) async throws -> Record<AreaForImprovement> {
        let record = try await visit.desk.area(try visit.areaID(), as: visit.actor)
        guard visit.rights(on: record).canChange else { throw Problem.absent }
        return record
    }

    /// Always a file to keep, never shown inside the site: a document may hold anything.
    @Sendable static func document(_ visit: Visit) async throws -> Answer {
        let found = try await visit.desk.document(
            visit.parameter("digest"), of: try visit.areaID(), as: visit.actor)
        return .download(found.bytes, name: found.document.fileName, contentType: found.document.mediaType)
    }
}

/// Figures that may be quoted as evidence: evidence goes into packs, so counts too small to leave the house are not
/// offered.
enum QuotableFigures {
    private static let newest = 13

    static func of(_ area: AreaForImprovement, also measure: String, _ visit: Visit) async throws -> [Choice] {
        var ids = area.measures.map(\.id)
        if !measure.isEmpty, !ids.contains(measure) { ids.append(measure) }
        var choices: [Choice] = []
        for id in ids {
            guard let drawing = try? await drawing(id, visit.site, visit.actor) else { continue }
            choices += offered(drawing).suffix(newest).reversed().map { index in
                let point = drawing.points[index]
                return Choice(
                    "\(drawing.definition.id)|\(point.period.label)",
                    "\(drawing.definition.title), \(point.period.inWords): \(words(point, drawing))")
            }
        }
        return choices
    }

    /// The figure named by a choice; nil when none was chosen.
    static func figure(_ choice: String, _ visit: Visit) async throws -> EvidenceFigure? {
        try await figure(choice, visit.site, as: visit.actor)
    }

    static func figure(_ choice: String, _ site: Site, as actor: Actor) async throws -> EvidenceFigure? {
        guard !choice.isEmpty else { return nil }
        let parts = choice.split(separator: "|", maxSplits: 1).map(String.init)
        guard parts.count == 2, let drawing = try? await drawing(parts[0], site, actor),
            let index = offered(drawing).first(where: { drawing.points[$0].period.label == parts[1] }),
            let value = drawing.points[index].value
        else {
            throw Problem(
                .invalid, "There is a problem with what you entered.",
                fields: [.init("figure", "This figure is not here any more. Choose another.")])
        }
        let (point, definition) = (drawing.points[index], drawing.definition)
        let interval = drawing.interval(point)
        return EvidenceFigure(
            measure: definition.id, title: definition.title, definition: drawing.meaning, period: point.period.inWords,
            value: drawing.unit.words(value), unit: definition.unit,
            numerator: point.numerator.map { Figure.whole($0) } ?? "", denominator: drawing.denominator(point),
            interval: interval.isEmpty ? "" : "95% interval \(interval)")
    }

    private static func drawing(_ id: String, _ site: Site, _ actor: Actor) async throws -> OutgoingFigures {
        let today = LondonTime.day(of: site.ledger.now)
        return OutgoingFigures(
            try await site.measures.chart(id, as: actor), rule: SuppressionRule.holding(on: today))
    }

    private static func offered(_ drawing: OutgoingFigures) -> [Int] {
        drawing.points.indices.filter { drawing.points[$0].value != nil && !drawing.isWithheld($0) }
    }

    private static func words(_ point: MeasurePoint, _ drawing: OutgoingFigures) -> String {
        let counts = MeasureViews.counts(point, drawing.definition)
        return (point.value.map { drawing.unit.words($0) } ?? "") + (counts.isEmpty ? "" : " (\(counts))")
    }
}
