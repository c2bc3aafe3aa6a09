import ArgumentParser
import Foundation
import Kernel
import Yams

/// What every analysis takes.
struct AnalysisOptions: ParsableArguments {
    @Argument(help: "The table, as CSV: .csv or .csv.gz, with the names of columns in its first line.") var file: String
    @Option(name: .long, help: "A file of settings, in YAML: the names of these flags; flags go before it.")
    var settings: String?
    @Option(name: .long, help: "Where to write a report for reading, as HTML.") var report: String?
    @Option(name: .long, help: "The level of confidence of intervals; 0.95 unless told.") var level: Double?
    @OptionGroup var output: OutputOptions
}

/// Settings that the analyst wrote, by name; each has one value or several.
struct AnalysisSettings {
    private let values: [String: [String]]

    private static let most = 1 << 20

    /// - Parameter known: The names there are, beside `level`.
    init(_ path: String?, known: [String]) throws {
        guard let path else {
            values = [:]
            return
        }
        guard let data = FileManager.default.contents(atPath: path), data.count <= AnalysisSettings.most else {
            throw Problem(.absent, "The settings \(path) cannot be read.", next: "Give a file of at most 1 MiB.")
        }
        let known = known + ["level"]
        var values: [String: [String]] = [:]
        for (key, node) in try AnalysisSettings.mapping(String(decoding: data, as: UTF8.self)) {
            guard let name = key.string, known.contains(name) else {
                throw Problem(
                    .invalid, "The settings cannot be used: there is no setting named \(key.string ?? "that").",
                    next: "Settings: \(known.joined(separator: ", ")).")
            }
            values[name] = try AnalysisSettings.values(name, node)
        }
        self.values = values
    }

    private static func mapping(_ text: String) throws -> Node.Mapping {
        do {
            if let mapping = try Yams.compose(yaml: text)?.mapping { return mapping }
        } catch {
            throw Problem(
                .invalid, "The settings cannot be used: \("\(error)".prefix(200))", next: "Put the line right.")
        }
        throw Problem(
            .invalid, "The settings cannot be used: they name nothing.", next: "Write lines such as `outcome: charged`."
        )
    }

    private static func values(_ name: String, _ node: Node) throws -> [String] {
        if let scalar = node.scalar { return [scalar.string] }
        if let list = node.sequence { return list.compactMap(\.scalar?.string) }
        if let mapping = node.mapping {
            return mapping.compactMap { key, value in
                key.string.flatMap { key in value.scalar.map { "\(key)=\($0.string)" } }
            }
        }
        throw Problem(.invalid, "The setting \(name) cannot be used.", next: "Give a value, a list, or name: value.")
    }

    func one(_ name: String, _ flag: String?) -> String? { flag ?? values[name]?.first }

    func many(_ name: String, _ flags: [String]) -> [String] { flags.isEmpty ? values[name] ?? [] : flags }

    func need(_ name: String, _ flag: String?) throws -> String {
        if let value = one(name, flag) { return value }
        throw ValidationError("Missing expected argument '--\(name)': name it here or in the settings.")
    }

    func number(_ name: String, _ flag: Double?) throws -> Double? {
        if let flag { return flag }
        guard let text = values[name]?.first else { return nil }
        guard let value = Double(text) else {
            throw Problem(.invalid, "The setting \(name) is \(text).", next: "Give a number.")
        }
        return value
    }

    func level(_ flag: Double?) throws -> Double {
        let level = try number("level", flag) ?? 0.95
        guard level > 0.5, level < 1 else {
            throw Problem(.invalid, "The level is \(level).", next: "Give one between 0.5 and 1, such as 0.95.")
        }
        return level
    }

    /// `column=value`, by column.
    func pairs(_ name: String, _ flags: [String]) throws -> [String: String] {
        var pairs: [String: String] = [:]
        for text in many(name, flags) {
            guard let mark = text.lastIndex(of: "=") else {
                throw Problem(.invalid, "\(name) is \(text).", next: "Write it as column=value.")
            }
            pairs[String(text[..<mark])] = String(text[text.index(after: mark)...])
        }
        return pairs
    }
}
