import Foundation

/// Finds the likely persons for a new record among all that are held, at once, with the weights that a batch gives.
/// Records come and go while it works. Used by one thread at a time.
///
/// The records that were there at the start lie in lists by key; later ones in a small list beside, which is folded in
/// when it has grown to an eighth.
public final class PersonIndex {
    public struct Candidate: Sendable, Equatable {
        /// The number `insert` gave, or the record's place in the table.
        public let record: Int
        /// log₂ of the odds, in bits.
        public let weight: Double
        public var probability: Double { LinkageModel.probability(weight) }
    }

    /// How many entries of lists a look-up reads before it leaves the longest lists out.
    public var patience = 40_000
    /// How many records, those that share the rarest keys, are weighed at most.
    public var compared = 400

    public let table: RecordTable
    private let weigher: PairWeigher
    private let keys: [Int]
    private var lists: [KeyList] = []
    private var recent: [UInt64: [UInt32]] = [:]
    private var listed = 0
    private var isRemoved: [Bool]
    private var shared: [Float]
    /// Pairs compared in full since it was made.
    private(set) var fullComparisons = 0

    /// - Parameter table: may hold records already; nothing else may add to it from now on.
    public init(_ table: RecordTable, model: LinkageModel, nicknames: Nicknames = .packaged) {
        self.table = table
        weigher = PairWeigher(model, table, nicknames: nicknames, remembering: 1 << 9)
        keys = table.keys.indices.filter { table.keys[$0].isSharp }
        isRemoved = Array(repeating: false, count: table.count)
        shared = Array(repeating: 0, count: table.count + 1)
        fold()
    }

    /// How many records can be found.
    public var count: Int { isRemoved.count { !$0 } }

    /// Adds a record and gives its number. Correcting a record is removing it and adding it anew.
    /// - Parameter values: the raw text of each field of the model, in order.
    @discardableResult
    public func insert(_ values: [String]) -> Int {
        let record = table.add(values)
        isRemoved.append(false)
        shared.append(0)
        weigher.scorer.extend()
        for (place, key) in keys.enumerated() {
            let code = self.code(record, key)
            if code != 0 { recent[UInt64(place) << 32 | UInt64(code), default: []].append(UInt32(record)) }
        }
        if (table.count - listed) * 8 > max(80_000, listed) { fold() }
        return record
    }

    /// It is not found any more.
    public func remove(_ record: Int) {
        if isRemoved.indices.contains(record) { isRemoved[record] = true }
    }

    /// The likeliest records, best first.
    /// - Parameter values: the raw text of each field of the model, in order; empty where it is not known.
    public func lookUp(_ values: [String], limit: Int = 5) -> [Candidate] {
        let mark = table.mark
        let asked = table.add(values)
        defer {
            table.removeLast(to: mark)
            weigher.scorer.shrink()
            weigher.comparer.forget()
        }
        weigher.scorer.extend()
        return best(gathered(asked), asked, limit)
    }

    /// The heaviest of them, best first. What each could weigh at the most is cheap to say, so they are compared from
    /// the most promising on, until none of the rest can come in.
    private func best(_ records: [Int], _ asked: Int, _ limit: Int) -> [Candidate] {
        guard limit > 0 else { return [] }
        let row = table.row(asked)
        let bounds = records.map { (record: $0, most: weigher.scorer.bound(table.row($0), row)) }
        var best: [Candidate] = []
        for (record, most) in bounds.sorted(by: { ($1.most, $0.record) < ($0.most, $1.record) }) {
            // The two sums add in different orders, so their last bits may differ.
            if best.count == limit, most + 1e-6 < best[limit - 1].weight { break }
            let found = Candidate(record: record, weight: weigher.weight(record, asked))
            fullComparisons += 1
            let place = best.firstIndex { ($0.weight, found.record) < (found.weight, $0.record) } ?? best.count
            best.insert(found, at: place)
            if best.count > limit { best.removeLast() }
        }
        return best
    }

