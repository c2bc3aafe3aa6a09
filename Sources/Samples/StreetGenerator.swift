import Kernel

/// A street file of any length for the benchmarks: the shape of a real one and nothing else real. Rows run month after
/// month; about one in six is anti-social behaviour without an id.
public struct StreetGenerator: Sendable {
    public let rows: Int
    public let seed: UInt64
    public let months: ClosedRange<Month>
    public let areas: Int

    /// - Parameters:
    ///   - months: rows are shared out evenly among them.
    ///   - areas: number of LSOAs, four map points each.
    public init(
        rows: Int, seed: UInt64, months: ClosedRange<Month> = Month(index: 2022 * 12)...Month(index: 2024 * 12 + 11),
        areas: Int = 3_000
    ) {
        (self.rows, self.seed, self.months, self.areas) = (max(0, rows), seed, months, max(1, areas))
    }

    /// Hands over the file in pieces of about a megabyte, header first. Memory stays below 10 MB for 3,000 areas.
    public func write(to sink: ([UInt8]) throws -> Void) rethrows {
        var generator = SeededGenerator(seed: seed, purpose: 7)
        let parts = Parts(places: places(&generator), kinds: &generator)
        var buffer: [UInt8] = []
        buffer.reserveCapacity(StreetGenerator.piece + 1024)
        buffer.append(SampleFiles.streetHeader)
        var id = [UInt8](repeating: 0, count: 64)
        var (month, stamp) = (Int.min, [UInt8]())
        for row in 0..<rows {
            let current = self.month(of: row)
            if current != month { (month, stamp) = (current, StreetGenerator.stamp(current)) }
            let draw = generator.next()
            let kind = parts.kindTable[Int(draw & 1023)]
            if kind != CrimeMix.antiSocial {
                fillCrimeID(&id, &generator)
                buffer.append(contentsOf: id)
            }
            buffer.append(contentsOf: stamp)
            buffer.append(contentsOf: parts.place(draw >> 10))
            buffer.append(contentsOf: parts.end(of: kind, draw >> 44))
            guard buffer.count >= StreetGenerator.piece else { continue }
            try sink(buffer)
            buffer.removeAll(keepingCapacity: true)
        }
        if !buffer.isEmpty { try sink(buffer) }
    }

    private static let piece = 1 << 20

    /// Pieces of rows made beforehand, so that a row is a few copies.
    private struct Parts {
        let places: [[UInt8]]
        let kindTable: [Int]
        let ends: [[[UInt8]]]

        init(places: [[UInt8]], kinds generator: inout SeededGenerator) {
            let kinds = CrimeMix.kindLadder(month: 6)
            self.places = places
            kindTable = (0..<1024).map { _ in generator.step(kinds) }
            ends = StreetGenerator.ends
        }

        func place(_ draw: UInt64) -> [UInt8] { places[Int(draw % UInt64(places.count))] }

        func end(of kind: Int, _ draw: UInt64) -> [UInt8] { ends[kind][Int(draw % UInt64(ends[kind].count))] }
    }

    private func month(of row: Int) -> Int {
        let count = months.upperBound.index - months.lowerBound.index + 1
        return months.lowerBound.index + row * count / max(rows, 1)
    }

    private static func stamp(_ month: Int) -> [UInt8] {
        Array(",\(Month(index: month))".utf8) + SampleFiles.forces
    }

    private func places(_ generator: inout SeededGenerator) -> [[UInt8]] {
        (0..<areas * 4).map { number in
            let area = number / 4
            let longitude = degrees(1_000_000 + generator.below(800_000))
            let latitude = degrees(55_000_000 + generator.below(800_000))
            let name = "Fellbrook \(padded(area / 6 + 1, 3))\(["A", "B", "C", "D", "E", "F"][area % 6])"
            let street = "On or near Sample Street \(number + 1)"
            return Array("\(longitude),\(latitude),\(street),E019\(padded(area + 1, 5)),\(name),".utf8)
        }
    }

    /// The end of a row for each kind, in a hundred variants of how it ended.
    private static var ends: [[[UInt8]]] {
        CrimeMix.kinds.map { kind in
            guard let total = ladder(kind.ends).last else { return [Array("\(kind.name),,\n".utf8)] }
            return kind.ends.indices.flatMap { end in
                let count = (kind.ends[end] * 100 + total / 2) / total
                return [[UInt8]](repeating: Array("\(kind.name),\(CrimeMix.outcomes[end]),\n".utf8), count: count)
            }
        }
    }
}
