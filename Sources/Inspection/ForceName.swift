/// How police forces are named.
enum ForceName {
    private static let endings = [" police service", " police force", " constabulary", " police", " force"]

    /// Words with which a sentence begins before it names the force.
    private static let openers: Set<String> = [
        "The", "An", "A", "In", "Of", "of", "and", "And", "&", "At", "For", "From", "By", "With", "As", "But",
        "Overall",
        "Although", "However", "While", "Since", "When", "Like", "HMIC", "HMICFRS", "Police", "Constabulary",
    ]

    /// The name without the words that titles add or leave out, in lower case.
    static func key(_ name: String) -> String {
        var key = name.lowercased()
        if key.hasPrefix("the ") { key.removeFirst(4) }
        for ending in endings where key.hasSuffix(ending) {
            key.removeLast(ending.count)
            break
        }
        return key
    }

    /// The words of the name, which say nothing about a topic.
    static func words(_ name: String) -> Set<String> { Set(Words.of(name).map(\.text)) }

    /// `Cleveland Police`, `Durham Constabulary`, `Metropolitan Police Service` out of a sentence: the capitals before
    /// and up to such a word. Nil when there is none.
    static func first(in text: String) -> String? {
        let parts = text.split(separator: " ")
        for (index, part) in parts.enumerated() where index > 0 && isEnding(bare(part)) {
            var start = index
            while start > 0, isName(parts[start - 1]) { start -= 1 }
            while start < index, openers.contains(String(parts[start])) { start += 1 }
            guard start < index else { continue }
            var end = index
            if bare(part) == "Police", index + 1 < parts.count, bare(parts[index + 1]) == "Service" { end += 1 }
            return (parts[start..<end] + [bare(parts[end])]).joined(separator: " ")
        }
        return nil
    }

    private static func bare(_ part: Substring) -> Substring {
        var part = part
        while let last = part.last, ".,;:?!’'”\"".contains(last) { part.removeLast() }
        for ending in ["’s", "'s", "’", "'"] where part.hasSuffix(ending) { return part.dropLast(ending.count) }
        return part
    }

    private static func isEnding(_ part: Substring) -> Bool { part == "Police" || part == "Constabulary" }

    private static func isName(_ part: Substring) -> Bool {
        if part == "and" || part == "of" || part == "&" { return true }
        guard let first = part.unicodeScalars.first, first.properties.isUppercase, let last = part.last else {
            return false
        }
        return !".,;:?!–—".contains(last) && part != "PEEL:" && part != "PEEL"
    }
}
