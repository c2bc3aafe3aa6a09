import Foundation
import Kernel
import Pages
import Statistics

/// Curves, the test between them and Cox's model, in words, numbers and pictures.
struct SurvivalAnswer {
    let times: [Double]
    let ends: SurvivalEnds
    let group: (codes: [Int32], names: [String])?
    let groupName: String?
    let cox: CoxModel?
    let words: [AnalysisValues.Words]
    let table: AnalysisTable
    let level: Double

    private struct Group {
        let name: String
        let table: SurvivalTable
        let curve: KaplanMeier
        let incidence: [CumulativeIncidence]
    }

    func answer() throws -> AnalysisAnswer {
        let groups = try self.groups()
        let test =
            groups.count > 1 && groups.contains { $0.table.events.contains { $0 > 0 } }
            ? try LogRank(groups.map(\.table)) : nil
        var answer = AnalysisAnswer(
            title: "How long until \(ends.name)", json: json(groups, test), about: about(groups, test),
            cannotShow: [
                "Why groups differ: people were not put into them by lot.",
                "What would happen to those no longer followed, if whoever left was different from whoever stayed.",
                "Anything beyond the last time; near the end few are left and the curve rests on them.",
            ] + (cox == nil ? [] : ["That a hazard ratio is the same at all times: the model supposes it."]))
        answer.tables = tables(groups)
        answer.charts = charts(groups)
        answer.warnings = warnings(groups)
        return answer
    }

    private func groups() throws -> [Group] {
        guard let group else { return [try made("all", times, ends.causes)] }
        var rows = [[Int]](repeating: [], count: group.names.count)
        for (row, code) in group.codes.enumerated() { rows[Int(code)].append(row) }
        return try zip(group.names, rows).map { name, rows in
            try made(name, rows.map { times[$0] }, rows.map { ends.causes[$0] })
        }
    }

    private func made(_ name: String, _ times: [Double], _ causes: [UInt8]) throws -> Group {
        let table = try SurvivalTable(times: times, causes: causes, kinds: ends.names.count)
        let incidence =
            ends.names.count > 1
            ? try ends.names.indices.map { try CumulativeIncidence(table, cause: $0 + 1, level: level) } : []
        return Group(name: name, table: table, curve: try KaplanMeier(table, level: level), incidence: incidence)
    }

    private func about(_ groups: [Group], _ test: LogRank?) -> [String] {
        let events = groups.reduce(0) { $0 + $1.curve.events.reduce(0, +) }
        var lines = ["\(times.count) rows; it happened in \(events).", table.missingInWords]
        if let test {
            lines.append(
                "Log-rank test of \(groups.count) groups: chi-square \(AnalysisWords.number(test.statistic)) on "
                    + "\(test.degrees) degrees of freedom, p \(AnalysisWords.p(test.p)).")
        }
        return lines + words.map { "\($0.column) is compared with \($0.first)." }
    }

    private func json(_ groups: [Group], _ test: LogRank?) -> [(name: String, value: JSONText)] {
        let tested: JSONText =
            test.map { test in
                .object([
                    ("statistic", .number(test.statistic)), ("p", .number(test.p)),
                    ("degreesOfFreedom", .whole(test.degrees)),
                    (
                        "groups",
                        .list(
                            zip(groups, zip(test.observed, test.expected)).map { group, counts in
                                .object([
                                    ("group", .text(group.name)), ("observed", .whole(counts.0)),
                                    ("expected", .number(counts.1)),
                                ])
                            })
                    ),
                ])
            } ?? .null
        var members: [(name: String, value: JSONText)] = [
            ("n", .whole(times.count)), ("curves", .list(groups.map(curve))), ("logRank", tested),
            ("missing", table.missing),
        ]
        if ends.names.count > 1 {
            members.append(("cumulativeIncidence", .list(groups.flatMap { incidences($0) })))
        }
        if let cox { members.append(("cox", json(cox))) }
        return members
    }

    private func curve(_ group: Group) -> JSONText {
        let curve = group.curve
        return .object([
            ("group", .text(group.name)), ("n", .whole(group.table.rows)),
            ("eventCount", .whole(curve.events.reduce(0, +))), ("median", .number(curve.median)),
            ("times", .numbers(curve.times)), ("survival", .numbers(curve.survival)), ("low", .numbers(curve.low)),
            ("high", .numbers(curve.high)), ("atRisk", .wholes(curve.atRisk)), ("events", .wholes(curve.events)),
            ("standardErrors", .numbers(curve.standardErrors)),
        ])
    }

    private func incidences(_ group: Group) -> [JSONText] {
        zip(ends.names, group.incidence).map { cause, found in
            .object([
                ("group", .text(group.name)), ("cause", .text(cause)), ("times", .numbers(found.times)),
                ("incidence", .numbers(found.incidence)), ("low", .numbers(found.low)), ("high", .numbers(found.high)),
            ])
        }
    }

