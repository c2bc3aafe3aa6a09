/// How many pairs show each pattern of agreement. The estimation works on these few rows, not on the pairs.
struct Patterns {
    /// Pairs that a blocking rule brings together, and pairs taken at random that none does, each weighted up to all of
    /// their sort.
    private(set) var weights: [PairComparer.Pattern: Double] = [:]

    mutating func add(_ counts: [PairComparer.Pattern: Int], each weight: Double) {
        for (pattern, count) in counts { weights[pattern, default: 0] += Double(count) * weight }
    }

    /// In one order whatever the run, so that sums are too.
    var sorted: [(pattern: PairComparer.Pattern, weight: Double)] {
        weights.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

}

/// The fields that a field leans on, at most two, ready for the loops over pairs; see `LinkageField.parents`.
struct Parents: Sendable {
    private let first: Int
    private let second: Int

    init(_ field: LinkageField) {
        first = field.parents.first ?? -1
        second = field.parents.dropFirst().first ?? -1
    }

    /// Which of the field's three cases holds: `LinkageModel.Case`.
    @inline(__always)
    func situation(_ pattern: PairComparer.Pattern) -> Int {
        guard first >= 0 else { return 0 }
        var level = Int(pattern >> UInt64(first * 4)) & 15
        if level == 0, second >= 0 { level = Int(pattern >> UInt64(second * 4)) & 15 }
        // One slip in a postcode, or a street spelt almost the same, is still the same place.
        return level == 0 ? 0 : level <= 2 ? 1 : 2
    }
}
