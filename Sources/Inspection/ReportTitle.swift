/// What the title of a report says, as far as one line says it.
struct ReportTitle: Equatable {
    var force: String?
    var year: ProgrammeYear?
    var pillar: Pillar?
    var isIntegrated = false

    init(year: ProgrammeYear) { self.year = year }

    /// Nil unless the line is short and names the programme: "PEEL", or "police effectiveness" and the like.
    init?(_ line: String) {
        guard line.utf8.count <= 200, !line.hasSuffix("?"), line.filter({ $0 == "." }).count < 2 else { return nil }
        let words = ReportTitle.joiningSpans(line.split(separator: " ").map(String.init))
        let lower = line.lowercased()
        let isPeel = words.contains { ReportHeadings.plain($0) == "peel" }
        let named: [Pillar] = [.effectiveness, .efficiency, .legitimacy, .leadership].filter {
            lower.contains($0.rawValue)
        }
        guard isPeel || (lower.contains("police ") && !named.isEmpty) else { return nil }
        year = words.lazy.compactMap { ProgrammeYear($0.trimmingPunctuation()) }.first
        pillar = named.count == 1 ? named.first : nil
        isIntegrated = named.count > 1
        force = ReportTitle.force(line, words)
    }

    /// `2023 – 2025` is one year of a programme.
    private static func joiningSpans(_ words: [String]) -> [String] {
        var result: [String] = []
        for word in words {
            let isDash = result.last.map { ["–", "-", "—", "to"].contains($0) } ?? false
            if isDash, result.count > 1,
                let span = ProgrammeYear(result[result.count - 2] + "-" + word.trimmingPunctuation())
            {
                result.removeLast(2)
                result.append(span.description)
            } else {
                result.append(word)
            }
        }
        return result
    }

    private static func force(_ line: String, _ words: [String]) -> String? {
        if let range = line.range(ofWords: "inspection of ") { return clean(String(line[range...])) }
        let kept = words.filter { !isTitleWord($0) }
        let name = clean(kept.joined(separator: " "))
        guard let first = name?.unicodeScalars.first, first.properties.isUppercase else { return nil }
        return name
    }

    private static let titleWords: Set<String> = [
        "peel", "effectiveness", "efficiency", "legitimacy", "leadership", "report", "reports", "assessment",
        "assessments", "inspection", "hmic", "hmicfrs", "html", "pdf", "an", "the", "inspections", "programme",
    ]

    private static func isTitleWord(_ word: String) -> Bool {
        let plain = ReportHeadings.plain(word)
        return plain.isEmpty || titleWords.contains(plain) || ProgrammeYear(word.trimmingPunctuation()) != nil
    }

    /// The name alone: no leading "Police" of "Police effectiveness", no lone joining words or punctuation.
    private static func clean(_ text: String) -> String? {
        var words = text.split(separator: " ").map { String($0).trimmingPunctuation() }.filter { !$0.isEmpty }
        while let first = words.first, ["Police", "and", "of", "the", "The", "for"].contains(first), words.count > 1 {
            words.removeFirst()
        }
        while let last = words.last, ["and", "of", "the", "for"].contains(last) || ProgrammeYear(last) != nil {
            words.removeLast()
        }
        let name = words.joined(separator: " ")
        return name.isEmpty || name == "Police" || words.count > 6 ? nil : name
    }
}

extension String {
    func trimmingPunctuation() -> String {
        var part = self[...]
        while let last = part.last, ",.;:–—-|()".contains(last) { part.removeLast() }
        while let first = part.first, ",.;:–—-|()".contains(first) { part.removeFirst() }
        return String(part)
    }

    /// Where `words`, in any case, end.
    func range(ofWords words: String) -> String.Index? {
        let (line, wanted) = (Array(lowercased()), Array(words))
        guard line.count == count, wanted.count <= line.count else { return nil }
        for start in 0...(line.count - wanted.count) where line[start..<start + wanted.count].elementsEqual(wanted) {
            return index(startIndex, offsetBy: start + wanted.count)
        }
        return nil
    }
}
