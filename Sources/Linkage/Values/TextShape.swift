/// What can be said of a text without reading it again: which letters it has and which words. Enough to tell that two
/// texts cannot be alike, never that they are.
struct TextShape: Equatable {
    /// From the lowest bit: two bits for each of 27 letters or groups of them, one set for one, both for more; seven bits
    /// for the length; three for how many letters found no bit, 7 standing for any number.
    private let letters: UInt64
    /// A bit for each word of three bytes or more; several words may share one.
    private let words: UInt64

    private static let letterBits: UInt64 = (1 << 54) - 1
    static let shortestWord = 3

    init(_ text: UnsafeBufferPointer<UInt8>) {
        var (seen, left): (UInt64, UInt64) = (0, 0)
        for byte in text.prefix(JaroWinkler.longest) {
            let place = TextShape.place(byte)
            let bits = seen >> place & 3
            if bits == 3 { left += 1 } else { seen |= (bits << 1 | 1) << place }
        }
        letters = seen | UInt64(min(text.count, JaroWinkler.longest)) << 54 | min(left, 7) << 61
        words = TextShape.words(text)
    }

    /// A letter has a place of its own; digits and other bytes share those that are seldom used by letters, or the last.
    private static func place(_ byte: UInt8) -> UInt64 {
        if (0x61...0x7A).contains(byte) { return UInt64(byte - 0x61) * 2 }
        return byte == 0x20 ? 52 : UInt64(byte % 27) * 2
    }

    private static func words(_ text: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var (words, start): (UInt64, Int) = (0, 0)
        while start < text.count {
            var (end, mixed) = (start, UInt64(0))
            while end < text.count, text[end] != 0x20 {
                mixed = mixed &* 0x100_0000_01B3 ^ UInt64(text[end])
                end += 1
            }
            if end - start >= shortestWord {
                words |= 1 << (Mixing.mix(mixed, 0x9E37_79B9_7F4A_7C15) & 63)
            }
            start = end + 1
        }
        return words
    }

    /// False only when no word of `shortestWord` bytes or more is in both.
    @inline(__always)
    func mayShareWord(_ other: TextShape) -> Bool { words & other.words != 0 }

    /// At most so alike are two texts by Jaro and Winkler, however their letters are placed.
    /// - Parameter prefix: how many bytes at their starts are the same, at most four.
    @inline(__always)
    func mostAlike(_ other: TextShape, prefix: Int) -> Double {
        let (left, right) = (letters >> 61, other.letters >> 61)
        guard left < 7 || right < 7 else { return 1 }
        let shared = (letters & other.letters & TextShape.letterBits).nonzeroBitCount + Int(min(left, right))
        let (first, second) = (Double(letters >> 54 & 127), Double(other.letters >> 54 & 127))
        guard first > 0, second > 0 else { return 1 }
        let common = min(Double(shared), first, second)
        let jaro = (common / first + common / second + 1) / 3
        return jaro > 0.7 ? jaro + Double(prefix) * 0.1 * (1 - jaro) + 1e-9 : jaro + 1e-9
    }
}
