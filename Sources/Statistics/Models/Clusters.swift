/// Sums of scores by cluster, and the covariance that they make.
struct ClusterScores {
    let codes: [Int32]
    let count: Int
    private let width: Int
    private var sums: [Double]

    /// - Parameter codes: The cluster of each row, from 0 without gaps.
    init(_ codes: [Int32], width: Int) throws(ModelError) {
        let count = Int(codes.max() ?? -1) + 1
        guard count > 1 else { throw .tooFewClusters(count) }
        (self.codes, self.count, self.width) = (codes, count, width)
        sums = [Double](repeating: 0, count: count * width)
    }

    mutating func add(_ buffer: BlockBuffer, times factors: UnsafePointer<Double>, _ start: Int, _ count: Int) {
        for column in 0..<width {
            let values = buffer.column(column)
            for row in 0..<count { sums[Int(codes[start + row]) * width + column] += values[row] * factors[row] }
        }
    }

    /// Liang and Zeger 1986, "Longitudinal data analysis using generalized linear models", Biometrika 73, with the
    /// factor G/(G−1) · (N−1)/(N−K) that Stata and statsmodels use (CR1).
    func covariance(_ bread: SymmetricMatrix) -> SymmetricMatrix {
        var middle = [Double](repeating: 0, count: width * width)
        for cluster in 0..<count {
            for row in 0..<width {
                let value = sums[cluster * width + row]
                for column in row..<width { middle[row * width + column] += value * sums[cluster * width + column] }
            }
        }
        let (groups, rows) = (Double(count), Double(codes.count))
        let factor = groups / (groups - 1) * (rows - 1) / (rows - Double(width))
        return bread.sandwich(SymmetricMatrix(upper: middle, size: width)).scaled(by: factor)
    }
}
