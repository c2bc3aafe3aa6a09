public import Kernel

/// How small a count may not leave the house.
public struct SuppressionRule: Sendable, Equatable {
    /// Counts from 1 to this are not published.
    public let threshold: Int

    public init(threshold: Int) { self.threshold = max(0, threshold) }

    /// What is shown instead of a figure.
    public static let mark = "suppressed"

    static let dated = [
        Dated(
            from: Day(daysSince1970: 0), until: nil,
            source: "Office for National Statistics and Government Statistical Service practice: counts of 1 to 4 are "
                + "not published; to be confirmed with the force's disclosure policy",
            value: SuppressionRule(threshold: 4))
    ]

    /// The rule that holds on a day.
    public static func holding(on day: Day) -> SuppressionRule {
        dated.holding(on: day).last ?? SuppressionRule(threshold: 4)
    }
}

/// Decides which counts of a group may be published beside the group's total.
public struct Suppression: Sendable {
    public let rule: SuppressionRule

    public init(_ rule: SuppressionRule) { self.rule = rule }

    /// For each count, whether it must be withheld; and whether the total must be too.
    ///
    /// Small counts are withheld first. Then, while somebody who knows the total, the rule and which counts are small
    /// could still tell one of them, the smallest other count is withheld with them. A zero is withheld last.
    public func withheld(_ counts: [Int]) -> (counts: [Bool], total: Bool) {
        var hidden = counts.map(isSmall)
        guard hidden.contains(true) else { return (hidden, isSmall(counts.reduce(0, +))) }
        while isRevealing(counts, hidden) {
            let open = counts.indices.filter { !hidden[$0] }
            guard let next = open.min(by: { order(counts[$0], $0) < order(counts[$1], $1) }) else {
                return (hidden, true)
            }
            hidden[next] = true
        }
        return (hidden, isSmall(counts.reduce(0, +)))
    }

    public func isSmall(_ count: Int) -> Bool { count > 0 && count <= rule.threshold }

    private func order(_ count: Int, _ index: Int) -> (Int, Int) { (count == 0 ? Int.max : count, index) }

    /// Whether some small count has only one value that fits the total of what is withheld.
    private func isRevealing(_ counts: [Int], _ hidden: [Bool]) -> Bool {
        let withheld = counts.indices.filter { hidden[$0] }.map { counts[$0] }
        let sum = withheld.reduce(0, +)
        let least = withheld.map(range).reduce(0) { $0 + $1.lowerBound }
        // An upper end that no total reaches stands for none.
        let most = withheld.map(range).reduce(0) { $0 + min($1.upperBound, sum) }
        return withheld.filter(isSmall).contains { count in
            let mine = range(count)
            let low = max(mine.lowerBound, sum - (most - min(mine.upperBound, sum)))
            let high = min(mine.upperBound, sum - (least - mine.lowerBound))
            return low >= high
        }
    }

    /// What somebody who knows the rule knows of a withheld count.
    private func range(_ count: Int) -> ClosedRange<Int> {
        if isSmall(count) { return 1...rule.threshold }
        return count == 0 ? 0...0 : (rule.threshold + 1)...Int.max
    }
}