    private func json(_ cox: CoxModel) -> JSONText {
        .object([
            ("n", .whole(cox.rows)), ("events", .whole(cox.events)),
            ("coefficients", .list(cox.coefficients.map { .object(AnalysisWords.json($0)) })),
            (
                "hazardRatios",
                .list(
                    cox.coefficients.map { one in
                        .object([
                            ("name", .text(one.name)), ("estimate", .number(one.estimate.map(exp))),
                            ("low", .number(one.low.map(exp))), ("high", .number(one.high.map(exp))),
                        ])
                    })
            ),
            ("logLikelihood", .number(cox.logLikelihood)), ("nullLogLikelihood", .number(cox.nullLogLikelihood)),
            ("ties", .text("efron")), ("separated", .texts(cox.separated)),
            ("dropped", AnalysisWords.json(cox.dropped)),
        ])
    }

    private func tables(_ groups: [Group]) -> [AnalysisAnswer.Table] {
        let number = AnalysisWords.number
        var tables = [
            AnalysisAnswer.Table(
                title: "Groups", head: ["group", "rows", "events", "median time"],
                rows: groups.map { group in
                    [
                        group.name, "\(group.table.rows)", "\(group.curve.events.reduce(0, +))",
                        group.curve.median.map { number($0) } ?? "not reached",
                    ]
                })
        ]
        if let cox {
            let rows = cox.coefficients.map { one in
                [one.name, number(one.estimate.map(exp)), number(one.low.map(exp)), number(one.high.map(exp))]
                    + [AnalysisWords.p(one.p)]
            }
            tables.append(
                AnalysisAnswer.Table(
                    title: "Hazard ratios: by what the rate is multiplied",
                    head: ["", "hazard ratio", "low", "high", "p"],
                    rows: rows))
        }
        return tables + groups.map(steps)
    }

    /// The curve at about twenty of its times.
    private func steps(_ group: Group) -> AnalysisAnswer.Table {
        let curve = group.curve
        let every = max(1, curve.times.count / 20)
        let shown = curve.times.indices.filter { $0 % every == 0 || $0 == curve.times.count - 1 }
        let number = AnalysisWords.number
        return AnalysisAnswer.Table(
            title: "Still without it: \(group.name)", head: ["time", "at risk", "share", "low", "high"],
            rows: shown.map { place in
                [
                    number(curve.times[place]), "\(curve.atRisk[place])", number(curve.survival[place]),
                    number(curve.low[place]), number(curve.high[place]),
                ]
            })
    }

    private func charts(_ groups: [Group]) -> [AnalysisAnswer.Chart] {
        let drawn = groups.prefix(5)
        var plot = PlotModel(
            title: "Share still without \(ends.name), by time",
            summary: "Survival curves. The tables have the figures.",
            across: "time",
            lines: drawn.enumerated().map { look, group in
                PlotModel.Line(
                    group.name, SurvivalAnswer.points(group.curve, group.curve.survival), isStep: true, look: look)
            })
        plot.bands = drawn.enumerated().map { look, group in
            PlotModel.Band(SurvivalAnswer.band(group.curve), look: look)
        }
        var charts: [AnalysisAnswer.Chart] = [.plot(plot)]
        if let cox {
            let rows = cox.coefficients.compactMap { one -> ForestPlotModel.Row? in
                guard let estimate = one.estimate, let low = one.low, let high = one.high else { return nil }
                return ForestPlotModel.Row(one.name, ratio: exp(estimate), low: exp(low), high: exp(high))
            }
            charts.append(
                .forest(
                    ForestPlotModel(
                        title: "Hazard ratios with their intervals",
                        summary: "Hazard ratios by predictor. The table has the figures.", rows: rows)))
        }
        return charts
    }

    private static let most = 600

    private static func shown(_ curve: KaplanMeier) -> [Int] {
        let every = max(1, curve.times.count / most)
        return curve.times.indices.filter { $0 % every == 0 || $0 == curve.times.count - 1 }
    }

    private static func points(_ curve: KaplanMeier, _ values: [Double]) -> [(x: Double, y: Double)] {
        [(0, 1)] + shown(curve).map { (curve.times[$0], values[$0]) }
    }

    /// The corners of the steps, so that the band has them too.
    private static func band(_ curve: KaplanMeier) -> [(x: Double, low: Double, high: Double)] {
        var corners: [(x: Double, low: Double, high: Double)] = [(0, 1, 1)]
        for place in shown(curve) {
            guard let low = curve.low[place], let high = curve.high[place] else { continue }
            let before = corners[corners.count - 1]
            corners.append((curve.times[place], before.low, before.high))
            corners.append((curve.times[place], low, high))
        }
        return corners
    }

    private func warnings(_ groups: [Group]) -> [String] {
        var warnings: [String] = []
        for group in groups where group.curve.events.reduce(0, +) < 10 {
            warnings.append("\(group.name) has fewer than 10 events, so its curve is far from sure.")
        }
        if groups.count > 5 { warnings.append("The picture shows the first five of \(groups.count) groups.") }
        if let cox {
            warnings += AnalysisWords.warnings(cox.dropped)
            if !cox.separated.isEmpty {
                warnings.append(
                    "No hazard ratio exists for \(cox.separated.joined(separator: ", ")): in a part of the table nothing "
                        + "happened. Put seldom values together, or leave it out.")
            }
            if cox.events < 10 * cox.coefficients.count {
                warnings.append(
                    "\(cox.events) events are few for \(cox.coefficients.count) predictors; 10 for each are wanted.")
            }
        }
        if table.rowsRead > table.rows { warnings.append(table.missingInWords) }
        return warnings
    }
}
