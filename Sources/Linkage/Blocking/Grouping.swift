/// Records by the number that their keys make: first parted into some hundred heaps by a mix of the number, then each heap
/// grouped while it lies in the cache. Records of one group keep their order.
struct Grouping {
    private let numbers: [UInt64]
    private let records: [UInt32]
    /// Heap `h` is `heaps[h]..<heaps[h + 1]`.
    private let heaps: [Int]

    private static let inHeap = 2048
    private static let mostBits = 12
    private static let stir: UInt64 = 0x9E37_79B9_7F4A_7C15

    /// - Parameter keys: places in the list of keys of the table; records that lack one are left out.
    init(by keys: [Int], in table: RecordTable) {
        let raw = Grouping.numbered(keys, table)
        var bits = 1
        while bits < Grouping.mostBits, raw.count >> bits > Grouping.inHeap { bits += 1 }
        let shift = UInt64(64 - bits)
        var starts = [Int](repeating: 0, count: 1 << bits + 2)
        for number in raw where number != 0 { starts[Int(Grouping.mixed(number) >> shift) + 2] += 1 }
        for heap in 2..<starts.count { starts[heap] += starts[heap - 1] }
        let kept = starts[starts.count - 1]
        var records = [UInt32](repeating: 0, count: kept)
        numbers = [UInt64](unsafeUninitializedCapacity: kept) { numbers, count in
            records.withUnsafeMutableBufferPointer { records in
                starts.withUnsafeMutableBufferPointer { starts in
                    for (record, number) in raw.enumerated() where number != 0 {
                        let heap = Int(Grouping.mixed(number) >> shift) + 1
                        let place = starts[heap]
                        starts[heap] = place + 1
                        (numbers[place], records[place]) = (number, UInt32(record))
                    }
                }
            }
            count = kept
        }
        (self.records, heaps) = (records, Array(starts.dropLast()))
    }

    /// For each record one number for all its keys; 0 where one is missing.
    private static func numbered(_ keys: [Int], _ table: RecordTable) -> [UInt64] {
        let (first, count) = (table.fields.count, table.count)
        let places = keys.map { first + $0 }
        // Three keys of twenty million values each still fit into 64 bits less one.
        let bounds = keys.map { UInt64(table.keyBound($0)) }
        return [UInt64](unsafeUninitializedCapacity: count) { numbers, filled in
            for record in 0..<count {
                let row = table.row(record)
                var number: UInt64 = 0
                var isWhole = true
                for index in 0..<places.count {
                    let code = row[places[index]]
                    if code == 0 { isWhole = false }
                    number = number &* bounds[index] &+ UInt64(code)
                }
                numbers[record] = isWhole ? number : 0
            }
            filled = count
        }
    }

    @inline(__always)
    private static func mixed(_ number: UInt64) -> UInt64 { Mixing.mix(number ^ 0xA076_1D64_78BD_642F, stir) &* stir }

    /// The records of all groups of two or more, group after group, and where each begins; at last where the last ends.
    func groups() -> (records: [UInt32], starts: [Int]) {
        var (kept, starts): ([UInt32], [Int]) = ([], [0])
        kept.reserveCapacity(records.count)
        let heap = Heap(largest)
        for number in 0..<heaps.count - 1 {
            let range = heaps[number]..<heaps[number + 1]
            heap.group(numbers, range)
            heap.place(records, range, &kept, &starts)
        }
        return (kept, starts)
    }

    /// How many pairs the groups make.
    /// - Parameter firstFile: with two files, the number of records of the first: only pairs across count.
    func pairs(firstFile: Int?) -> Int {
        let heap = Heap(largest)
        var pairs = 0
        for number in 0..<heaps.count - 1 {
            let range = heaps[number]..<heaps[number + 1]
            heap.group(numbers, range)
            pairs += heap.pairs(records, range, firstFile)
        }
        return pairs
    }

    private var largest: Int { (0..<heaps.count - 1).reduce(0) { max($0, heaps[$1 + 1] - heaps[$1]) } }

    /// What is needed to group one heap; used for one after the other.
    private final class Heap {
        private let slots: UnsafeMutablePointer<UInt32>
        private let found: UnsafeMutablePointer<UInt64>
        private let sizes: UnsafeMutablePointer<Int>
        /// For each entry of the heap its group.
        private let groups: UnsafeMutablePointer<UInt32>
        private var count = 0

        init(_ largest: Int) {
            slots = .allocate(capacity: largest.nextPowerOf2 * 2)
            found = .allocate(capacity: largest + 1)
            (sizes, groups) = (.allocate(capacity: largest + 1), .allocate(capacity: largest + 1))
        }

        deinit {
            slots.deallocate()
            found.deallocate()
            sizes.deallocate()
            groups.deallocate()
        }

        func group(_ numbers: [UInt64], _ range: Range<Int>) {
            let mask = range.count.nextPowerOf2 * 2 - 1
            var count = 0
            slots.initialize(repeating: 0, count: mask + 1)
            for index in range {
                let number = numbers[index]
                var slot = Int(truncatingIfNeeded: Grouping.mixed(number) >> 16) & mask
                while slots[slot] != 0, found[Int(slots[slot])] != number { slot = (slot + 1) & mask }
                if slots[slot] == 0 {
                    count += 1
                    slots[slot] = UInt32(count)
                    (found + count).initialize(to: number)
                    (sizes + count).initialize(to: 0)
                }
                sizes[Int(slots[slot])] += 1
                (groups + (index - range.lowerBound)).initialize(to: slots[slot])
            }
            self.count = count
        }

        /// Writes the groups of two or more behind what is there.
        func place(_ records: [UInt32], _ range: Range<Int>, _ kept: inout [UInt32], _ starts: inout [Int]) {
            guard count > 0 else { return }
            let before = kept.count
            var next = before
            for one in 1...count {
                let size = sizes[one]
                sizes[one] = size > 1 ? next : -1
                guard size > 1 else { continue }
                next += size
                starts.append(next)
            }
            kept.append(contentsOf: repeatElement(0, count: next - before))
            for index in range {
                let one = Int(groups[index - range.lowerBound])
                guard sizes[one] >= 0 else { continue }
                kept[sizes[one]] = records[index]
                sizes[one] += 1
            }
        }

        func pairs(_ records: [UInt32], _ range: Range<Int>, _ firstFile: Int?) -> Int {
            guard count > 0 else { return 0 }
            guard let firstFile else {
                return (1...count).reduce(0) { $0 + sizes[$1] * (sizes[$1] - 1) / 2 }
            }
            var left = [Int](repeating: 0, count: count + 1)
            for index in range where Int(records[index]) < firstFile {
                left[Int(groups[index - range.lowerBound])] += 1
            }
            return (1...count).reduce(0) { $0 + left[$1] * (sizes[$1] - left[$1]) }
        }
    }
}

extension Int {
    /// The least power of two that is not below it.
    fileprivate var nextPowerOf2: Int { self < 2 ? 1 : 1 << (Int.bitWidth - (self - 1).leadingZeroBitCount) }
}
