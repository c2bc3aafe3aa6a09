/// The pairs of a plan, each once, in pieces that can be worked on apart. Nothing is held but the blocks of one rule.
struct PairStream: Sendable {
    let table: RecordTable
    let plan: BlockingPlan
    private let needs: [UInt32]
    private let fields: Int
    private let keys: Int

    init(_ table: RecordTable, _ plan: BlockingPlan) {
        (self.table, self.plan, fields, keys) = (table, plan, table.fields.count, table.keys.count)
        needs = plan.rules.map { $0.keys.reduce(0) { $0 | 1 << UInt32($1) } }
    }

    /// Blocks of a rule, less those left out, cut into about this many pieces with like numbers of pairs.
    func pieces(_ rule: Int, _ number: Int) -> (blocks: Blocks, pieces: [Range<Int>]) {
        let blocks = Blocks(of: plan.rules[rule].keys, in: table)
        let share = max(20_000, plan.rules[rule].pairs / max(1, number))
        var (pieces, start, pairs): ([Range<Int>], Int, Int) = ([], 0, 0)
        for block in 0..<blocks.count {
            pairs += blocks.pairs(block, firstFile: table.firstFileOrNil)
            guard pairs >= share else { continue }
            pieces.append(start..<block + 1)
            (start, pairs) = (block + 1, 0)
        }
        if start < blocks.count { pieces.append(start..<blocks.count) }
        return (blocks, pieces)
    }

    /// Calls `body` with each pair of records of these blocks that no earlier rule brings; the lower number first.
    @inline(__always)
    func forEach(
        _ rule: Int, _ blocks: Blocks, _ piece: Range<Int>, keeping: (Int) -> Bool, _ body: (Int, Int) -> Void
    ) {
        forEachBlock(rule, blocks, piece) { records, lefts, rights in
            for left in lefts where keeping(Int(records[left])) {
                for right in rights ?? left + 1..<records.count {
                    let (one, other) = (Int(records[left]), Int(records[right]))
                    if isFirst(rule, one, other) { body(one, other) }
                }
            }
        }
    }

    /// The same for the pairs that are worth it.
    /// - Parameter worth: asked of the fields of two records, before it is known whether an earlier rule brings the pair,
    ///   so it must be cheap. It gets them from a copy that holds one block without gaps, so that memory is waited for once
    ///   a record and not once a pair.
    @inline(__always)
    func forEach(
        _ rule: Int, _ blocks: Blocks, _ piece: Range<Int>,
        worth: (UnsafeMutablePointer<UInt32>, UnsafeMutablePointer<UInt32>) -> Bool, _ body: (Int, Int) -> Void
    ) {
        let largest = piece.reduce(0) { max($0, blocks.size($1)) }
        let rows = UnsafeMutablePointer<UInt32>.allocate(capacity: max(1, largest * fields))
        defer { rows.deallocate() }
        forEachBlock(rule, blocks, piece) { records, lefts, rights in
            for place in 0..<records.count {
                (rows + place * fields).initialize(from: table.row(Int(records[place])), count: fields)
            }
            for left in lefts {
                let row = rows + left * fields
                for right in rights ?? left + 1..<records.count where worth(row, rows + right * fields) {
                    let (one, other) = (Int(records[left]), Int(records[right]))
                    if isFirst(rule, one, other) { body(one, other) }
                }
            }
        }
    }

    /// Calls `body` with the records of each block that is not left out, those that come first in a pair, and those that
    /// come second where that does not hang on the first.
    @inline(__always)
    private func forEachBlock(
        _ rule: Int, _ blocks: Blocks, _ piece: Range<Int>,
        _ body: (UnsafeBufferPointer<UInt32>, Range<Int>, Range<Int>?) -> Void
    ) {
        let firstFile = table.firstFileOrNil
        blocks.records.withUnsafeBufferPointer { all in
            for block in piece {
                let records = UnsafeBufferPointer(rebasing: all[blocks.starts[block]..<blocks.starts[block + 1]])
                if isLeftOut(Int(records[0]), rule) { continue }
                let split = firstFile.map { blocks.split(block, $0) }
                body(records, 0..<(split ?? records.count - 1), split.map { $0..<records.count })
            }
        }
    }

    /// Whether any rule brings this pair.
    func holds(_ one: Int, _ other: Int) -> Bool { !isFirst(plan.rules.count, one, other) }

    @inline(__always)
    private func isFirst(_ rule: Int, _ one: Int, _ other: Int) -> Bool {
        if rule == 0 { return true }
        let shared = shared(one, other)
        return needs.withUnsafeBufferPointer { needs in
            for earlier in 0..<rule where needs[earlier] & shared == needs[earlier] {
                if !isLeftOut(one, earlier) { return false }
            }
            return true
        }
    }

    @inline(__always)
    private func isLeftOut(_ record: Int, _ rule: Int) -> Bool {
        !plan.leftOut.isEmpty && plan.leftOut[record] & (1 << UInt64(rule)) != 0
    }

    /// One bit for each key that both have.
    @inline(__always)
    private func shared(_ one: Int, _ other: Int) -> UInt32 {
        let (left, right) = (table.row(one) + fields, table.row(other) + fields)
        var shared: UInt32 = 0
        for key in 0..<keys where left[key] == right[key] && left[key] != 0 { shared |= 1 << UInt32(key) }
        return shared
    }
}

extension RecordTable {
    /// With two files, the number of records of the first.
    var firstFileOrNil: Int? { firstFile > 0 && firstFile < count ? firstFile : nil }
}
