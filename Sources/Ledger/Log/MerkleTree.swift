/// Knows the hashes of complete subtrees of a log.
public protocol SubtreeSource {
    /// The hash over the 2^`height` leaves from leaf `place` × 2^`height` on. They are all there.
    func subtree(height: Int, place: Int64) throws -> LogHash
}

/// Roots and proofs of the tree of RFC 9162, section 2.1. Leaves are counted from 0.
public enum MerkleTree {
    /// The root over the first `size` leaves.
    public static func root(size: Int64, _ source: some SubtreeSource) throws -> LogHash {
        size == 0 ? .empty : try hash(0..<size, source)
    }

    /// The hashes that lead from leaf `leaf` to the root over `size` leaves, lowest first (section 2.1.3.1).
    public static func inclusion(of leaf: Int64, size: Int64, _ source: some SubtreeSource) throws -> [LogHash] {
        try path(to: leaf, in: 0..<size, source)
    }

    /// The hashes that show that the tree over `from` leaves is the beginning of that over `size` (section 2.1.4.1).
    /// Empty when `from` is 0 or `size`.
    public static func consistency(from: Int64, size: Int64, _ source: some SubtreeSource) throws -> [LogHash] {
        from == 0 ? [] : try proof(from, in: 0..<size, isWhole: true, source)
    }

    private static func hash(_ leaves: Range<Int64>, _ source: some SubtreeSource) throws -> LogHash {
        let count = Int64(leaves.count)
        if count & (count - 1) == 0 {
            let height = count.trailingZeroBitCount
            return try source.subtree(height: height, place: leaves.lowerBound >> Int64(height))
        }
        let middle = split(leaves)
        return .node(
            try hash(leaves.lowerBound..<middle, source), try hash(middle..<leaves.upperBound, source))
    }

    private static func path(
        to leaf: Int64, in leaves: Range<Int64>, _ source: some SubtreeSource
    ) throws -> [LogHash] {
        guard leaves.count > 1 else { return [] }
        let middle = split(leaves)
        let (left, right) = (leaves.lowerBound..<middle, middle..<leaves.upperBound)
        return leaf < middle
            ? try path(to: leaf, in: left, source) + [try hash(right, source)]
            : try path(to: leaf, in: right, source) + [try hash(left, source)]
    }

    private static func proof(
        _ count: Int64, in leaves: Range<Int64>, isWhole: Bool, _ source: some SubtreeSource
    ) throws -> [LogHash] {
        if count == leaves.count { return isWhole ? [] : [try hash(leaves, source)] }
        let middle = split(leaves)
        let (left, right) = (leaves.lowerBound..<middle, middle..<leaves.upperBound)
        if count <= left.count {
            return try proof(count, in: left, isWhole: isWhole, source) + [try hash(right, source)]
        }
        let rest = count - Int64(left.count)
        return try proof(rest, in: right, isWhole: false, source) + [try hash(left, source)]
    }

    /// Where two or more leaves are parted: after the largest power of two smaller than their number.
    private static func split(_ leaves: Range<Int64>) -> Int64 {
        let below = Int64(leaves.count) - 1
        return leaves.lowerBound + 1 << Int64(63 - below.leadingZeroBitCount)
    }
}

extension MerkleTree {
    /// Whether `path` leads from the hash of leaf `leaf` to `root` over `size` leaves (section 2.1.3.2).
    public static func holds(
        inclusion path: [LogHash], of hash: LogHash, leaf: Int64, size: Int64, root: LogHash
    ) -> Bool {
        guard leaf >= 0, leaf < size else { return false }
        var (place, last, found) = (leaf, size - 1, hash)
        for step in path {
            guard last > 0 else { return false }
            if place & 1 == 1 || place == last {
                found = .node(step, found)
                while place & 1 == 0 && place != 0 { (place, last) = (place >> 1, last >> 1) }
            } else {
                found = .node(found, step)
            }
            (place, last) = (place >> 1, last >> 1)
        }
        return last == 0 && found == root
    }

    /// Whether `path` shows that the tree of `first` leaves and root `old` is the beginning of that of `second` leaves
    /// and root `new` (section 2.1.4.2).
    public static func holds(
        consistency path: [LogHash], first: Int64, old: LogHash, second: Int64, new: LogHash
    ) -> Bool {
        guard first >= 0, first <= second else { return false }
        if first == second { return path.isEmpty && old == new }
        if first == 0 { return path.isEmpty && old == .empty }
        let steps = first & (first - 1) == 0 ? [old] + path : path
        guard let start = steps.first else { return false }
        var (place, last, before, after) = (first - 1, second - 1, start, start)
        while place & 1 == 1 { (place, last) = (place >> 1, last >> 1) }
        for step in steps.dropFirst() {
            guard last > 0 else { return false }
            if place & 1 == 1 || place == last {
                (before, after) = (.node(step, before), .node(step, after))
                while place & 1 == 0 && place != 0 { (place, last) = (place >> 1, last >> 1) }
            } else {
                after = .node(after, step)
            }
            (place, last) = (place >> 1, last >> 1)
        }
        return last == 0 && before == old && after == new
    }
}

/// A tree that grows leaf by leaf and remembers only the hashes on its right edge.
public struct TreeFrontier: Sendable {
    public private(set) var size: Int64 = 0
    /// Of complete subtrees, highest first: one for each 1 in the binary digits of `size`.
    private var peaks: [LogHash] = []

    public init() {}

    /// - Parameter completed: told of each subtree that this leaf completes, lowest first.
    public mutating func add(
        _ leaf: LogHash, completed: (_ height: Int, _ place: Int64, _ hash: LogHash) -> Void = { _, _, _ in }
    ) {
        var (hash, height) = (leaf, 0)
        while (size >> Int64(height)) & 1 == 1, let left = peaks.popLast() {
            hash = .node(left, hash)
            height += 1
            completed(height, size >> Int64(height), hash)
        }
        peaks.append(hash)
        size += 1
    }

    public var root: LogHash {
        guard let last = peaks.last else { return .empty }
        return peaks.dropLast().reversed().reduce(last) { .node($1, $0) }
    }
}
