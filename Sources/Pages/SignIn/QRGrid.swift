/// The square of a QR code while it is filled: fixed patterns first, then the codewords around them.
struct QRGrid {
    private(set) var modules: [[Bool]]
    private var isFixed: [[Bool]]
    private let size: Int

    init(_ version: QRVersion) {
        size = version.size
        modules = Array(repeating: Array(repeating: false, count: size), count: size)
        isFixed = modules
        for index in 0..<size {
            fix(6, index, index % 2 == 0)
            fix(index, 6, index % 2 == 0)
        }
        for (x, y) in [(3, 3), (size - 4, 3), (3, size - 4)] { fixFinder(x, y) }
        if version.number > 1 { fixAlignment(size - 7) }
        fixFormat(0)
    }

    mutating func place(_ codewords: [UInt8], mask: Int) {
        fixFormat(mask)
        var bit = 0
        for right in stride(from: size - 1, through: 1, by: -2) {
            // Column 6 is the timing pattern: the pairs to its left stand one further left.
            let column = right <= 6 ? right - 1 : right
            let isUpward = (right + 1) & 2 == 0
            for step in 0..<size {
                let y = isUpward ? size - 1 - step : step
                for x in [column, column - 1] where !isFixed[y][x] {
                    let isDark = bit < codewords.count * 8 && codewords[bit / 8] >> (7 - bit % 8) & 1 == 1
                    modules[y][x] = isDark != QRGrid.isMasked(mask, x, y)
                    bit += 1
                }
            }
        }
    }

    static func isMasked(_ mask: Int, _ x: Int, _ y: Int) -> Bool {
        switch mask {
        case 0: (x + y) % 2 == 0
        case 1: y % 2 == 0
        case 2: x % 3 == 0
        case 3: (x + y) % 3 == 0
        case 4: (x / 3 + y / 2) % 2 == 0
        case 5: x * y % 2 + x * y % 3 == 0
        case 6: (x * y % 2 + x * y % 3) % 2 == 0
        default: ((x + y) % 2 + x * y % 3) % 2 == 0
        }
    }

    /// Level L and the mask, with ten check bits (BCH, 0x537) and the standard's own mask.
    static func format(_ mask: Int) -> Int {
        let data = 1 << 3 | mask
        var rest = data
        for _ in 0..<10 { rest = rest << 1 ^ (rest >> 9) * 0x537 }
        return (data << 10 | rest) ^ 0x5412
    }

    private mutating func fix(_ x: Int, _ y: Int, _ isDark: Bool) {
        guard (0..<size).contains(x), (0..<size).contains(y) else { return }
        modules[y][x] = isDark
        isFixed[y][x] = true
    }

    private mutating func fixFinder(_ centreX: Int, _ centreY: Int) {
        for y in -4...4 {
            for x in -4...4 {
                let ring = max(abs(x), abs(y))
                fix(centreX + x, centreY + y, ring != 2 && ring != 4)
            }
        }
    }

    private mutating func fixAlignment(_ centre: Int) {
        for y in -2...2 {
            for x in -2...2 { fix(centre + x, centre + y, max(abs(x), abs(y)) != 1) }
        }
    }

    private mutating func fixFormat(_ mask: Int) {
        let bits = QRGrid.format(mask)
        let isSet = { (index: Int) in bits >> index & 1 == 1 }
        for index in 0..<6 { fix(8, index, isSet(index)) }
        fix(8, 7, isSet(6))
        fix(8, 8, isSet(7))
        fix(7, 8, isSet(8))
        for index in 9..<15 { fix(14 - index, 8, isSet(index)) }
        for index in 0..<8 { fix(size - 1 - index, 8, isSet(index)) }
        for index in 8..<15 { fix(8, size - 15 + index, isSet(index)) }
        fix(8, size - 8, true)
    }
}

extension Html {
    /// The code with its quiet zone of four modules.
    mutating func qrCode(_ code: QRCode, label: String) {
        let size = Double(code.modules.count + 8)
        var path = Path()
        for (y, row) in code.modules.enumerated() {
            for (x, isDark) in row.enumerated() where isDark {
                path.move(Double(x) + 4, Double(y) + 4)
                path.horizontal(Double(x) + 5)
                path.vertical(Double(y) + 5)
                path.horizontal(Double(x) + 4)
                path.close()
            }
        }
        element("svg", [.class("qr"), .viewBox(size, size), .role("img"), .aria("label", label)]) { html in
            html.path(.class("qr-modules"), .d(path))
        }
    }
}
