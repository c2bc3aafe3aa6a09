/// Numbers in attributes: no locale, no exponent, at most two decimals.
enum Digits {
    static func write(_ number: Int, into bytes: inout [UInt8]) { write(number, width: 1, into: &bytes) }

    /// At least `width` digits, with noughts in front.
    static func write(_ number: Int, width: Int, into bytes: inout [UInt8]) {
        if number < 0 { bytes.append(UInt8(ascii: "-")) }
        writeDigits(number.magnitude, width, into: &bytes)
    }

    private static func writeDigits(_ number: UInt, _ width: Int, into bytes: inout [UInt8]) {
        if number > 9 || width > 1 { writeDigits(number / 10, width - 1, into: &bytes) }
        bytes.append(UInt8(0x30 + number % 10))
    }

    static func write(_ number: Double, into bytes: inout [UInt8]) {
        guard number.isFinite, number.magnitude < 1e9 else {
            bytes.append(UInt8(ascii: "0"))
            return
        }
        let hundredths = Int((number * 100).rounded())
        if hundredths < 0 { bytes.append(UInt8(ascii: "-")) }
        let (whole, part) = hundredths.magnitude.quotientAndRemainder(dividingBy: 100)
        bytes.append(contentsOf: String(whole).utf8)
        guard part > 0 else { return }
        bytes.append(UInt8(ascii: "."))
        bytes.append(UInt8(0x30 + part / 10))
        if part % 10 > 0 { bytes.append(UInt8(0x30 + part % 10)) }
    }

    static func text(_ number: Double) -> String {
        var bytes: [UInt8] = []
        write(number, into: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// The `d` of an SVG path, from coordinates only.
struct Path {
    private(set) var text = ""

    var isEmpty: Bool { text.isEmpty }

    mutating func move(_ x: Double, _ y: Double) { text += "M\(Digits.text(x)) \(Digits.text(y))" }
    mutating func line(_ x: Double, _ y: Double) { text += "L\(Digits.text(x)) \(Digits.text(y))" }
    mutating func horizontal(_ x: Double) { text += "H\(Digits.text(x))" }
    mutating func vertical(_ y: Double) { text += "V\(Digits.text(y))" }
    mutating func close() { text += "Z" }
}
