import Foundation

/// One reading of all rows. Used by one thread.
final class LogisticPass {
    let design: StandardisedDesign
    let outcome: [Double]
    /// Log odds of each row at the coefficients of the last pass.
    private(set) var odds: [Double]
    private let buffer: BlockBuffer
    /// Log odds, residuals and roots of weights of one block.
    private let rows = BlockBuffer(columns: 3)

    init(_ design: StandardisedDesign, _ outcome: [Double]) {
        (self.design, self.outcome) = (design, outcome)
        odds = [Double](repeating: 0, count: design.rows)
        buffer = BlockBuffer(columns: design.width)
    }

    func point(at coefficients: [Double]) -> LikelihoodPoint {
        let width = design.width
        var (likelihood, change) = (0.0, 0.0)
        var slope = [Double](repeating: 0, count: width)
        var curvature = [Double](repeating: 0, count: width * width)
        design.forEachBlock { start, count in
            design.fill(buffer, start, count)
            rows.clear()
            buffer.addCombination(coefficients, to: rows.column(0))
            likelihood += weigh(start, count, &change)
            buffer.addProducts(with: rows.column(1), to: &slope)
            buffer.scale(rows.column(2))
            buffer.addProducts(to: &curvature)
        }
        return LikelihoodPoint(
            logLikelihood: likelihood, slope: slope, information: SymmetricMatrix(upper: curvature, size: width),
            largestChange: change)
    }

    /// Residuals and roots of weights of a block; its part of the log likelihood. One logarithm serves the whole
    /// block: no product of 256 factors between 1 and 2 is too large.
    private func weigh(_ start: Int, _ count: Int, _ change: inout Double) -> Double {
        let (logOdds, residuals, roots) = (rows.column(0), rows.column(1), rows.column(2))
        var (product, sum, largest) = (1.0, 0.0, change)
        for row in 0..<count {
            let (value, truth) = (logOdds[row], outcome[start + row])
            largest = max(largest, abs(value - odds[start + row]))
            odds[start + row] = value
            let small = exp(-abs(value))
            let whole = 1 + small
            let probability = value >= 0 ? 1 / whole : small / whole
            residuals[row] = truth - probability
            roots[row] = small.squareRoot() / whole
            product *= whole
            sum += truth * value - max(value, 0)
        }
        change = largest
        return sum - log(product)
    }

    /// Scores summed by cluster, at the coefficients of the last pass.
    func scores(_ codes: [Int32]) throws(ModelError) -> ClusterScores {
        var scores = try ClusterScores(codes, width: design.width)
        design.forEachBlock { start, count in
            design.fill(buffer, start, count)
            for row in 0..<count {
                rows.column(1)[row] = outcome[start + row] - LogisticPass.probability(odds[start + row])
            }
            scores.add(buffer, times: rows.column(1), start, count)
        }
        return scores
    }

    static func probability(_ logOdds: Double) -> Double {
        let small = exp(-abs(logOdds))
        return logOdds >= 0 ? 1 / (1 + small) : small / (1 + small)
    }
}
