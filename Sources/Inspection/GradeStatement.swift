/// A place in a sentence where a grade is stated: "… is good at …", "was graded as inadequate", "requires improvement in
/// how …". Whether it is the grade of a question is decided by what it speaks of.
struct GradeStatement {
    let grade: Grade
    /// Stems of what is graded; empty when the sentence only says "this question", "the force".
    let topic: [String]
    /// It speaks of an earlier year, of other forces, or of what is not (yet) so.
    let isElsewhere: Bool

    /// Every statement of a grade in `sentence`.
    /// - Parameter names: the words of the force's name; they carry no topic.
    static func all(in sentence: String, force: String, year: ProgrammeYear) -> [GradeStatement] {
        let words = Words.of(sentence)
        guard words.count < 400 else { return [] }
        let names = ForceName.words(force)
        let otherForce = ForceName.first(in: sentence).map { ForceName.key($0) != ForceName.key(force) } ?? false
        return words.indices.compactMap { index in
            guard let found = GradePhrase(words, at: index) else { return nil }
            let clause = Clause(words, around: found)
            return GradeStatement(
                grade: found.grade, topic: clause.topic(words, found, names: names),
                isElsewhere: clause.isPast(words, year) || clause.isGeneral(words)
                    || (otherForce && !clause.names(words, names)))
        }
    }
}

/// The words that make a grade: the verb, what may stand between, and the grade itself.
struct GradePhrase {
    let grade: Grade
    /// The first word of the phrase: its verb.
    let start: Int
    /// After its last word.
    let end: Int

    private static let between: Set<String> = [
        "as", "to", "be", "being", "overall", "now", "still", "also", "therefore", "again", "a", "grade", "graded",
        "of",
    ]
    private static let present: Set<String> = ["is", "are", "remains", "remain", "continues", "continue"]
    private static let judged: Set<String> = [
        "judged", "graded", "rated", "assessed", "judge", "grade", "rate", "assess", "found", "deemed", "considered",
    ]
    private static let after: Set<String> = ["at", "in", "for", "with", "overall", "when", "regarding", "on"]
    private static let subjects: Set<String> = [
        "force", "constabulary", "service", "police", "it", "question", "area", "performance",
    ]
    private static let denials: Set<String> = [
        "not", "never", "no", "had", "should", "would", "could", "will", "must", "yet",
    ]

    /// Nil unless the words at `index` are a grade, said by a verb that states it and not denied.
    init?(_ words: [Word], at index: Int) {
        guard let (grade, length, isVerb) = GradePhrase.word(words, index) else { return nil }
        let end = index + length
        guard GradePhrase.mayEnd(words, end) else { return nil }
        if isVerb, !GradePhrase.isDenied(words, index), GradePhrase.hasSubject(words, index) {
            (self.grade, self.start, self.end) = (grade, index, end)
            return
        }
        guard let verb = GradePhrase.verb(words, before: index), !GradePhrase.isDenied(words, verb) else { return nil }
        (self.grade, self.start, self.end) = (grade, verb, end)
    }

    /// The grade at `index`, how many words it takes, and whether it is its own verb ("requires improvement").
    private static func word(_ words: [Word], _ index: Int) -> (Grade, Int, Bool)? {
        switch words[index].text {
        case "outstanding": return (.outstanding, 1, false)
        case "good": return (.good, 1, false)
        case "adequate": return (.adequate, 1, false)
        case "inadequate": return (.inadequate, 1, false)
        case "requires", "require", "requiring":
            guard index + 1 < words.count, words[index + 1].text == "improvement", words[index + 1].pause == nil else {
                return nil
            }
            return (.requiresImprovement, 2, words[index].text == "requires")
        default: return nil
        }
    }

    /// "good understanding" is no grade: the phrase ends its clause, or says at what.
    private static func mayEnd(_ words: [Word], _ end: Int) -> Bool {
        end >= words.count || words[end].pause != nil || after.contains(words[end].text)
    }

    private static func hasSubject(_ words: [Word], _ index: Int) -> Bool {
        guard index > 0, words[index].pause == nil else { return true }
        return !["it", "this", "that", "which", "what"].contains(words[index - 1].text)
            || words[index - 1].text == "it"
    }

    /// The verb that states the grade, over fillers and the name of the force: "judged the force to be".
    private static func verb(_ words: [Word], before index: Int) -> Int? {
        var place = index - 1
        while place >= 0, words[place + 1].pause == nil, between.contains(words[place].text) {
            if judged.contains(words[place].text), place > 0 { return place }
            place -= 1
        }
        guard place >= 0, words[place + 1].pause == nil else { return nil }
        if present.contains(words[place].text) { return place }
        if judged.contains(words[place].text) { return place }
        guard place < index - 1 else { return nil }
        return judgedBefore(words, place)
    }

