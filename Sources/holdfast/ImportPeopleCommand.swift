import Access
import Accounts
import ArgumentParser
import Foundation
import Kernel
import Ledger
import People
import Web

/// Partners' data: persons from a file.
struct ImportPeople: HouseCommand {
    static let configuration = CommandConfiguration(
        commandName: "people", abstract: "Load persons that a partner shares, from CSV or Excel (.xlsx).",
        discussion: """
            Name the agency that shares and the agreement under which it does. Which column holds what is told by a
            mapping (YAML), by what was remembered of that agency, or guessed from the names of the columns: --preview
            shows it, and writes nothing. The same row again changes nothing, a changed row amends, and a load that is
            stopped goes on when it is repeated. Nobody is joined with anybody.
            """)

    @OptionGroup var place: PlaceOptions
    @OptionGroup var output: OutputOptions
    @Option(name: .long, help: "The agency that shares: its identifier or its name.") var agency: String
    @Option(name: .long, help: "The agreement: its identifier or its title.") var agreement: String?
    @Option(name: .long, help: "A file that says which column holds what, in YAML.") var mapping: String?
    @Option(name: .long, help: "The sheet of an Excel file. Default: the first.") var sheet: String?
    @Option(name: .long, help: "What parts the columns of a text file, such as ; or tab. Default: found out.")
    var delimiter: String?
    @Option(name: .long, help: "A new file for the rows that are not taken, each with its reason.") var rejects: String?
    @Flag(name: .long, help: "Look through the whole file, show the first rows as they would be taken, write nothing.")
    var preview = false
    @Argument(help: "The file.") var file: String

    func run(in house: OpenHouse, _ console: Console, from directory: URL) async throws {
        let path = URL(fileURLWithPath: file, relativeTo: directory).path
        let table = try IntakeFile.at(path, name: file, sheet: sheet, delimiter: delimiter)
        let (desk, actor) = (IntakeDesk(people: house.people), house.loader)
        let from = try await PartnerNames(house).agency(agency)
        let columns = try await columns(table, desk, from, console, from: directory, as: actor)
        let progress = ProgressLine(console)
        if preview {
            let survey = try await desk.preview(table, columns, as: actor) { progress.show(Self.words($0)) }
            progress.end()
            return try IntakeWriting(console: console, isJSON: output.json).show(survey, columns)
        }
        var terms: Identifier<SharingAgreement>?
        if let agreement { terms = try await desk.agreement(named: agreement, as: actor).id }
        let plan = IntakePlan(agency: from, agreement: terms, mapping: columns)
        let refused = try rejects.map { try RejectsFile(URL(fileURLWithPath: $0, relativeTo: directory)) }
        let done = try await desk.load(
            table, plan, as: actor, onReject: { try refused?.write($0, $1) },
            progress: { progress.show(Self.words($0)) })
        progress.end()
        try refused?.close()
        try IntakeWriting(console: console, isJSON: output.json).show(done)
    }

    /// From a file, from what is remembered, or guessed; what is guessed is said.
    private func columns(
        _ table: IntakeFile, _ desk: IntakeDesk, _ agency: String, _ console: Console, from directory: URL,
        as actor: Actor
    ) async throws -> ColumnMapping {
        if let mapping {
            return try MappingFile.read(URL(fileURLWithPath: mapping, relativeTo: directory).path)
        }
        if let known = try await desk.mapping(of: agency, as: actor) { return known.body.mapping }
        let header = try table.open().header
        let guess = ColumnGuess.mapping(of: header)
        console.advise("No mapping is named or remembered. Assumed from the names of the columns:")
        for column in guess.columns { console.advise("  \(column.column): \(MappingFile.words(column))") }
        let left = header.filter { name in !guess.columns.contains { $0.column == name } }
        if !left.isEmpty { console.advise("Left out: \(left.joined(separator: ", ")).") }
        return guess
    }

    static func words(_ progress: IntakeProgress) -> String {
        switch progress.stage {
        case .checking: return "Checking the file: \(progress.rows) rows"
        case .loading:
            let left = progress.secondsLeft.map { ", about \(Int($0.rounded(.up))) s left" } ?? ""
            return
                "Loading: \(progress.rows) of \(progress.total ?? 0) rows, \(Int(progress.rowsPerSecond)) a second\(left)"
        }
    }
}

extension OpenHouse {
    /// Whoever may open the place, taking in what a partner shares.
    var loader: Actor {
        Actor(
            user: keeper.user, agency: keeper.agency, roles: [.safeguardingPractitioner], purpose: .safeguarding)
    }
}

/// Agencies by identifier or name.
struct PartnerNames {
    private let agencies: [(id: String, name: String)]

    init(_ house: OpenHouse) async throws {
        agencies = try await house.directory.agencies(as: house.keeper).map { ($0.id.text, $0.body.name) }
    }

    func agency(_ text: String) throws -> String {
        if let found = agencies.first(where: { $0.id == text || $0.name.lowercased() == text.lowercased() }) {
            return found.id
        }
        let known = agencies.prefix(20).map { "\($0.name) (\($0.id))" }.joined(separator: ", ")
        throw Problem(
            .absent, "There is no agency “\(text)”.", next: "Agencies: \(known). Add one on the page Agencies.")
    }
}
