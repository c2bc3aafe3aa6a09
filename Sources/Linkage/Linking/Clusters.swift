/// Groups of records that are one person. Links are taken in the order of their weight; one that would join two groups
/// whose other records speak against it is named as weak and not taken, so that no chain of half-likely links makes one
/// person of many.
public struct Clusters: Sendable {
    public struct WeakLink: Sendable, Equatable {
        public let pair: ScoredPair
        /// The mean weight between the two groups it would have joined, in bits.
        public let mean: Double
    }

    /// For each record the lowest record of its group.
    public let group: [UInt32]
    public let weakLinks: [WeakLink]
    /// Groups with two records or more.
    public let count: Int

    private static let looked = 100
    /// A single overwhelming or impossible pair does not decide for the rest.
    private static let most = 20.0

    /// - Parameters:
    ///   - records: how many there are.
    ///   - pairs: the links that are likely enough.
    ///   - weigh: the weight of any two records.
    public init(of records: Int, pairs: [ScoredPair], weigh: (Int, Int) -> Double) {
        var parent = [UInt32](0..<UInt32(records))
        var members: [UInt32: [UInt32]] = [:]
        var weak: [WeakLink] = []
        func root(_ record: UInt32) -> UInt32 {
            var record = record
            while parent[Int(record)] != record {
                parent[Int(record)] = parent[Int(parent[Int(record)])]
                record = parent[Int(record)]
            }
            return record
        }
        let order = pairs.indices.sorted { (-pairs[$0].weight, $0) < (-pairs[$1].weight, $1) }
        for pair in order.lazy.map({ pairs[$0] }) {
            let (one, other) = (root(pair.left), root(pair.right))
            guard one != other else { continue }
            let (left, right) = (members[one] ?? [one], members[other] ?? [other])
            let mean = left.count * right.count == 1 ? Double(pair.weight) : Clusters.mean(left, right, weigh)
            guard mean > 0 else {
                weak.append(WeakLink(pair: pair, mean: mean))
                continue
            }
            let (low, high) = (min(one, other), max(one, other))
            parent[Int(high)] = low
            members[high] = nil
            members[low] = left + right
        }
        group = (0..<UInt32(records)).map(root)
        (weakLinks, count) = (weak, members.count)
    }

    private static func mean(_ left: [UInt32], _ right: [UInt32], _ weigh: (Int, Int) -> Double) -> Double {
        let step = max(1, left.count * right.count / looked)
        var (sum, number) = (0.0, 0)
        for place in stride(from: 0, to: left.count * right.count, by: step) {
            let weight = weigh(Int(left[place / right.count]), Int(right[place % right.count]))
            sum += max(-most, min(most, weight))
            number += 1
        }
        return sum / Double(max(1, number))
    }
}
