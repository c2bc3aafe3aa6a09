/// How right links are, where the truth is known: over pairs of records.
public struct Accuracy: Sendable, Equatable {
    public let threshold: Double
    public let truePairs: Int
    public let found: Int
    public let foundTrue: Int

    public var precision: Double { found == 0 ? 1 : Double(foundTrue) / Double(found) }
    public var recall: Double { truePairs == 0 ? 1 : Double(foundTrue) / Double(truePairs) }
    public var f1: Double {
        found + truePairs == 0 ? 1 : 2 * Double(foundTrue) / Double(found + truePairs)
    }

    public static let thresholds = [0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999, 0.9999]

    /// - Parameter truth: for each record the number of its person.
    public static func table(of pairs: [ScoredPair], truth: [Int], firstFile: Int?) -> [Accuracy] {
        let all = truePairs(truth, firstFile)
        return thresholds.map { threshold in
            let likely = pairs.lazy.filter { $0.probability >= threshold }
            let right = likely.count { truth[Int($0.left)] == truth[Int($0.right)] }
            return Accuracy(threshold: threshold, truePairs: all, found: likely.count { _ in true }, foundTrue: right)
        }
    }

    /// Of all pairs inside a group.
    public static func of(_ clusters: Clusters, threshold: Double, truth: [Int], firstFile: Int?) -> Accuracy {
        let groups = clusters.group.map(Int.init)
        let both = zip(groups, truth).map { $0 << 32 | $1 }
        return Accuracy(
            threshold: threshold, truePairs: truePairs(truth, firstFile), found: truePairs(groups, firstFile),
            foundTrue: truePairs(both, firstFile))
    }

    /// Pairs of records with one number; with two files, across them.
    private static func truePairs(_ numbers: [Int], _ firstFile: Int?) -> Int {
        var counts: [Int: (Int, Int)] = [:]
        for (record, number) in numbers.enumerated() {
            if record < firstFile ?? 0 {
                counts[number, default: (0, 0)].0 += 1
            } else {
                counts[number, default: (0, 0)].1 += 1
            }
        }
        return counts.values.reduce(0) { $0 + (firstFile == nil ? $1.1 * ($1.1 - 1) / 2 : $1.0 * $1.1) }
    }
}
