import Foundation

/// Two records and the weight of what speaks for one person.
public struct ScoredPair: Sendable, Equatable {
    public let left: UInt32
    public let right: UInt32
    /// log₂ of the odds that they are one person, the prior included; in bits.
    public let weight: Float

    public var probability: Double { LinkageModel.probability(Double(weight)) }
}

/// Links a whole table: plan, train, predict. The same table, settings and seed give the same answer.
public struct Linker: Sendable {
    /// How far it is: what is being done, and the share that is done.
    public typealias Progress = @Sendable (_ stage: String, _ share: Double) -> Void

    public let table: RecordTable
    public let plan: BlockingPlan
    public var estimation = Estimation()
    /// Pairs the estimation looks at, of those that the rules bring and of the others.
    public var sample = 1_000_000
    public var seed: UInt64 = 1

    let nicknames: Nicknames
    private let stream: PairStream
    private let progress: Progress

    public init(
        _ table: RecordTable, plan: BlockingPlan, nicknames: Nicknames = .packaged,
        progress: @escaping Progress = { _, _ in }
    ) {
        (self.table, self.plan, self.nicknames, self.progress) = (table, plan, nicknames, progress)
        stream = PairStream(table, plan)
    }

    /// How many pairs there are at all.
    public var allPairs: Double {
        let count = Double(table.count)
        guard let first = table.firstFileOrNil.map(Double.init) else { return count * (count - 1) / 2 }
        return first * (count - first)
    }

    /// What a training looked at: the model, and pairs by their total weight in whole bits.
    public struct Training: Sendable {
        public let model: LinkageModel
        /// Pairs that the rules bring, estimated from the sample, by the whole bits of their total.
        public let histogram: [Int: Double]
        /// Pairs that the rules bring, each once; an estimate where a sample was taken.
        public let candidates: Double
        /// Pairs of records of one person among all pairs, as the prior has it.
        public let expectedMatches: Double
    }

    /// Estimates a model without labels.
    /// - Throws: `CancellationError` when the task is cancelled.
    public func train() throws -> Training {
        let (counts, rate) = try looked()
        let candidates = Double(counts.values.reduce(0, +)) / rate
        var patterns = Patterns()
        patterns.add(counts, each: 1 / rate)
        let others = max(0, allPairs - candidates)
        let apart = countApart(Int(min(Double(sample) / 4, others * 2)))
        patterns.add(apart, each: others / Double(max(1, apart.values.reduce(0, +))))
        progress("Estimating weights", 1)
        let model = estimation.model(
            of: patterns, fields: table.fields, frequencies: frequencies(), records: table.count)
        return Training(
            model: model, histogram: histogram(counts, rate, model), candidates: candidates,
            expectedMatches: model.prior * allPairs)
    }

    /// Patterns of a sample of the pairs that the rules bring, and the share that it is.
    func looked() throws -> (counts: [PairComparer.Pattern: Int], rate: Double) {
        let brought = max(1, plan.rules.reduce(0) { $0 + $1.pairs })
        let rate = min(1, Double(sample) / Double(brought))
        return (try countBrought(rate), rate)
    }

    func frequencies() -> [TermFrequencies] {
        Work.spread(table.fields.count) { TermFrequencies(of: $0, in: table) }
    }

    /// Patterns of a sample of the pairs that the rules bring: all pairs whose first record falls into it.
    func countBrought(
        _ rate: Double, _ counting: @Sendable (Int, Int) -> Bool = { _, _ in true }
    ) throws -> [PairComparer.Pattern: Int] {
        var counts: [PairComparer.Pattern: Int] = [:]
        let comparers = Tools { [table, nicknames] in PairComparer(table, nicknames: nicknames) }
        try forEachRule(8, "Looking at pairs to learn from") { rule, blocks, pieces, next in
            let (found, coming) = Work.spread(pieces.count, beside: next) { piece in
                comparers.lent { comparer in
                    var counts: [PairComparer.Pattern: Int] = [:]
                    stream.forEach(
                        rule, blocks, pieces[piece], keeping: { rate >= 1 || Mixing.unit(UInt64($0), seed) < rate }
                    ) { one, other in
                        guard counting(one, other) else { return }
                        counts[comparer.pattern(table.row(one), table.row(other)), default: 0] += 1
                    }
                    return counts
                }
            }
            for some in found { counts.merge(some, uniquingKeysWith: +) }
            return coming
        }
        return counts
    }

