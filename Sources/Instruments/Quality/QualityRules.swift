public import Kernel
import Reference
import Yams

/// A detail that words about a question should hold, such as when it was.
struct WordDetail: Sendable, Hashable {
    let id: String
    /// After “no”: “words said”.
    let missing: String
    /// After “do not say”: “what was said”.
    let unsaid: String
    /// Words that show that it is there; without any it cannot be seen to be missing from words that are there.
    let cues: [String]
    let hasQuotes: Bool
    let hasDigits: Bool

    var isVisible: Bool { !cues.isEmpty }
}

/// Words that tell of a topic.
struct TopicWords: Sendable, Hashable {
    let topic: String
    let words: [String]
}

struct Negation: Sendable, Hashable {
    let words: [String]
    /// How many words before.
    let within: Int
}

/// Two answers that do not go together.
struct Contradiction: Sendable, Hashable {
    let id: String
    let counts: String
    let denied: String
}

/// A grade that wants words, because of what was answered.
struct GradeCheck: Sendable, Hashable {
    let grade: String
    /// Critical answers from which it wants each named in the reason.
    let critical: Int?
    /// It wants words when no answer counts.
    let whenNothingCounts: Bool
}

/// Words in the reason that do not go with a grade.
struct GradeWords: Sendable, Hashable {
    let grades: [String]
    let words: [String]
}

struct QualityDeadline: Sendable, Hashable {
    enum Step: String, Sendable, CaseIterable { case submit, review }

    let step: Step
    /// Nil for every other grade.
    let grade: String?
    let hours: Int
}

struct QualityLimit: Sendable, Hashable {
    enum Name: String, Sendable, CaseIterable {
        /// Words that a yes needs of its own.
        case ownWords = "own-words"
        /// Words that the reason for a grade needs.
        case reasonWords = "reason-words"
        /// From so many words the same text under two questions is told.
        case repeatedWords = "repeated-words"
    }

    let name: Name
    let number: Int
}

struct StandardTitle: Sendable, Hashable {
    let standard: QualityStandard
    let title: String
}

/// The standards of quality with their word lists and limits, as dated data that a force may replace.
public struct QualityRules: Sendable {
    let standards: [Dated<StandardTitle>]
    let limits: [Dated<QualityLimit>]
    let details: [Dated<WordDetail>]
    let boilerplate: [Dated<String>]
    let topicWords: [Dated<TopicWords>]
    let negations: [Dated<Negation>]
    let contradictions: [Dated<Contradiction>]
    let gradeChecks: [Dated<GradeCheck>]
    let gradeWords: [Dated<GradeWords>]
    let deadlines: [Dated<QualityDeadline>]

    /// The rules that come with the house (`Reference/quality.yaml`).
    /// - Throws: `DefinitionMistakes`.
    public static func bundled() throws -> QualityRules {
        try QualityRules(reader: DefinitionReader(.bundled("quality", in: .module)))
    }

    /// - Throws: `DefinitionMistakes`, or `ReferenceError` where it is not YAML.
    public init(yaml: String, name: String) throws {
        try self.init(reader: DefinitionReader(ReferenceFile(name: name, text: yaml)))
    }

    private init(reader: DefinitionReader) throws {
        let (root, lines) = (reader.file.root, QualityRulesReader(reader: reader))
        reader.expect(
            root,
            only: [
                "standards", "limits", "details", "boilerplate", "topicWords", "negations", "contradictions",
                "gradeChecks", "gradeWords", "deadlines",
            ])
        standards = reader.dated("standards", of: root, ["id", "title"], lines.standard)
        limits = reader.dated("limits", of: root, ["id", "number"], lines.limit)
        details = reader.dated(
            "details", of: root, ["id", "missing", "unsaid", "cues", "quotes", "digits"], lines.detail)
        boilerplate = reader.dated("boilerplate", of: root, ["text"]) { reader.text("text", of: $0) }
        topicWords = reader.dated("topicWords", of: root, ["topic", "words"], lines.topicWords)
        negations = reader.dated("negations", of: root, ["words", "within"], lines.negation)
        contradictions = reader.dated("contradictions", of: root, ["id", "counts", "denied"], lines.contradiction)
        gradeChecks = reader.dated(
            "gradeChecks", of: root, ["grade", "critical", "whenNothingCounts"], lines.gradeCheck)
        gradeWords = reader.dated("gradeWords", of: root, ["grades", "words"], lines.gradeWords)
        deadlines = reader.dated("deadlines", of: root, ["step", "grade", "hours"], lines.deadline)
        _ = try reader.finish(true)
    }

