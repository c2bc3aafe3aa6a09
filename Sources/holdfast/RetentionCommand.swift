import ArgumentParser
import Foundation
import Kernel
import Ledger
import People
import Reference
import Retention

/// The rules of how long records are kept: a file, named or in the data folder, or those that come with Holdfast.
struct RetentionOptions: ParsableArguments {
    @Option(name: .long, help: "Your own rules of retention. Default: retention.yaml in the data folder, else ours.")
    var retention: String?

    private static let usual = "retention.yaml"

    /// - Throws: `Problem` that names the mistake of the file with its line.
    func desk(_ house: OpenHouse, from directory: URL) throws -> RetentionDesk {
        RetentionDesk(ledger: house.ledger, rules: try rules(house, from: directory), kinds: OpenHouse.retained)
    }

    private func rules(_ house: OpenHouse, from directory: URL) throws -> RetentionRules {
        let file =
            retention.map { URL(fileURLWithPath: $0, relativeTo: directory).absoluteURL }
            ?? house.folder.appendingPathComponent(RetentionOptions.usual)
        guard retention != nil || FileManager.default.fileExists(atPath: file.path) else { return try .bundled() }
        guard let text = try? String(contentsOf: file, encoding: .utf8) else {
            throw Problem(
                .absent, "The file \(file.path) cannot be read.",
                next: "Name the right one with --retention, or leave it out.")
        }
        do {
            return try RetentionRules(yaml: text, name: file.lastPathComponent)
        } catch let mistake as ReferenceError {
            throw Problem(.invalid, "\(mistake)", next: "Correct it and start again.")
        }
    }
}

struct RetentionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retention", abstract: "How long records are kept.", subcommands: [Due.self, Sweep.self])

    struct Due: HouseCommand {
        static let configuration = CommandConfiguration(
            commandName: "due", abstract: "List what is overdue or due this month for review, the oldest first.")

        @OptionGroup var place: PlaceOptions
        @OptionGroup var rules: RetentionOptions
        @OptionGroup var output: OutputOptions

        var needsData: Bool { true }

        struct Line: Encodable {
            let kind: String, record: String, group: String, due: String, overdue: Bool, held: Bool
        }

        func run(in house: OpenHouse, _ console: Console, from directory: URL) async throws {
            let desk = try rules.desk(house, from: directory)
            var (lines, position) = ([Line](), ListPosition?.none)
            repeat {
                let queue = try await desk.queue(after: position, limit: 500, as: house.keeper)
                lines += queue.lines.map {
                    Line(
                        kind: $0.record.kind.name, record: $0.record.id, group: $0.record.facts.group,
                        due: $0.due.day.description, overdue: $0.due.isOverdue, held: $0.isHeld)
                }
                position = queue.next
            } while position != nil
            if output.json { return try console.json(lines) }
            for line in lines {
                console.line("\(line.due)  \(line.kind)  \(line.record)  \(line.group)\(line.held ? "  held" : "")")
            }
            if lines.isEmpty { console.line("Nothing is due for review.") }
        }
    }

    struct Sweep: HouseCommand {
        static let configuration = CommandConfiguration(
            commandName: "sweep",
            abstract: "Erase what partners shared until a day that has passed, and tidy up after erasures.",
            discussion: """
                A server does this each night by itself. Reviews are never decided here: only what an agreement ends
                goes, and what people decided and a stop left half done. While the files are tidied up, whoever saves
                waits.
                """)

        @OptionGroup var place: PlaceOptions
        @OptionGroup var rules: RetentionOptions
        @OptionGroup var output: OutputOptions

        var needsData: Bool { true }

        func run(in house: OpenHouse, _ console: Console, from directory: URL) async throws {
            let desk = try rules.desk(house, from: directory)
            // The days that agreements say now.
            guard try await IntakeDesk(people: house.people).carry() != nil,
                let report = try await desk.sweep({ console.advise($0) })
            else {
                throw Problem(.unavailable, "Another sweep is under way.", next: "Wait until it ends.")
            }
            if output.json { return try console.json(report) }
            console.line(
                "\(report.expired) records whose agreement ended were erased, \(report.held) are covered by a hold, "
                    + "\(report.finished) decisions were carried out.")
            console.line(report.tidied ? "The files were tidied up." : "There was nothing to tidy up.")
        }
    }
}

struct ErasureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "erasure", abstract: "Show that what is erased is gone.", subcommands: [Prove.self])

    struct Prove: HouseCommand {
        static let configuration = CommandConfiguration(
            commandName: "prove",
            abstract: "Make a record, destroy it, and look for its words in every file of the data folder.",
            discussion: """
                It tidies up the files as the nightly sweep does, so whoever saves waits meanwhile. On a store in
                PostgreSQL name the server's data folder with --files, on the server and as a user who may read it.
                Exit code 1 when something of the record is left.
                """)

        @OptionGroup var place: PlaceOptions
        @OptionGroup var rules: RetentionOptions
        @OptionGroup var output: OutputOptions
        @Option(name: .long, help: "A further folder to search, such as base of PostgreSQL's data folder.")
        var files: [String] = []

        var needsData: Bool { true }

        func run(in house: OpenHouse, _ console: Console, from directory: URL) async throws {
            let desk = try rules.desk(house, from: directory)
            let folders = [house.folder] + files.map { URL(fileURLWithPath: $0, relativeTo: directory).absoluteURL }
            let proof = try await desk.proveErasure(in: folders, as: house.keeper) { console.advise($0) }
            if output.json { try console.json(proof) } else { say(proof, console) }
            guard proof.holds else {
                throw Refusal(
                    code: 1, message: output.json ? "" : "What was erased is not gone, or it could not be seen.")
            }
        }

        private func say(_ proof: ErasureProof, _ console: Console) {
            console.line(
                "Searched \(proof.files) files, \(proof.bytes) bytes, for the words of record \(proof.record).")
            console.line(
                proof.wasFoundBefore
                    ? "Before it was destroyed the search found them."
                    : "The search did not find them before either: the files of the store are elsewhere (name them with --files), or this user may not ask PostgreSQL for a checkpoint."
            )
            for file in proof.left { console.line("Something is left in \(file).") }
            if proof.rows > 0 { console.line("\(proof.rows) rows of the store still speak of it.") }
            if proof.holds { console.line("Nothing of it is left.") }
        }
    }
}
