/// How alike two short texts are: Jaro (1989, "Advances in record-linkage methodology as applied to matching the 1985
/// census of Tampa, Florida") with the common prefix of Winkler (1990, "String comparator metrics and enhanced decision
/// rules in the Fellegi–Sunter model of record linkage").
public enum JaroWinkler {
    /// Bytes that are compared; what follows is not looked at, so that a mask of 64 bits holds what was matched.
    public static let longest = 64

    /// From 0, nothing in common, to 1, equal. The prefix counts 0.1 for each of at most four bytes when the Jaro
    /// similarity is above 0.7.
    public static func similarity(_ one: String, _ other: String) -> Double {
        Array(one.utf8).withUnsafeBufferPointer { one in
            Array(other.utf8).withUnsafeBufferPointer { similarity(one, $0) }
        }
    }

    static func similarity(_ one: UnsafeBufferPointer<UInt8>, _ other: UnsafeBufferPointer<UInt8>) -> Double {
        similarity(one, other, LetterMasks())
    }

    static func similarity(
        _ one: UnsafeBufferPointer<UInt8>, _ other: UnsafeBufferPointer<UInt8>, _ masks: LetterMasks
    ) -> Double {
        let jaro = jaro(one, other, masks)
        guard jaro > 0.7 else { return jaro }
        return jaro + Double(prefix(one, other)) * 0.1 * (1 - jaro)
    }

    /// How many bytes at their starts are the same, at most four.
    @inline(__always)
    static func prefix(_ one: UnsafeBufferPointer<UInt8>, _ other: UnsafeBufferPointer<UInt8>) -> Int {
        let limit = min(4, one.count, other.count)
        var prefix = 0
        while prefix < limit, one[prefix] == other[prefix] { prefix += 1 }
        return prefix
    }

    /// The places of each byte are bits of a mask, so that the first free one within the window is one look; after
    /// Hyyrö (2003, "A bit-vector algorithm for computing Levenshtein and Damerau edit distances"), who did it for those.
    private static func jaro(
        _ one: UnsafeBufferPointer<UInt8>, _ other: UnsafeBufferPointer<UInt8>, _ masks: LetterMasks
    ) -> Double {
        let (first, second) = (min(one.count, longest), min(other.count, longest))
        if first == 0 || second == 0 { return first == second ? 1 : 0 }
        let window = max(0, max(first, second) / 2 - 1)
        masks.set(other, second)
        var (left, right): (UInt64, UInt64) = (0, 0)
        for index in 0..<first {
            let (low, high) = (max(0, index - window), min(second, index + window + 1))
            guard low < high else { break }
            let within = (~0 as UInt64) >> UInt64(64 - high) & (~0 as UInt64) << UInt64(low)
            let free = masks[one[index]] & within & ~right
            right |= free & (0 &- free)
            if free != 0 { left |= 1 << UInt64(index) }
        }
        masks.clear(other, second)
        let matched = left.nonzeroBitCount
        guard matched > 0 else { return 0 }
        let turned = transposed(one, left, other, right)
        let common = Double(matched)
        return (common / Double(first) + common / Double(second) + (common - Double(turned / 2)) / common) / 3
    }

    /// Matched bytes that stand in another order.
    private static func transposed(
        _ one: UnsafeBufferPointer<UInt8>, _ left: UInt64, _ other: UnsafeBufferPointer<UInt8>, _ right: UInt64
    ) -> Int {
        var (left, right, turned) = (left, right, 0)
        while left != 0 {
            if one[left.trailingZeroBitCount] != other[right.trailingZeroBitCount] { turned += 1 }
            left &= left - 1
            right &= right - 1
        }
        return turned
    }
}

/// For each byte the places where a text has it; empty between two uses. Used by one thread.
final class LetterMasks {
    private let places: UnsafeMutablePointer<UInt64>

    init() {
        places = .allocate(capacity: 256)
        places.initialize(repeating: 0, count: 256)
    }

    deinit { places.deallocate() }

    @inline(__always)
    subscript(byte: UInt8) -> UInt64 { places[Int(byte)] }

    @inline(__always)
    func set(_ text: UnsafeBufferPointer<UInt8>, _ count: Int) {
        for place in 0..<count { places[Int(text[place])] |= 1 << UInt64(place) }
    }

    @inline(__always)
    func clear(_ text: UnsafeBufferPointer<UInt8>, _ count: Int) {
        for place in 0..<count { places[Int(text[place])] = 0 }
    }
}