    /// Phrases that everybody writes, for `ShingleIndex`.
    public func boilerplate(on day: Day) -> [String] { boilerplate.holding(on: day) }

    /// Details that an instrument names and no line knows.
    public func unknownDetails(of version: InstrumentVersion) -> [String] {
        Set(version.allQuestions.flatMap(\.needs)).subtracting(details.map(\.value.id)).sorted()
    }
}

/// Reads the lines of `quality.yaml`.
struct QualityRulesReader {
    let reader: DefinitionReader

    func standard(_ node: Node) -> StandardTitle? {
        let standard: QualityStandard? = reader.choice("id", of: node)
        guard let title = reader.text("title", of: node), let standard else { return nil }
        return StandardTitle(standard: standard, title: title)
    }

    func limit(_ node: Node) -> QualityLimit? {
        let name: QualityLimit.Name? = reader.choice("id", of: node)
        guard let number = reader.number("number", of: node), let name else { return nil }
        return QualityLimit(name: name, number: number)
    }

    func detail(_ node: Node) -> WordDetail? {
        guard let id = reader.name("id", of: node), let missing = reader.text("missing", of: node),
            let unsaid = reader.text("unsaid", of: node)
        else { return nil }
        return WordDetail(
            id: id, missing: missing, unsaid: unsaid, cues: phrases("cues", node),
            hasQuotes: reader.flag("quotes", of: node), hasDigits: reader.flag("digits", of: node))
    }

    func topicWords(_ node: Node) -> TopicWords? {
        let words = phrases("words", node, isNeeded: true)
        return reader.name("topic", of: node).map { TopicWords(topic: $0, words: words) }
    }

    func negation(_ node: Node) -> Negation? {
        let words = phrases("words", node, isNeeded: true)
        return reader.number("within", of: node, in: 1...20).map { Negation(words: words, within: $0) }
    }

    func contradiction(_ node: Node) -> Contradiction? {
        guard let id = reader.name("id", of: node), let counts = reader.name("counts", of: node),
            let denied = reader.name("denied", of: node)
        else { return nil }
        return Contradiction(id: id, counts: counts, denied: denied)
    }

    func gradeCheck(_ node: Node) -> GradeCheck? {
        let critical = reader.number("critical", of: node, isNeeded: false)
        let isEmpty = reader.flag("whenNothingCounts", of: node)
        if critical == nil, !isEmpty { reader.mistake(node, "Say “critical” with a number, or “whenNothingCounts”.") }
        return reader.name("grade", of: node).map {
            GradeCheck(grade: $0, critical: critical, whenNothingCounts: isEmpty)
        }
    }

    func gradeWords(_ node: Node) -> GradeWords? {
        GradeWords(
            grades: reader.texts("grades", of: node, isNeeded: true), words: phrases("words", node, isNeeded: true))
    }

    func deadline(_ node: Node) -> QualityDeadline? {
        let step: QualityDeadline.Step? = reader.choice("step", of: node)
        guard let hours = reader.number("hours", of: node, in: 1...9999), let step else { return nil }
        return QualityDeadline(step: step, grade: reader.optionalText("grade", of: node), hours: hours)
    }

    /// Words with at most one star each, at the end of three letters or more.
    private func phrases(_ key: String, _ node: Node, isNeeded: Bool = false) -> [String] {
        let texts = reader.texts(key, of: node, isNeeded: isNeeded)
        for text in texts {
            let stems = text.split(separator: " ").filter { $0.contains("*") }
            for stem in stems
            where !stem.hasSuffix("*") || stem.count <= Lexicon.shortestStem || stem.dropLast().contains("*") {
                reader.mistake(
                    node[key] ?? node, "“\(text)”: a star stands after three letters or more, such as strangl*.")
            }
        }
        return texts
    }
}
