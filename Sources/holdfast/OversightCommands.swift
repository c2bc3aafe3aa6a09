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
        discussion: """
            Every version against its digest and against the entry that commits to it, the chains of versions, the
            whole log against its tree and its signed heads, and the files.
            """)

    @OptionGroup var place: PlaceOptions
    @OptionGroup var output: OutputOptions

    var needsData: Bool { true }

    struct Result: Encodable {
        let sound: Bool, records: Int, versions: Int, auditEntries: Int, root: String?, heads: Int, faults: [String]
    }

    func run(in house: OpenHouse, _ console: Console, from directory: URL) async throws {
        let progress = ProgressLine(console)
        let found = try await house.ledger.verify(keys: try LogKeyFile(house.folder).read()?.all ?? []) {
            progress.show($0)
        }
        progress.end()
        let root = found.head?.root.hexadecimal
        if output.json {
            try console.json(
                Result(
                    sound: found.faults.isEmpty, records: found.records, versions: found.versions,
                    auditEntries: found.auditEntries, root: root, heads: found.heads, faults: found.faults))
        } else {
            console.line(
                "\(found.records) records in \(found.versions) versions and \(found.auditEntries) log entries were checked."
            )
            if let root { console.line("The root over the log is \(root); \(found.heads) signed heads agree with it.") }
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
        @OptionGroup var recipient: RecipientOptions

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
                    to: recipient.recipient, as: house.keeper))
        }
    }

    struct RejectsExport: HouseCommand {
        static let configuration = CommandConfiguration(
            commandName: "rejects", abstract: "The rows an import rejected, as CSV with line number and reason.")

        @OptionGroup var place: PlaceOptions
        @Argument(help: "The number of the import.") var batch: Int64
        @OptionGroup var recipient: RecipientOptions

        var needsData: Bool { true }

        func run(in house: OpenHouse, _ console: Console, from directory: URL) async throws {
            do {
                _ = try await house.feeds.batch(batch, as: house.keeper)
            } catch let problem as Problem where problem == .absent {
                throw Problem(.absent, "There is no import \(batch).", next: "Each import prints its number.")
            }
            try await house.ledger.note(
                Consultation(
                    kind: "feed.reject", .fact, .disclosure, about: "batch \(batch)", recipient: recipient.recipient),
                as: house.keeper)
            try await house.feeds.rejectsCSV(.batch(batch), as: house.keeper) { console.out($0) }
        }
    }
}

/// For whom something leaves the house.
struct RecipientOptions: ParsableArguments {
    @Option(name: .long, help: "The short name of the agency it is for; the log keeps it.") var recipient: String?

    func validate() throws {
        guard let recipient, Identifier<RecipientOptions>(recipient) == nil else { return }
        throw ValidationError("--recipient takes a short name: small letters, digits and hyphens.")
    }
}
