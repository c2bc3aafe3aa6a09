/// Splits a paragraph into its sentences without losing a character of them.
enum Sentences {
    private static let abbreviations: Set<String> = [
        "e.g", "i.e", "etc", "dr", "mr", "mrs", "ms", "st", "no", "para", "vs",
    ]

    static func of(_ paragraph: String) -> [String] {
        var sentences: [String] = []
        var start = paragraph.startIndex
        var index = start
        while index < paragraph.endIndex {
            let character = paragraph[index]
            var next = paragraph.index(after: index)
            if character == "." || character == "?" || character == "!" {
                while next < paragraph.endIndex, "’”\"')".contains(paragraph[next]) {
                    next = paragraph.index(after: next)
                }
                if ends(paragraph, at: index, next: next, from: start) {
                    add(paragraph[start..<next], to: &sentences)
                    start = next
                }
            }
            index = next
        }
        add(paragraph[start...], to: &sentences)
        return sentences
    }

    private static func add(_ part: Substring, to sentences: inout [String]) {
        let text = part.drop { $0 == " " }
        if !text.isEmpty { sentences.append(String(text)) }
    }

    private static func ends(_ text: String, at stop: String.Index, next: String.Index, from start: String.Index)
        -> Bool
    {
        guard next < text.endIndex, text[next] == " " else { return false }
        let after = text.index(after: next)
        guard after < text.endIndex, let first = text[after].unicodeScalars.first else { return false }
        guard first.properties.isUppercase || "0123456789‘“\"'".unicodeScalars.contains(first) else { return false }
        guard text[stop] == "." else { return true }
        var word = ""
        var index = stop
        while index > start, word.count < 6 {
            index = text.index(before: index)
            if text[index] == " " || text[index] == "(" { break }
            word = text[index].lowercased() + word
        }
        return !abbreviations.contains(word) && !(word.count == 1 && word.first?.isLetter == true)
    }
}
