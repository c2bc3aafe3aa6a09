import Kernel

/// Whole-number chances only: a sample must have the same bytes on every machine, and mathematical libraries differ.
extension SeededGenerator {
    /// A generator of its own for one purpose, so that one part can change without moving the others.
    init(seed: UInt64, purpose: UInt64) {
        var mixed = SeededGenerator(seed: seed ^ (purpose &* 0x9E37_79B9_7F4A_7C15))
        self.init(seed: mixed.next())
    }

    /// Near to a Poisson count with this mean, for means over 30: twelve uniforms make a normal (Irwin–Hall).
    mutating func count(mean: Int) -> Int {
        let sum = (0..<12).reduce(0) { total, _ in total + below(1000) } - 5994
        return max(0, mean + squareRoot(mean) * sum / 1000)
    }

    /// An index with a chance in proportion to its step in `ladder`, the running sums of weights.
    mutating func step(_ ladder: [Int]) -> Int {
        guard let top = ladder.last, top > 0 else { return 0 }
        let wanted = below(top)
        var (low, high) = (0, ladder.count - 1)
        while low < high {
            let middle = (low + high) / 2
            if ladder[middle] > wanted { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

func ladder(_ weights: [Int]) -> [Int] {
    var total = 0
    return weights.map { weight in
        total += weight
        return total
    }
}

private func squareRoot(_ value: Int) -> Int {
    var root = 0
    while (root + 1) * (root + 1) <= value { root += 1 }
    return root
}

extension [UInt8] {
    mutating func append(_ text: String) { append(contentsOf: text.utf8) }

    /// 64 hexadecimal digits, as police.uk names a crime.
    static func crimeID(_ generator: inout SeededGenerator) -> [UInt8] {
        var digits = [UInt8](repeating: 0, count: 64)
        fillCrimeID(&digits, &generator)
        return digits
    }
}

let hexadecimalDigits = Array("0123456789abcdef".utf8)

func fillCrimeID(_ digits: inout [UInt8], _ generator: inout SeededGenerator) {
    for word in 0..<4 {
        var bits = generator.next()
        for place in word * 16..<word * 16 + 16 {
            digits[place] = hexadecimalDigits[Int(bits & 15)]
            bits >>= 4
        }
    }
}

/// Millionths as a decimal: `-0.012500`.
func degrees(_ millionths: Int) -> String {
    let (whole, part) = (abs(millionths) / 1_000_000, abs(millionths) % 1_000_000)
    let digits = String(part)
    return (millionths < 0 ? "-" : "") + "\(whole)." + String(repeating: "0", count: 6 - digits.count) + digits
}
