import Access
import ArgumentParser
import Feeds
import Foundation
import Kernel
import Ledger
import Measures

struct VerifyCommand: HouseCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check that nothing was changed behind the ledger's back.",
        discussion: "Every version against its digest, every chain of versions, the numbering of the log, the files.")

    @OptionGroup var place: PlaceOptions
    @OptionGroup var output: OutputOptions

    var needsData: Bool { true }

    struct Result: Encodable { let sound: Bool, records: Int, versions: Int, auditEntries: Int, faults: [String] }

    func run(in house: OpenHouse, _ console: Console, from directory: URL) async throws {
        let found = try await house.ledger.verify()
        if output.json {
            try console.json(
                Result(
                    sound: found.faults.isEmpty, records: found.records, versions: found.versions,
                    auditEntries: found.auditEntries, faults: found.faults))
        } else {
            console.line(
                "\(found.records) records in \(found.versions) versions and \(found.auditEntries) log entries were checked."
            )
            if found.faults.isEmpty { console.line("All is sound.") }
        }
        guard found.faults.isEmpty else { throw Refusal(code: 1, message: found.faults.joined(separator: "\n")) }
    }
}

struct ExportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "export", abstract: "Write what leaves the house: to standard output.",
        subcommands: [MeasureExport.self, RejectsExport.self])

    struct MeasureExport: HouseCommand {
        static let configuration = CommandConfiguration(
            commandName: "measure", abstract: "A measure as CSV, small counts suppressed. Logged as a disclosure.")

        @OptionGroup var place: PlaceOptions
        @Argument(help: "The measure.") var id: String
        @Option(name: .long, help: "How to group it.") var by: String = MeasureDimension.month.rawValue
        @Option(name: .long, help: "The first month.") var from: String?
        @Option(name: .long, help: "The last month.") var until: String?
        @Option(name: .long, help: "Keep to one group, such as district=Hartlepool. May be repeated.") var only:
            [String] = []

        var needsData: Bool { true }

        func validate() throws {
            guard MeasureDimension(rawValue: by) != nil else {
                throw ValidationError("--by takes one of: \(MeasureCommand.Show.dimensions).")
            }
        }

        func run(in house: OpenHouse, _ console: Console, from directory: URL) async throws {
            let filter = MeasureFilter.make(from: from, until: until, only: only)
            console.out(
                try await house.measures.csv(
                    id, by: MeasureDimension(rawValue: by) ?? .month, filter: filter, for: .publication,
                    as: house.keeper))
        }
    }

    struct RejectsExport: HouseCommand {
        static let configuration = CommandConfiguration(
            commandName: "rejects", abstract: "The rows an import rejected, as CSV with line number and reason.")

        @OptionGroup var place: PlaceOptions
        @Argument(help: "The number of the import.") var batch: Int64

        var needsData: Bool { true }

        func run(in house: OpenHouse, _ console: Console, from directory: URL) async throws {
            do {
                _ = try await house.feeds.batch(batch, as: house.keeper)
            } catch let problem as Problem where problem == .absent {
                throw Problem(.absent, "There is no import \(batch).", next: "Each import prints its number.")
            }
            try await house.ledger.note(
                Consultation(kind: "feed.reject", .fact, .disclosure, about: "batch \(batch)"), as: house.keeper)
            try await house.feeds.rejectsCSV(.batch(batch), as: house.keeper) { console.out($0) }
        }
    }
}
