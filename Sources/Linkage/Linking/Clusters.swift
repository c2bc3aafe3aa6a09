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
        var (groups, weak): (Groups, [WeakLink]) = (Groups(records), [])
        for index in Clusters.order(pairs) {
            let pair = pairs[Int(index)]
            let (one, other) = (groups.root(pair.left), groups.root(pair.right))
            guard one != other else { continue }
            let areSingle = groups.isSingle(one) && groups.isSingle(other)
            let mean =
                areSingle ? Double(pair.weight) : Clusters.mean(groups.members(one), groups.members(other), weigh)
            guard mean > 0 else {
                weak.append(WeakLink(pair: pair, mean: mean))
                continue
            }
            groups.join(one, other)
        }
        group = (0..<UInt32(records)).map { groups.root($0) }
        (weakLinks, count) = (weak, groups.count)
    }

    /// Places of the pairs, the heaviest first; of one weight in their order.
    private static func order(_ pairs: [ScoredPair]) -> [UInt32] {
        var numbers = pairs.map { pair -> UInt64 in
            // The bits of a number that is not negative are in its order; those of others the other way round.
            let bits = (-pair.weight).bitPattern
            return UInt64(bits >> 31 == 0 ? bits | 1 << 31 : ~bits)
        }
        var order = [UInt32](0..<UInt32(pairs.count))
        RadixSort.sort(&numbers, &order, below: 1 << 32)
        return order
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

/// Records in groups: each group a list in the order in which its records came, under its lowest record.
private struct Groups {
    private var parent: [UInt32]
    /// The next record of the group; of the last, itself.
    private var next: [UInt32]
    /// By lowest record: the first and the last of the list.
    private var first: [UInt32]
    private var last: [UInt32]
    /// Groups with two records or more.
    private(set) var count = 0

    init(_ records: Int) {
        parent = [UInt32](0..<UInt32(records))
        (next, first, last) = (parent, parent, parent)
    }

    mutating func root(_ record: UInt32) -> UInt32 {
        var record = Int(record)
        while parent[record] != record {
            parent[record] = parent[Int(parent[record])]
            record = Int(parent[record])
        }
        return UInt32(record)
    }

    func isSingle(_ root: UInt32) -> Bool { first[Int(root)] == last[Int(root)] }

    func members(_ root: UInt32) -> [UInt32] {
        var (members, record) = ([first[Int(root)]], first[Int(root)])
        while record != last[Int(root)] {
            record = next[Int(record)]
            members.append(record)
        }
        return members
    }

    /// Makes one group of two, the records of `one` first.
    mutating func join(_ one: UInt32, _ other: UInt32) {
        count += (isSingle(one) ? 1 : 0) + (isSingle(other) ? 1 : 0) - 1
        let (low, high) = (Int(min(one, other)), Int(max(one, other)))
        next[Int(last[Int(one)])] = first[Int(other)]
        let ends = (first[Int(one)], last[Int(other)])
        parent[high] = UInt32(low)
        (first[low], last[low]) = ends
    }
}
