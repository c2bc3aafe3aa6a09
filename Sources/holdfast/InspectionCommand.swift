import ArgumentParser
import Foundation
import Inspection
import Kernel
import Ledger

struct InspectionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspection", abstract: "Inspection reports and what they ask for.",
        subcommands: [Import.self, List.self])

    struct Import: HouseCommand {
        static let configuration = CommandConfiguration(
            commandName: "import", abstract: "Read a report from a text file and keep it.",
            discussion: "Only what the report states is taken. What was not understood is listed.")

        @OptionGroup var place: PlaceOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "A text file: the page of the report, copied as text.") var file: String

        func run(in house: OpenHouse, _ console: Console, from directory: URL) async throws {
            let url = URL(fileURLWithPath: file, relativeTo: directory)
            let bytes = try ReportFile.read(url, named: file)
            let outcome = try await house.inspection.importReport(
                bytes, fileName: url.lastPathComponent, as: house.keeper)
            let draft = outcome.record.body.draft
            if output.json { return try console.json(ReportSummary(draft)) }
            if case .alreadyHeld = outcome { console.line("This report was already here; nothing has changed.") }
            summarise(draft, console)
        }

        private func summarise(_ draft: ReportDraft, _ console: Console) {
            console.line("\(draft.force), \(draft.pillar.rawValue), \(draft.year)")
            for question in draft.questions {
                let grade =
                    question.grade?.rawValue ?? question.carriedFrom.map { "carried from \($0)" } ?? "no grade stated"
                console.line(
                    "  \(question.text)\n    \(grade); \(question.areasForImprovement.count) areas for improvement")
            }
            for line in draft.notUnderstood { console.line("  Not understood, line \(line.line): \(line.text)") }
        }
    }

    struct List: HouseCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "List the reports held.")

        @OptionGroup var place: PlaceOptions
        @OptionGroup var output: OutputOptions

        func run(in house: OpenHouse, _ console: Console, from directory: URL) async throws {
            let reports = try await house.inspection.reports(as: house.keeper)
            if output.json { return try console.json(reports.map { ReportSummary($0.body.draft) }) }
            if reports.isEmpty { console.line("No reports yet. Add one: holdfast inspection import FILE") }
            for report in reports {
                let draft = report.body.draft
                console.line("\(report.id)  \(draft.force), \(draft.pillar.rawValue), \(draft.year)")
            }
        }
    }
}

enum ReportFile {
    /// A report is a few pages; 10 MB is far beyond any.
    private static let limit = 10 << 20

    static func read(_ url: URL, named name: String) throws -> [UInt8] {
        guard let handle = try? FileHandle(forReadingFrom: url) else {
            throw Problem(
                .invalid, "The file \(name) cannot be read.", next: "Check the path and that you may open it.")
        }
        defer { try? handle.close() }
        let data = (try? handle.read(upToCount: limit + 1)) ?? Data()
        guard data.count <= limit else {
            throw Problem(
                .tooLarge, "The file \(name) is larger than 10 MB.", next: "Give the text of the report alone.")
        }
        return Array(data)
    }
}
