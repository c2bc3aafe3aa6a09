/// The groups of records that share the keys of one rule; each group has at least two.
struct Blocks: Sendable {
    /// Records, block after block; within a block in ascending order.
    let records: [UInt32]
    /// Block `b` is `records[starts[b]..<starts[b + 1]]`.
    let starts: [Int]

    var count: Int { starts.count - 1 }

    /// - Parameter keys: places in the list of keys of the table.
    init(of keys: [Int], in table: RecordTable) {
        (records, starts) = Grouping(by: keys, in: table).groups()
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
