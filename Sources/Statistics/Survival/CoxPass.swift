import Foundation

/// One reading of all rows from the last time to the first, with the sums over those still followed. Used by one thread.
final class CoxPass {
    let design: StandardisedDesign
    /// Rows as they are read, each with its scaled values side by side.
    private let values: [Double]
    private let times: [Double]
    private let events: [UInt8]
    private var logRisks: [Double]
    private let width: Int

    /// - Parameter order: Rows by time, the first time first.
    init(_ design: StandardisedDesign, order: [Int32], _ times: [Double], _ events: [UInt8]) {
        (self.design, width) = (design, design.width)
        self.times = order.reversed().map { times[Int($0)] }
        self.events = order.reversed().map { events[Int($0)] }
        logRisks = [Double](repeating: 0, count: order.count)
        values = CoxPass.arranged(design, order)
    }

    private static func arranged(_ design: StandardisedDesign, _ order: [Int32]) -> [Double] {
        let (width, last) = (design.width, order.count - 1)
        var values = [Double](repeating: 0, count: order.count * width)
        for (place, column) in design.columns.enumerated() {
            let (centre, factor) = (design.centres[place], 1 / design.scales[place])
            for position in order.indices {
                values[position * width + place] = (column.values[Int(order[last - position])] - centre) * factor
            }
        }
        return values
    }

    func point(at coefficients: [Double]) -> LikelihoodPoint {
        let change = weigh(coefficients)
        // Risks are taken relative to the largest, so that none is too large.
        let most = logRisks.max() ?? 0
        var sums = CoxSums(width: width)
        values.withUnsafeBufferPointer { values in
            var first = 0
            while first < times.count {
                var end = first
                while end < times.count, times[end] == times[first] {
                    guard let row = values.baseAddress?.advanced(by: end * width) else { break }
                    sums.add(row, risk: exp(logRisks[end] - most), logRisk: logRisks[end] - most, events[end] > 0)
                    end += 1
                }
                sums.close()
                first = end
            }
        }
        return LikelihoodPoint(
            logLikelihood: sums.logLikelihood, slope: sums.slope,
            information: SymmetricMatrix(upper: sums.information, size: width), largestChange: change)
    }

    private func weigh(_ coefficients: [Double]) -> Double {
        var largest = 0.0
        values.withUnsafeBufferPointer { values in
            for row in times.indices {
                var sum = 0.0
                for column in 0..<width { sum += coefficients[column] * values[row * width + column] }
                largest = max(largest, abs(sum - logRisks[row]))
                logRisks[row] = sum
            }
        }
        return largest
    }
}

/// Sums over those followed, and over those who have the event at the present time.
struct CoxSums {
    private let width: Int
    private(set) var logLikelihood = 0.0
    private(set) var slope: [Double]
    /// Upper triangle, by rows.
    private(set) var information: [Double]
    private var risk = 0.0
    private var first: [Double]
    private var second: [Double]
    private var tied = 0
    private var tiedRisk = 0.0
    private var tiedFirst: [Double]
    private var tiedSecond: [Double]

    init(width: Int) {
        self.width = width
        let (row, square) = ([Double](repeating: 0, count: width), [Double](repeating: 0, count: width * width))
        (slope, information, first, second, tiedFirst, tiedSecond) = (row, square, row, square, row, square)
    }

    mutating func add(_ row: UnsafePointer<Double>, risk: Double, logRisk: Double, _ isEvent: Bool) {
        self.risk += risk
        CoxSums.add(row, risk, width, &first, &second)
        guard isEvent else { return }
        tied += 1
        logLikelihood += logRisk
        for column in 0..<width { slope[column] += row[column] }
        tiedRisk += risk
        CoxSums.add(row, risk, width, &tiedFirst, &tiedSecond)
    }

    private static func add(
        _ row: UnsafePointer<Double>, _ risk: Double, _ width: Int, _ first: inout [Double], _ second: inout [Double]
    ) {
        first.withUnsafeMutableBufferPointer { first in
            second.withUnsafeMutableBufferPointer { second in
                for left in 0..<width {
                    let value = risk * row[left]
                    first[left] += value
                    for right in left..<width { second[left * width + right] += value * row[right] }
                }
            }
        }
    }

    /// All rows of this time are in: each of its events meets those followed less a share of the events tied with it.
    mutating func close() {
        guard tied > 0 else { return }
        var (a, b, aa, ab, bb) = (0.0, 0.0, 0.0, 0.0, 0.0)
        for number in 0..<tied {
            let share = Double(number) / Double(tied)
            let left = risk - share * tiedRisk
            logLikelihood -= log(left)
            let (one, part) = (1 / left, share / left)
            (a, b, aa, ab, bb) = (a + one, b + part, aa + one * one, ab + one * part, bb + part * part)
        }
        for left in 0..<width {
            slope[left] -= a * first[left] - b * tiedFirst[left]
            for right in left..<width {
                let place = left * width + right
                let cross = first[left] * tiedFirst[right] + tiedFirst[left] * first[right]
                information[place] += a * second[place] - b * tiedSecond[place]
                information[place] -=
                    aa * first[left] * first[right] - ab * cross + bb * tiedFirst[left] * tiedFirst[right]
            }
        }
        clear()
    }

    private mutating func clear() {
        (tied, tiedRisk) = (0, 0)
        for place in tiedFirst.indices { tiedFirst[place] = 0 }
        for place in tiedSecond.indices { tiedSecond[place] = 0 }
    }
}
