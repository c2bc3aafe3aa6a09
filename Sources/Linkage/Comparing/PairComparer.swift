/// Compares two records of a table, field by field. Remembers pairs of values that it has compared, because the same
/// names meet again and again. Used by one thread; give each its own.
final class PairComparer {
    /// Four bits for each field, the first field lowest: the level on which it agrees, 0 where a value is missing.
    typealias Pattern = UInt64

    static let maximumFields = 16
    private let remembered: Int

    private let table: RecordTable
    private let comparison: ValueComparison
    private let kinds: [FieldKind]
    private let swaps: [Int?]
    /// Where in a row the sound of a name stands.
    private let sounds: [Int?]
    /// For each name: 0 not looked up yet, 1 no nickname, 2 one.
    private var known: [UInt8] = []
    private let nicknames: Nicknames
    private let partners: UnsafeMutableBufferPointer<UInt64>
    private let levels: UnsafeMutableBufferPointer<UInt8>

    /// - Parameter remembering: pairs of values of each field, a power of two.
    init(_ table: RecordTable, nicknames: Nicknames, remembering: Int = 1 << 14) {
        (self.table, remembered) = (table, remembering)
        comparison = ValueComparison(nicknames: nicknames, places: table.places)
        kinds = table.fields.map(\.kind)
        let (given, surname) = (kinds.firstIndex(of: .givenName), kinds.firstIndex(of: .surname))
        swaps = kinds.indices.map { $0 == given ? surname : $0 == surname ? given : nil }
        self.nicknames = nicknames
        sounds = kinds.indices.map { field in
            table.keys.firstIndex { $0.field == field && $0.grain == .sound }.map { $0 + table.fields.count }
        }
        partners = .allocate(capacity: kinds.count * remembered)
        partners.initialize(repeating: 0)
        levels = .allocate(capacity: kinds.count * remembered)
        levels.initialize(repeating: 0)
    }

    deinit {
        partners.deallocate()
        levels.deallocate()
    }

    func pattern(_ one: UnsafeMutablePointer<UInt32>, _ other: UnsafeMutablePointer<UInt32>) -> Pattern {
        var pattern: Pattern = 0
        for field in 0..<kinds.count {
            let (left, right) = (one[field], other[field])
            guard left != 0, right != 0 else { continue }
            var level: UInt8 = 1
            if left != right {
                level = self.level(field, one, other)
                if let partner = swaps[field], level > 2, isSwapped(field, partner, one, other) {
                    level = UInt8(kinds[field].swapped ?? 0)
                }
            }
            pattern |= Pattern(level) << Pattern(field * 4)
        }
        return pattern
    }

    /// Forgets what it remembers, when numbers have been given to other values.
    func forget() {
        partners.update(repeating: 0)
        if let given = kinds.firstIndex(of: .givenName), known.count > table.pools[given].count + 1 {
            known.removeLast(known.count - table.pools[given].count - 1)
        }
    }

    @inline(__always)
    private func isSwapped(
        _ field: Int, _ partner: Int, _ one: UnsafeMutablePointer<UInt32>, _ other: UnsafeMutablePointer<UInt32>
    ) -> Bool {
        let (left, right) = (one[field] == other[partner], one[partner] == other[field])
        guard left != right else { return left }
        // One half written exactly in the other's place is enough when the other half was misspelt there.
        let (first, second) = left ? (one[partner], other[field]) : (one[field], other[partner])
        guard first != 0, second != 0 else { return false }
        return JaroWinkler.similarity(table.pools[field][first], table.pools[field][second]) >= 0.88
    }

    @inline(__always)
    private func level(
        _ field: Int, _ one: UnsafeMutablePointer<UInt32>, _ other: UnsafeMutablePointer<UInt32>
    ) -> UInt8 {
        let kind = kinds[field]
        if kind == .category { return 2 }
        let (low, high) = (min(one[field], other[field]), max(one[field], other[field]))
        let both = UInt64(high) << 32 | UInt64(low)
        let mixed = Mixing.mix(both, 0x9E37_79B9_7F4A_7C15)
        let slot = field * remembered + Int(truncatingIfNeeded: mixed) & (remembered - 1)
        if partners[slot] == both { return levels[slot] }
        let pool = table.pools[field]
        let level = comparison.level(
            kind, pool[low], pool[high], soundsAlike: sounds[field].map { one[$0] == other[$0] } ?? false,
            mayBeNicknames: kind == .givenName && isKnown(low, pool) && isKnown(high, pool))
        (partners[slot], levels[slot]) = (both, level)
        return level
    }

    private func isKnown(_ name: UInt32, _ pool: ValuePool) -> Bool {
        let place = Int(name)
        if place >= known.count { known += Array(repeating: 0, count: pool.count + 1 - known.count) }
        if known[place] == 0 {
            known[place] = nicknames.knows(String(decoding: pool[name].prefix { $0 != 0x20 }, as: UTF8.self)) ? 2 : 1
        }
        return known[place] == 2
    }
}
