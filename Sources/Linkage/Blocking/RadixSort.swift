/// Sorts records by a number, least significant digits first, as many as there are; records of one number keep their
/// order.
enum RadixSort {
    private static let bits = 11

    /// - Parameter bound: above every number.
    static func sort(_ numbers: inout [UInt64], _ records: inout [UInt32], below bound: UInt64) {
        let count = numbers.count
        var (otherNumbers, otherRecords) = ([UInt64](repeating: 0, count: count), [UInt32](repeating: 0, count: count))
        var shift = 0
        while shift < 64, bound >> UInt64(shift) > 0 {
            pass(shift, numbers, records, &otherNumbers, &otherRecords)
            swap(&numbers, &otherNumbers)
            swap(&records, &otherRecords)
            shift += bits
        }
    }

    private static func pass(
        _ shift: Int, _ numbers: [UInt64], _ records: [UInt32], _ toNumbers: inout [UInt64], _ toRecords: inout [UInt32]
    ) {
        let mask = UInt64((1 << bits) - 1)
        var starts = [Int](repeating: 0, count: (1 << bits) + 1)
        for number in numbers { starts[Int(number >> UInt64(shift) & mask) + 1] += 1 }
        for digit in 1..<starts.count { starts[digit] += starts[digit - 1] }
        numbers.withUnsafeBufferPointer { numbers in
            records.withUnsafeBufferPointer { records in
                toNumbers.withUnsafeMutableBufferPointer { toNumbers in
                    toRecords.withUnsafeMutableBufferPointer { toRecords in
                        starts.withUnsafeMutableBufferPointer { starts in
                            for index in 0..<numbers.count {
                                let digit = Int(numbers[index] >> UInt64(shift) & mask)
                                let place = starts[digit]
                                starts[digit] = place + 1
                                (toNumbers[place], toRecords[place]) = (numbers[index], records[index])
                            }
                        }
                    }
                }
            }
        }
    }
}
