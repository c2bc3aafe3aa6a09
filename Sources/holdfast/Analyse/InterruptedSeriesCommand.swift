import ArgumentParser
import Foundation
import Kernel
import Pages
import Statistics

/// `holdfast analyse its`: did a series change on a date?
struct InterruptedSeriesCommand: ApartCommand {
    static let configuration = CommandConfiguration(
        commandName: "its", abstract: "Did a series change on a date: interrupted time series.",
        discussion: """
              holdfast analyse its months.csv --outcome arrests --time month --break 2024-05 --season 12 --json
            One row for each time. Errors allow neighbours to be alike (Newey and West).
            """)

    @OptionGroup var options: AnalysisOptions
    @Option(name: .long, help: "The column with the figure of each time.") var outcome: String?
    @Option(name: .long, help: "The column with the time: a number, a month (2024-05) or a day (2024-05-01).")
    var time: String?
    @Option(name: .customLong("break"), help: "The first time at which things are different, written as the times are.")
    var breakAt: String?
    @Option(name: .long, help: "How many neighbours may be alike; by the usual rule unless told.") var lags: Int?
    @Option(name: .long, help: "After how many times the season repeats, such as 12 for months.") var season: Double?
    @Option(name: .long, help: "How many waves describe the season; 2 unless told.") var harmonics: Int?

    private static let known = ["outcome", "time", "break", "lags", "season", "harmonics"]

    func run(apart console: Console, from directory: URL) async throws {
        let settings = try AnalysisSettings(
            options.settings.map { AnalysisAnswer.path($0, directory) }, known: InterruptedSeriesCommand.known)
        let outcome = AnalysisColumn(try settings.need("outcome", outcome), .numbers)
        let column = AnalysisColumn(try settings.need("time", time), .words)
        let breakAt = try settings.need("break", breakAt)
        let table = try AnalysisTable(AnalysisAnswer.path(options.file, directory), [outcome, column])
        let times = try SeriesTime(column)
        let period = try settings.number("season", season)
        let waves = try settings.number("harmonics", harmonics.map(Double.init))
        let lags = try settings.number("lags", lags.map(Double.init))
        do {
            let series = try InterruptedSeries(
                times: times.values, values: outcome.numbers, breakAt: try times.value(of: breakAt),
                lags: lags.map { Int($0.rounded()) },
                season: period.map { InterruptedSeries.Season(period: $0, harmonics: Int(waves ?? min(2, $0 / 2))) },
                level: try settings.level(options.level))
            let answer = SeriesAnswer(series: series, times: times, name: outcome.name, table: table).answer()
            try answer.deliver(options, console, from: directory)
        } catch {
            throw AnalysisWords.problem(error)
        }
    }
}

/// An interrupted series in words, numbers and a picture.
struct SeriesAnswer {
    let series: InterruptedSeries
    let times: SeriesTime
    let name: String
    let table: AnalysisTable

    func answer() -> AnalysisAnswer {
        let model = series.model
        var answer = AnalysisAnswer(
            title: "Did \(name) change at \(times.words(series.breakAt))?", json: json, about: about,
            cannotShow: [
                "That what was done then is why it changed: anything else that changed at that time looks the same.",
                "What would truly have been without it: the dashed line only goes on as things went before.",
                "That nothing changed, when the interval is wide: it says what is still possible.",
            ])
        answer.tables = [AnalysisWords.table("Coefficients", model.coefficients)]
        answer.charts = [.plot(plot)]
        answer.warnings = warnings
        return answer
    }

    private var about: [String] {
        let unit = times.unit == .number ? "unit of time" : times.unit.rawValue
        return [
            "\(series.model.rows) points. “level” is the step at the break, “slope” by how much the trend for each "
                + "\(unit) is steeper after it. Errors allow \(series.lags) neighbours to be alike.",
            table.missingInWords,
        ]
    }

    private var json: [(name: String, value: JSONText)] {
        let model = series.model
        return [
            ("n", .whole(model.rows)),
            ("coefficients", .list(model.coefficients.map { .object(AnalysisWords.json($0)) })),
            ("logLikelihood", .number(model.logLikelihood)), ("lags", .whole(series.lags)),
            ("timeUnit", .text(times.unit.rawValue)), ("breakAt", .number(series.breakAt)),
            ("dropped", AnalysisWords.json(model.dropped)), ("missing", table.missing),
            (
                "diagnostics",
                .object([
                    ("rSquared", .number(model.rSquared)), ("durbinWatson", .number(model.durbinWatson)),
                    ("distribution", .text("normal")),
                ])
            ),
            (
                "series",
                .object([
                    ("times", .texts(series.times.map(times.words))), ("values", .numbers(series.values)),
                    ("fitted", .numbers(model.fitted)), ("withoutChange", .numbers(series.without)),
                ])
            ),
        ]
    }

    private var plot: PlotModel {
        let without = zip(series.times, series.without).compactMap { time, value in value.map { (x: time, y: $0) } }
        var plot = PlotModel(
            title: "\(name): seen, fitted, and as it went on before",
            summary: "The series over time. The answer as JSON has the figures.",
            across: times.unit == .number ? "time" : "\(times.unit.rawValue)s since \(times.words(0))",
            lines: [
                PlotModel.Line("fitted", zip(series.times, series.model.fitted).map { ($0, $1) }),
                PlotModel.Line("as it went on before", without, isDashed: true),
            ])
        plot.marks = zip(series.times, series.values).map { PlotModel.Mark(x: $0, y: $1) }
        plot.upright = series.breakAt
        return plot
    }

    private var warnings: [String] {
        var warnings = AnalysisWords.warnings(series.model.dropped)
        let before = series.times.count { $0 < series.breakAt }
        if min(before, series.times.count - before) < 8 {
            warnings.append(
                "\(before) points before the break and \(series.times.count - before) after it are few; eight on each side "
                    + "are wanted, and more where there is a season.")
        }
        let steps = zip(series.times.dropFirst(), series.times).map { $0 - $1 }
        if let least = steps.min(), let most = steps.max(), most > least * 1.001 {
            warnings.append(
                "Times are missing in the series: rows that follow one another are taken as neighbours all the same.")
        }
        if table.rowsRead > table.rows { warnings.append(table.missingInWords) }
        return warnings
    }
}
