/// What a line is, apart from its words.
enum Landmark: Equatable {
    case title(ReportTitle)
    case pillar(Pillar, Grade?)
    /// A question or an area of an integrated report, with the grade on the same line if there is one.
    case question(String, Grade?)
    case grade(GradeLine)
    case areas(rest: String)
    case concern(rest: String)
    case recommendations(rest: String)
    /// A heading that says only that text follows.
    case neutral
    /// A heading after which text belongs to the whole report.
    case whole
    case surroundings
    /// A page number or the title again at the head of a page: it interrupts nothing.
    case running
    case text
}

/// A line that holds a grade and nothing else.
struct GradeLine: Equatable {
    /// Nil for "Ungraded".
    var grade: Grade?
    var isOverall = false
    /// "Grade: Good" rather than "Good".
    var isLabelled = false

    private static let labels = [
        "overall grade", "overall judgment", "overall judgement", "overall rating", "overall", "this year's grade",
        "grade",
        "graded", "judgment", "judgement", "rating", "our judgment", "our judgement", "we judged this",
    ]
    private static let ungraded: Set<String> = ["ungraded", "not graded", "to be graded", "no grade", "not yet graded"]

    init?(_ line: String) {
        guard line.utf8.count <= 60 else { return nil }
        var text = line.lowercased().filter { !"‘’“”\"'*.".contains($0) }
        for label in GradeLine.labels where text.hasPrefix(label) {
            let rest = text.dropFirst(label.count).drop { ": –—-".contains($0) }
            guard rest.count < text.count - label.count, !rest.isEmpty else { continue }
            (isOverall, isLabelled) = (label.hasPrefix("overall"), true)
            text = rest.hasPrefix("is ") ? String(rest.dropFirst(3)) : String(rest)
            break
        }
        text = text.trimmingPunctuation()
        while text.hasPrefix(" ") { text.removeFirst() }
        while text.hasSuffix(" ") { text.removeLast() }
        if GradeLine.ungraded.contains(text) { return }
        guard let grade = Grade(rawValue: text) else { return nil }
        self.grade = grade
    }

    /// The grade after the last `?`, `:` or dash of a heading, and the heading before it.
    static func split(_ line: String) -> (heading: String, grade: Grade)? {
        guard line.utf8.count < 320,
            let mark = line.lastIndex(where: { "?:–—-|".contains($0) }), mark != line.startIndex
        else { return nil }
        let tail = String(line[line.index(after: mark)...])
        guard let grade = GradeLine(tail.trimmingPunctuation().trimmingSpaces())?.grade else { return nil }
        let end = line[mark] == "?" ? line.index(after: mark) : mark
        return (String(line[..<end]).trimmingSpaces(), grade)
    }
}

extension String {
    func trimmingSpaces() -> String {
        var part = self[...]
        while part.last == " " { part.removeLast() }
        while part.first == " " { part.removeFirst() }
        return String(part)
    }
}

/// Tells what a line is.
struct LandmarkReader {
    let headings: ReportHeadings
    let force: String
    let year: ProgrammeYear

    /// What each line is. In a report that asks no question aloud, a short line above a grade is an area; when it has
    /// no heading we know either, so is one above the sentence that grades it.
    func landmarks(of lines: [SourceLine]) -> [Landmark] {
        var found = lines.map(landmark)
        let asked: [String] = found.compactMap {
            if case .question(let text, _) = $0 { return text }
            return nil
        }
        guard !asked.contains(where: { $0.hasSuffix("?") }) else { return found }
        for index in found.indices.dropLast() where found[index] == .text && isHeading(lines[index]) {
            if case .grade(let grade) = found[index + 1], !grade.isOverall {
                found[index] = .question(lines[index].text, nil)
            } else if asked.isEmpty, found[index + 1] == .text, grades(lines[index + 1].text, lines[index].text) {
                found[index] = .question(lines[index].text, nil)
            }
        }
        return found
    }

    /// True when the first sentence of `text` grades just what `heading` names.
    private func grades(_ text: String, _ heading: String) -> Bool {
        guard text.utf8.count < 4_000, let sentence = Sentences.of(text).first else { return false }
        let topic = Topic(heading, names: ForceName.words(force))
        return GradeStatement.all(in: sentence, force: force, year: year).contains { said in
            let likeness = topic.likeness(to: said.topic)
            return !said.isElsewhere && likeness.hasPrincipal && likeness.recall >= 0.8 && likeness.precision >= 0.5
        }
    }

    private func isHeading(_ line: SourceLine) -> Bool {
        guard !line.isBullet, line.text.utf8.count < 140, let first = line.text.unicodeScalars.first,
            let last = line.text.last
        else { return false }
        return first.properties.isUppercase && !".;:,!".contains(last)
    }

    func landmark(of line: SourceLine) -> Landmark {
        let text = line.text.hasSuffix(":") ? String(line.text.dropLast()) : line.text
        if let question = question(text) { return question }
        if text.utf8.count <= 60, let grade = GradeLine(text) { return .grade(grade) }
        if let heading = block(text) { return heading }
        guard !line.isBullet else { return headings.isSurrounding(text) ? .surroundings : .text }
        if let pillar = pillar(text) { return pillar }
        if headings.isArea(text, year) { return .question(text, nil) }
        if let (heading, grade) = GradeLine.split(text), headings.isArea(heading, year) {
            return .question(heading, grade)
        }
        if LandmarkReader.whole.contains(ReportHeadings.plain(String(text.prefix(60)))) { return .whole }
        if LandmarkReader.neutral.contains(ReportHeadings.plain(String(text.prefix(60)))) { return .neutral }
        if isNumber(text) { return .running }
        if headings.isSurrounding(text) { return .surroundings }
        if text.utf8.count <= 140, !text.hasSuffix("."), let title = ReportTitle(text), title.year != nil,
            title.force != nil
        {
            return .title(title)
        }
        return .text
    }

