import Foundation
import Kernel
import Statistics

/// Words and numbers that all analyses share.
enum AnalysisWords {
    /// Four figures that count.
    static func number(_ value: Double?) -> String {
        guard let value, value.isFinite else { return "–" }
        return String(format: "%.4g", value)
    }

    static func p(_ value: Double?) -> String {
        guard let value, value.isFinite else { return "–" }
        return value < 0.0001 ? "< 0.0001" : String(format: "%.4f", value)
    }

    static func json(_ coefficient: Coefficient) -> [(name: String, value: JSONText)] {
        [
            ("name", .text(coefficient.name)), ("estimate", .number(coefficient.estimate)),
            ("standardError", .number(coefficient.standardError)), ("z", .number(coefficient.z)),
            ("p", .number(coefficient.p)), ("low", .number(coefficient.low)), ("high", .number(coefficient.high)),
        ]
    }

    static func json(_ dropped: [DroppedColumn]) -> JSONText {
        .list(dropped.map { .object([("name", .text($0.name)), ("reason", .text($0.reason.rawValue))]) })
    }

    static func table(_ title: String, _ coefficients: [Coefficient]) -> AnalysisAnswer.Table {
        AnalysisAnswer.Table(
            title: title, head: ["", "estimate", "std. error", "z", "p", "low", "high"],
            rows: coefficients.map { one in
                [
                    one.name, number(one.estimate), number(one.standardError), number(one.z), p(one.p),
                    number(one.low), number(one.high),
                ]
            })
    }

    static func warnings(_ dropped: [DroppedColumn]) -> [String] {
        dropped.map { column in
            switch column.reason {
            case .constant: "\(column.name) was left out: it is the same in every row that counts."
            case .collinear: "\(column.name) was left out: it follows from the columns before it."
            }
        }
    }

    static func warnings(clusters: Int?) -> [String] {
        guard let clusters, clusters < 30 else { return [] }
        return ["There are only \(clusters) clusters; robust errors are too small with fewer than about 30."]
    }

    /// What a person is told, and what she can do.
    static func problem(_ error: any Error) -> any Error {
        guard let fault = error as? ModelError else { return error }
        let (message, next) = words(fault)
        return Problem(.invalid, message, next: next)
    }

    private static func words(_ fault: ModelError) -> (String, String) {
        switch fault {
        case .noRows: ("No row is left.", "Fill what is missing, or name fewer columns.")
        case .unequalLengths: ("The columns differ in length.", "Check the table.")
        case .notFinite(let column):
            ("\(column) holds a number too large to calculate with.", "Put it right, or give it in a larger unit.")
        case .oneOutcome(let value):
            (
                "The outcome is \(Int(value)) in every row that counts, so nothing can be learnt of it.",
                "Take more rows, or another outcome."
            )
        case .notBinary(let value): ("\(value) was found where 0 or 1 was expected.", "Make it a column of 0 and 1.")
        case .tooFewRows(let rows, let coefficients):
            (
                "\(rows) rows are too few for \(coefficients) \(coefficients == 1 ? "number" : "numbers") to estimate.",
                coefficients == 0 ? "Name a predictor that varies." : "Take more rows, or fewer predictors."
            )
        case .tooFewClusters(let count):
            ("There is \(count) cluster, and robust errors need two or more.", "Name another cluster, or none.")
        case .notConverged(let steps):
            ("The estimates did not settle in \(steps) steps.", "Look for predictors that nearly repeat each other.")
        default: seriesWords(fault)
        }
    }

    private static func seriesWords(_ fault: ModelError) -> (String, String) {
        switch fault {
        case .negativeTime(let time): ("The time \(time) is below 0.", "Give times since the start of each row.")
        case .noEvents: ("The event happened in no row that counts.", "Take more rows, or a longer time.")
        case .oneGroup: ("There is only one group.", "Name a column with two or more.")
        case .emptyCell(let treated, let post):
            (
                "No row is \(treated ? "treated" : "not treated") and \(post ? "after" : "before").",
                "Rows of all four kinds are needed."
            )
        case .breakOutside(let before, let after):
            (
                "\(before) points lie before the break and \(after) from it on, and two are needed on both sides.",
                "Give another --break, or a longer series."
            )
        case .repeatedTime: ("Two rows have the same time.", "Add them up first, so that each time has one row.")
        case .badLags(let lags): ("\(lags) lags are too many for this series.", "Give fewer than there are points.")
        case .badSeason:
            ("This season cannot be described.", "Give a --season above 1, and at most half of it as --harmonics.")
        default: ("The model could not be fitted.", "Check the columns.")
        }
    }
}
