/// Some rows of a few columns, each column in one piece, for loops that must be fast. Used by one thread.
final class BlockBuffer {
    let columns: Int
    let base: UnsafeMutablePointer<Double>
    private let raw: UnsafeMutableRawPointer

    private static let rows = StandardisedDesign.block
    private typealias Four = SIMD4<Double>

    init(columns: Int) {
        self.columns = columns
        let count = max(columns, 1) * BlockBuffer.rows
        raw = .allocate(byteCount: count * MemoryLayout<Double>.stride, alignment: 64)
        base = raw.bindMemory(to: Double.self, capacity: count)
        base.initialize(repeating: 0, count: count)
    }

    deinit { raw.deallocate() }

    func clear() { base.update(repeating: 0, count: columns * BlockBuffer.rows) }

    func column(_ column: Int) -> UnsafeMutablePointer<Double> { base + column * BlockBuffer.rows }

    /// Multiplies each row by its factor.
    func scale(_ factors: UnsafePointer<Double>) {
        for column in 0..<columns {
            let values = self.column(column)
            for row in 0..<BlockBuffer.rows { values[row] *= factors[row] }
        }
    }

    /// Adds to `result` the sum of each row's coefficients times its values.
    func addCombination(_ coefficients: [Double], to result: UnsafeMutablePointer<Double>) {
        for column in 0..<columns {
            let (values, factor) = (self.column(column), coefficients[column])
            for row in 0..<BlockBuffer.rows { result[row] += factor * values[row] }
        }
    }

    /// Adds the product of each column with `other` to `sums`.
    func addProducts(with other: UnsafePointer<Double>, to sums: inout [Double]) {
        for column in 0..<columns { sums[column] += BlockBuffer.product(self.column(column), other) }
    }

    /// Adds the products of all pairs of columns to the upper triangle of `sums`, four columns at a time.
    func addProducts(to sums: inout [Double]) {
        for left in 0..<columns {
            let leftColumn = column(left)
            var right = left
            while right + 3 < columns {
                let found = BlockBuffer.products(leftColumn, column(right))
                for offset in 0..<4 { sums[left * columns + right + offset] += found[offset] }
                right += 4
            }
            while right < columns {
                sums[left * columns + right] += BlockBuffer.product(leftColumn, column(right))
                right += 1
            }
        }
    }

    private static func product(_ left: UnsafePointer<Double>, _ right: UnsafePointer<Double>) -> Double {
        let (left, right) = (UnsafeRawPointer(left), UnsafeRawPointer(right))
        var sum = Four.zero
        for place in 0..<rows / 4 {
            sum +=
                left.loadUnaligned(fromByteOffset: place * 32, as: Four.self)
                * right.loadUnaligned(fromByteOffset: place * 32, as: Four.self)
        }
        return sum.sum()
    }

    /// One column times four that lie side by side.
    private static func products(_ left: UnsafePointer<Double>, _ right: UnsafePointer<Double>) -> Four {
        let (left, right) = (UnsafeRawPointer(left), UnsafeRawPointer(right))
        let step = rows * MemoryLayout<Double>.stride
        var (first, second, third, fourth) = (Four.zero, Four.zero, Four.zero, Four.zero)
        for place in 0..<rows / 4 {
            let at = place * 32
            let value = left.loadUnaligned(fromByteOffset: at, as: Four.self)
            first += value * right.loadUnaligned(fromByteOffset: at, as: Four.self)
            second += value * right.loadUnaligned(fromByteOffset: at + step, as: Four.self)
            third += value * right.loadUnaligned(fromByteOffset: at + 2 * step, as: Four.self)
            fourth += value * right.loadUnaligned(fromByteOffset: at + 3 * step, as: Four.self)
        }
        return Four(first.sum(), second.sum(), third.sum(), fourth.sum())
    }
}
