/// Figures as people read them: `1,320`, `31.2%`, `4.05`. Rounded half away from zero, for reading only.
public enum Figure {
    /// `1,320`.
    public static func whole(_ number: Int) -> String {
        guard number.magnitude > 999 else { return number < 0 ? "−\(number.magnitude)" : String(number) }
        let digits = Array(String(number.magnitude).utf8)
        var bytes = number < 0 ? Array("−".utf8) : []
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index) % 3 == 0 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(digit)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// `1,320.5`, with exactly `decimals` decimals (0 to 6). "not a number" never reaches a page: it is a dash.
    public static func decimal(_ number: Double, _ decimals: Int = 1) -> String {
        guard number.isFinite, number.magnitude < 1e12 else { return "–" }
        let places = min(max(decimals, 0), 6)
        var scale = 1
        for _ in 0..<places { scale *= 10 }
        let scaled = Int((number.magnitude * Double(scale)).rounded())
        let sign = number < 0 && scaled > 0 ? "−" : ""
        guard places > 0 else { return sign + whole(scaled) }
        let part = String(scaled % scale)
        return sign + whole(scaled / scale) + "." + String(repeating: "0", count: places - part.count) + part
    }

    /// `share` is a fraction: 0.312 gives `31.2%`.
    public static func percent(_ share: Double, _ decimals: Int = 1) -> String { decimal(share * 100, decimals) + "%" }

    /// `1 area`, `2 areas`.
    public static func count(_ number: Int, _ one: String, _ many: String) -> String {
        "\(whole(number)) \(number == 1 ? one : many)"
    }
}