    /// Why a record is likely, in parts that add up.
    public func explain(_ values: [String], _ record: Int) -> MatchWeight {
        let mark = table.mark
        let asked = table.add(values)
        defer {
            table.removeLast(to: mark)
            weigher.scorer.shrink()
            weigher.comparer.forget()
        }
        weigher.scorer.extend()
        return weigher.explanation(record, asked)
    }

    private func code(_ record: Int, _ key: Int) -> UInt32 { table.row(record)[table.fields.count + key] }

    /// Records that share keys, those first that share the rarest.
    private func gathered(_ asked: Int) -> [Int] {
        let found = keys.enumerated().compactMap { place, key -> (place: Int, code: UInt32, size: Int)? in
            let code = self.code(asked, key)
            guard code != 0 else { return nil }
            let size = lists[place].size(code) + (recent[UInt64(place) << 32 | UInt64(code)]?.count ?? 0)
            return size == 0 ? nil : (place, code, size)
        }
        var (touched, read): ([Int], Int) = ([], 0)
        for list in found.sorted(by: { ($0.size, $0.place) < ($1.size, $1.place) }) {
            guard read + list.size <= patience || touched.isEmpty else { break }
            read += list.size
            let gain = Float(log2(Double(table.count + 1) / Double(list.size)))
            func touch(_ record: Int) {
                if shared[record] == 0 { touched.append(record) }
                shared[record] += gain
            }
            lists[list.place].forEach(list.code, upTo: patience, touch)
            recent[UInt64(list.place) << 32 | UInt64(list.code)]?.forEach { touch(Int($0)) }
        }
        defer { for record in touched { shared[record] = 0 } }
        return chosen(touched.filter { !isRemoved[$0] })
    }

    /// About as many as may be weighed, those with most in common; counted into steps of a quarter bit, not sorted.
    private func chosen(_ touched: [Int]) -> [Int] {
        guard touched.count > compared else { return touched }
        var counts = [Int](repeating: 0, count: 1024)
        func step(_ record: Int) -> Int { min(1023, Int(shared[record] * 4)) }
        for record in touched { counts[step(record)] += 1 }
        var (least, above) = (1023, 0)
        while least > 0, above + counts[least] < compared { (least, above) = (least - 1, above + counts[least]) }
        var room = 2 * compared - above
        return touched.filter { record in
            let step = step(record)
            if step == least { room -= 1 }
            return step > least || (step == least && room >= 0)
        }
    }

    private func fold() {
        lists = keys.map { key in KeyList(table, table.fields.count + key, bound: table.keyBound(key)) }
        recent = [:]
        listed = table.count
    }
}

/// The records of each number of one key, one after the other.
private struct KeyList {
    private let starts: [UInt32]
    private let records: [UInt32]

    init(_ table: RecordTable, _ column: Int, bound: Int) {
        var starts = [UInt32](repeating: 0, count: bound + 2)
        for record in 0..<table.count { starts[Int(table.row(record)[column]) + 2] += 1 }
        starts[2] = 0
        for code in 2..<starts.count { starts[code] += starts[code - 1] }
        var records = [UInt32](repeating: 0, count: Int(starts[starts.count - 1]))
        for record in 0..<table.count {
            let code = Int(table.row(record)[column])
            guard code != 0 else { continue }
            records[Int(starts[code + 1])] = UInt32(record)
            starts[code + 1] += 1
        }
        (self.starts, self.records) = (starts, records)
    }

    func size(_ code: UInt32) -> Int {
        Int(code) + 1 < starts.count ? Int(starts[Int(code) + 1] - starts[Int(code)]) : 0
    }

    func forEach(_ code: UInt32, upTo limit: Int, _ body: (Int) -> Void) {
        guard Int(code) + 1 < starts.count else { return }
        for place in starts[Int(code)]..<starts[Int(code) + 1] { body(Int(records[Int(place)])) }
    }
}
