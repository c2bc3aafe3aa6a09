import ArgumentParser
import Foundation
import Instruments
import Kernel
import Reference

/// A force's own question sets: a folder, named or in the data folder, beside those that come with Holdfast.
struct InstrumentOptions: ParsableArguments {
    @Option(
        name: .long,
        help:
            "A folder with your own question sets and rules. A server looks into instruments in its data folder unless told."
    )
    var instruments: String?

    static let usual = "instruments"

    /// - Throws: `Problem` that names each mistake of each file with its line.
    func library(beside data: URL?, from directory: URL) throws -> InstrumentLibrary {
        do {
            guard let folder = folder(beside: data, from: directory) else { return try .bundled() }
            return try .bundled(with: folder)
        } catch let mistakes as DefinitionMistakes {
            throw mistakes.problem
        }
    }

    private func folder(beside data: URL?, from directory: URL) -> URL? {
        if let instruments { return URL(fileURLWithPath: instruments, relativeTo: directory).absoluteURL }
        let usual = data?.appendingPathComponent(InstrumentOptions.usual, isDirectory: true)
        return usual.flatMap { FileManager.default.fileExists(atPath: $0.path) ? $0 : nil }
    }
}

extension DefinitionMistakes {
    /// Each mistake on a line of its own.
    var problem: Problem {
        let words = mistakes.count == 1 ? "There is a mistake" : "There are \(mistakes.count) mistakes"
        return Problem(
            .invalid, "\(words) in the question sets.", next: "Put them right and start again.",
            fields: mistakes.map { Problem.Field("instruments", $0.description) })
    }
}

struct InstrumentCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "instrument", abstract: "Question sets: DASH, THRIVE and your own.",
        subcommands: [List.self, Check.self, Preview.self])

    struct List: ApartCommand {
        static let configuration = CommandConfiguration(
            commandName: "list", abstract: "List each version of each question set, the newest first.")

        @OptionGroup var own: InstrumentOptions
        @OptionGroup var output: OutputOptions

        func run(apart console: Console, from directory: URL) async throws {
            let today = LondonTime.day(of: Moment(Date()))
            let shelf = try own.library(beside: nil, from: directory).shelf
            let lines = shelf.instruments.flatMap { instrument in
                let current = instrument.inForce(on: today)?.version
                return instrument.versions.map { InstrumentJSON($0, isInForce: $0.version == current) }
            }
            if output.json { return try console.json(lines) }
            for line in lines {
                let state = line.inForce ? "in force" : "not in force"
                console.line("\(line.id) \(line.version)\n    \(line.title): \(line.topics) topics, \(state)")
            }
        }
    }

    struct Check: ApartCommand {
        static let configuration = CommandConfiguration(
            commandName: "check", abstract: "Check files of question sets, and tell every mistake with its line.")

        @Argument(help: "The files, in YAML.") var files: [String]

        func run(apart console: Console, from directory: URL) async throws {
            let rules = try InstrumentLibrary.bundled()
            var mistakes: [ReferenceError] = []
            for file in files {
                do {
                    let version = try InstrumentLibrary.check(try Check.text(file, from: directory), name: file)
                    guard let version else {
                        console.line("\(file): rules without a mistake.")
                        continue
                    }
                    for line in words(on: version, rules) { console.line("\(file): \(line)") }
                } catch let error as DefinitionMistakes {
                    mistakes += error.mistakes
                }
            }
            guard mistakes.isEmpty else { throw DefinitionMistakes(mistakes).problem }
        }

        private func words(on version: InstrumentVersion, _ rules: InstrumentLibrary) -> [String] {
            ["\(version.key), \(version.topics.count) topics, \(version.allQuestions.count) questions."]
                + rules.concerns.unknownTopics(of: version).map {
                    "No rule knows the topic “\($0)”: it raises no concern."
                }
                + rules.quality.unknownDetails(of: version).map {
                    "No rule knows the detail “\($0)”: it is asked of no words."
                }
        }

        static func text(_ file: String, from directory: URL) throws -> String {
            let url = URL(fileURLWithPath: file, relativeTo: directory)
            guard let text = try? String(contentsOf: url, encoding: .utf8) else {
                throw Problem(.absent, "The file \(file) cannot be read.", next: "Check its name; it is text in UTF-8.")
            }
            return text
        }
    }

    struct Preview: ApartCommand {
        static let configuration = CommandConfiguration(
            commandName: "preview", abstract: "Print a question set as it is asked.")

        @OptionGroup var own: InstrumentOptions
        @Argument(help: "The question set, from holdfast instrument list, or a file.") var id: String
        @Argument(help: "Its version; the one in force unless named.") var number: String?
        @Option(name: .long, help: "A language of it, such as cy.") var language: String?

        func run(apart console: Console, from directory: URL) async throws {
            let version = try version(from: directory)
            let language = language ?? version.language
            guard version.languages.contains(language) else {
                throw Problem(
                    .absent, "\(version.key) has no words in “\(language)”.",
                    next: "It has: \(version.languages.joined(separator: ", ")).")
            }
            for line in InstrumentText(version: version, language: language).lines { console.line(line) }
        }

        private func version(from directory: URL) throws -> InstrumentVersion {
            if id.hasSuffix(".yaml") || id.hasSuffix(".yml") {
                do {
                    return try InstrumentShelf.check(try Check.text(id, from: directory), name: id)
                } catch let mistakes as DefinitionMistakes { throw mistakes.problem }
            }
            let shelf = try own.library(beside: nil, from: directory).shelf
            let today = LondonTime.day(of: Moment(Date()))
            let found =
                number.map { shelf.version(InstrumentVersion.Key(id: id, version: $0)) }
                ?? shelf.inForce(id, on: today)
            guard let version = found else {
                throw Problem(
                    .absent, "There is no question set of that name and version.",
                    next: "See which there are: holdfast instrument list.")
            }
            return version
        }
    }
}

/// For programs: names that stay.
struct InstrumentJSON: Encodable {
    let id: String, version: String, title: String, standing: String
    let from: Day, until: Day?
    let topics: Int, languages: [String], inForce: Bool

    init(_ version: InstrumentVersion, isInForce: Bool) {
        (id, self.version, title) = (version.id, version.version, version.title.text)
        (standing, from, until) = (version.standing.rawValue, version.from, version.until)
        (topics, languages, inForce) = (version.topics.count, version.languages, isInForce)
    }
}

/// A version as plain text.
struct InstrumentText {
    let version: InstrumentVersion
    let language: String

    var lines: [String] {
        let head = ["\(version.title.text(in: language)) (\(version.key))", version.use.text(in: language)]
        let sections = version.sections.flatMap { part($0.title, $0.questions) }
        let sets = version.followUpSets.flatMap { part($0.title, $0.questions) }
        return head + version.notes.map { "  \($0)" } + sections + sets
    }

    private func part(_ title: Wording, _ questions: [Question]) -> [String] {
        ["", title.text(in: language)]
            + questions.map { question in
                let number = question.number.map { "\($0). " } ?? "- "
                let mark = question.isConfirmed ? "" : " †"
                return
                    "  \(number)\(question.label.text(in: language))\(mark)\(question.isCritical ? " (critical)" : "")"
            }
    }
}
