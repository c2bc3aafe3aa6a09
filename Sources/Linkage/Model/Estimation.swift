import Foundation

/// Finds the model that explains the patterns best: expectation and maximisation (Dempster, Laird and Rubin 1977; for
/// record linkage Winkler 1988 and Jaro 1989) over *all* pairs, those that the rules bring together counted and the rest
/// sampled. So the prior is that of two records taken at random, and no rule that a pair came by bends its weights.
public struct Estimation: Sendable {
    /// Rounds of expectation and maximisation at most.
    public var rounds = 200
    /// It ends when no probability moves by more than this.
    public var precision = 1e-4
    /// How many pairs the opinion in `FieldKind.expected` is worth.
    public var opinion = 10.0
    /// How many pairs the common probabilities are worth in a case of a field that leans on another.
    public var borrowing = 30.0

    public init() {}

    /// - Parameters:
    ///   - patterns: all pairs, by their pattern.
    ///   - records: how many there are; the first guess is that half of them have a second record.
    func model(
        of patterns: Patterns, fields: [LinkageField], frequencies: [TermFrequencies], records: Int
    ) -> LinkageModel {
        let table = PatternTable(patterns.sorted, fields)
        var model = start(fields, frequencies)
        model.prior = min(0.3, max(Double(records) / 4, 1) / max(table.pairs, 2))
        let chances = frequencies.map(\.chance)
        maximise(&model, table.sums(under: nil), chances, keepingM: true)
        for _ in 0..<rounds {
            let (sums, before) = (table.sums(under: model), model)
            maximise(&model, sums, chances)
            model.prior = min(prior(sums, table), mostFor(records) / max(table.pairs, 1))
            if moved(before, model) < precision { break }
        }
        return model
    }

    /// The model that pairs with a known answer show; each is counted in full.
    func model(
        labelled rows: [(pattern: PairComparer.Pattern, isMatch: Bool, weight: Double)], fields: [LinkageField],
        frequencies: [TermFrequencies]
    ) -> LinkageModel {
        let table = PatternTable(rows.map { ($0.pattern, $0.weight) }, fields)
        var model = start(fields, frequencies)
        let sums = table.sums(labelled: rows.map(\.isMatch))
        maximise(&model, sums, frequencies.map(\.chance))
        model.prior = prior(sums, table)
        return model
    }

    /// More pairs than these are no second records: a file where everybody has five.
    private func mostFor(_ records: Int) -> Double { 2 * Double(max(records, 1)) }

    private func prior(_ sums: PatternTable.Sums, _ table: PatternTable) -> Double {
        min(0.5, max(sums.matches, 1e-3) / max(table.pairs, 1))
    }

    private func start(_ fields: [LinkageField], _ frequencies: [TermFrequencies]) -> LinkageModel {
        let parts = zip(fields, frequencies).map { field, frequencies in
            let same = field.kind.expected
            let even = [Double](repeating: 1 / Double(same.count), count: same.count)
            return LinkageModel.FieldModel(m: [same, same, same], u: [even, even, even], frequencies: frequencies)
        }
        return LinkageModel(fields: fields, parts: parts, prior: 1e-6)
    }

    /// - Parameter chances: for each field, that two records of two persons have the same value.
    private func maximise(
        _ model: inout LinkageModel, _ sums: PatternTable.Sums, _ chances: [Double], keepingM: Bool = false
    ) {
        for (field, described) in model.fields.enumerated() {
            let count = described.kind.levels.count
            let chance = min(0.5, chances[field])
            let guess = (0..<count).map { $0 == 0 ? chance : (1 - chance) / Double(count - 1) }
            if !keepingM {
                model.parts[field].m = shares(sums.match, field, count, described.kind.expected, opinion)
                    .map { limited($0, described.kind) }
            }
            model.parts[field].u = shares(sums.other, field, count, guess, 1)
        }
    }

    /// Probabilities of the levels, overall and in the two cases, each drawn a little to the one before.
    private func shares(_ sums: [Double], _ field: Int, _ count: Int, _ guess: [Double], _ worth: Double) -> [[Double]]
    {
        func counted(_ situation: Int) -> [Double] {
            (1...count).map { sums[PatternTable.place(field, situation, $0)] }
        }
        func drawn(_ counts: [Double], to guess: [Double], worth: Double) -> [Double] {
            let (all, guessed) = (counts.reduce(0, +), guess.reduce(0, +))
            return zip(counts, guess).map { max(1e-12, ($0 + worth * $1 / guessed) / (all + worth)) }
        }
        let cases = (0..<3).map(counted)
        let all = (0..<count).map { level in cases.reduce(0) { $0 + $1[level] } }
        let overall = drawn(all, to: guess, worth: worth)
        return [
            overall, drawn(cases[1], to: overall, worth: borrowing), drawn(cases[2], to: overall, worth: borrowing),
        ]
    }

    /// Takes from levels what is beyond their limits, and gives it to the others in their proportions.
    private func limited(_ shares: [Double], _ kind: FieldKind) -> [Double] {
        var shares = shares
        if let swapped = kind.swapped { cut(&shares, swapped - 1, FieldKind.mostSwapped) }
        cut(&shares, shares.count - 1, kind.mostDifferent)
        return shares
    }

    private func cut(_ shares: inout [Double], _ place: Int, _ limit: Double) {
        let share = shares[place]
        guard share > limit else { return }
        for other in shares.indices where other != place { shares[other] *= (1 - limit) / (1 - share) }
        shares[place] = limit
    }

    private func moved(_ one: LinkageModel, _ other: LinkageModel) -> Double {
        zip(one.parts, other.parts).reduce(0) { most, pair in
            let differences = zip(pair.0.m.joined(), pair.1.m.joined()).map { abs($0 - $1) }
            return max(most, differences.max() ?? 0)
        }
    }
}
