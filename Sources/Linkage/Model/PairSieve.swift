/// Tells of most pairs, without comparing all of their values, that they weigh less than is asked for. What it lets
/// through may still weigh less; what it holds back never weighs enough. Used by one thread.
///
/// It begins with what equality alone would allow at the most, and takes it back field by field as the level of each is
/// looked at, those that are looked at cheaply and those that tell most first.
final class PairSieve {
    private typealias Row = UnsafeMutablePointer<UInt32>

    /// The most that pairs with these equal, and these missing values can weigh.
    private struct Outline {
        var key: UInt32 = .max
        /// Fields that are equal and whose rarity counts.
        var rare: UInt32 = 0
        /// Fields that both have and that differ.
        var differing: UInt32 = 0
        /// Two bits a field: the case it is in, or 3 where that is one of the two in which the parent is there.
        var cases: UInt32 = 0
        var most = 0.0
    }

    private struct State {
        var outline = Outline()
        var bound = 0.0
    }

    private static let outlines = 1 << 10

    private let scorer: Scorer
    private let comparer: PairComparer
    private let fields: Int
    private let least: Double
    private let remembered: UnsafeMutablePointer<Outline>
    private let state: UnsafeMutablePointer<State>
    /// By place, case and level: the most that the level weighs there; level 0 stands for any that is not the same.
    private let weights: UnsafeMutablePointer<Double>
    /// The field of each place: they are looked at from place 0 on.
    private let order: UnsafeMutablePointer<Int>
    private let mostRarity: UnsafeMutablePointer<Double>
    /// For each place, the places of the fields that it leans on.
    private let parents: [[Int]]
    /// The places that are looked at in the first look.
    private let quick: UInt32

    /// - Parameter floor: what a pair must weigh to be let through, in bits.
    init(_ scorer: Scorer, _ comparer: PairComparer, floor: Double) {
        (self.scorer, self.comparer) = (scorer, comparer)
        let described = scorer.model.fields
        fields = described.count
        // The two sums add in different orders, so their last bits may differ.
        least = floor - 1e-6
        let order = described.indices.sorted { described[$0].kind.dearness < described[$1].kind.dearness }
        parents = order.map { described[$0].parents.compactMap { parent in order.firstIndex(of: parent) } }
        quick = order.indices.reduce(0) { described[order[$1]].kind.dearness == 0 ? $0 | 1 << UInt32($1) : $0 }
        remembered = .allocate(capacity: PairSieve.outlines)
        remembered.initialize(repeating: Outline(), count: PairSieve.outlines)
        state = .allocate(capacity: 1)
        state.initialize(to: State())
        weights = .allocate(capacity: max(1, fields) << 6)
        self.order = .allocate(capacity: max(1, fields))
        mostRarity = .allocate(capacity: max(1, fields))
        for (place, field) in order.enumerated() {
            (self.order + place).initialize(to: field)
            (mostRarity + place).initialize(to: scorer.mostRarity[field])
            for situation in 0..<4 {
                for (level, weight) in levels(field, situation).enumerated() {
                    (weights + (place << 6 | situation << 4 | level)).initialize(to: weight)
                }
            }
        }
    }

    deinit {
        remembered.deallocate()
        state.deallocate()
        weights.deallocate()
        order.deallocate()
        mostRarity.deallocate()
    }

    private func levels(_ field: Int, _ situation: Int) -> [Double] {
        let cases = situation == 3 ? [1, 2] : [situation]
        let count = scorer.model.fields[field].kind.levels.count
        var most = (0..<16).map { level in
            level > count || level == 0 ? -Double.infinity : cases.map { scorer.weight(field, $0, level) }.max() ?? 0
        }
        most[0] = most[2...].max() ?? 0
        return most
    }

    /// The first, cheap look; at their fields, not at their keys.
    @inline(__always)
    func mayWeigh(_ one: UnsafeMutablePointer<UInt32>, _ other: UnsafeMutablePointer<UInt32>) -> Bool {
        let outline = outline(one, other)
        var bound = outline.most
        guard bound >= least, stays(outline.differing & quick, outline, &bound, one, other) else { return false }
        var rare = outline.rare
        while rare != 0 {
            let place = rare.trailingZeroBitCount
            rare &= rare - 1
            bound += max(0, scorer.rarity(order[place], one[order[place]])) - mostRarity[place]
        }
        state.pointee = State(outline: outline, bound: bound)
        return bound >= least
    }

    /// The second look, at the same pair.
    @inline(__always)
    func mayStillWeigh(_ one: UnsafeMutablePointer<UInt32>, _ other: UnsafeMutablePointer<UInt32>) -> Bool {
        var bound = state.pointee.bound
        let outline = state.pointee.outline
        return stays(outline.differing & ~quick, outline, &bound, one, other)
    }

    @inline(__always)
    private func stays(
        _ some: UInt32, _ outline: Outline, _ bound: inout Double, _ one: Row, _ other: Row
    ) -> Bool {
        var places = some
        while places != 0 {
            let place = places.trailingZeroBitCount
            places &= places - 1
            let base = weights + (place << 6 | Int(outline.cases >> UInt32(place * 2) & 3) << 4)
            bound += base[Int(comparer.level(of: order[place], one, other))] - base[0]
            if bound < least { return false }
        }
        return true
    }

    @inline(__always)
    private func outline(_ one: Row, _ other: Row) -> Outline {
        var (same, both): (UInt32, UInt32) = (0, 0)
        for place in 0..<fields {
            let (left, right) = (one[order[place]], other[order[place]])
            same |= (left == right ? 1 : 0) << UInt32(place)
            both |= (min(left, right) != 0 ? 1 : 0) << UInt32(place)
        }
        let key = both << 16 | same & both
        let slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B1) >> 22)
        if remembered[slot].key != key { remembered[slot] = outline(key, both, same & both) }
        return remembered[slot]
    }

    @inline(never)
    private func outline(_ key: UInt32, _ both: UInt32, _ same: UInt32) -> Outline {
        var outline = Outline(key: key, differing: both & ~same, most: scorer.model.priorWeight)
        for place in 0..<fields where both >> UInt32(place) & 1 != 0 {
            let parent = parents[place].first { both >> UInt32($0) & 1 != 0 }
            let situation: UInt32 = parent.map { same >> UInt32($0) & 1 != 0 ? 1 : 3 } ?? 0
            outline.cases |= situation << UInt32(place * 2)
            let isSame = same >> UInt32(place) & 1 != 0
            outline.most += weights[place << 6 | Int(situation) << 4 | (isSame ? 1 : 0)]
            guard isSame, situation != 1 else { continue }
            outline.rare |= 1 << UInt32(place)
            outline.most += mostRarity[place]
        }
        return outline
    }
}
