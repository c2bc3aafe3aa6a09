import Access
import Accounts
import ArgumentParser
import Foundation
import Instruments
import Kernel
import Ledger
import People
import RiskAssessment
import Web

/// Assessments of risk that were made in another system.
struct ImportAssessments: HouseCommand {
    static let configuration = CommandConfiguration(
        commandName: "assessments",
        abstract: "Load assessments of risk made in another system, from CSV, Excel (.xlsx) or JSON.",
        discussion: """
            Each line is one assessment: its own number, the question set and version, dates, officer, team, answers,
            grade and reason. Which column holds what is told by a mapping (YAML), by what was remembered of that
            agency, or guessed from the names of the columns: --preview shows it, and writes nothing. The same line
            again changes nothing, a changed line is a new version, and a load that is stopped goes on when it is
            repeated. They are judged by the same standards as those that are made here, and wait on nobody's list.
            """)

    @OptionGroup var place: PlaceOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var own: InstrumentOptions
    @OptionGroup var table: AssessmentTableOptions
    @Option(name: .long, help: "The agency that made them: its identifier or its name.") var agency: String
    @Option(name: .long, help: "The agreement under which another agency shares: its identifier or its title.")
    var agreement: String?
    @Option(name: .long, help: "A new file for the lines that are not taken, each with its reason.") var rejects:
        String?
    @Flag(name: .long, help: "Look through the whole file, show the first lines, write nothing.") var preview = false

    func run(in house: OpenHouse, _ console: Console, from directory: URL) async throws {
        let file = try table.file(from: directory)
        let library = try own.library(beside: house.folder, from: directory)
        let intake = IntakeDesk(people: house.people)
        let desk = AssessmentDesk(ledger: house.ledger, library: library, people: house.people)
        let (loading, actor) = (AssessmentImport(desk), house.loader)
        let from = try await PartnerNames(house).agency(agency)
        let known = try await loading.columns(of: from, as: actor)?.body.mapping
        let columns = try table.mapping(of: file, library.shelf, remembered: known, console, from: directory)
        let (progress, writing) = (ProgressLine(console), AssessmentWriting(console: console, isJSON: output.json))
        if preview {
            let survey = try await loading.preview(file, columns, as: actor) { progress.show(ImportPeople.words($0)) }
            progress.end()
            return try writing.show(survey, columns)
        }
        var terms: Identifier<SharingAgreement>?
        if let agreement { terms = try await intake.agreement(named: agreement, as: actor).id }
        var plan = AssessmentPlan(agency: from, agreement: terms, mapping: columns)
        plan.teams = try await teams(of: from, house)
        let refused = try rejects.map { try RejectsFile(URL(fileURLWithPath: $0, relativeTo: directory)) }
        let done = try await loading.load(
            file, plan, as: actor, onReject: { try refused?.write($0, $1) },
            progress: { progress.show(ImportPeople.words($0)) })
        progress.end()
        try refused?.close()
        try writing.show(done)
    }

    /// A team that the house holds is known by its name.
    private func teams(of agency: String, _ house: OpenHouse) async throws -> [String: String] {
        let teams = try await house.directory.teams(of: Identifier(agency), as: house.keeper)
        return Dictionary(
            teams.map { ($0.body.name.lowercased(), $0.id.text) }, uniquingKeysWith: { first, _ in first })
    }
}

/// A file of assessments and what its columns hold.
struct AssessmentTableOptions: ParsableArguments {
    @Option(name: .long, help: "A file that says which column holds what, in YAML.") var mapping: String?
    @Option(name: .long, help: "The question set of all lines that name none, such as dash-2009.") var instrument:
        String?
    @Option(name: .long, help: "The version of that question set. Default: the one in force on the day.")
    var instrumentVersion: String?
    @Option(name: .long, help: "The sheet of an Excel file. Default: the first.") var sheet: String?
    @Option(name: .long, help: "What parts the columns of a text file, such as ; or tab. Default: found out.")
    var delimiter: String?
    @Argument(help: "The file.") var file: String

