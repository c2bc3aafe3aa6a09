import Foundation
import Linkage
import Pages

/// What was learnt and how, on one page that needs nothing else: for the analyst, and for whoever must check her.
struct LinkReport {
    private var html = Html()

    static func page(_ input: LinkInput, _ result: LinkResult) -> [UInt8] {
        var report = LinkReport()
        report.html.constant(
            """
            <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Linking report</title><style>
            body{font:16px/1.5 sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}table{border-collapse:collapse}
            td,th{padding:.2rem .8rem;text-align:left;border-bottom:1px solid #ccc}td.n{text-align:right}
            </style></head><body><h1>Linking report</h1>
            """)
        report.paragraph(
            "\(input.table.count) rows; \(Int(result.training.candidates)) pairs looked at; \(result.listed.count) pairs "
                + "likely one person; \(result.clusters.count) groups. Weights are in bits: each bit doubles the odds. "
                + "Before anything is compared the odds weigh \(number(result.training.model.priorWeight)).")
        for note in input.notes { report.paragraph(note) }
        report.columns(input)
        report.weights(result.training.model)
        report.histogram(result.training)
        report.blocking(result.plan)
        report.expected(result)
        report.accuracy(result)
        report.waterfalls(input, result)
        report.weak(input, result)
        report.html.constant("</body></html>\n")
        return report.html.bytes
    }

    private static func number(_ value: Double) -> String { String(format: "%.2f", value) }

    private mutating func paragraph(_ text: String) {
        html.constant("<p>")
        html.text(text)
        html.constant("</p>")
    }

    private mutating func table(_ title: String, _ head: [String], _ rows: [[String]]) {
        html.constant("<h2>")
        html.text(title)
        html.constant("</h2><table><thead><tr>")
        for name in head {
            html.constant("<th scope=\"col\">")
            html.text(name)
            html.constant("</th>")
        }
        html.constant("</tr></thead><tbody>")
        for row in rows {
            html.constant("<tr>")
            for cell in row {
                if Double(cell) == nil { html.constant("<td>") } else { html.constant("<td class=\"n\">") }
                html.text(cell)
                html.constant("</td>")
            }
            html.constant("</tr>")
        }
        html.constant("</tbody></table>")
    }

    private mutating func columns(_ input: LinkInput) {
        table(
            "What was assumed of the columns", ["Column", "Kind", "Because of"],
            input.guesses.map { [$0.column, $0.kind.rawValue, $0.reason] })
    }

    /// The m/u table: each level in each case that the field has.
    private mutating func weights(_ model: LinkageModel) {
        let names = ["", "the place agrees", "the place differs"]
        let rows = model.fields.enumerated().flatMap { field, described in
            LinkageModel.Case.allCases.prefix(described.parents.isEmpty ? 1 : 3).flatMap { situation in
                described.kind.levels.enumerated().map { place, level in
                    let part = model.parts[field]
                    return [
                        described.name, names[situation.rawValue], level,
                        String(format: "%.5f", part.m[situation.rawValue][place]),
                        String(format: "%.3g", part.u[situation.rawValue][place]),
                        LinkReport.number(model.weight(field, place + 1, situation)),
                    ]
                }
            }
        }
        table(
            "Weights", ["Field", "When", "Level", "m: among one person", "u: among two persons", "Weight"], rows)
    }

    private mutating func histogram(_ training: Linker.Training) {
        let most = training.histogram.values.max() ?? 1
        let rows = training.histogram.sorted { $0.key < $1.key }.map { bits, pairs in
            let bar = String(repeating: "█", count: max(1, Int(40 * log(pairs + 1) / log(most + 1))))
            return ["\(bits) to \(bits + 1)", String(Int(pairs.rounded())), bar]
        }
        table("Pairs by their weight (bars are logarithmic)", ["Bits", "Pairs", ""], rows)
    }

    private mutating func blocking(_ plan: BlockingPlan) {
        let rows = plan.rules.map { rule in
            [
                rule.name, String(rule.pairs), String(rule.blocksLeftOut), rule.leftOutFrom.map(String.init) ?? "",
                String(rule.pairsLeftOut),
            ]
        }
        table(
            "Which pairs were looked at", ["Rows share", "Pairs", "Blocks left out", "from rows", "Pairs left out"],
            rows)
    }

    private mutating func expected(_ result: LinkResult) {
        let rows = Accuracy.thresholds.map { threshold -> [String] in
            let errors = result.training.expectedErrors(threshold)
            return [
                String(threshold), String(Int(errors.found.rounded())), String(format: "%.4f", errors.wrong),
                String(format: "%.4f", errors.missed),
            ]
        }
        table(
            "What a threshold costs, as the model sees it (thresholds of \(LinkageThresholds.packaged.dated))",
            ["From probability", "Pairs", "Share that is wrong", "Share that is missed"], rows)
    }

    private mutating func accuracy(_ result: LinkResult) {
        guard !result.accuracy.isEmpty else { return }
        let rows =
            (result.accuracy.map { (String($0.threshold), $0) }
            + (result.clusterAccuracy.map { [("groups", $0)] } ?? []))
            .map { name, right in [name] + [right.precision, right.recall, right.f1].map { String(format: "%.5f", $0) }
            }
        table("How right it is", ["From probability", "Precision", "Recall", "F1"], rows)
    }

    /// The pairs nearest to the threshold, in their parts.
    private mutating func waterfalls(_ input: LinkInput, _ result: LinkResult) {
        let weigher = PairWeigher(result.training.model, input.table)
        let near = result.listed.sorted { ($0.weight, $0.left, $0.right) < ($1.weight, $1.left, $1.right) }.prefix(10)
        for pair in near {
            let explained = weigher.explanation(Int(pair.left), Int(pair.right))
            let title = "\(text(input.id(Int(pair.left)))) and \(text(input.id(Int(pair.right))))"
            let rows = explained.parts.map { part in
                [
                    part.name, part.left, part.right, part.level, LinkReport.number(part.weight),
                    LinkReport.number(part.rarity),
                ]
            }
            let total = ["together", "", "", "", LinkReport.number(explained.total), ""]
            table(
                "Near the threshold: \(title)", ["Field", "One", "Other", "Level", "Weight", "Rarity"], rows + [total])
        }
    }

    private mutating func weak(_ input: LinkInput, _ result: LinkResult) {
        guard !result.clusters.weakLinks.isEmpty else { return }
        let rows = result.clusters.weakLinks.prefix(200).map { link in
            [
                text(input.id(Int(link.pair.left))), text(input.id(Int(link.pair.right))),
                LinkReport.number(Double(link.pair.weight)), LinkReport.number(link.mean),
            ]
        }
        table("Links too weak to join two groups", ["One", "Other", "Weight", "Mean between the groups"], rows)
    }

    private func text(_ id: UnsafeBufferPointer<UInt8>) -> String { String(decoding: id, as: UTF8.self) }
}
