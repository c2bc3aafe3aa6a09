/// A point as it may leave the house.
public struct PublishedPoint: Sendable, Equatable {
    public let point: MeasurePoint
    /// When true, neither the count nor anything it can be worked out from is shown.
    public let isWithheld: Bool
}

extension MeasureSeries {
    /// The points with small counts withheld, and others where a total would give a small one away.
    ///
    /// Totals are taken to be known: of each parent area, and of the whole series. For a share, what is left over counts
    /// as a count too: 97 of 100 tells of 3.
    public func published(_ rule: SuppressionRule) -> [PublishedPoint] {
        let suppression = Suppression(rule)
        var hidden = points.map { _ in false }
        for indices in groups {
            for parts in disclosed(indices) {
                let found = suppression.withheld(parts.map(\.count))
                for (part, isHidden) in zip(parts, found.counts) where isHidden { hidden[part.index] = true }
            }
        }
        return zip(points, hidden).map { PublishedPoint(point: $0, isWithheld: $1) }
    }

    /// Areas whose total would give a small count away even with everything in them withheld; empty text for the whole.
    /// Such a total must not be published beside these points.
    public func revealingTotals(_ rule: SuppressionRule) -> [String] {
        let suppression = Suppression(rule)
        return groups.filter { indices in
            disclosed(indices).contains { suppression.withheld($0.map(\.count)).total }
        }.map { points[$0.first ?? 0].parent ?? "" }
    }

    private var groups: [[Int]] {
        Dictionary(grouping: points.indices.filter { points[$0].numerator != nil }) { points[$0].parent ?? "" }
            .sorted { $0.key < $1.key }.map(\.value)
    }

    /// The counts that could be worked out from what is shown.
    private func disclosed(_ indices: [Int]) -> [[(index: Int, count: Int)]] {
        let numerators = indices.map { (index: $0, count: points[$0].numerator ?? 0) }
        switch definition.recipe.form {
        case .count, .perThousandPeople: return [numerators]
        case .mean: return [indices.map { (index: $0, count: Int(points[$0].denominator ?? 0)) }]
        case .share:
            let totals = indices.map { (index: $0, count: Int(points[$0].denominator ?? 0)) }
            return [numerators, zip(totals, numerators).map { ($0.index, $0.count - $1.count) }, totals]
        }
    }
}
