/// The predictors of a model, column by column. The constant is not among them.
public struct Design: Sendable {
    public struct Column: Sendable {
        public let name: String
        public let values: [Double]
        /// Every value is 0 or 1, so that an effect is a change and not a slope.
        public let isIndicator: Bool

        public init(_ name: String, _ values: [Double]) {
            (self.name, self.values) = (name, values)
            isIndicator = values.allSatisfy { $0 == 0 || $0 == 1 }
        }

        var range: Double { (values.max() ?? 0) - (values.min() ?? 0) }
    }

    public let columns: [Column]
    public let rows: Int

    /// - Parameter rows: Needed where there is no column.
    /// - Throws: `ModelError` when columns differ in length or hold what is no finite number.
    public init(_ columns: [Column], rows: Int) throws(ModelError) {
        guard rows > 0 else { throw .noRows }
        for column in columns {
            guard column.values.count == rows else { throw .unequalLengths }
            guard column.values.allSatisfy({ abs($0) < 1e150 }) else { throw .notFinite(column: column.name) }
        }
        (self.columns, self.rows) = (columns, rows)
    }
}

/// A column that was left out of a model, because nothing can be said of it.
public struct DroppedColumn: Sendable, Equatable {
    public enum Reason: String, Sendable {
        /// The same value in every row.
        case constant
        /// A sum of the columns before it.
        case collinear
    }

    public let name: String
    public let reason: Reason
}

/// The columns centred and scaled, so that neither large numbers nor distant origins cost digits; read in blocks of rows.
struct StandardisedDesign {
    static let block = 256

    let rows: Int
    let columns: [Design.Column]
    let centres: [Double]
    let scales: [Double]
    let hasConstant: Bool
    let dropped: [DroppedColumn]

    /// Coefficients, the constant among them.
    var width: Int { columns.count + (hasConstant ? 1 : 0) }
    var names: [String] { (hasConstant ? ["Intercept"] : []) + columns.map(\.name) }

    /// Leaves out what is constant or, after that, a sum of earlier columns to one part in 10¹².
    init(_ design: Design, hasConstant: Bool) {
        var (kept, centres, scales): ([Design.Column], [Double], [Double]) = ([], [], [])
        var dropped: [DroppedColumn] = []
        for column in design.columns {
            let (centre, scale) = StandardisedDesign.moments(column.values)
            guard scale > 0 else {
                dropped.append(DroppedColumn(name: column.name, reason: .constant))
                continue
            }
            kept.append(column)
            centres.append(centre)
            scales.append(scale)
        }
        let whole = StandardisedDesign(
            rows: design.rows, columns: kept, centres: centres, scales: scales, hasConstant: false, dropped: [])
        let sums = whole.collinear()
        dropped += sums.map { DroppedColumn(name: kept[$0].name, reason: .collinear) }
        let left = kept.indices.filter { !sums.contains($0) }
        self.init(
            rows: design.rows, columns: left.map { kept[$0] }, centres: left.map { centres[$0] },
            scales: left.map { scales[$0] }, hasConstant: hasConstant, dropped: dropped)
    }

    private init(
        rows: Int, columns: [Design.Column], centres: [Double], scales: [Double], hasConstant: Bool,
        dropped: [DroppedColumn]
    ) {
        (self.rows, self.columns, self.centres, self.scales) = (rows, columns, centres, scales)
        (self.hasConstant, self.dropped) = (hasConstant, dropped)
    }

    /// Mean and standard deviation; a deviation of 0 where every value is the same.
    private static func moments(_ values: [Double]) -> (centre: Double, scale: Double) {
        guard let first = values.first, values.contains(where: { $0 != first }) else { return (values.first ?? 0, 0) }
        let centre = values.reduce(0) { $0 + ($1 - first) } / Double(values.count) + first
        let squares = values.reduce(0) { $0 + ($1 - centre) * ($1 - centre) }
        let scale = (squares / Double(values.count)).squareRoot()
        return scale > abs(centre) * 1e-14 ? (centre, scale) : (centre, 0)
    }

    /// Columns whose part beyond the ones before them is nothing: a Cholesky factor taken in the order of the columns.
    private func collinear() -> [Int] {
        let gram = self.gram()
        let width = columns.count
        var factor = [[Double]](repeating: [], count: width)
        var found: [Int] = []
        for column in 0..<width {
            var row = [Double](repeating: 0, count: width)
            for earlier in 0..<column where !found.contains(earlier) {
                let inner = (0..<earlier).reduce(0.0) { $0 + row[$1] * factor[earlier][$1] }
                row[earlier] = (gram[column, earlier] - inner) / factor[earlier][earlier]
            }
            let rest = gram[column, column] - row[..<column].reduce(0) { $0 + $1 * $1 }
            if rest <= 1e-12 * gram[column, column] { found.append(column) }
            row[column] = max(rest, 1e-300).squareRoot()
            factor[column] = row
        }
        return found
    }

    /// Sums of products of all pairs of columns.
    func gram() -> SymmetricMatrix {
        let buffer = BlockBuffer(columns: width)
        var sums = [Double](repeating: 0, count: width * width)
        forEachBlock { start, count in
            fill(buffer, start, count)
            buffer.addProducts(to: &sums)
        }
        return SymmetricMatrix(upper: sums, size: width)
    }

    func forEachBlock(_ body: (_ start: Int, _ count: Int) -> Void) {
        var start = 0
        while start < rows {
            let count = min(StandardisedDesign.block, rows - start)
            body(start, count)
            start += count
        }
    }

    /// Writes the rows of one block; beyond the last row there are zeros.
    func fill(_ buffer: BlockBuffer, _ start: Int, _ count: Int) {
        let block = StandardisedDesign.block
        if count < block { buffer.clear() }
        var target = buffer.base
        if hasConstant {
            for row in 0..<count { target[row] = 1 }
            target += block
        }
        for (place, column) in columns.enumerated() {
            let (centre, factor) = (centres[place], 1 / scales[place])
            column.values.withUnsafeBufferPointer { values in
                for row in 0..<count { target[row] = (values[start + row] - centre) * factor }
            }
            target += block
        }
    }

    /// From coefficients of the scaled columns to those of the columns as they were given.
    func unscaled(_ scaled: [Double]) -> [Double] {
        let first = hasConstant ? 1 : 0
        var result = scaled
        for place in columns.indices {
            result[place + first] /= scales[place]
            if hasConstant { result[0] -= result[place + first] * centres[place] }
        }
        return result
    }

    /// The same for their covariance: A C Aᵀ.
    func unscaled(_ covariance: SymmetricMatrix) -> SymmetricMatrix {
        let half = (0..<width).map { column in unscaled((0..<width).map { covariance[$0, column] }) }
        return SymmetricMatrix(size: width) { row, column in
            unscaled((0..<width).map { half[$0][row] })[column]
        }
    }
}
