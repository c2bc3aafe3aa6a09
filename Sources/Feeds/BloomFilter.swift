/// Tells keys that were certainly not seen before, in memory fixed at the start. Split blocks of eight words, as Apache
/// Parquet has it ("Parquet Bloom Filter", 2021): at 32 bits a key about one answer in 100,000 is a false “maybe”.
struct BloomFilter {
    private var words: [UInt32]
    private let blocks: UInt64

    private static let salts: [UInt32] = [
        0x47B6_137B, 0x4497_4D91, 0x8824_AD5B, 0xA2B7_289D, 0x7054_95C7, 0x2DF1_424B, 0x9EFC_4947, 0x5C6B_FB31,
    ]

    /// - Parameter expected: Keys to come. Above 16 million the answers get less sharp, never the memory larger.
    init(expected: Int) {
        let count = min(max(expected, 256), 16 << 20) / 8
        blocks = UInt64(count)
        words = Array(repeating: 0, count: count * 8)
    }

    /// Adds `key`; true when it may have been there already.
    mutating func insert(_ key: UInt64) -> Bool {
        let spread = key &* 0x9E37_79B9_7F4A_7C15
        let block = Int(((spread >> 32) &* blocks) >> 32) * 8
        let low = UInt32(truncatingIfNeeded: spread ^ (key >> 29))
        var wasThere = true
        for index in 0..<8 {
            let bit: UInt32 = 1 << ((low &* BloomFilter.salts[index]) >> 27)
            wasThere = wasThere && words[block + index] & bit != 0
            words[block + index] |= bit
        }
        return wasThere
    }
}
