/// Letters of many alphabets as the plain ones a clerk would type: Latin with marks, Cyrillic and Greek. Others are kept
/// as they are. Cyrillic follows ICAO Doc 9303 part 3, Greek ELOT 743 letter by letter, Latin the base letter (ß is ss,
/// æ ae, ø o, þ th).
enum LetterFolding {
    /// Lower-case text; marks and accents gone.
    static func folded(_ text: Substring) -> String {
        if text.utf8.allSatisfy({ $0 < 0x80 }) { return foldedPlain(text) }
        var result = ""
        for scalar in text.unicodeScalars {
            if scalar.isASCII {
                result.unicodeScalars.append(lower(scalar))
            } else if let plain = table[lower(scalar)] {
                result += plain
            } else if !(0x300...0x36F).contains(scalar.value) {
                result += scalar.properties.lowercaseMapping
            }
        }
        return result
    }

    private static func foldedPlain(_ text: Substring) -> String {
        String(unsafeUninitializedCapacity: text.utf8.count) { bytes in
            var count = 0
            for byte in text.utf8 {
                bytes[count] = (0x41...0x5A).contains(byte) ? byte + 32 : byte
                count += 1
            }
            return count
        }
    }

    private static func lower(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        if (0x41...0x5A).contains(scalar.value) { return Unicode.Scalar(UInt8(scalar.value) + 32) }
        guard !scalar.isASCII else { return scalar }
        let mapped = scalar.properties.lowercaseMapping.unicodeScalars
        return mapped.first ?? scalar
    }

    private static let table: [Unicode.Scalar: String] = {
        var table: [Unicode.Scalar: String] = [:]
        for line in lines {
            for scalar in line.letters.unicodeScalars { table[scalar] = line.plain }
        }
        return table
    }()

    private static let lines: [(plain: String, letters: String)] = [
        ("a", "àáâãäåāăąǎȁȃạảấầẩẫậắằẳẵặ"), ("ae", "æ"), ("c", "çćĉċč"), ("d", "ďđð"),
        ("e", "èéêëēĕėęěẹẻẽếềểễệ"), ("g", "ĝğġģ"), ("h", "ĥħ"), ("i", "ìíîïĩīĭįıỉị"), ("j", "ĵ"), ("k", "ķ"),
        ("l", "ĺļľŀł"), ("n", "ñńņňŋ"), ("o", "òóôõöøōŏőơọỏốồổỗộớờởỡợ"), ("oe", "œ"), ("r", "ŕŗř"),
        ("s", "śŝşšș"), ("ss", "ß"), ("t", "ţťŧț"), ("th", "þ"), ("u", "ùúûüũūŭůűųưụủứừửữự"), ("w", "ŵẁẃẅ"),
        ("y", "ýÿŷỳỵỷỹ"), ("z", "źżž"),
        ("a", "аαά"), ("b", "б"), ("v", "вβ"), ("g", "гґγ"), ("d", "дδ"), ("e", "еёэєεέ"), ("zh", "ж"),
        ("z", "зζ"), ("i", "иіїйηήιίϊΐ"), ("k", "кκ"), ("l", "лλ"), ("m", "мμ"), ("n", "нν"), ("o", "оοόωώ"),
        ("p", "пπ"), ("r", "рρ"), ("s", "сσς"), ("t", "тτ"), ("u", "у"), ("f", "фφ"), ("kh", "х"), ("ts", "ц"),
        ("ch", "чχ"), ("sh", "ш"), ("shch", "щ"), ("ie", "ъ"), ("y", "ыυύϋ"), ("", "ь"), ("iu", "ю"), ("ia", "я"),
        ("th", "θ"), ("x", "ξ"), ("ps", "ψ"), ("'", "’‘ʼ`´"), ("-", "‐‑–—"),
    ]
}