    private typealias Blocked = (blocks: Blocks, pieces: [Range<Int>])

    /// Goes through the rules; the blocks of the next are made beside the work on one.
    private func forEachRule(
        _ number: Int, _ stage: String,
        _ body: (Int, Blocks, [Range<Int>], @Sendable () -> Blocked?) throws -> Blocked??
    ) throws {
        var coming = plan.rules.isEmpty ? nil : stream.pieces(0, number)
        for rule in plan.rules.indices {
            try Task.checkCancellation()
            progress(stage, Double(rule) / Double(plan.rules.count))
            guard let (blocks, pieces) = coming else { return }
            let following = try body(rule, blocks, pieces) {
                rule + 1 < plan.rules.count ? stream.pieces(rule + 1, number) : nil
            }
            coming = following ?? nil
        }
    }

    /// Patterns of pairs taken at random that no rule brings.
    func countApart(
        _ number: Int, _ counting: @Sendable (Int, Int) -> Bool = { _, _ in true }
    ) -> [PairComparer.Pattern: Int] {
        let parts = 8
        let found = Work.spread(parts) { part in
            var counts: [PairComparer.Pattern: Int] = [:]
            let comparer = PairComparer(table, nicknames: nicknames)
            for place in 0..<number / parts {
                let number = UInt64(part * (number / parts) + place)
                let (one, other) = drawn(number)
                guard one != other, !stream.holds(one, other), counting(one, other) else { continue }
                counts[comparer.pattern(table.row(one), table.row(other)), default: 0] += 1
            }
            return counts
        }
        return found.reduce(into: [:]) { $0.merge($1, uniquingKeysWith: +) }
    }

    private func drawn(_ number: UInt64) -> (Int, Int) {
        let (one, other) = (Mixing.unit(number * 2, seed ^ 0x5bd1), Mixing.unit(number * 2 + 1, seed ^ 0x5bd1))
        guard let first = table.firstFileOrNil else {
            return (Int(one * Double(table.count)), Int(other * Double(table.count)))
        }
        return (Int(one * Double(first)), first + Int(other * Double(table.count - first)))
    }

    func histogram(
        _ counts: [PairComparer.Pattern: Int], _ rate: Double, _ model: LinkageModel
    ) -> [Int: Double] {
        let parents = model.fields.map(Parents.init)
        return counts.sorted { $0.key < $1.key }.reduce(into: [:]) { bars, row in
            var total = model.priorWeight
            for field in model.fields.indices {
                let level = Int(row.key >> UInt64(field * 4)) & 15
                let situation = LinkageModel.Case(rawValue: parents[field].situation(row.key)) ?? .alone
                if level > 0 { total += model.weight(field, level, situation) }
            }
            bars[Int(total.rounded(.down)), default: 0] += Double(row.value) / rate
        }
    }

    /// Every pair that the rules bring and that weighs at least `floor` bits, in order of their records.
    public func pairs(_ model: LinkageModel, from floor: Double) throws -> [ScoredPair] {
        let scorer = Scorer(model, table)
        let sieves = Tools { [table, nicknames] in
            let comparer = PairComparer(table, nicknames: nicknames, remembering: 1 << 15)
            return (sieve: PairSieve(scorer, comparer, floor: floor), comparer: comparer)
        }
        var pairs: [ScoredPair] = []
        try forEachRule(16, "Comparing pairs") { rule, blocks, pieces, next in
            let (found, coming) = Work.spread(pieces.count, beside: next) { piece in
                sieves.lent { tools in
                    var found: [ScoredPair] = []
                    stream.forEach(
                        rule, blocks, pieces[piece], worth: tools.sieve.mayWeigh
                    ) { one, other in
                        let (left, right) = (table.row(one), table.row(other))
                        guard tools.sieve.mayStillWeigh(left, right) else { return }
                        let weight = scorer.total(tools.comparer.pattern(left, right), left)
                        guard weight >= floor else { return }
                        found.append(ScoredPair(left: UInt32(one), right: UInt32(other), weight: Float(weight)))
                    }
                    return found
                }
            }
            for some in found { pairs += some }
            return coming
        }
        pairs.sort { ($0.left, $0.right) < ($1.left, $1.right) }
        return pairs
    }
}
