/// How many slips of the hand turn one text into another: Damerau (1964, "A technique for computer detection and
/// correction of spelling errors"), each an insertion, a deletion, a substitution or two neighbours swapped. The
/// unrestricted distance, after Lowrance and Wagner (1975), which is a metric.
public enum DamerauLevenshtein {
    /// Bytes that are compared; what follows is not looked at.
    public static let longest = 64

    /// The number of slips.
    public static func distance(_ one: String, _ other: String) -> Int {
        Array(one.utf8).withUnsafeBufferPointer { one in
            Array(other.utf8).withUnsafeBufferPointer { distance(one, $0) }
        }
    }

    /// Whether there are at most `limit` slips; looks at lengths first.
    static func isWithin(
        _ limit: Int, _ one: UnsafeBufferPointer<UInt8>, _ other: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        var (left, right, start) = (min(one.count, longest), min(other.count, longest), 0)
        guard abs(left - right) <= limit else { return false }
        while start < left, start < right, one[start] == other[start] { start += 1 }
        while left > start, right > start, one[left - 1] == other[right - 1] { (left, right) = (left - 1, right - 1) }
        // What is left after the common ends is all that a single slip can have changed.
        if limit == 1 { return isOne(one, start..<left, other, start..<right) }
        return distance(
            UnsafeBufferPointer(rebasing: one[start..<left]), UnsafeBufferPointer(rebasing: other[start..<right]))
            <= limit
    }

    @inline(__always)
    private static func isOne(
        _ one: UnsafeBufferPointer<UInt8>, _ left: Range<Int>, _ other: UnsafeBufferPointer<UInt8>, _ right: Range<Int>
    ) -> Bool {
        if left.count <= 1, right.count <= 1 { return true }
        guard left.count == 2, right.count == 2 else { return false }
        let start = left.lowerBound
        return one[start] == other[start + 1] && one[start + 1] == other[start]
    }

    static func distance(_ one: UnsafeBufferPointer<UInt8>, _ other: UnsafeBufferPointer<UInt8>) -> Int {
        let (first, second) = (min(one.count, longest), min(other.count, longest))
        if first == 0 || second == 0 { return max(first, second) }
        let width = second + 2
        return withUnsafeTemporaryAllocation(of: Int16.self, capacity: (first + 2) * width + 256) { cells in
            let lastRow = UnsafeMutableBufferPointer(rebasing: cells[((first + 2) * width)...])
            lastRow.update(repeating: 0)
            let bound = Int16(first + second)
            cells[0] = bound
            for row in 0...first { (cells[(row + 1) * width], cells[(row + 1) * width + 1]) = (bound, Int16(row)) }
            for column in 0...second { (cells[column + 1], cells[width + column + 1]) = (bound, Int16(column)) }
            for row in 1...first {
                fill(row, of: one[row - 1], other, second, width, cells, lastRow)
                lastRow[Int(one[row - 1])] = Int16(row)
            }
            return Int(cells[(first + 1) * width + second + 1])
        }
    }

    @inline(__always)
    private static func fill(
        _ row: Int, of byte: UInt8, _ other: UnsafeBufferPointer<UInt8>, _ second: Int, _ width: Int,
        _ cells: UnsafeMutableBufferPointer<Int16>, _ lastRow: UnsafeMutableBufferPointer<Int16>
    ) {
        var lastColumn = 0
        for column in 1...second {
            let (match, place) = (Int(lastRow[Int(other[column - 1])]), lastColumn)
            let isSame = byte == other[column - 1]
            if isSame { lastColumn = column }
            let here = (row + 1) * width + column + 1
            let changed = cells[row * width + column] + (isSame ? 0 : 1)
            let inserted = min(cells[here - 1], cells[here - width]) + 1
            let swapped = cells[match * width + place] + Int16(row - match - 1 + 1 + column - place - 1)
            cells[here] = min(changed, inserted, swapped)
        }
    }
}
