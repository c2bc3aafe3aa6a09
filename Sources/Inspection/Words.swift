/// A word of a sentence, as compared: lower case, without quotation marks and inner hyphens.
struct Word: Equatable {
    var text: String
    var isCapital: Bool
    /// The comma, semicolon, colon, full stop or bracket before it.
    var pause: Character?
}

/// Words and their stems, for telling whether two texts speak of the same thing.
enum Words {
    static func of(_ sentence: String) -> [Word] {
        var words: [Word] = []
        var current = ""
        var isCapital = false
        var pause: Character?
        func close() {
            guard !current.isEmpty else { return }
            words.append(Word(text: current, isCapital: isCapital, pause: pause))
            (current, pause) = ("", nil)
        }
        for character in sentence {
            if character.isLetter || character.isNumber {
                if current.isEmpty { isCapital = character.isUppercase }
                current += character.lowercased()
            } else if character == "’" || character == "'" {
                // Inside a word it is an apostrophe; a quotation mark stands before or after one.
                if !current.isEmpty { current += "'" }
            } else if character == "-" {
                continue
            } else {
                close()
                if ",;:.()–—".contains(character) { pause = character }
            }
        }
        close()
        return words.map(trimmed)
    }

    private static func trimmed(_ word: Word) -> Word {
        var word = word
        while word.text.last == "'" { word.text.removeLast() }
        if word.text.hasSuffix("'s") { word.text.removeLast(2) }
        return word
    }

    /// Words that say nothing about a topic.
    static let empty: Set<String> = Set(
        """
        a an the of to and or in at for with by from on as it its itself those who are is was be being been that this \
        these their they all has have had which how well what extent does do did force forces police constabulary \
        constabularies service services people effective effectively efficient efficiently legitimate legitimately \
        way ways such where when also more we our us not now overall however therefore i.e e.g re so than through
        """.split(separator: " ").map(String.init))

    /// The stems of the words that carry a topic, in order.
    static func stems(_ words: some Sequence<Word>, without names: Set<String> = []) -> [String] {
        var stems: [String] = []
        for word in words where !empty.contains(word.text) && !names.contains(word.text) {
            if word.text == "asb" {
                stems += ["antisocial", "behaviour"]
            } else {
                stems.append(stem(word.text))
            }
        }
        return stems
    }

    /// A plain stemmer for English verbs and plurals: `investigating`, `investigation`, `investigates` → `investigat`.
    static func stem(_ word: String) -> String {
        var stem = word
        for ending in ["abilities", "ability", "able"]
        where word.hasSuffix(ending) && word.utf8.count > ending.utf8.count + 2 {
            return word.dropLast(ending.count) + "abl"
        }
        let endings = [
            "ness", "ments", "ment", "ations", "ation", "ions", "ion", "ing", "ies", "es", "ed", "ly", "s", "e",
        ]
        for ending in endings where stem.hasSuffix(ending) {
            let rest = stem.utf8.count - ending.utf8.count
            guard rest >= 3 || (rest == 2 && stem.hasPrefix("us")) else { continue }
            if ending == "s", stem.hasSuffix("ss") { continue }
            stem.removeLast(ending.count)
            if ending.hasPrefix("ation") { stem += "at" }
            break
        }
        let tail = stem.suffix(2)
        if tail.count == 2, tail.first == tail.last, stem.utf8.count > 4, "npgtm".contains(tail.last ?? " ") {
            stem.removeLast()
        }
        return stem
    }
}

/// What a question or an area asks about.
struct Topic {
    /// In order; the first is the principal act: prevent, investigate, protect.
    let stems: [String]
    let set: Set<String>

    init(_ text: String, names: Set<String>) {
        stems = Words.stems(Words.of(text), without: names)
        set = Set(stems)
    }

    struct Likeness {
        /// The share of the statement's words that the question holds.
        var precision = 0.0
        /// The share of the question's words that the statement holds.
        var recall = 0.0
        var hasPrincipal = false

        var score: Double { precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall) }
    }

    func likeness(to statement: [String]) -> Likeness {
        let said = Set(statement)
        guard !said.isEmpty, !set.isEmpty else { return Likeness() }
        let shared = Double(said.intersection(set).count)
        return Likeness(
            precision: shared / Double(said.count), recall: shared / Double(set.count),
            hasPrincipal: stems.first.map(said.contains) ?? false)
    }
}
