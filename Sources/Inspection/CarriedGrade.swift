/// What a report says of a question that it did not inspect this time.
struct CarriedGrade {
    var from: ProgrammeYear?
    var grade: Grade?

    private static let notInspected = [
        "not inspected", "not subject to detailed inspection", "did not inspect", "didn’t inspect", "didn't inspect",
        "not re-inspected", "not reinspected", "not reassessed", "not re-assessed", "not assessed in",
        "not assessed this",
        "did not assess", "not inspect this", "not examined in", "not part of this",
    ]
    private static let stands = [
        "still stand", "carried over", "carried forward", "remains in place", "remain in place", "continues to stand",
        "continue to stand", "remains in force", "remain in force", "remains valid", "remain valid", "stands from",
        "is unchanged from", "are unchanged from", "continues to apply", "continue to apply",
        "grade remains", "judgment remains", "judgement remains", "findings remain", "grade stands", "judgment stands",
        "judgement stands",
    ]
    private static let things = ["grade", "judgment", "judgement", "finding", "rating"]

    /// Nil unless `paragraph` says that an earlier grade stands in place of a new one.
    init?(_ paragraph: String, year: ProgrammeYear) {
        guard paragraph.utf8.count < 1500 else { return nil }
        let lower = paragraph.lowercased()
        guard CarriedGrade.stands.contains(where: lower.contains), CarriedGrade.things.contains(where: lower.contains)
        else {
            return nil
        }
        from = CarriedGrade.source(lower, year)
        grade = CarriedGrade.repeated(Words.of(paragraph))
    }

    /// True when the paragraph says only that the question was not inspected.
    static func saysNotInspected(_ paragraph: String) -> Bool {
        guard paragraph.utf8.count < 400 else { return false }
        let lower = paragraph.lowercased()
        return notInspected.contains(where: lower.contains)
            && (lower.contains("question") || lower.contains("this area"))
    }

    private static func source(_ lower: String, _ year: ProgrammeYear) -> ProgrammeYear? {
        let words = lower.split { !($0.isNumber || $0 == "/" || $0 == "–" || $0 == "-") }
        let named = words.compactMap { ProgrammeYear(String($0)) }.filter { $0.last <= year.first && $0 != year }
            .filter { $0.first < year.first }
        if let source = named.last { return source }
        let before = ["last year", "previous year", "year before"]
        guard before.contains(where: lower.contains) else { return nil }
        return ProgrammeYear(first: year.first - 1, last: year.first - 1)
    }

    /// "the grade of good from 2016 still stands".
    private static func repeated(_ words: [Word]) -> Grade? {
        for (index, word) in words.enumerated() where index > 1 && words[index - 1].text == "of" {
            guard things.contains(where: words[index - 2].text.hasPrefix) else { continue }
            if let grade = Grade(rawValue: word.text) { return grade }
            if word.text == "requires", index + 1 < words.count, words[index + 1].text == "improvement" {
                return .requiresImprovement
            }
        }
        return nil
    }
}
