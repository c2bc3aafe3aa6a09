import ArgumentParser
import Foundation
import Kernel
import Statistics

/// `holdfast analyse survival`: how long until something happens, with those to whom it has not happened yet.
struct SurvivalCommand: ApartCommand {
    static let configuration = CommandConfiguration(
        commandName: "survival", abstract: "How long until something happens: Kaplan–Meier, log-rank, Cox.",
        discussion: """
              holdfast analyse survival cases.csv --time days --event withdrawn --group area --json
            Those to whom it has not happened yet count for as long as they were followed.
            """)

    @OptionGroup var options: AnalysisOptions
    @Option(name: .long, help: "The column with the time each was followed, as a number.") var time: String?
    @Option(name: .long, help: "The column that says whether it happened then: 0 or 1, yes or no.") var event: String?
    @Option(name: .long, help: "A column whose words make a curve each.") var group: String?
    @Flag(name: .long, help: "The event column says how it ended: 0 or censored for not yet, else a number or word.")
    var competing = false
    @Option(name: .long, help: "Predictors for Cox's model, parted by commas; may be repeated.")
    var predictors: [String] = []
    @Option(name: .long, help: "A predictor in numbers that stand for words, such as codes; may be repeated.")
    var category: [String] = []
    @Option(name: .long, help: "Which word others are compared with: column=word; may be repeated.")
    var first: [String] = []

    private static let known = ["time", "event", "group", "competing", "predictors", "category", "first"]

    func run(apart console: Console, from directory: URL) async throws {
        let path = AnalysisAnswer.path(options.file, directory)
        let settings = try AnalysisSettings(
            options.settings.map { AnalysisAnswer.path($0, directory) }, known: SurvivalCommand.known)
        let isCompeting = competing || settings.one("competing", nil) == "true"
        let times = AnalysisColumn(try settings.need("time", time), .numbers)
        let events = AnalysisColumn(try settings.need("event", event), isCompeting ? .words : .either)
        events.most = 100
        let group = settings.one("group", group).map { AnalysisColumn($0, .words) }
        group?.most = 50
        let predictors = try AnalysisPredictors(
            settings.many("predictors", predictors), categories: settings.many("category", category),
            AnalysisTable.header(of: path))
        let table = try AnalysisTable(path, [times, events] + (group.map { [$0] } ?? []) + predictors.columns)
        let ends = try SurvivalEnds(events, isCompeting: isCompeting)
        let (design, words) = try AnalysisValues.design(
            predictors.columns, firsts: settings.pairs("first", first), rows: table.rows)
        do {
            let level = try settings.level(options.level)
            let cox =
                design.columns.isEmpty
                ? nil : try CoxModel(times: times.numbers, events: ends.any, design: design, level: level)
            let answer = try SurvivalAnswer(
                times: times.numbers, ends: ends, group: group.map { AnalysisValues.groups($0) },
                groupName: group?.name,
                cox: cox, words: words, table: table, level: level
            ).answer()
            try answer.deliver(options, console, from: directory)
        } catch {
            throw AnalysisWords.problem(error)
        }
    }
}

/// How each row ended.
struct SurvivalEnds {
    let name: String
    /// 0 for those still followed.
    let causes: [UInt8]
    /// The ways to end, from 1; one, without a name of its own, where there is no competition.
    let names: [String]

    var any: [UInt8] { names.count == 1 ? causes : causes.map { min($0, 1) } }

    init(_ column: AnalysisColumn, isCompeting: Bool) throws {
        name = column.name
        guard isCompeting else {
            if column.holds == .numbers, column.numbers.contains(where: { $0 > 1 && $0 == $0.rounded() }) {
                throw Problem(
                    .invalid, "\(column.name) holds other numbers than 0 and 1.",
                    next: "If they are different ways to end, add --competing.")
            }
            causes = try AnalysisValues.binary(column, success: nil).map { UInt8($0) }
            names = [column.name]
            return
        }
        let (codes, words) = AnalysisValues.groups(column)
        let isOpen = words.map { ["0", "0.0", "censored", "none", "no"].contains($0.lowercased()) }
        let names = zip(words, isOpen).filter { !$0.1 }.map(\.0)
        self.names = names
        guard !names.isEmpty, names.count < 20 else {
            throw Problem(
                .invalid, "\(column.name) tells \(names.count) ways to end.",
                next: "Name a column with 1 to 19 of them.")
        }
        let numbers = words.map { word in UInt8((names.firstIndex(of: word) ?? -1) + 1) }
        causes = codes.map { numbers[Int($0)] }
    }
}
