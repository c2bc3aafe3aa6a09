import ArgumentParser
import Foundation
import Kernel
import Pages
import Statistics

/// `holdfast analyse did`: did those to whom something was done change by more than the others?
struct DifferenceCommand: ApartCommand {
    static let configuration = CommandConfiguration(
        commandName: "did", abstract: "Did some change by more than others: difference in differences.",
        discussion: """
              holdfast analyse did areas.csv --outcome crimes --treated patrolled --post after --cluster area --json
            """)

    @OptionGroup var options: AnalysisOptions
    @Option(name: .long, help: "The column with the figure of each row.") var outcome: String?
    @Option(name: .long, help: "The column that says to whom it was done: 0 or 1, yes or no.") var treated: String?
    @Option(name: .long, help: "The column that says whether a row is from after it: 0 or 1, yes or no.")
    var post: String?
    @Option(name: .long, help: "The column with the area or team, whose rows may be alike.") var cluster: String?

    private static let known = ["outcome", "treated", "post", "cluster"]

    func run(apart console: Console, from directory: URL) async throws {
        let settings = try AnalysisSettings(
            options.settings.map { AnalysisAnswer.path($0, directory) }, known: DifferenceCommand.known)
        let outcome = AnalysisColumn(try settings.need("outcome", outcome), .numbers)
        let treated = AnalysisColumn(try settings.need("treated", treated), .either)
        let post = AnalysisColumn(try settings.need("post", post), .either)
        for column in [treated, post] { column.most = 100 }
        let cluster = settings.one("cluster", cluster).map { AnalysisColumn($0, .words) }
        let table = try AnalysisTable(
            AnalysisAnswer.path(options.file, directory), [outcome, treated, post] + (cluster.map { [$0] } ?? []))
        let (done, after) = (
            try AnalysisValues.binary(treated, success: nil), try AnalysisValues.binary(post, success: nil)
        )
        do {
            let found = try DifferenceInDifferences(
                outcome: outcome.numbers, treated: done, post: after, names: (treated.name, post.name),
                clusters: cluster.map { AnalysisValues.groups($0).codes }, level: try settings.level(options.level))
            let answer = DifferenceAnswer(found: found, name: outcome.name, table: table, cluster: cluster?.name)
                .answer()
            try answer.deliver(options, console, from: directory)
        } catch {
            throw AnalysisWords.problem(error)
        }
    }
}

/// A difference in differences in words, numbers and a picture.
struct DifferenceAnswer {
    let found: DifferenceInDifferences
    let name: String
    let table: AnalysisTable
    let cluster: String?

    func answer() -> AnalysisAnswer {
        var answer = AnalysisAnswer(
            title: "Did \(name) change by more where it was done?", json: json, about: about,
            cannotShow: [
                "That the two would have gone alike without it: that is supposed, and two times cannot test it.",
                "Effects on the others, such as harm that moved there: they would make this too large.",
                "That nothing changed, when the interval is wide: it says what is still possible.",
            ])
        answer.tables = [
            AnalysisAnswer.Table(
                title: "Means", head: ["", "rows", "mean"],
                rows: found.cells.map { cell in
                    [words(cell), "\(cell.rows)", AnalysisWords.number(cell.mean)]
                }), AnalysisWords.table("Coefficients", found.model.coefficients),
        ]
        answer.charts = [.plot(plot)]
        answer.warnings = AnalysisWords.warnings(clusters: found.model.clusters) + alike
        if let least = found.cells.map(\.rows).min(), least < 10 {
            answer.warnings.append("One of the four means rests on \(least) rows; ten or more are wanted.")
        }
        if table.rowsRead > table.rows { answer.warnings.append(table.missingInWords) }
        return answer
    }

    private var alike: [String] {
        found.model.clusters == nil
            ? ["Rows are taken as independent. If areas or teams have several rows, name them in --cluster."] : []
    }

    private func words(_ cell: DifferenceInDifferences.Cell) -> String {
        "\(cell.isTreated ? "treated" : "others"), \(cell.isPost ? "after" : "before")"
    }

    private var about: [String] {
        let effect = found.model.coefficients.last
        return [
            "\(found.model.rows) rows. The treated changed by \(AnalysisWords.number(effect?.estimate)) more than the others "
                + "(\(AnalysisWords.number(effect?.low)) to \(AnalysisWords.number(effect?.high)), "
                + "p \(AnalysisWords.p(effect?.p))).",
            table.missingInWords,
        ]
    }

    private var json: [(name: String, value: JSONText)] {
        let model = found.model
        let cells = found.cells.map { cell in
            JSONText.object([
                ("treated", .bool(cell.isTreated)), ("post", .bool(cell.isPost)), ("n", .whole(cell.rows)),
                ("mean", .number(cell.mean)),
            ])
        }
        return [
            ("n", .whole(model.rows)),
            ("coefficients", .list(model.coefficients.map { .object(AnalysisWords.json($0)) })),
            ("logLikelihood", .number(model.logLikelihood)),
            ("effect", model.coefficients.last.map { .object(AnalysisWords.json($0)) } ?? .null),
            ("means", .list(cells)),
            ("dropped", AnalysisWords.json(model.dropped)), ("missing", table.missing),
            (
                "diagnostics",
                .object([
                    ("rSquared", .number(model.rSquared)), ("clusters", model.clusters.map { .whole($0) } ?? .null),
                    ("distribution", .text(model.clusters == nil ? "student" : "normal")),
                ])
            ),
        ]
    }

    private var plot: PlotModel {
        let (control, treated) = (found.cells.prefix(2).map(\.mean), found.cells.suffix(2).map(\.mean))
        let expected = treated[0] + control[1] - control[0]
        var plot = PlotModel(
            title: "\(name) before and after", summary: "Four means. The table has the figures.", across: "",
            lines: [
                PlotModel.Line("treated", [(0, treated[0]), (1, treated[1])]),
                PlotModel.Line("others", [(0, control[0]), (1, control[1])], look: 2),
                PlotModel.Line(
                    "treated, had they changed as the others", [(0, treated[0]), (1, expected)], isDashed: true),
            ])
        plot.ticks = [(0, "before"), (1, "after")]
        return plot
    }
}
