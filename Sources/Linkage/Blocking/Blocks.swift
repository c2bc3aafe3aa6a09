/// The groups of records that share the keys of one rule; each group has at least two.
struct Blocks: Sendable {
    /// Records, block after block; within a block in ascending order.
    let records: [UInt32]
    /// Block `b` is `records[starts[b]..<starts[b + 1]]`.
    let starts: [Int]

    var count: Int { starts.count - 1 }

    /// - Parameter keys: places in the list of keys of the table.
    init(of keys: [Int], in table: RecordTable) {
        var (numbers, records): ([UInt64], [UInt32]) = ([], [])
        numbers.reserveCapacity(table.count)
        records.reserveCapacity(table.count)
        let bounds = keys.map { UInt64(table.keyBound($0)) }
        let first = table.fields.count
        for record in 0..<table.count {
            let row = table.row(record)
            var number: UInt64 = 0
            var isWhole = true
            for (key, bound) in zip(keys, bounds) {
                let code = row[first + key]
                if code == 0 { isWhole = false }
                number = number &* bound &+ UInt64(code)
            }
            guard isWhole else { continue }
            numbers.append(number)
            records.append(UInt32(record))
        }
        // Three keys of twenty million values each still fit into 64 bits less one.
        RadixSort.sort(&numbers, &records, below: bounds.reduce(1, &*))
        (self.records, starts) = Blocks.grouped(numbers, records)
    }

    private static func grouped(_ numbers: [UInt64], _ records: [UInt32]) -> ([UInt32], [Int]) {
        var (kept, starts): ([UInt32], [Int]) = ([], [0])
        kept.reserveCapacity(records.count)
        var start = 0
        while start < numbers.count {
            var end = start + 1
            while end < numbers.count, numbers[end] == numbers[start] { end += 1 }
            if end - start > 1 {
                kept.append(contentsOf: records[start..<end])
                starts.append(kept.count)
            }
            start = end
        }
        return (kept, starts)
    }

    @inline(__always)
    func size(_ block: Int) -> Int { starts[block + 1] - starts[block] }

    /// Pairs of a block.
    /// - Parameter firstFile: with two files, the number of records of the first: only pairs across count.
    func pairs(_ block: Int, firstFile: Int?) -> Int {
        let size = size(block)
        guard let firstFile else { return size * (size - 1) / 2 }
        let left = split(block, firstFile)
        return left * (size - left)
    }

    /// How many records of a block are of the first file.
    func split(_ block: Int, _ firstFile: Int) -> Int {
        var (low, high) = (starts[block], starts[block + 1])
        while low < high {
            let middle = (low + high) / 2
            if Int(records[middle]) < firstFile { low = middle + 1 } else { high = middle }
        }
        return low - starts[block]
    }
}
