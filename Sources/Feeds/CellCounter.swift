import Kernel

/// Counts rows by the dimensions of their kind, in memory, by numbers of the file's `WordTable`.
struct CellCounter {
    /// Up to nine numbers of 21 bits.
    struct Key: Hashable {
        var first: UInt64 = 0
        var second: UInt64 = 0
        var third: UInt64 = 0
    }

    private(set) var counts: [Key: Int] = [:]
    private let lanes: [Int]
    private let isWord: [Bool]

    init(_ kind: FeedKind) {
        lanes = kind == .stopAndSearch ? [0, 6, 7, 8, 10, 2, 3, 4, 5] : [1, 2, 3]
        isWord = lanes.map { $0 < kind.wordKinds.count }
    }

    mutating func add(_ rows: [FactRow]) {
        for row in rows {
            var key = Key()
            for (index, lane) in lanes.enumerated() {
                let value = UInt64(UInt32(bitPattern: row.words[lane])) << UInt64(index % 3 * 21)
                switch index / 3 {
                case 0: key.first |= value
                case 1: key.second |= value
                default: key.third |= value
                }
            }
            counts[key, default: 0] += 1
        }
    }

    /// The groups, with stored numbers of words, and starts again.
    mutating func take(_ words: [Int64]) -> [(dimensions: [Int64], count: Int)] {
        defer { counts = [:] }
        return counts.map { key, count in
            let dimensions = lanes.indices.map { index in
                let part = [key.first, key.second, key.third][index / 3]
                let number = Int64(part >> UInt64(index % 3 * 21) & 0x1F_FFFF)
                return isWord[index] ? words[Int(number)] : number
            }
            return (dimensions, count)
        }
    }
}
