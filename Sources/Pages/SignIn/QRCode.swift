/// A QR code (ISO/IEC 18004) of bytes, versions 1 to 6, level L: up to 134 bytes, enough for an authenticator's key.
struct QRCode {
    /// Row by row, without the quiet zone; true is dark.
    let modules: [[Bool]]

    /// Nil when `text` is too long.
    init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard let version = QRVersion.all.first(where: { $0.capacity >= bytes.count }) else { return nil }
        let codewords = version.interleaved(QRCode.data(bytes, version))
        let drawings = (0..<8).map { mask in
            var grid = QRGrid(version)
            grid.place(codewords, mask: mask)
            return grid.modules
        }
        modules = drawings.min { QRCode.penalty($0) < QRCode.penalty($1) } ?? []
    }

    /// Mode, length, bytes, end, and padding to the version's size.
    static func data(_ bytes: [UInt8], _ version: QRVersion) -> [UInt8] {
        // Four bits of mode before the length put everything half a byte out of step.
        var data: [UInt8] = [0x40 | UInt8(bytes.count >> 4), UInt8(bytes.count & 15) << 4]
        for byte in bytes {
            data[data.count - 1] |= byte >> 4
            data.append(byte << 4)
        }
        var padding: UInt8 = 0xEC
        while data.count < version.dataBytes {
            data.append(padding)
            padding ^= 0xEC ^ 0x11
        }
        return data
    }

    /// The first two of the standard's four rules: long runs and blocks of one colour. Every mask can be read; this
    /// picks an easy one.
    private static func penalty(_ modules: [[Bool]]) -> Int {
        let size = modules.count
        var total = 0
        for line in 0..<size {
            total += runs(modules[line]) + runs((0..<size).map { modules[$0][line] })
        }
        for y in 1..<size {
            for x in 1..<size {
                let colour = modules[y][x]
                if colour == modules[y - 1][x], colour == modules[y][x - 1], colour == modules[y - 1][x - 1] {
                    total += 3
                }
            }
        }
        return total
    }

    private static func runs(_ line: [Bool]) -> Int {
        var (total, length) = (0, 1)
        for index in 1..<line.count {
            length = line[index] == line[index - 1] ? length + 1 : 1
            if length == 5 { total += 3 } else if length > 5 { total += 1 }
        }
        return total
    }
}

/// Sizes of one version at level L (ISO/IEC 18004, table 9).
struct QRVersion {
    let number: Int
    let blocks: Int
    let dataBytesPerBlock: Int
    let checkBytesPerBlock: Int

    var size: Int { 17 + 4 * number }
    var dataBytes: Int { blocks * dataBytesPerBlock }
    /// Two bytes go to the mode, the length and the end.
    var capacity: Int { dataBytes - 2 }

    static let all = [
        (1, 1, 19, 7), (2, 1, 34, 10), (3, 1, 55, 15), (4, 1, 80, 20), (5, 1, 108, 26), (6, 2, 68, 18),
    ].map { QRVersion(number: $0.0, blocks: $0.1, dataBytesPerBlock: $0.2, checkBytesPerBlock: $0.3) }

    func interleaved(_ data: [UInt8]) -> [UInt8] {
        let parts = (0..<blocks).map { Array(data[$0 * dataBytesPerBlock..<($0 + 1) * dataBytesPerBlock]) }
        let checks = parts.map { ReedSolomon.check($0, count: checkBytesPerBlock) }
        return (0..<dataBytesPerBlock).flatMap { index in parts.map { $0[index] } }
            + (0..<checkBytesPerBlock).flatMap { index in checks.map { $0[index] } }
    }
}

/// Check bytes over GF(256) with the polynomial 0x11D.
enum ReedSolomon {
    static func check(_ data: [UInt8], count: Int) -> [UInt8] {
        let generator = generator(count)
        var rest = [UInt8](repeating: 0, count: count)
        for byte in data {
            let factor = byte ^ rest[0]
            rest.removeFirst()
            rest.append(0)
            for index in 0..<count { rest[index] ^= multiply(generator[index], factor) }
        }
        return rest
    }

    /// The coefficients after the leading 1, highest power first.
    private static func generator(_ count: Int) -> [UInt8] {
        var coefficients = [UInt8](repeating: 0, count: count)
        coefficients[count - 1] = 1
        var root: UInt8 = 1
        for _ in 0..<count {
            for index in 0..<count {
                coefficients[index] = multiply(coefficients[index], root)
                if index + 1 < count { coefficients[index] ^= coefficients[index + 1] }
            }
            root = multiply(root, 2)
        }
        return coefficients
    }

    static func multiply(_ left: UInt8, _ right: UInt8) -> UInt8 {
        var product = 0
        for bit in (0..<8).reversed() {
            product = (product << 1) ^ ((product >> 7) * 0x11D)
            if right >> bit & 1 == 1 { product ^= Int(left) }
        }
        return UInt8(truncatingIfNeeded: product)
    }
}
