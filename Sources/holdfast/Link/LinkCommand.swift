import ArgumentParser
import Foundation
import Kernel
import Linkage

/// `holdfast link`: who is who in one or two tables, for analysts; it needs no data folder and no server.
struct LinkCommand: ApartCommand {
    static let configuration = CommandConfiguration(
        commandName: "link", abstract: "Find the records of one person in a table, or across two.",
        discussion: """
            Weights are learnt from the file itself, without labels. Nothing is merged: it writes which pairs are likely
            one person, how likely, and the groups they make.
              holdfast link people.csv --id id --pairs pairs.csv --clusters clusters.csv --report report.html
            """)

    @OptionGroup var output: OutputOptions
    @Argument(help: "The table, as CSV: .csv or .csv.gz, with the names of columns in its first line.") var file: String
    @Argument(help: "A second table; then only pairs across both are looked for.") var other: String?
    @Option(name: .long, help: "The column with the id of each row; guessed by its name unless named.") var id: String?
    @Option(name: .long, help: "A file of settings, in YAML.") var settings: String?
    @Option(name: .long, help: "Where to write the pairs: id_l, id_r, weight, probability.") var pairs: String?
    @Option(name: .long, help: "Where to write the groups: id, cluster.") var clusters: String?
    @Option(name: .long, help: "A column with the true person; prints precision, recall and F1.") var truth: String?
    @Option(name: .long, help: "A column with the true person of some rows or all; weights are learnt from it.")
    var labels: String?
    @Option(name: .long, help: "Where to write a report for reading, as HTML.") var report: String?
    @Option(name: .long, help: "A file of rows to look up in the table, one by one, instead of linking it.")
    var lookUp: String?
    @Option(name: .long, help: "Where to write what --look-up found: id, candidate, weight, probability.")
    var found: String?

    func run(apart console: Console, from directory: URL) async throws {
        var chosen = try settings.map { try LinkSettingsFile.read(path($0, directory)) } ?? LinkageSettings()
        chosen.labels = labels ?? chosen.labels
        chosen.postcodes = chosen.postcodes.map { path($0, directory) }
        let run = LinkRun(settings: chosen, progress: LinkProgress(console))
        let input = try LinkInput(
            paths: [file, other].compactMap(\.self).map { path($0, directory) }, id: id, truth: truth,
            settings: run.settings, progress: run.progress)
        if let lookUp {
            return try looked(LinkLookUps(path: path(lookUp, directory), id: id), input, run, console, directory)
        }
        let result = try run.link(input)
        run.progress.say("Writing")
        if let pairs { try LinkTables.write(pairs: result.listed, of: input, to: path(pairs, directory)) }
        if let clusters { try LinkTables.write(clusters: result.clusters, of: input, to: path(clusters, directory)) }
        if let report { try LinkTables.write(LinkReport.page(input, result), to: path(report, directory)) }
        run.progress.end()
        if output.json { return try console.json(LinkSummary(input, result)) }
        console.out(LinkWords.summary(input, result))
    }

    private func looked(
        _ lookUps: LinkLookUps, _ input: LinkInput, _ run: LinkRun, _ console: Console, _ directory: URL
    ) throws {
        let model = try run.trained(input).training.model
        let summary = try lookUps.run(input, model, to: found.map { path($0, directory) }, run.progress)
        run.progress.end()
        if output.json { return try console.json(summary) }
        console.out(summary.words)
    }

    private func path(_ name: String, _ directory: URL) -> String {
        URL(fileURLWithPath: name, relativeTo: directory).absoluteURL.path
    }
}

/// What linking found.
struct LinkResult {
    let training: Linker.Training
    let plan: BlockingPlan
    /// Pairs from the probability that `pairsFrom` names.
    let listed: [ScoredPair]
    let clusters: Clusters
    let accuracy: [Accuracy]
    let clusterAccuracy: Accuracy?
    let settings: LinkageSettings
    let seconds: Double
}

/// The stages of one run.
struct LinkRun {
    let settings: LinkageSettings
    let progress: LinkProgress
    private let began = ContinuousClock.now

    init(settings: LinkageSettings, progress: LinkProgress) { (self.settings, self.progress) = (settings, progress) }

    /// Chooses the rules and learns the weights.
    func trained(_ input: LinkInput) throws -> (linker: Linker, plan: BlockingPlan, training: Linker.Training) {
        progress.say("Choosing which pairs to look at")
        let plan = try plan(input.table)
        var linker = Linker(input.table, plan: plan) { [progress] stage, share in
            progress.say("\(stage): \(Int(share * 100))%")
        }
        (linker.seed, linker.sample) = (settings.seed, settings.sample)
        return (linker, plan, try input.labels.map { try linker.train(labels: $0) } ?? linker.train())
    }

    func link(_ input: LinkInput) throws -> LinkResult {
        let (linker, plan, training) = try trained(input)
        // Scores below what is listed are needed to say how right other thresholds would be.
        let least = min(settings.pairsFrom, settings.threshold, input.truth == nil ? 1 : 0.01)
        let pairs = try linker.pairs(training.model, from: LinkageModel.weight(ofProbability: least))
        progress.say("Grouping")
        let likely = pairs.filter { $0.probability >= settings.threshold }
        let weigher = PairWeigher(training.model, input.table)
        let clusters = Clusters(of: input.table.count, pairs: likely, weigh: weigher.weight)
        let firstFile = input.table.firstFile > 0 ? input.table.firstFile : nil
        return LinkResult(
            training: training, plan: plan, listed: pairs.filter { $0.probability >= settings.pairsFrom },
            clusters: clusters,
            accuracy: input.truth.map { Accuracy.table(of: pairs, truth: $0, firstFile: firstFile) } ?? [],
            clusterAccuracy: input.truth.map {
                Accuracy.of(clusters, threshold: settings.threshold, truth: $0, firstFile: firstFile)
            },
            settings: settings, seconds: Double((ContinuousClock.now - began) / .milliseconds(1)) / 1000)
    }

    private func plan(_ table: RecordTable) throws -> BlockingPlan {
        var budget = BlockingPlan.Budget()
        budget.perRecord = settings.pairsPerRecord
        guard !settings.rules.isEmpty else { return BlockingPlan.chosen(for: table, budget: budget) }
        switch settings.keys(in: table) {
        case .success(let rules): return BlockingPlan.written(rules, for: table, budget: budget)
        case .failure(let unknown):
            throw Problem(
                .invalid, "The settings name a key that is none: \(unknown.name).",
                next: "Keys of this file: \(table.keyNames.joined(separator: ", ")).")
        }
    }
}

/// What is being done, on standard error, once the work has taken a second.
final class LinkProgress: Sendable {
    private let line: ProgressLine
    private let began = ContinuousClock.now

    init(_ console: Console) { line = ProgressLine(console) }

    func say(_ text: String) {
        if ContinuousClock.now - began > .seconds(1) { line.show(text) }
    }

    func end() { line.end() }
}