    /// "judged Cleveland Police to be", "assessed the force as".
    private static func judgedBefore(_ words: [Word], _ place: Int) -> Int? {
        var sawSubject = false
        for step in 0..<7 {
            let index = place - step
            guard index >= 0 else { return nil }
            let word = words[index]
            if judged.contains(word.text) { return sawSubject ? index : nil }
            guard word.isCapital || subjects.contains(word.text) || ["the", "this", "of"].contains(word.text),
                word.pause == nil
            else { return nil }
            if word.isCapital || subjects.contains(word.text) { sawSubject = true }
        }
        return nil
    }

    private static func isDenied(_ words: [Word], _ verb: Int) -> Bool {
        var index = verb - 1
        for _ in 0..<3 {
            guard index >= 0, words[index + 1].pause == nil else { return false }
            if denials.contains(words[index].text) || words[index].text.hasSuffix("n't") { return true }
            index -= 1
        }
        return false
    }
}

/// The part of a sentence that belongs to one statement.
struct Clause {
    let range: Range<Int>

    /// Words that open a new clause after a comma.
    private static let openers: Set<String> = [
        "but", "although", "though", "whereas", "while", "when", "which", "as", "compared", "however", "up", "down",
        "it",
        "despite", "because", "where", "who", "with", "so", "yet", "after", "since",
    ]

    init(_ words: [Word], around phrase: GradePhrase) {
        var start = phrase.start
        while start > 0, !Clause.opens(words, start) { start -= 1 }
        var end = phrase.end
        while end < words.count, !Clause.opens(words, end) || end == phrase.end && words[end].pause == nil { end += 1 }
        range = start..<max(end, phrase.end)
    }

    private static func opens(_ words: [Word], _ index: Int) -> Bool {
        let word = words[index]
        if word.text == "but" || word.text == "although" || word.text == "whereas" { return true }
        guard let pause = word.pause else { return false }
        if pause == ";" || pause == "." || pause == "–" || pause == "—" || pause == ":" { return true }
        guard pause == "," else { return false }
        if openers.contains(word.text) { return true }
        guard word.text == "and", index + 1 < words.count else { return false }
        let next = words[index + 1].text
        return next == "it" || next == "its" || next == "we" || next == "is" || next == "has" || next == "requires"
    }

    /// What is graded: what follows the grade, or else the subject.
    func topic(_ words: [Word], _ phrase: GradePhrase, names: Set<String>) -> [String] {
        let after = Words.stems(words[phrase.end..<max(range.upperBound, phrase.end)], without: names)
        if !after.isEmpty { return after }
        return Words.stems(words[range.lowerBound..<phrase.start], without: names.union(Clause.bare))
    }

    /// Words of a subject that say only "this".
    private static let bare: Set<String> = [
        "question", "area", "grade", "graded", "judgment", "judgement", "judged", "assessed", "rated", "hmic",
        "hmicfrs",
        "he", "she", "inspectors", "inspectorate", "year", "time", "performance", "found", "against", "aspect", "been",
    ]

    func isPast(_ words: [Word], _ year: ProgrammeYear) -> Bool {
        for index in range {
            let text = words[index].text
            if ["previous", "previously", "earlier", "formerly"].contains(text) { return true }
            if text == "last", index + 1 < words.count, Clause.pastNouns.contains(words[index + 1].text) { return true }
            if text.utf8.count == 4, let number = Int(text), (1990...2099).contains(number) {
                let isSince = index > 0 && ["since", "until"].contains(words[index - 1].text)
                if !isSince, !(year.first...year.last).contains(number) { return true }
            }
        }
        return false
    }

    private static let pastNouns: Set<String> = [
        "year", "time", "inspection", "report", "assessment", "inspected", "judged",
    ]

    /// It speaks of forces in general.
    func isGeneral(_ words: [Word]) -> Bool {
        for index in range {
            let text = words[index].text
            if text == "nationally" || text == "neighbouring" { return true }
            if text == "forces", index > 0, words[index - 1].text != "the" { return true }
        }
        return false
    }

    func names(_ words: [Word], _ names: Set<String>) -> Bool {
        range.contains { index in
            words[index].isCapital && names.contains(words[index].text)
                && !["police", "constabulary", "service", "of"].contains(words[index].text)
        }
    }
}