    private static let neutral: Set<String> = [
        "mainfindings", "summary", "detailedfindings", "summaryoffindings", "questions", "question", "findings",
        "explanation", "strengths", "innovativepractice", "promisingpractice", "effectivepractice",
    ]

    private static let whole: Set<String> = [
        "overallsummary", "ourjudgments", "ourjudgements", "contents", "introduction", "hmisobservations",
        "hminspectorssummary", "hminspectorsobservations", "overview", "questionsforeffectiveness",
        "questionsforefficiency", "questionsforlegitimacy", "aboutthisreport", "aboutthedata", "nextsteps",
    ]

    private func isNumber(_ text: String) -> Bool {
        text.utf8.count <= 3 && text.utf8.allSatisfy { (0x30...0x39).contains($0) }
    }

    private func pillar(_ text: String) -> Landmark? {
        guard text.utf8.count < 60 else { return nil }
        if let pillar = Pillar(rawValue: text.lowercased()), pillar != .integrated { return .pillar(pillar, nil) }
        guard let (heading, grade) = GradeLine.split(text), let pillar = Pillar(rawValue: heading.lowercased()) else {
            return nil
        }
        return .pillar(pillar, grade)
    }

    // MARK: Questions

    private func question(_ line: String) -> Landmark? {
        guard line.utf8.count <= 420, line.contains("?") else { return nil }
        let text = withoutNumber(line)
        if text.hasSuffix("?"), isQuestion(text) { return .question(text, nil) }
        guard let (heading, grade) = GradeLine.split(text), heading.hasSuffix("?"), isQuestion(heading) else {
            return ungraded(text)
        }
        return .question(heading, grade)
    }

    /// "How …? Ungraded", "How …? (ungraded)".
    private func ungraded(_ text: String) -> Landmark? {
        guard let mark = text.lastIndex(of: "?") else { return nil }
        let heading = String(text[...mark])
        let tail = String(text[text.index(after: mark)...]).trimmingSpaces().trimmingPunctuation()
        guard !tail.isEmpty, let line = GradeLine(tail), line.grade == nil, isQuestion(heading) else { return nil }
        return .question(heading, nil)
    }

    /// "How …?" and "To what extent …?" ask about the force even when they do not name it, unless they speak to the
    /// reader; other questions must name it.
    private func isQuestion(_ text: String) -> Bool {
        let words = Words.of(text).map(\.text)
        guard words.count >= 4, !text.dropLast().contains("?"), !text.contains(". ") else { return false }
        let asked = Set(words)
        guard asked.isDisjoint(with: ["you", "your", "i", "my", "we", "us", "our", "page", "website"]) else {
            return false
        }
        if words[0] == "how" || words.starts(with: ["to", "what", "extent"]) { return true }
        return ["what", "does", "is", "are", "do", "in"].contains(words[0])
            && !asked.isDisjoint(with: ["force", "constabulary", "police", "forces", "service"])
    }

    /// "Question 1:", "Q1.", "1 ".
    private func withoutNumber(_ line: String) -> String {
        var rest = line[...]
        let lower = line.prefix(12).lowercased()
        if lower.hasPrefix("question ") {
            rest = rest.dropFirst(9)
        } else if lower.hasPrefix("q"), rest.count > 2 {
            let second = rest[rest.index(after: rest.startIndex)]
            if second.isNumber { rest = rest.dropFirst() }
        }
        let bare = rest.drop { $0.isNumber || $0 == "." && rest.first?.isNumber == true }
        guard bare.startIndex != rest.startIndex else { return line }
        return String(bare.drop { " .:)–-—".contains($0) })
    }

    // MARK: Blocks

    private func block(_ text: String) -> Landmark? {
        let lower = text.prefix(80).lowercased()
        if let rest = after(["areas for improvement", "area for improvement", "afis", "afi"], lower, text) {
            return .areas(rest: rest)
        }
        if let rest = after(
            [
                "accelerated causes of concern", "accelerated cause of concern", "causes of concern",
                "cause of concern",
                "causes for concern", "cause for concern",
            ], lower, text)
        {
            return .concern(rest: rest)
        }
        return after(["recommendations", "recommendation"], lower, text).map { .recommendations(rest: $0) }
    }

    /// What follows a heading on its own line: nothing, a number, or text after a colon or dash.
    private func after(_ names: [String], _ lower: String, _ text: String) -> String? {
        for name in names where lower.hasPrefix(name) {
            let rest = text.dropFirst(name.count)
            if rest.isEmpty { return "" }
            let tail = rest.drop { " 0123456789".contains($0) }
            if tail.isEmpty || tail == "(continued)" { return "" }
            guard let mark = tail.first, ":–—-".contains(mark) else { continue }
            return String(tail.dropFirst()).trimmingSpaces()
        }
        return nil
    }
}
