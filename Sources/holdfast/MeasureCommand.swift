import ArgumentParser
import Foundation
import Kernel
import Ledger
import Measures

struct MeasureCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "measure", abstract: "Figures with their denominators, intervals and limits.",
        subcommands: [List.self, Show.self, Rebase.self, Reconcile.self])

    struct List: HouseCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "List what can be measured.")

        @OptionGroup var place: PlaceOptions
        @OptionGroup var output: OutputOptions

        func run(in house: OpenHouse, _ console: Console, from directory: URL) async throws {
            if output.json { return console.line(try await house.measures.listJSON(as: house.keeper)) }
            for measure in try await house.measures.definitions(as: house.keeper) {
                console.line("\(measure.id)\n    \(measure.title)")
            }
        }
    }

    struct Show: HouseCommand {
        static let configuration = CommandConfiguration(
            commandName: "show", abstract: "Print one measure.",
            discussion: "By month it has control limits and signals. Other ways: \(dimensions).")

        static var dimensions: String { MeasureDimension.allCases.map(\.rawValue).joined(separator: ", ") }

        @OptionGroup var place: PlaceOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The measure, from holdfast measure list.") var id: String
        @Option(name: .long, help: "How to group it.") var by: String = MeasureDimension.month.rawValue
        @Option(name: .long, help: "The first month, such as 2024-04.") var from: String?
        @Option(name: .long, help: "The last month.") var until: String?
        @Option(name: .long, help: "Keep to one group, such as district=Hartlepool. May be repeated.") var only:
            [String] = []

        func validate() throws {
            guard MeasureDimension(rawValue: by) != nil else {
                throw ValidationError("--by takes one of: \(Show.dimensions).")
            }
            for month in [from, until].compactMap(\.self) where Month(month) == nil {
                throw ValidationError("\(month) is no month. Write it as 2024-04.")
            }
            for pair in only where MeasureFilter.pair(pair) == nil {
                throw ValidationError("--only takes a grouping and a value, such as district=Hartlepool.")
            }
        }

        func run(in house: OpenHouse, _ console: Console, from directory: URL) async throws {
            let dimension = MeasureDimension(rawValue: by) ?? .month
            let filter = MeasureFilter.make(from: from, until: until, only: only)
            if output.json {
                let text = try await house.measures.json(id, by: dimension, filter: filter, as: house.keeper)
                return console.line(text)
            }
            console.out(
                try await house.measures.csv(id, by: dimension, filter: filter, for: .house, as: house.keeper))
        }
    }

    struct Rebase: HouseCommand {
        static let configuration = CommandConfiguration(
            commandName: "rebase", abstract: "Start the limits of a measure again from a month, with a reason.")

        @OptionGroup var place: PlaceOptions
        @Argument(help: "The measure.") var id: String
        @Option(name: .long, help: "The month from which the new limits hold.") var from: String
        @Option(name: .long, help: "Why. It is kept and shown with the chart.") var reason: String

        func validate() throws {
            if Month(from) == nil { throw ValidationError("\(from) is no month. Write it as 2024-04.") }
        }

        func run(in house: OpenHouse, _ console: Console, from directory: URL) async throws {
            guard let month = Month(from) else { return }
            try await house.measures.rebase(id, from: month, reason: reason, as: house.keeper)
            console.line("The limits of \(id) start again from \(month.inWords).")
        }
    }

    struct Reconcile: HouseCommand {
        static let configuration = CommandConfiguration(
            commandName: "reconcile", abstract: "Compare a financial year with published figures.",
            discussion: "Load the published figures first: holdfast import tables FILE.")

        @OptionGroup var place: PlaceOptions
        @OptionGroup var output: OutputOptions
        @Argument(help: "The force, such as cleveland.") var force: String
        @Argument(help: "The year in which the financial year starts: 2024 for April 2024 to March 2025.") var year: Int

        func run(in house: OpenHouse, _ console: Console, from directory: URL) async throws {
            let result = try await house.measures.reconcile(force: force, financialYear: year, as: house.keeper)
            if output.json { return try console.json(ReconciliationJSON(result)) }
            for line in result.lines + [result.total] {
                let percent = line.percent.map { String(format: "%+.1f%%", $0) } ?? "–"
                console.line(
                    "\(line.crimeType): \(line.ours) here, \(line.published.map(String.init) ?? "none") published, \(percent)"
                )
            }
            for note in result.notes { console.line(note) }
        }
    }
}

enum MeasureFilter {
    static func make(from: String?, until: String?, only: [String]) -> SeriesFilter {
        let pairs = only.compactMap { pair($0) }
        return SeriesFilter(
            from: from.flatMap { Month($0) }, until: until.flatMap { Month($0) },
            keeping: Dictionary(pairs) { _, last in last })
    }

    static func pair(_ text: String) -> (MeasureDimension, String)? {
        let parts = text.split(separator: "=", maxSplits: 1).map(String.init)
        guard parts.count == 2, let dimension = MeasureDimension(rawValue: parts[0]) else { return nil }
        return (dimension, parts[1])
    }
}

struct ReconciliationJSON: Encodable {
    struct Line: Encodable { let crimeType: String, ours: Int, published: Int?, difference: Int?, percent: Double? }

    let force: String
    let period: String
    let lines: [Line]
    let total: Line
    let missing: [Month]
    let notes: [String]

    init(_ result: Reconciliation) {
        func line(_ line: Reconciliation.Line) -> Line {
            Line(
                crimeType: line.crimeType, ours: line.ours, published: line.published, difference: line.difference,
                percent: line.percent)
        }
        (force, period) = (result.force, result.period.label)
        (lines, total) = (result.lines.map(line), line(result.total))
        (missing, notes) = (result.missing, result.notes)
    }
}
