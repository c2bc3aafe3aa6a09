import Kernel
import Linkage
import Statistics

/// Columns as models want them.
enum AnalysisValues {
    private static let most = 50

    /// 0 or 1. Words such as yes and no are understood; others need `success`, the value that counts as 1.
    static func binary(_ column: AnalysisColumn, success: String?) throws -> [Double] {
        if let success {
            let texts = column.holds == .words ? (0..<column.words.count).map { column.word(Int32($0 + 1)) } : []
            guard texts.contains(success) else {
                throw Problem(
                    .invalid, "\(column.name) never is \(success).",
                    next: "It is: \(texts.prefix(12).joined(separator: ", ")).")
            }
            return column.codes.map { texts[Int($0) - 1] == success ? 1 : 0 }
        }
        guard column.holds == .words else {
            if let other = column.numbers.first(where: { $0 != 0 && $0 != 1 }) { throw notBinary(column, "\(other)") }
            return column.numbers
        }
        let values = try (0..<column.words.count).map { place -> Double in
            let word = column.word(Int32(place + 1))
            switch word.lowercased() {
            case "1", "yes", "y", "true", "t": return 1
            case "0", "no", "n", "false", "f": return 0
            default: throw notBinary(column, word)
            }
        }
        return column.codes.map { values[Int($0) - 1] }
    }

    private static func notBinary(_ column: AnalysisColumn, _ value: String) -> Problem {
        Problem(
            .invalid, "\(column.name) holds \(value), and 0 or 1 was expected (or yes and no, or true and false).",
            next: "Make it a column of 0 and 1; an outcome in words is told with --success VALUE.")
    }

    /// The cluster or group of each row from 0, and the words, sorted.
    static func groups(_ column: AnalysisColumn) -> (codes: [Int32], names: [String]) {
        let order = (0..<column.words.count).map { column.word(Int32($0 + 1)) }.enumerated()
            .sorted { ($0.element.utf8.lexicographicallyPrecedes($1.element.utf8)) }
        var places = [Int32](repeating: 0, count: order.count)
        for (place, word) in order.enumerated() { places[word.offset] = Int32(place) }
        return (column.codes.map { places[Int($0) - 1] }, order.map(\.element))
    }

    /// Numbers as they are; words as one column of 0 and 1 for each but the first, named `area[T.North]` as the formulas
    /// of statsmodels name them.
    static func design(
        _ columns: [AnalysisColumn], firsts: [String: String], rows: Int
    ) throws -> (Design, [Words]) {
        var (result, told): ([Design.Column], [Words]) = ([], [])
        for column in columns {
            guard column.holds == .words else {
                result.append(Design.Column(column.name, column.numbers))
                continue
            }
            let (codes, names) = groups(column)
            guard names.count <= most else { throw tooMany(column, names.count) }
            let first = firsts[column.name] ?? names[0]
            guard names.contains(first) else {
                throw Problem(
                    .invalid, "\(column.name) never is \(first).", next: "It is: \(names.joined(separator: ", ")).")
            }
            told.append(Words(column: column.name, first: first, others: names.filter { $0 != first }))
            if names.count == 1 { result.append(Design.Column(column.name, codes.map { _ in 0 })) }
            for (place, name) in names.enumerated() where name != first {
                result.append(Design.Column("\(column.name)[T.\(name)]", codes.map { Int($0) == place ? 1 : 0 }))
            }
        }
        do {
            return (try Design(result, rows: rows), told)
        } catch {
            throw AnalysisWords.problem(error)
        }
    }

    private static func tooMany(_ column: AnalysisColumn, _ count: Int) -> Problem {
        Problem(
            .invalid, "\(column.name) holds \(count) different words, and \(most) is the most for a predictor.",
            next: "Put seldom words together, or leave it out.")
    }

    /// A predictor in words and what its words are compared with.
    struct Words {
        let column: String
        let first: String
        let others: [String]
    }
}
