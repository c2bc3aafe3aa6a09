import Access
import Foundation
import Inspection
import Kernel
import Ledger
import Pages

/// Bringing a report in: read it, show what was understood, keep it.
enum ReportKeeping {
    static func isAllowed(_ visit: Visit) -> Bool {
        decide(visit.actor, .collection, on: .inspectionReport, standing: []).isAllowed
    }

    @Sendable static func new(_ visit: Visit) async throws -> Answer { visit.show(NewInspectionPage()) }

    @Sendable static func preview(_ visit: Visit) async throws -> Answer {
        let upload = try await visit.upload(limit: 3 * ReportReader.largestText)
        defer { upload.discard() }
        let typed = upload.fields.text("text")
        let file = upload.files.first { $0.field == "file" && $0.bytes > 0 }
        do {
            let bytes = try file.map(read) ?? Array(typed.utf8)
            let draft = try visit.desk.preview(bytes)
            let held = try await visit.desk.reports(forceKey: draft.forceKey, as: visit.actor).map(\.body.draft)
            let showing = ReportShowing(draft: draft, held: held)
            return visit.show(
                InspectionPreviewPage(
                    report: showing.view(), fileName: file?.name ?? "", encoded: Data(bytes).base64EncodedString()))
        } catch let problem as Problem {
            return refused(problem, typed: typed, field: file == nil ? "text" : "file", visit)
        }
    }

    private static func read(_ file: UploadedFile) throws -> [UInt8] {
        guard file.bytes <= ReportReader.largestText else {
            throw Problem(
                .tooLarge, "This file is far longer than any inspection report. We read up to 2 MB.",
                next: "Open the report on the inspectorate’s website, select the whole page, copy it and paste it here."
            )
        }
        return [UInt8](try Data(contentsOf: file.location))
    }

    /// What was typed stays on the page.
    private static func refused(_ problem: Problem, typed: String, field: String, _ visit: Visit) -> Answer {
        let told = Problem(
            problem.code, problem.message, next: problem.next, fields: [.init(field, problem.message)])
        return visit.show(
            NewInspectionPage(text: typed, errors: FieldErrors(told)), status: Failures.status(of: problem.code))
    }

    @Sendable static func keep(_ visit: Visit) async throws -> Answer {
        let upload = try await visit.upload(limit: 3 * ReportReader.largestText)
        defer { upload.discard() }
        guard let data = Data(base64Encoded: upload.fields.text("text")) else {
            throw Problem(.invalid, "The text did not arrive whole.", next: "Go back and send it again.")
        }
        let bytes = [UInt8](data)
        guard upload.fields["step"] != "change" else {
            return visit.show(NewInspectionPage(text: String(decoding: bytes, as: UTF8.self)))
        }
        do {
            let outcome = try await visit.desk.importReport(bytes, fileName: upload.fields["name"], as: visit.actor)
            switch outcome {
            case .new(let record): return .redirect("/inspections/\(record.id)", .imported)
            case .alreadyHeld(let record): return .redirect("/inspections/\(record.id)", .alreadyHeld)
            }
        } catch let problem as Problem where problem.code != .absent {
            return refused(problem, typed: String(decoding: bytes, as: UTF8.self), field: "text", visit)
        }
    }

    @Sendable static func follow(_ visit: Visit) async throws -> Answer {
        let form = try await visit.form()
        guard let question = Int(form["question"]), let finding = Int(form["finding"]) else { throw Problem.absent }
        let area = try await visit.desk.follow(
            try visit.reportID(), question: question, finding: finding, as: visit.actor)
        return .redirect("/areas/\(area)", .added)
    }
}
