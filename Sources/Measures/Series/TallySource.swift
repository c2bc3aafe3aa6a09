import Ledger

/// Where the tallies of a recipe come from.
///
/// Without small areas there are few groups, so the rows are counted once by every column that matters and each measure
/// of that kind of file takes its part of them. With small areas that would be too many, so the store applies the recipe.
struct TallySource {
    private let query: TallyQuery
    /// Nil when the store has applied the recipe.
    private let picks: (base: [Pick], hit: [Pick], apart: [Pick]?, weight: Int?)?

    /// One condition on one of the tally's keys.
    private struct Pick {
        let key: Int
        let holds: (Int64) -> Bool
    }

    init(_ recipe: Recipe, by columns: [CellColumn], words: WordNumbers) {
        var used = Set((recipe.base + recipe.hit + recipe.apart).map(\.column))
        var weighed: CellColumn?
        if case .mean(let column) = recipe.form { weighed = column }
        if let weighed { used.insert(weighed) }
        let more = used.subtracting(columns).sorted { $0.rawValue < $1.rawValue }
        let all = columns + more
        guard !columns.contains(.lsoa), all.count <= 3 else {
            query = TallyQuery(recipe, by: columns, words: words)
            picks = nil
            return
        }
        func chosen(_ conditions: [Condition]) -> [Pick] {
            conditions.compactMap { condition in
                all.firstIndex(of: condition.column).map { Pick(key: $0, holds: condition.test(words)) }
            }
        }
        query = TallyQuery(recipe, by: all)
        self.picks = (
            chosen(recipe.base), chosen(recipe.hit), recipe.apart.isEmpty ? nil : chosen(recipe.apart),
            weighed.flatMap { all.firstIndex(of: $0) }
        )
    }

    func tallies(_ part: HeldPart, _ cache: TallyCache, _ reading: any Reading) throws -> [Tally] {
        let tallies = try cache.tallies(query, part, reading)
        guard let picks else { return tallies }
        return tallies.compactMap { tally in
            func holds(_ conditions: [Pick]) -> Bool { conditions.allSatisfy { $0.holds(tally.key($0.key)) } }
            let isBase = holds(picks.base)
            let isApart = picks.apart.map(holds) ?? false
            guard isBase || isApart else { return nil }
            var picked = tally
            picked.base = isBase ? tally.base : 0
            picked.apart = isApart ? tally.base : 0
            picked.hit =
                isBase ? picks.weight.map { tally.base * Int(tally.key($0)) } ?? (holds(picks.hit) ? tally.base : 0) : 0
            return picked
        }
    }
}

extension Condition {
    /// The same on the number of a word.
    fileprivate func test(_ words: WordNumbers) -> (Int64) -> Bool {
        let numbers = Set(self.words.map { words.number($0, column) })
        switch self {
        case .isOneOf: return { numbers.contains($0) }
        case .isNoneOf: return { !numbers.contains($0) }
        case .isWithin(_, let range): return { range.contains($0) }
        }
    }
}
