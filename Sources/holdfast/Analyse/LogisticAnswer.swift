import Foundation
import Pages
import Statistics

/// A fitted logistic model in words, numbers and pictures.
struct LogisticAnswer {
    let model: LogisticModel
    let design: Design
    let outcome: [Double]
    let name: String
    let words: [AnalysisValues.Words]
    let table: AnalysisTable
    let cluster: String?

    func answer() throws -> AnalysisAnswer {
        let effects = try model.marginalEffects(design)
        let calibration = try Calibration(outcome: outcome, probabilities: model.probabilities)
        var answer = AnalysisAnswer(
            title: "What goes with \(name)", json: json(effects, calibration), about: about,
            cannotShow: [
                "That one thing brings about another: this compares rows as they were, and what was not measured may "
                    + "lie behind a difference.",
                "That a predictor without a clear effect has none: the interval says what is still possible.",
                "How well it foretells new rows: fit and calibration were measured on the rows it was learnt from.",
            ])
        answer.tables = tables(effects, calibration)
        answer.charts = charts(calibration)
        answer.warnings = warnings
        return answer
    }

    private var about: [String] {
        let robust = model.clusters.map {
            " Errors allow rows of one \(cluster ?? "cluster") to be alike (\($0) clusters)."
        }
        return [
            "\(model.rows) rows, \(model.events) with the outcome.\(robust ?? "") Log likelihood "
                + "\(AnalysisWords.number(model.logLikelihood)), with the constant alone "
                + "\(AnalysisWords.number(model.nullLogLikelihood)).",
            table.missingInWords,
        ] + words.map { "\($0.column) is compared with \($0.first)." }
    }

    private var corrected: (holm: [Double?], benjaminiHochberg: [Double?]) {
        let asked = [nil] + model.coefficients.dropFirst().map(\.p)
        return (MultipleTesting.holm(asked), MultipleTesting.benjaminiHochberg(asked))
    }

    private func json(_ effects: [MarginalEffect], _ calibration: Calibration) -> [(name: String, value: JSONText)] {
        let corrected = corrected
        let coefficients = model.coefficients.enumerated().map { place, one in
            JSONText.object(
                AnalysisWords.json(one) + [
                    ("pHolm", .number(corrected.holm[place])),
                    ("pBenjaminiHochberg", .number(corrected.benjaminiHochberg[place])),
                ])
        }
        return [
            ("n", .whole(model.rows)), ("coefficients", .list(coefficients)),
            ("logLikelihood", .number(model.logLikelihood)),
            ("oddsRatios", .list(model.coefficients.dropFirst().map(odds))),
            (
                "marginalEffects",
                .list(effects.map { .object(AnalysisWords.json($0.effect) + [("kind", .text($0.kind.rawValue))]) })
            ),
            ("separation", separation), ("dropped", AnalysisWords.json(model.dropped)), ("missing", table.missing),
            ("categories", .list(words.map(category))), ("diagnostics", diagnostics(calibration)),
        ]
    }

    private func odds(_ one: Coefficient) -> JSONText {
        .object([
            ("name", .text(one.name)), ("estimate", .number(one.estimate.map(exp))), ("low", .number(one.low.map(exp))),
            ("high", .number(one.high.map(exp))),
        ])
    }

    private func category(_ words: AnalysisValues.Words) -> JSONText {
        .object([
            ("column", .text(words.column)), ("comparedWith", .text(words.first)), ("others", .texts(words.others)),
        ])
    }

    private var separation: JSONText {
        guard let found = model.separation else { return .object([("detected", .bool(false))]) }
        return .object([
            ("detected", .bool(true)), ("complete", .bool(found.isComplete)), ("coefficients", .texts(found.names)),
        ])
    }

