import Foundation

/// The weights of a model, laid out for the values of a table, and the sum that is a pair's total. Batch and look-up
/// both add in this order, so their totals are equal to the last bit.
final class Scorer: @unchecked Sendable {
    let model: LinkageModel
    private let table: RecordTable
    private let fields: Int
    private let parents: [Parents]
    /// By `PatternTable.place`.
    private let weights: [Double]
    /// For each field, what is added for each value when both records have it; in bits.
    private let rarity: UnsafeMutablePointer<[Float]>
    /// For each field the most that is ever added for rarity; not below 0.
    private(set) var mostRarity: [Double] = []
    private let bestSame: [Double]
    private let bestOther: [Double]
    private let average: [Double]

    init(_ model: LinkageModel, _ table: RecordTable) {
        (self.model, self.table, fields) = (model, table, model.fields.count)
        parents = model.fields.map(Parents.init)
        let weights = PatternTable.weights(of: model)
        self.weights = weights
        average = model.parts.map { $0.u[0][0] }
        rarity = .allocate(capacity: max(1, fields))
        rarity.initialize(repeating: [0], count: fields)
        func best(_ field: Int, _ levels: ClosedRange<Int>) -> Double {
            (0..<3).flatMap { situation in levels.map { weights[PatternTable.place(field, situation, $0)] } }.max() ?? 0
        }
        bestSame = (0..<fields).map { best($0, 1...1) }
        bestOther = (0..<fields).map { best($0, 2...model.fields[$0].kind.levels.count) }
        for field in 0..<fields {
            rarity[field] = rarities(field)
            mostRarity.append(rarity[field].reduce(0) { max($0, Double($1)) })
        }
    }

    deinit {
        rarity.deinitialize(count: fields)
        rarity.deallocate()
    }

    /// The rarity of the values that there are. All but the common ones are equally rare.
    private func rarities(_ field: Int) -> [Float] {
        let (frequencies, pool) = (model.parts[field].frequencies, table.pools[field])
        var found = [Float](repeating: Float(log2(average[field] / frequencies.rare)), count: pool.count + 1)
        found[0] = 0
        for (value, share) in frequencies.common {
            var value = value
            let code = Int(value.withUTF8 { pool.find($0) })
            if code > 0 { found[code] = Float(log2(average[field] / share)) }
        }
        return found
    }

    @inline(__always)
    func rarity(_ field: Int, _ code: UInt32) -> Double { Double(rarity[field][Int(code)]) }

    func weight(_ field: Int, _ situation: Int, _ level: Int) -> Double {
        weights[PatternTable.place(field, situation, level)]
    }

    /// Works out the rarity of values that have come since.
    func extend() {
        for field in 0..<fields { extend(field) }
    }

    /// Forgets the rarity of values that were taken away.
    func shrink() {
        for field in 0..<fields where rarity[field].count > table.pools[field].count + 1 {
            rarity[field].removeLast(rarity[field].count - table.pools[field].count - 1)
        }
    }

    private func extend(_ field: Int) {
        let frequencies = model.parts[field].frequencies
        while rarity[field].count <= table.pools[field].count {
            let share = frequencies.share(table.pools[field].text(UInt32(rarity[field].count)))
            let rare = Float(log2(average[field] / share))
            rarity[field].append(rare)
            mostRarity[field] = max(mostRarity[field], Double(rare))
        }
    }

    /// The most that a pair could weigh, from equality alone; cheap, and never below `total`.
    @inline(__always)
    func bound(_ one: UnsafeMutablePointer<UInt32>, _ other: UnsafeMutablePointer<UInt32>) -> Double {
        var total = model.priorWeight
        for field in 0..<fields {
            let (left, right) = (one[field], other[field])
            guard left != 0, right != 0 else { continue }
            total += left == right ? bestSame[field] + max(0, Double(rarity[field][Int(left)])) : bestOther[field]
        }
        return total
    }

    func total(_ pattern: PairComparer.Pattern, _ one: UnsafeMutablePointer<UInt32>) -> Double {
        var total = model.priorWeight
        for field in 0..<fields {
            let (weight, rare) = part(field, pattern, one)
            total += weight
            total += rare
        }
        return total
    }

    /// What a field adds: for its level, and for how rare the value is that both have.
    @inline(__always)
    func part(
        _ field: Int, _ pattern: PairComparer.Pattern, _ one: UnsafeMutablePointer<UInt32>
    ) -> (weight: Double, rarity: Double) {
        let level = Int(pattern >> UInt64(field * 4)) & 15
        guard level > 0 else { return (0, 0) }
        let situation = parents[field].situation(pattern)
        let rare = level == 1 && situation != 1 ? Double(rarity[field][Int(one[field])]) : 0
        return (weights[PatternTable.place(field, situation, level)], rare)
    }
}
