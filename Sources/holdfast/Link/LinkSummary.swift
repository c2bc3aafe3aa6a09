import Foundation
import Linkage

/// The answer of `holdfast link --json`.
struct LinkSummary: Encodable {
    struct Column: Encodable { let column: String, kind: String, reason: String }
    struct Rule: Encodable { let name: String, pairs: Int, blocksLeftOut: Int, pairsLeftOut: Int }
    struct Right: Encodable { let threshold: Double, precision: Double, recall: Double, f1: Double }

    let records: Int
    let firstFile: Int?
    let assumed: [Column]
    let notes: [String]
    let rules: [Rule]
    let pairsLookedAt: Int
    let expectedMatches: Double
    let expectedWrong: Double
    let expectedMissed: Double
    let learntFrom: String
    let threshold: Double
    let pairs: Int
    let clusters: Int
    let weakLinks: Int
    let accuracy: [Right]?
    let clusterAccuracy: Right?
    let seconds: Double

    init(_ input: LinkInput, _ result: LinkResult) {
        records = input.table.count
        firstFile = input.table.firstFile > 0 ? input.table.firstFile : nil
        assumed = input.guesses.map { Column(column: $0.column, kind: $0.kind.rawValue, reason: $0.reason) }
        notes = input.notes
        rules = result.plan.rules.map {
            Rule(name: $0.name, pairs: $0.pairs, blocksLeftOut: $0.blocksLeftOut, pairsLeftOut: $0.pairsLeftOut)
        }
        pairsLookedAt = Int(result.training.candidates)
        expectedMatches = result.training.expectedMatches
        let errors = result.training.expectedErrors(result.settings.threshold)
        (expectedWrong, expectedMissed) = (errors.wrong, errors.missed)
        learntFrom = result.settings.labels.map { "labels in \($0)" } ?? "all pairs, without labels"
        threshold = result.settings.threshold
        pairs = result.listed.count
        clusters = result.clusters.count
        weakLinks = result.clusters.weakLinks.count
        accuracy = result.accuracy.isEmpty ? nil : result.accuracy.map(LinkSummary.right)
        clusterAccuracy = result.clusterAccuracy.map(LinkSummary.right)
        seconds = result.seconds
    }

    private static func right(_ accuracy: Accuracy) -> Right {
        Right(threshold: accuracy.threshold, precision: accuracy.precision, recall: accuracy.recall, f1: accuracy.f1)
    }
}

/// The same for a person at a terminal.
enum LinkWords {
    static func summary(_ input: LinkInput, _ result: LinkResult) -> String {
        var lines = ["\(input.table.count) rows. Assumed of the columns:"]
        lines += input.guesses.map { "  \($0.column): \($0.kind.rawValue) (\($0.reason))" }
        lines += input.notes
        lines.append("\(Int(result.training.candidates)) pairs were looked at, by these rules:")
        lines += result.plan.rules.map { rule in
            let left = rule.blocksLeftOut == 0 ? "" : leftOut(rule)
            return "  \(rule.name): \(rule.pairs)\(left)"
        }
        lines.append(
            "\(result.listed.count) pairs are likely one person (probability \(result.settings.pairsFrom) and more), in "
                + "\(result.clusters.count) groups.")
        if !result.clusters.weakLinks.isEmpty {
            lines.append(
                "\(result.clusters.weakLinks.count) links were too weak to join two groups; the report names them.")
        }
        lines += accuracy(result)
        return lines.joined(separator: "\n") + "\n"
    }

    private static func leftOut(_ rule: BlockingPlan.Rule) -> String {
        "; \(rule.blocksLeftOut) blocks of \(rule.leftOutFrom ?? 0) rows or more were left out (\(rule.pairsLeftOut) pairs)"
    }

    private static func accuracy(_ result: LinkResult) -> [String] {
        guard !result.accuracy.isEmpty else { return [] }
        let rows = result.accuracy.map { row("at \($0.threshold)", $0) }
        return ["threshold   precision  recall    F1"] + rows
            + (result.clusterAccuracy.map { [row("groups", $0)] } ?? [])
    }

    private static func row(_ name: String, _ right: Accuracy) -> String {
        let padded = name + String(repeating: " ", count: max(0, 12 - name.count))
        return padded
            + [right.precision, right.recall, right.f1].map { String(format: "%.5f", $0) }.joined(separator: "    ")
    }
}
