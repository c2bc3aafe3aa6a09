import CLAPACK

/// A small symmetric matrix.
public struct SymmetricMatrix: Sendable, Equatable {
    public let size: Int
    private(set) var values: [Double]

    init(size: Int, _ value: (_ row: Int, _ column: Int) -> Double) {
        self.size = size
        values = [Double](repeating: 0, count: size * size)
        for row in 0..<size {
            for column in 0...row {
                let value = value(row, column)
                values[row * size + column] = value
                values[column * size + row] = value
            }
        }
    }

    /// From rows of which only the upper triangle counts.
    init(upper: [Double], size: Int) { self.init(size: size) { row, column in upper[column * size + row] } }

    public subscript(row: Int, column: Int) -> Double { values[row * size + column] }

    public var diagonal: [Double] { (0..<size).map { self[$0, $0] } }

    func scaled(by factor: Double) -> SymmetricMatrix {
        SymmetricMatrix(size: size) { self[$0, $1] * factor }
    }

    func times(_ vector: [Double]) -> [Double] {
        (0..<size).map { row in (0..<size).reduce(0.0) { $0 + self[row, $1] * vector[$1] } }
    }

    /// Aᵀ M A for symmetric A = self: the sandwich of robust covariances.
    func sandwich(_ middle: SymmetricMatrix) -> SymmetricMatrix {
        let half = (0..<size).map { column in middle.times((0..<size).map { self[$0, column] }) }
        return SymmetricMatrix(size: size) { row, column in
            (0..<size).reduce(0.0) { $0 + self[row, $1] * half[column][$1] }
        }
    }

    /// The Cholesky factor by LAPACK's `dpotrf`; nil when the matrix is not positive definite.
    func factor() -> CholeskyFactor? {
        guard size > 0 else { return CholeskyFactor(size: 0, values: []) }
        var (order, info, factor) = (Int32(size), Int32(0), values)
        dpotrf_("L", &order, &factor, &order, &info)
        return info == 0 ? CholeskyFactor(size: size, values: factor) : nil
    }
}

/// The Cholesky factor of a symmetric positive definite matrix, as LAPACK keeps it.
struct CholeskyFactor {
    let size: Int
    let values: [Double]

    func solve(_ right: [Double]) -> [Double] {
        guard size > 0 else { return [] }
        var (order, one, info, result) = (Int32(size), Int32(1), Int32(0), right)
        dpotrs_("L", &order, &one, values, &order, &result, &order, &info)
        return result
    }

    func inverse() -> SymmetricMatrix {
        guard size > 0 else { return SymmetricMatrix(size: 0) { _, _ in 0 } }
        var (order, info, result) = (Int32(size), Int32(0), values)
        dpotri_("L", &order, &result, &order, &info)
        // By columns the lower triangle is what, by rows, is the upper one.
        return SymmetricMatrix(upper: result, size: size)
    }
}
