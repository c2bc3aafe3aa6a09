/// Compares two records of a table, field by field. Remembers pairs of values that it has compared, because the same
/// names meet again and again. Used by one thread; give each its own.
final class PairComparer {
    /// Four bits for each field, the first field lowest: the level on which it agrees, 0 where a value is missing.
    typealias Pattern = UInt64

    static let maximumFields = 16
    private let remembered: Int

    /// One field, ready for the loops over pairs.
    private struct Field {
        let kind: FieldKind
        let values: ValueView
        /// The field that its value may be swapped with; -1 for none.
        let partner: Int
        /// The level of swapped values.
        let swapped: UInt8
        /// Where in a row the sound of a name stands; -1 for nowhere.
        let sound: Int
        let isShaped: Bool
    }

    private let table: RecordTable
    private let comparison: ValueComparison
    private let count: Int
    private let fields: UnsafeMutablePointer<Field>
    /// For each name: 0 not looked up yet, 1 no nickname, 2 one.
    private var known: [UInt8] = []
    private let nicknames: Nicknames
    /// Two numbers of values of 30 bits each, and four bits for the level on which they agree.
    private let memory: UnsafeMutablePointer<UInt64>

    /// - Parameter remembering: pairs of values of each field, a power of two.
    init(_ table: RecordTable, nicknames: Nicknames, remembering: Int = 1 << 14) {
        (self.table, self.nicknames, remembered, count) = (table, nicknames, remembering, table.fields.count)
        comparison = ValueComparison(nicknames: nicknames, places: table.places)
        let kinds = table.fields.map(\.kind)
        let (given, surname) = (kinds.firstIndex(of: .givenName), kinds.firstIndex(of: .surname))
        fields = .allocate(capacity: count)
        for (field, kind) in kinds.enumerated() {
            let partner = field == given ? surname : field == surname ? given : nil
            let sound = table.keys.firstIndex { $0.field == field && $0.grain == .sound }
            (fields + field).initialize(
                to: Field(
                    kind: kind, values: table.pools[field].view, partner: partner ?? -1,
                    swapped: UInt8(kind.swapped ?? 0), sound: sound.map { $0 + table.fields.count } ?? -1,
                    isShaped: kind.isCompared))
        }
        memory = .allocate(capacity: count * remembered)
        memory.initialize(repeating: 0, count: count * remembered)
    }

    deinit {
        fields.deallocate()
        memory.deallocate()
    }

    func pattern(_ one: UnsafeMutablePointer<UInt32>, _ other: UnsafeMutablePointer<UInt32>) -> Pattern {
        var pattern: Pattern = 0
        for field in 0..<count {
            let (left, right) = (one[field], other[field])
            guard left != 0, right != 0 else { continue }
            let level: UInt8 = left == right ? 1 : level(of: field, one, other)
            pattern |= Pattern(level) << Pattern(field * 4)
        }
        return pattern
    }

    /// The level on which two different values agree, when both are there.
    @inline(__always)
    func level(
        of field: Int, _ one: UnsafeMutablePointer<UInt32>, _ other: UnsafeMutablePointer<UInt32>
    ) -> UInt8 {
        let level = level(field, one, other)
        guard level > 2, fields[field].partner >= 0, isSwapped(field, fields[field].partner, one, other) else {
            return level
        }
        return fields[field].swapped
    }

    /// Forgets what it remembers, when numbers have been given to other values.
    func forget() {
        memory.update(repeating: 0, count: count * remembered)
        if let given = table.fields.firstIndex(where: { $0.kind == .givenName }),
            known.count > table.pools[given].count + 1
        {
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
        return JaroWinkler.similarity(fields[field].values[first], fields[field].values[second]) >= 0.88
    }

    @inline(__always)
    private func level(
        _ field: Int, _ one: UnsafeMutablePointer<UInt32>, _ other: UnsafeMutablePointer<UInt32>
    ) -> UInt8 {
        let described = fields[field]
        switch described.kind {
        case .category: return 2
        case .dateOfBirth:
            return ValueComparison.date(described.values.word(one[field]), described.values.word(other[field]))
        default: break
        }
        let (low, high) = (min(one[field], other[field]), max(one[field], other[field]))
        let both = UInt64(high) << 34 | UInt64(low) << 4
        let mixed = Mixing.mix(both, 0x9E37_79B9_7F4A_7C15)
        let slot = field * remembered + Int(truncatingIfNeeded: mixed) & (remembered - 1)
        if memory[slot] & ~15 == both { return UInt8(memory[slot] & 15) }
        let soundsAlike = described.sound >= 0 && one[described.sound] == other[described.sound]
        let level = compared(described, low, high, soundsAlike)
        memory[slot] = both | UInt64(level)
        return level
    }

    @inline(never)
    private func compared(_ field: Field, _ low: UInt32, _ high: UInt32, _ soundsAlike: Bool) -> UInt8 {
        let (left, right) = (field.values[low], field.values[high])
        var limits = ValueComparison.Limits()
        if field.isShaped {
            let (one, other) = (field.values.shape(low), field.values.shape(high))
            limits.alike = one.mostAlike(other, prefix: JaroWinkler.prefix(left, right))
            limits.mayShareWord = one.mayShareWord(other)
        }
        let mayBeNicknames = field.kind == .givenName && isKnown(low, left) && isKnown(high, right)
        return comparison.level(
            field.kind, left, right, soundsAlike: soundsAlike, mayBeNicknames: mayBeNicknames, limits: limits)
    }

    private func isKnown(_ name: UInt32, _ text: UnsafeBufferPointer<UInt8>) -> Bool {
        let place = Int(name)
        if place >= known.count { known += Array(repeating: 0, count: max(place * 2, 1024) + 1 - known.count) }
        if known[place] == 0 {
            known[place] = nicknames.knows(String(decoding: text.prefix { $0 != 0x20 }, as: UTF8.self)) ? 2 : 1
        }
        return known[place] == 2
    }
}
