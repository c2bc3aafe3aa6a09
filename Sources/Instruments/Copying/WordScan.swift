/// A text as words in lower case, each with its place in the text.
struct WordScan: Sendable {
    struct Word: Sendable {
        /// In `normal`.
        let start: Int32
        let end: Int32
        /// Bytes of the text.
        let from: Int32
        let to: Int32
        let hash: UInt64
        /// A full stop, a line or the like stands before it.
        let startsSentence: Bool
    }

    /// The words' bytes, one after another.
    private(set) var normal: [UInt8] = []
    private(set) var words: [Word] = []
    /// Words of somebody are quoted in it.
    private(set) var hasQuotes = false

    static let empty = WordScan("")

    init(_ text: String) {
        guard !text.isEmpty else { return }
        var copy = text
        copy.withUTF8 { read($0) }
    }

    var count: Int { words.count }

    /// The hash of the first `length` bytes of a word; nil for a shorter word.
    func prefixHash(_ word: Word, _ length: Int) -> UInt64? {
        guard Int(word.end - word.start) >= length else { return nil }
        var hash = Fold.start
        for index in Int(word.start)..<Int(word.start) + length { hash = Fold.step(hash, normal[index]) }
        return hash
    }

    private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>) {
        normal.reserveCapacity(bytes.count)
        words.reserveCapacity(bytes.count / 5 + 1)
        var (index, isAfterStop) = (0, true)
        while index < bytes.count {
            let (size, byte) = WordScan.letter(bytes, index)
            // A word does not begin with an apostrophe: that is a quotation mark.
            if size > 0, byte != 0x27 {
                index = readWord(bytes, index, isAfterStop)
                isAfterStop = false
            } else {
                notice(bytes, &index, &isAfterStop)
            }
        }
    }

    /// Reads on past what is no part of a word.
    private mutating func notice(
        _ bytes: UnsafeBufferPointer<UInt8>, _ index: inout Int, _ isAfterStop: inout Bool
    ) {
        switch bytes[index] {
        case 0x22: hasQuotes = true
        case 0x0A, 0x0D, 0x21, 0x2E, 0x3B, 0x3F: isAfterStop = true
        case 0xE2 where index + 2 < bytes.count && bytes[index + 1] == 0x80:
            if (0x98...0x9D).contains(bytes[index + 2]), bytes[index + 2] != 0x99 { hasQuotes = true }
            index += 2
        default: break
        }
        index += 1
    }

    private mutating func readWord(_ bytes: UnsafeBufferPointer<UInt8>, _ from: Int, _ isAfterStop: Bool) -> Int {
        var (index, hash, end) = (from, Fold.start, from)
        let start = normal.count
        while index < bytes.count {
            let (size, byte) = WordScan.letter(bytes, index)
            guard size > 0 else { break }
            if size == 2 {
                normal.append(bytes[index])
                hash = Fold.step(hash, bytes[index])
            }
            normal.append(byte)
            hash = Fold.step(hash, byte)
            index += size
            end = index
        }
        words.append(
            Word(
                start: Int32(start), end: Int32(normal.count), from: Int32(from), to: Int32(end), hash: hash,
                startsSentence: isAfterStop))
        return index
    }

    /// How many bytes the letter at `index` has, and its last byte in lower case; size 0 for what is no letter.
    @inline(__always)
    private static func letter(_ bytes: UnsafeBufferPointer<UInt8>, _ index: Int) -> (size: Int, byte: UInt8) {
        let byte = bytes[index]
        switch byte {
        case 0x61...0x7A, 0x30...0x39, 0x27: return (1, byte)
        case 0x41...0x5A: return (1, byte | 0x20)
        case 0xE2:
            // The apostrophe of print is the same as that of a keyboard.
            let isApostrophe = index + 2 < bytes.count && bytes[index + 1] == 0x80 && bytes[index + 2] == 0x99
            return isApostrophe ? (3, 0x27) : (0, 0)
        case 0xC3...0xDF:
            guard index + 1 < bytes.count else { return (0, 0) }
            let second = bytes[index + 1]
            if byte == 0xC3, (0x80...0x9E).contains(second) { return (2, second | 0x20) }
            // Ŵ and Ŷ of Welsh.
            return (2, byte == 0xC5 && (second == 0xB4 || second == 0xB6) ? second | 1 : second)
        default: return (0, 0)
        }
    }
}

/// FNV-1a with 64 bits (Fowler, Noll, Vo), and the last mixing step of MurmurHash3 (Appleby).
enum Fold {
    static let start: UInt64 = 0xCBF2_9CE4_8422_2325

    @inline(__always)
    static func step(_ hash: UInt64, _ byte: UInt8) -> UInt64 { (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }

    @inline(__always)
    static func mix(_ value: UInt64) -> UInt64 {
        var mixed = value
        mixed = (mixed ^ (mixed >> 33)) &* 0xFF51_AFD7_ED55_8CCD
        mixed = (mixed ^ (mixed >> 33)) &* 0xC4CE_B9FE_1A85_EC53
        return mixed ^ (mixed >> 33)
    }

    static func hash(_ text: String) -> UInt64 { text.utf8.reduce(start) { step($0, $1) } }
}
