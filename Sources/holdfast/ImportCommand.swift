import ArgumentParser
import Feeds
import Foundation
import Geography
import Kernel
import Ledger

struct ImportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "import", abstract: "Load facts, persons and assessments from other systems.",
        subcommands: [
            PoliceUK.self, ImportPeople.self, ImportAssessments.self, ImportAgreement.self, Areas.self, Tables.self,
        ])

    struct PoliceUK: HouseCommand {
        static let configuration = CommandConfiguration(
            commandName: "police-uk", abstract: "Load street, outcomes and stop-and-search files from data.police.uk.",
            discussion: """
                Give files (.csv, .csv.gz), folders, or the site's .zip. Loading the same file again changes nothing; a
                later file for a month takes the place of the earlier, which stays knowable. A bad file is refused and
                the others load; then the exit code is 1.
                """)

        @OptionGroup var place: PlaceOptions
        @OptionGroup var output: OutputOptions
        @Option(name: .long, help: "The force of files that do not name one, such as cleveland.") var force: String?
        @Flag(name: .long, help: "Let files count again whose place a later file took.") var bringBack = false
        @Argument(help: "Files and folders.") var paths: [String]

        func run(in house: OpenHouse, _ console: Console, from directory: URL) async throws {
            let inputs = paths.map { path in
                ImportInput(path: URL(fileURLWithPath: path, relativeTo: directory).path, name: path)
            }
            let progress = ProgressLine(console)
            let report = try await house.feeds.importFiles(
                inputs, as: house.keeper, options: ImportOptions(force: force, bringsBack: bringBack),
                progress: progress.show)
            progress.end()
            guard !report.files.isEmpty else {
                throw Refusal(
                    code: 1,
                    message: "There is no .csv, .csv.gz or .zip file in what you named. Nothing was loaded. "
                        + "Name the files of data.police.uk, or the folder that holds them.")
            }
            if output.json { try console.json(report) } else { summarise(report, console) }
            guard report.isComplete else {
                let failed = report.files.filter { $0.error != nil }
                throw Refusal(
                    code: 1, message: failed.map { "\($0.path): \($0.error ?? "")" }.joined(separator: "\n"))
            }
        }

        private func summarise(_ report: ImportReport, _ console: Console) {
            for file in report.files where file.error == nil {
                console.line(
                    "\(file.path)  \(file.kind) \(file.month): \(file.accepted) taken, \(file.duplicate) already here "
                        + "or double, \(file.superseded) replaced, \(file.rejected) rejected")
                for notice in file.notices { console.line("    \(notice)") }
            }
            let totals = report.totals
            console.line(
                "\(totals.read) rows read: \(totals.accepted) taken, \(totals.duplicate) already here or double, "
                    + "\(totals.rejected) rejected. \(totals.superseded) earlier rows replaced.")
            if totals.rejected > 0 {
                console.line("See why: holdfast export rejects \(report.batch) > rejected.csv")
            }
        }
    }

    struct Areas: HouseCommand {
        static let configuration = CommandConfiguration(
            commandName: "areas",
            abstract: "Load boundaries (GeoJSON), so that figures can be shown by ward and district.",
            discussion: "Give LSOA, ward and district files together: what lies in what is worked out from them.")

        @OptionGroup var place: PlaceOptions
        @OptionGroup var output: OutputOptions
        @Option(name: .long, help: "The year of boundaries that do not say it.") var vintage: Int?
        @Argument(help: "GeoJSON files and folders of them.") var paths: [String]

        func run(in house: OpenHouse, _ console: Console, from directory: URL) async throws {
            var areas: [Area] = []
            for file in try GeoFiles.list(paths, from: directory) {
                let set = try BoundarySet(geoJSON: Array(try Data(contentsOf: file)), vintage: vintage)
                areas += set.areas
                for remark in set.refused {
                    console.advise("\(file.lastPathComponent): \(remark.code) \(remark.reason)")
                }
            }
            let rows = try AreaLookup(areas).rows
            try await house.feeds.place(rows.map(placement), as: house.keeper)
            if output.json { return try console.json(["areas": rows.count]) }
            console.line("\(rows.count) areas are placed. Wards are best fit by a point on the surface, not official.")
        }

        private func placement(_ row: AreaLookup.Row) -> AreaPlacement {
            AreaPlacement(
                code: row.code, kind: row.kind.rawValue, vintage: row.vintage ?? vintage ?? 0, name: row.name,
                ward: row.ward, district: row.district, force: row.force)
        }
    }

    struct Tables: HouseCommand {
        static let configuration = CommandConfiguration(
            commandName: "tables", abstract: "Load people by area, changes of areas, or published figures (CSV).",
            discussion: "Which of them a file is, is told by its heading. People by area are the denominators of rates."
        )

        @OptionGroup var place: PlaceOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "CSV files.") var paths: [String]

        func run(in house: OpenHouse, _ console: Console, from directory: URL) async throws {
            let inputs = paths.map { path in
                ImportInput(path: URL(fileURLWithPath: path, relativeTo: directory).path, name: path)
            }
            let report = try await house.feeds.importReference(inputs, as: house.keeper)
            if output.json { try console.json(report) }
            for file in report.files where file.error == nil && !output.json {
                console.line("\(file.path): \(file.rows) rows of \(file.kind)")
                for notice in file.notices { console.line("    \(notice)") }
            }
            guard report.isComplete else {
                throw Refusal(
                    code: 1,
                    message: report.files.compactMap { file in file.error.map { "\(file.path): \($0)" } }
                        .joined(separator: "\n"))
            }
        }
    }
}

/// Boundary files named on the command line.
enum GeoFiles {
    static func list(_ paths: [String], from directory: URL) throws -> [URL] {
        try paths.flatMap { path -> [URL] in
            let url = URL(fileURLWithPath: path, relativeTo: directory)
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder) else {
                throw Problem(.invalid, "There is no file \(path).", next: "Check the path and try again.")
            }
            guard isFolder.boolValue else { return [url] }
            return try FileManager.default.subpathsOfDirectory(atPath: url.path).sorted()
                .filter { $0.hasSuffix(".geojson") }.map { url.appendingPathComponent($0) }
        }
    }
}
