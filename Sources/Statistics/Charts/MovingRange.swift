/// The distances between neighbouring values, the measure of routine variation that a shift does not inflate.
///
/// W. A. Shewhart's rational subgroups of two; constants from D. J. Wheeler and D. S. Chambers (1992),
/// "Understanding Statistical Process Control", 2nd edition.
enum MovingRange {
    /// d₂ for two values: the mean range of two standard normal values, 2/√π, to the three places in print.
    static let d2 = 1.128

    /// The distance of each value from the one before it: nil at the start of each segment and beside a gap.
    static func each(of values: [Double?], segments: [Range<Int>]) -> [Double?] {
        var ranges = [Double?](repeating: nil, count: values.count)
        for segment in segments {
            for index in segment.dropFirst() {
                guard let value = values[index], let previous = values[index - 1] else { continue }
                ranges[index] = abs(value - previous)
            }
        }
        return ranges
    }

    /// The distances within a baseline. Both values must belong to it and follow one another.
    static func within(_ baseline: [Int], of values: [Double?]) -> [Double] {
        zip(baseline, baseline.dropFirst()).compactMap { earlier, later in
            guard later == earlier + 1, let value = values[later], let previous = values[earlier] else { return nil }
            return abs(value - previous)
        }
    }
}

extension Collection<Double> {
    /// Nil when empty.
    var mean: Double? { isEmpty ? nil : reduce(0, +) / Double(count) }

    /// The middle value, or the mean of the middle two; nil when empty.
    var median: Double? {
        guard !isEmpty else { return nil }
        let sorted = sorted()
        let middle = sorted.count / 2
        return sorted.count.isMultiple(of: 2) ? (sorted[middle - 1] + sorted[middle]) / 2 : sorted[middle]
    }
}
