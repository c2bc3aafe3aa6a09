/// Why two records weigh what they weigh: a waterfall whose parts add up to the total, in their order, to the last bit.
public struct MatchWeight: Sendable, Equatable {
    public struct Part: Sendable, Equatable {
        /// The field, or “before comparing”.
        public let name: String
        /// In words: the same, one slip, different …; empty when a value is missing.
        public let level: String
        public let left: String
        public let right: String
        /// Bits for the level.
        public let weight: Double
        /// Bits more, or fewer, for how rare the shared value is.
        public let rarity: Double
    }

    public let parts: [Part]
    /// log₂ of the odds, in bits.
    public let total: Double

    public var probability: Double { LinkageModel.probability(total) }
}

/// Compares and explains any two records of a table under one model. Used by one thread.
public final class PairWeigher {
    let table: RecordTable
    let scorer: Scorer
    let comparer: PairComparer

    /// - Parameter remembering: how many pairs of values of a field it keeps, a power of two.
    public init(
        _ model: LinkageModel, _ table: RecordTable, nicknames: Nicknames = .packaged, remembering: Int = 1 << 14
    ) {
        self.table = table
        scorer = Scorer(model, table)
        comparer = PairComparer(table, nicknames: nicknames, remembering: remembering)
    }

    /// log₂ of the odds that two records are one person, in bits.
    public func weight(_ one: Int, _ other: Int) -> Double {
        let (left, right) = (table.row(one), table.row(other))
        return scorer.total(comparer.pattern(left, right), left)
    }

    /// The same weight in its parts.
    public func explanation(_ one: Int, _ other: Int) -> MatchWeight {
        let (left, right) = (table.row(one), table.row(other))
        let pattern = comparer.pattern(left, right)
        let prior = MatchWeight.Part(
            name: "before comparing", level: "", left: "", right: "", weight: scorer.model.priorWeight, rarity: 0)
        let parts = scorer.model.fields.enumerated().map { field, described in
            let level = Int(pattern >> UInt64(field * 4)) & 15
            let (weight, rarity) = scorer.part(field, pattern, left)
            return MatchWeight.Part(
                name: described.name, level: level == 0 ? "" : described.kind.levels[level - 1],
                left: table.text(one, field: field), right: table.text(other, field: field), weight: weight,
                rarity: rarity)
        }
        let total = parts.reduce(prior.weight) { $0 + $1.weight + $1.rarity }
        return MatchWeight(parts: [prior] + parts, total: total)
    }
}
