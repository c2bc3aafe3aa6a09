/// A date of birth that may be known in part: a part that is not known is 0.
struct DateParts: Equatable {
    let year: Int
    let month: Int
    let day: Int

    private static let months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]

    /// Eight digits, `yyyymmdd`, `0` where unknown: so that slips of the hand can be counted on it.
    var text: String { pad(year, 4) + pad(month, 2) + pad(day, 2) }

    private func pad(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    /// Reads `19801231`, `1980-12-31`, `31/12/1980`, `31 Dec 1980`, `1980-12` and `1980`, with or without a time after
    /// it. A day above 12 in second place is read as American order; otherwise the day stands first. Nil when it is
    /// none, or a year of two digits.
    init?(reading text: String) {
        var date = text.utf8[...]
        if let stop = date.firstIndex(where: { $0 == 0x74 || $0 == 0x20 }), date[..<stop].count >= 8,
            date[..<stop].contains(where: { !$0.isDigit }), date.contains(0x3A)
        {
            date = date[..<stop]
        }
        var parts = date.split { !$0.isLetterOrDigit }.map { String(Substring($0)) }
        if parts.count == 1, let only = parts.first, only.utf8.allSatisfy(\.isDigit) {
            if only.utf8.count == 8 {
                parts = [String(only.prefix(4)), String(only.dropFirst(4).prefix(2)), String(only.suffix(2))]
            } else if only.utf8.count == 6 {
                parts = [String(only.prefix(4)), String(only.suffix(2))]
            }
        }
        guard (1...3).contains(parts.count), let found = DateParts.ordered(parts) else { return nil }
        (year, month, day) = found
        guard (1850...2100).contains(year), (0...12).contains(month), (0...31).contains(day) else { return nil }
    }

    private static func ordered(_ parts: [String]) -> (Int, Int, Int)? {
        let numbers = parts.map { part in Int(part) ?? months.firstIndex { part.hasPrefix($0) }.map { $0 + 1 } ?? -1 }
        guard !numbers.contains(-1) else { return nil }
        if parts[0].count == 4 {
            var (month, day) = (numbers.count > 1 ? numbers[1] : 0, numbers.count > 2 ? numbers[2] : 0)
            if month > 12, day <= 12 { (month, day) = (day, month) }
            return (numbers[0], month, day)
        }
        guard let last = parts.last, last.count == 4, parts.count > 1 else { return nil }
        if parts.count == 2 { return (numbers[1], numbers[0], 0) }
        var (day, month) = (numbers[0], numbers[1])
        if month > 12, day <= 12 || Int(parts[0]) == nil { (month, day) = (day, month) }
        return (numbers[2], month, day)
    }
}
