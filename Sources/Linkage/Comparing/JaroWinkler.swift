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
        let jaro = jaro(one, other)
        guard jaro > 0.7 else { return jaro }
        let limit = min(4, one.count, other.count)
        var prefix = 0
        while prefix < limit, one[prefix] == other[prefix] { prefix += 1 }
        return jaro + Double(prefix) * 0.1 * (1 - jaro)
    }

    private static func jaro(_ one: UnsafeBufferPointer<UInt8>, _ other: UnsafeBufferPointer<UInt8>) -> Double {
        let (first, second) = (min(one.count, longest), min(other.count, longest))
        if first == 0 || second == 0 { return first == second ? 1 : 0 }
        let window = max(0, max(first, second) / 2 - 1)
        var (left, right): (UInt64, UInt64) = (0, 0)
        for index in 0..<first {
            let byte = one[index]
            var place = max(0, index - window)
            let stop = min(second, index + window + 1)
            while place < stop {
                if other[place] == byte, right & (1 << UInt64(place)) == 0 {
                    left |= 1 << UInt64(index)
                    right |= 1 << UInt64(place)
                    break
                }
                place += 1
            }
        }
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
