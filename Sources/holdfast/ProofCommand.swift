import ArgumentParser
import Foundation
import Ledger

struct ProofCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "proof", abstract: "Prove what the log holds, to somebody who does not trust this machine.",
        discussion: """
            tools/verify_log.py checks what these commands print, and shares no code with them. The format is in
            docs/log-format.md.
            """,
        subcommands: [Inclusion.self, Consistency.self])

    struct Inclusion: HouseCommand {
        static let configuration = CommandConfiguration(
            commandName: "inclusion", abstract: "That an entry is in the log. Looking at an entry is logged.")

        @OptionGroup var place: PlaceOptions
        @OptionGroup var output: OutputOptions
        @Option(name: .long, help: "The number of the entry.") var entry: Int64
        @Option(name: .long, help: "In the log of so many entries; all there are unless named.") var size: Int64?

        var needsData: Bool { true }

        func run(in house: OpenHouse, _ console: Console, from directory: URL) async throws {
            let proof = try await house.ledger.inclusion(of: entry, size: size, as: house.keeper)
            if output.json { return try console.json(proof) }
            console.line("Entry \(entry) is in the log of \(proof.head.size) entries.")
            console.line("\(proof.path.count) hashes lead from it to the root \(proof.head.root.hexadecimal).")
        }
    }

    struct Consistency: HouseCommand {
        static let configuration = CommandConfiguration(
            commandName: "consistency", abstract: "That an earlier log is the beginning of a later one.")

        @OptionGroup var place: PlaceOptions
        @OptionGroup var output: OutputOptions
        @Option(name: .long, help: "The size of the earlier log.") var from: Int64
        @Option(name: .long, help: "The size of the later one; all there is unless named.") var to: Int64?

        var needsData: Bool { true }

        func run(in house: OpenHouse, _ console: Console, from directory: URL) async throws {
            let proof = try await house.ledger.consistency(from: from, size: to)
            if output.json { return try console.json(proof) }
            console.line(
                "The log of \(proof.from.size) entries is the beginning of that of \(proof.to.size) entries.")
            console.line(
                "\(proof.path.count) hashes show it, from \(proof.from.root.hexadecimal) to \(proof.to.root.hexadecimal)."
            )
        }
    }
}