    func file(from directory: URL) throws -> IntakeFile {
        let path = URL(fileURLWithPath: file, relativeTo: directory).path
        guard FileManager.default.fileExists(atPath: path) else {
            throw Problem(.absent, "There is no file \(file).", next: "Check the path and try again.")
        }
        return try IntakeFile.table(path, name: file, sheet: sheet, delimiter: delimiter)
    }

    /// From a file, from what is remembered, or guessed; what is guessed is said.
    func mapping(
        of table: IntakeFile, _ shelf: InstrumentShelf, remembered: AssessmentMapping?, _ console: Console,
        from directory: URL
    ) throws -> AssessmentMapping {
        var columns =
            try mapping.map {
                try AssessmentMappingFile.read(URL(fileURLWithPath: $0, relativeTo: directory).path)
            } ?? remembered ?? guess(table, shelf, console)
        if let instrument { (columns.instrument, columns.version) = (instrument, instrumentVersion) }
        return columns
    }

    private func guess(_ table: IntakeFile, _ shelf: InstrumentShelf, _ console: Console) throws -> AssessmentMapping {
        let header = try table.open().header
        let guess = AssessmentGuess.mapping(of: header, shelf)
        console.advise("No mapping is named or remembered. Assumed from the names of the columns:")
        let plain = guess.columns.filter { !$0.field.isOfQuestion }
        for column in plain { console.advise("  \(column.column): \(column.field.rawValue)") }
        console.advise("  and \(guess.columns.count - plain.count) columns of questions and of the first response.")
        let left = header.filter { name in !guess.columns.contains { $0.column == name } }
        if !left.isEmpty { console.advise("Left out: \(left.joined(separator: ", ")).") }
        return guess
    }
}

/// A mapping of assessments in YAML.
enum AssessmentMappingFile {
    static func read(_ path: String) throws -> AssessmentMapping {
        try MappingFile.read(
            path,
            next: "Write columns: as a list of {column: …, field: …, question: …}. Fields: "
                + "\(AssessmentField.allCases.map(\.rawValue).joined(separator: ", ")).")
    }
}

/// What a load of assessments, or a preview of one, says.
struct AssessmentWriting {
    let console: Console
    let isJSON: Bool

    private struct Preview: Encodable {
        let rows: Int, rejected: Int, mapping: AssessmentMapping, notices: [String], faults: [Intake.Fault]
    }

    func show(_ survey: AssessmentSurvey, _ mapping: AssessmentMapping) throws {
        if isJSON {
            return try console.json(
                Preview(
                    rows: survey.rows, rejected: survey.rejected, mapping: mapping, notices: survey.notices,
                    faults: Array(survey.faults.prefix(100))))
        }
        console.line(
            "\(survey.form): \(survey.rows) lines, \(survey.rejected) that cannot be used. Nothing was written.")
        for sample in survey.samples {
            let grade = sample.grade.isEmpty ? "no grade" : sample.grade
            console.line(
                "  line \(sample.line)  \(sample.number)  \(sample.instrument)  \(sample.officer)  \(grade)  "
                    + "\(sample.answers) answers")
        }
        IntakeWriting(console: console, isJSON: false).notes(survey.notices, survey.faults)
    }

    func show(_ record: Record<Intake>) throws {
        let (writing, counts) = (IntakeWriting(console: console, isJSON: isJSON), record.body.counts)
        if isJSON { return try writing.show(record) }
        console.line(
            "\(counts.read) lines read: \(counts.created) assessments added, \(counts.amended) in a new version, "
                + "\(counts.unchanged) as they were, \(counts.rejected) rejected.")
        if counts.created + counts.amended > 0 {
            console.line("They count on the page of standards, and are on nobody's list to finish.")
        }
        writing.notes(record.body.notices, record.body.faults)
    }
}
