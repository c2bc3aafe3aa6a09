/// Puts together what a narrow page or a PDF has broken over several lines.
enum LineJoiner {
    /// Lines of a printed page are rarely shorter than this unless a paragraph ends.
    private static let wrapWidth = 60
    private static let longest = 20_000

    static func joined(_ lines: [SourceLine]) -> [SourceLine] {
        var result: [SourceLine] = []
        result.reserveCapacity(lines.count)
        var bulletWaits = false
        var lastNumber = 0
        for var line in lines {
            defer { lastNumber = line.number }
            if line.text.isEmpty {
                bulletWaits = true
                continue
            }
            if bulletWaits {
                line.isBullet = true
                bulletWaits = false
            }
            if let last = result.last, continues(last, line, isNext: line.number == lastNumber + 1) {
                result[result.count - 1].text += " " + line.text
            } else {
                result.append(line)
            }
        }
        return result
    }

    /// - Parameter isNext: No empty line stands between the two.
    private static func continues(_ last: SourceLine, _ next: SourceLine, isNext: Bool) -> Bool {
        guard !next.isBullet, last.text.utf8.count < longest, let end = last.text.utf8.last,
            let first = next.text.unicodeScalars.first
        else { return false }
        if ".?!:;>".utf8.contains(end) { return false }
        if first.properties.isLowercase { return !last.text.hasSuffix("; and") && !last.text.hasSuffix("; or") }
        return isNext && !last.isBullet && last.text.utf8.count >= wrapWidth && next.text.utf8.count >= 25
            && !startsAnew(next.text)
            && !startsAnew(last.text)
    }

    /// Headings, questions and titles are never the middle of a sentence.
    private static func startsAnew(_ text: String) -> Bool {
        if text.hasSuffix("?") || text.hasPrefix("How ") || text.hasPrefix("To what extent ") { return true }
        let lower = text.prefix(160).lowercased()
        if lower.contains("peel") || lower.contains("inspection of ") { return true }
        return ["the force ", "area for improvement", "areas for improvement", "cause of concern", "causes of concern"]
            .contains { lower.hasPrefix($0) }
    }
}