    private func diagnostics(_ calibration: Calibration) -> JSONText {
        .object([
            ("events", .whole(model.events)), ("iterations", .whole(model.iterations)),
            ("converged", .bool(model.separation == nil)), ("nullLogLikelihood", .number(model.nullLogLikelihood)),
            ("pseudoRSquared", .number(model.pseudoRSquared)), ("aic", .number(model.akaike)),
            ("clusters", model.clusters.map { .whole($0) } ?? .null), ("concordance", .number(calibration.concordance)),
            (
                "calibration",
                .list(
                    calibration.groups.map { group in
                        .object([
                            ("n", .whole(group.rows)), ("expected", .number(group.expected)),
                            ("observed", .number(group.observed)), ("low", .number(group.low)),
                            ("high", .number(group.high)),
                        ])
                    })
            ),
        ])
    }

    private func tables(_ effects: [MarginalEffect], _ calibration: Calibration) -> [AnalysisAnswer.Table] {
        let number = AnalysisWords.number
        let corrected = corrected
        let ratios = model.coefficients.enumerated().dropFirst().map { place, one in
            [
                one.name, number(one.estimate.map(exp)), number(one.low.map(exp)), number(one.high.map(exp)),
                AnalysisWords.p(one.p), AnalysisWords.p(corrected.holm[place]),
            ]
        }
        return [
            AnalysisAnswer.Table(
                title: "Odds ratios: by what the odds are multiplied",
                head: ["", "odds ratio", "low", "high", "p", "p of all (Holm)"], rows: ratios),
            AnalysisAnswer.Table(
                title: "Average marginal effects: by how much the probability changes",
                head: ["", "effect", "low", "high", "for"],
                rows: effects.map { one in
                    [
                        one.effect.name, number(one.effect.estimate), number(one.effect.low), number(one.effect.high),
                        one.kind == .slope ? "one more" : "0 to 1",
                    ]
                }),
            AnalysisWords.table("Coefficients (logarithms of odds)", model.coefficients),
            AnalysisAnswer.Table(
                title: "Calibration: foretold and seen, by tenths",
                head: ["tenth", "rows", "foretold", "seen", "low", "high"],
                rows: calibration.groups.enumerated().map { place, group in
                    [
                        "\(place + 1)", "\(group.rows)", number(group.expected), number(group.observed),
                        number(group.low), number(group.high),
                    ]
                }),
        ]
    }

    private func charts(_ calibration: Calibration) -> [AnalysisAnswer.Chart] {
        let rows = model.coefficients.dropFirst().compactMap { one -> ForestPlotModel.Row? in
            guard let estimate = one.estimate, let low = one.low, let high = one.high else { return nil }
            return ForestPlotModel.Row(one.name, ratio: exp(estimate), low: exp(low), high: exp(high))
        }
        var plot = PlotModel(
            title: "Calibration: on the line, what was foretold is what was seen",
            summary:
                "Foretold probability across, share seen upwards, by tenths of the rows. The table has the figures.",
            across: "foretold probability", lines: [PlotModel.Line("", [(0, 0), (1, 1)], isDashed: true)])
        plot.marks = calibration.groups.map {
            PlotModel.Mark(x: $0.expected, y: $0.observed, interval: ($0.low, $0.high))
        }
        return [
            .forest(
                ForestPlotModel(
                    title: "Odds ratios with their intervals",
                    summary: "Odds ratios by predictor. The table has the figures.", rows: rows)), .plot(plot),
        ]
    }

    private var warnings: [String] {
        var warnings = AnalysisWords.warnings(model.dropped) + AnalysisWords.warnings(clusters: model.clusters)
        if let found = model.separation {
            warnings.append(
                found.isComplete
                    ? "The predictors part the outcome perfectly, so there are no estimates: the likelihood grows for "
                        + "ever. Look for a predictor that follows from the outcome, or take more rows."
                    : "No estimate exists for \(found.names.joined(separator: ", ")): the outcome is the same in all rows "
                        + "of a part of the table. Put seldom values together, or leave it out.")
        }
        let fewer = min(model.events, model.rows - model.events)
        if fewer < 10 * (model.coefficients.count - 1) {
            warnings.append(
                "The rarer outcome has \(fewer) rows for \(model.coefficients.count - 1) predictors; with fewer than 10 "
                    + "for each, estimates are far from sure and too large (Peduzzi and others 1996).")
        }
        if table.rowsRead > table.rows { warnings.append(table.missingInWords) }
        return warnings
    }
}
