import Foundation
import Kernel
import Pages

/// What an analysis found: for programs, for a terminal and for a page.
struct AnalysisAnswer {
    struct Table {
        let title: String
        let head: [String]
        let rows: [[String]]
    }

    enum Chart {
        case plot(PlotModel)
        case forest(ForestPlotModel)
    }

    let title: String
    var json: [(name: String, value: JSONText)]
    /// What was done, in sentences.
    var about: [String]
    var tables: [Table] = []
    var charts: [Chart] = []
    /// What the reader must know before she uses it.
    var warnings: [String] = []
    var cannotShow: [String]

    /// Prints it, and writes the report where one is asked for.
    func deliver(_ options: AnalysisOptions, _ console: Console, from directory: URL) throws {
        if let report = options.report {
            try LinkTables.write(AnalysisReport.page(self), to: AnalysisAnswer.path(report, directory))
        }
        for warning in warnings { console.advise("Note: \(warning)") }
        guard options.output.json else { return console.line(text) }
        let words: [(name: String, value: JSONText)] = [
            ("warnings", .texts(warnings)), ("cannotShow", .texts(cannotShow)),
        ]
        console.line(JSONText.object(json + words).printed)
    }

    static func path(_ name: String, _ directory: URL) -> String {
        URL(fileURLWithPath: name, relativeTo: directory).absoluteURL.path
    }

    private var text: String {
        var parts = [title, about.joined(separator: "\n")]
        parts += tables.map { AnalysisAnswer.text($0) }
        parts.append("What this cannot show:\n" + cannotShow.map { "- \($0)" }.joined(separator: "\n"))
        return parts.filter { !$0.isEmpty }.joined(separator: "\n\n")
    }

    private static func text(_ table: Table) -> String {
        let lines = [table.head] + table.rows
        let widths = table.head.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
        let drawn = lines.map { line in
            line.indices.map { column in
                let space = String(repeating: " ", count: widths[column] - line[column].count)
                return column == 0 ? line[column] + space : space + line[column]
            }.joined(separator: "  ")
        }
        return ([table.title] + drawn).joined(separator: "\n")
    }
}
