import ArgumentParser
import Foundation
import Kernel
import Ledger

/// `holdfast`: the whole command.
struct HoldfastCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "holdfast",
        abstract: "Keep vulnerable people safe, and prove whether you do.",
        discussion: """
            Start here:
              holdfast sample --data ./data        make an invented force to look at
              holdfast serve --data ./data         open it in a browser
              holdfast import police-uk FOLDER     load files from data.police.uk
              holdfast measure list                see what can be measured

            Every command takes --data PLACE (or HOLDFAST_DATA; else ./data), a folder or the address of a PostgreSQL
            database, and works while a server runs on it (move alone does not).
            Exit codes: 0 done, 1 refused or failed (the reason is on standard error), 2 wrong usage.
            """,
        version: Release.version,
        subcommands: [
            ServeCommand.self, SampleCommand.self, ImportCommand.self, InspectionCommand.self, MeasureCommand.self,
            UserCommand.self, KeyCommand.self, BackupCommand.self, RestoreCommand.self, VerifyCommand.self,
            ProofCommand.self, HeadCommand.self, ExportCommand.self, RetentionCommand.self, ErasureCommand.self,
            MoveCommand.self, LinkCommand.self, AnalyseCommand.self, InstrumentCommand.self, AssessmentsCommand.self,
            VersionCommand.self,
        ])
}

enum Release {
    static let version = "0.1.0"
}

/// A command that works on an open house: run here, or inside the server that has the data open.
protocol HouseCommand: ParsableCommand, Sendable {
    var place: PlaceOptions { get }
    /// It has nothing to say of a folder that holds no data, and must not make one there.
    var needsData: Bool { get }
    func run(in house: OpenHouse, _ console: Console, from directory: URL) async throws
}

extension HouseCommand {
    var needsData: Bool { false }
}

/// How results are printed.
struct OutputOptions: ParsableArguments {
    @Flag(name: .long, help: "Print JSON with stable names, for programs.")
    var json = false
}

struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "version", abstract: "Print the version.")
    @OptionGroup var output: OutputOptions

    func run() throws {
        if output.json { return try Console.terminal.json(["version": Release.version]) }
        Console.terminal.line("holdfast \(Release.version)")
    }
}
