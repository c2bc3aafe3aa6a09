/// Patterns of pairs whose answer somebody has given.
struct LabelledPairs {
    let table: RecordTable
    let nicknames: Nicknames
    /// For each record the number of its person; 0 where it is not known.
    let labels: [Int]

    /// Each record is compared with at most so many others of its person, so that one label on everybody is no square.
    private static let partners = 20

    func differ(_ one: Int, _ other: Int) -> Bool {
        labels[one] != 0 && labels[other] != 0 && labels[one] != labels[other]
    }

    /// Pairs of one person, weighted up where not all were looked at.
    func matches() -> [PairComparer.Pattern: Double] {
        var groups: [Int: [Int]] = [:]
        for (record, label) in labels.enumerated() where label != 0 { groups[label, default: []].append(record) }
        let comparer = PairComparer(table, nicknames: nicknames)
        var sums: [PairComparer.Pattern: Double] = [:]
        for (_, records) in groups.sorted(by: { $0.key < $1.key }) where records.count > 1 {
            let found = patterns(of: records, comparer)
            let looked = found.values.reduce(0, +)
            guard looked > 0 else { continue }
            let each = Double(pairs(records)) / Double(looked)
            for (pattern, count) in found { sums[pattern, default: 0] += Double(count) * each }
        }
        return sums
    }

    private func patterns(of records: [Int], _ comparer: PairComparer) -> [PairComparer.Pattern: Int] {
        let split = table.firstFileOrNil.map { first in records.count { $0 < first } }
        var counts: [PairComparer.Pattern: Int] = [:]
        for left in 0..<(split ?? records.count) {
            let start = split ?? left + 1
            for right in records[start...].prefix(LabelledPairs.partners) {
                counts[comparer.pattern(table.row(records[left]), table.row(right)), default: 0] += 1
            }
        }
        return counts
    }

    private func pairs(_ records: [Int]) -> Int {
        guard let first = table.firstFileOrNil else { return records.count * (records.count - 1) / 2 }
        let left = records.count { $0 < first }
        return left * (records.count - left)
    }
}

extension Linker {
    /// Learns a model from labels: how records of one person agree is counted on those that share a label, how records of
    /// two on pairs whose labels differ. Records without a label say nothing.
    /// - Parameter labels: for each record the number of its person; 0 where it is not known.
    /// - Throws: `CancellationError` when the task is cancelled.
    public func train(labels: [Int]) throws -> Training {
        let labelled = LabelledPairs(table: table, nicknames: nicknames, labels: labels)
        let (brought, rate) = try looked()
        let candidates = Double(brought.values.reduce(0, +)) / rate
        let others = max(0, allPairs - candidates)
        let draws = Int(min(Double(sample) / 4, others * 2))
        let drawn = countApart(draws).values.reduce(0, +)
        let different = try countBrought(rate, labelled.differ)
        let apart = countApart(draws, labelled.differ)
        let each = others / Double(max(1, drawn))
        var rows: [(pattern: PairComparer.Pattern, isMatch: Bool, weight: Double)] = []
        for (pattern, pairs) in labelled.matches() { rows.append((pattern, true, pairs)) }
        for (pattern, pairs) in different { rows.append((pattern, false, Double(pairs) / rate)) }
        for (pattern, pairs) in apart { rows.append((pattern, false, Double(pairs) * each)) }
        rows.sort { ($0.pattern, $0.isMatch ? 1 : 0, $0.weight) < ($1.pattern, $1.isMatch ? 1 : 0, $1.weight) }
        let model = estimation.model(labelled: rows, fields: table.fields, frequencies: frequencies())
        return Training(
            model: model, histogram: histogram(brought, rate, model), candidates: candidates,
            expectedMatches: model.prior * allPairs)
    }
}
