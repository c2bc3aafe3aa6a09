import ArgumentParser
import Foundation
import Kernel
import Pages
import Statistics

/// `holdfast analyse logistic`: what goes with an outcome of yes or no, each predictor held against the others.
struct LogisticCommand: ApartCommand {
    static let configuration = CommandConfiguration(
        commandName: "logistic", abstract: "What goes with an outcome of yes or no: logistic regression.",
        discussion: """
              holdfast analyse logistic arrests.csv --outcome charged --predictors age,area --cluster officer --json
            Rows that lack something are left out and counted. Words become one column for each but the first.
            """)

    @OptionGroup var options: AnalysisOptions
    @Option(name: .long, help: "The column with the outcome: 0 or 1, yes or no, true or false.") var outcome: String?
    @Option(name: .long, help: "What counts as 1, when the outcome is in other words.") var success: String?
    @Option(name: .long, help: "The columns to predict it with, parted by commas; may be repeated.")
    var predictors: [String] = []
    @Option(name: .long, help: "A predictor in numbers that stand for words, such as codes; may be repeated.")
    var category: [String] = []
    @Option(name: .long, help: "Which word others are compared with: column=word; may be repeated.")
    var first: [String] = []
    @Option(name: .long, help: "The column with the officer or team, whose rows may be alike.") var cluster: String?

    private static let known = ["outcome", "success", "predictors", "category", "first", "cluster"]

    func run(apart console: Console, from directory: URL) async throws {
        let path = AnalysisAnswer.path(options.file, directory)
        let settings = try AnalysisSettings(
            options.settings.map { AnalysisAnswer.path($0, directory) }, known: LogisticCommand.known)
        let success = settings.one("success", success)
        let outcome = AnalysisColumn(try settings.need("outcome", outcome), success == nil ? .either : .words)
        outcome.most = 1000
        let header = try AnalysisTable.header(of: path)
        let predictors = try AnalysisPredictors(
            settings.many("predictors", predictors), categories: settings.many("category", category), header)
        let cluster = settings.one("cluster", cluster).map { AnalysisColumn($0, .words) }
        let table = try AnalysisTable(
            path, [outcome] + predictors.columns + (cluster.map { [$0] } ?? []))
        let (design, words) = try AnalysisValues.design(
            predictors.columns, firsts: settings.pairs("first", first), rows: table.rows)
        let truth = try AnalysisValues.binary(outcome, success: success)
        do {
            let model = try LogisticModel(
                truth, design, clusters: cluster.map { AnalysisValues.groups($0).codes },
                level: try settings.level(options.level))
            let answer = try LogisticAnswer(
                model: model, design: design, outcome: truth, name: outcome.name, words: words, table: table,
                cluster: cluster?.name
            ).answer()
            try answer.deliver(options, console, from: directory)
        } catch {
            throw AnalysisWords.problem(error)
        }
    }
}

/// The columns that an outcome is predicted with.
struct AnalysisPredictors {
    let columns: [AnalysisColumn]

    init(_ texts: [String], categories: [String], _ header: [String]) throws {
        let categories = AnalysisTable.names(categories, in: header)
        let names = AnalysisTable.names(texts, in: header)
        for name in categories where !names.contains(name) {
            throw Problem(
                .invalid, "\(name) is named as a category and is no predictor.", next: "Name it in --predictors.")
        }
        var seen: Set<String> = []
        columns = names.filter { seen.insert($0).inserted }.map { name in
            let column = AnalysisColumn(name, categories.contains(name) ? .words : .either)
            column.most = 1000
            return column
        }
    }
}
