/// A value as it is compared: the same thing written in two ways becomes one text. Nil when it says nothing.
public enum Cleaning {
    /// Words that stand where nothing was known.
    private static let empty: Set<String> = [
        "", "-", "--", ".", "?", "na", "n/a", "n.a.", "nan", "nil", "none", "null", "not known", "not given", "unknown",
        "unk", "nk", "xx", "xxx", "tbc", "missing", "<na>",
    ]
    static let longestEmpty = 9
    static let longestTitle = 6
    static let titles: Set<String> = [
        "mr", "mrs", "ms", "miss", "mx", "dr", "prof", "sir", "dame", "lady", "lord", "rev", "master", "jr", "jnr",
        "sr",
        "snr", "esq",
    ]
    /// Small words that belong to the surname after them; written apart, together or with a hyphen they are one.
    private static let particles: Set<String> = [
        "van", "von", "de", "der", "den", "del", "della", "di", "da", "dos", "du", "la", "le", "ter", "ten", "al", "el",
        "bin", "ibn", "bint", "ben", "mac", "mc", "o", "st", "san", "abd", "abdul", "abu",
    ]

    /// - Parameter kind: what the column holds.
    public static func cleaned(_ raw: String, as kind: FieldKind) -> String? {
        let folded = LetterFolding.folded(raw[...]).trimmed
        guard folded.utf8.count > longestEmpty || !empty.contains(folded) else { return nil }
        let clean: String =
            switch kind {
            case .givenName, .surname: name(folded, isSurname: kind == .surname)
            case .dateOfBirth: DateParts(reading: folded)?.text ?? ""
            case .postcode, .identifier: known(kept(folded) { $0.isLetterOrDigit })
            case .houseNumber: kept(folded) { $0.isLetterOrDigit }
            case .phone: phone(folded)
            case .email: kept(folded) { $0 > 0x20 }
            case .address, .town, .text, .fullName: words(folded).joined(separator: " ")
            case .category: folded
            case .ignored: ""
            }
        return clean.isEmpty ? nil : clean
    }

    /// The two halves of a whole name: "Smith, John" and "John Smith" are the same person.
    static func halves(of whole: String) -> (given: String, surname: String) {
        if let comma = whole.firstIndex(of: ",") {
            return (String(whole[whole.index(after: comma)...]), String(whole[..<comma]))
        }
        var parts = whole.split(whereSeparator: { $0 == " " || $0 == "\t" })
            .filter { !titles.contains(LetterFolding.folded($0).filter { $0 != "." }) }
        guard parts.count > 1, var last = parts.popLast().map(String.init) else { return (whole, "") }
        while parts.count > 1, let particle = parts.last, particles.contains(LetterFolding.folded(particle)) {
            last = "\(particle) \(last)"
            parts.removeLast()
        }
        return (parts.joined(separator: " "), last)
    }

    private static func name(_ folded: String, isSurname: Bool) -> String {
        var (parts, isOpen): ([String], Bool) = ([], false)
        for word in words(folded) where !titles.contains(word) {
            if isOpen, let last = parts.popLast() { parts.append(last + word) } else { parts.append(word) }
            isOpen = isSurname && particles.contains(word)
        }
        return parts.joined(separator: " ")
    }

    /// Words of letters and digits; an apostrophe joins and anything else parts.
    static func words(_ folded: String) -> [String] {
        var (parts, word): ([String], [UInt8]) = ([], [])
        for byte in folded.utf8 {
            if byte.isLetterOrDigit {
                word.append(byte)
            } else if byte != 0x27, !word.isEmpty {
                parts.append(String(decoding: word, as: UTF8.self))
                word = []
            }
        }
        if !word.isEmpty { parts.append(String(decoding: word, as: UTF8.self)) }
        return parts
    }

    private static func kept(_ folded: String, _ keep: (UInt8) -> Bool) -> String {
        String(decoding: folded.utf8.filter(keep), as: UTF8.self)
    }

    /// The same digit over and over is what a form was filled with to get past it.
    private static func known(_ text: String) -> String {
        guard let first = text.utf8.first, first == 0x30 || first == 0x39 || first == 0x78, text.utf8.count > 2 else {
            return text
        }
        return text.utf8.allSatisfy { $0 == first } ? "" : text
    }

    /// Digits only, without the country's code of the United Kingdom or the zero before an area.
    private static func phone(_ folded: String) -> String {
        var digits = folded.utf8.filter { (0x30...0x39).contains($0) }
        if digits.starts(with: [0x30, 0x30]) { digits.removeFirst(2) }
        if digits.count > 10, digits.starts(with: [0x34, 0x34]) { digits.removeFirst(2) }
        if digits.first == 0x30 { digits.removeFirst() }
        return digits.count < 5 ? "" : known(String(decoding: digits, as: UTF8.self))
    }
}

extension UInt8 {
    /// A letter or digit; a byte of a letter beyond ASCII counts as one.
    var isLetterOrDigit: Bool {
        (0x30...0x39).contains(self) || (0x61...0x7A).contains(self) || (0x41...0x5A).contains(self) || self >= 0x80
    }

    var isDigit: Bool { (0x30...0x39).contains(self) }
}

extension String {
    fileprivate var trimmed: String {
        let start = utf8.firstIndex { $0 > 0x20 } ?? endIndex
        guard start < endIndex, let end = utf8.lastIndex(where: { $0 > 0x20 }) else { return "" }
        return String(self[start...end])
    }
}
