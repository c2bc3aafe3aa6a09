public import Kernel

/// Judges assessments made in one version of an instrument by the rules of one day. Made once, used for many.
///
/// Pure: the same facts at the same moment give the same findings.
public struct QualityJudge: Sendable {
    let version: InstrumentVersion
    let vocabulary: QualityVocabulary
    /// By id, each question with what is asked of its words.
    let asked: [String: AskedQuestion]
    /// How many places the form has.
    let places: Int
    let sectionQuestions: [AskedQuestion]
    let followUps: [(set: FollowUpSet, questions: [AskedQuestion])]
    let standards: [StandardTitle]
    let contradictions: [Contradiction]
    let gradeChecks: [GradeCheck]
    let gradeWords: [(grades: [String], lexicon: Lexicon)]
    let deadlines: [QualityDeadline]
    private let limits: [QualityLimit.Name: Int]

    /// - Parameter day: on which the rules have to hold: that of the assessment.
    public init(_ rules: QualityRules, for version: InstrumentVersion, on day: Day) {
        self.version = version
        vocabulary = QualityVocabulary(rules, on: day)
        let details = rules.details.holding(on: day)
        let asked = Dictionary(
            version.allQuestions.enumerated().map { ($1.id, AskedQuestion($1, at: $0, details, version)) },
            uniquingKeysWith: { first, _ in first })
        places = version.allQuestions.count
        self.asked = asked
        sectionQuestions = version.questions.compactMap { asked[$0.id] }
        followUps = version.followUpSets.map { set in (set, set.questions.compactMap { asked[$0.id] }) }
        standards = rules.standards.holding(on: day)
        contradictions = rules.contradictions.holding(on: day)
        gradeChecks = rules.gradeChecks.holding(on: day)
        gradeWords = rules.gradeWords.holding(on: day).map { ($0.grades, Lexicon($0.words)) }
        deadlines = rules.deadlines.holding(on: day)
        limits = Dictionary(
            rules.limits.holding(on: day).map { ($0.name, $0.number) }, uniquingKeysWith: { first, _ in first })
    }

    func limit(_ name: QualityLimit.Name) -> Int { limits[name] ?? 1 }

    /// Each standard that holds, judged.
    public func ledger(of facts: QualityFacts, at now: Moment) -> QualityLedger {
        let sight = QualitySight(facts, self, at: now)
        return QualityLedger(
            findings: standards.map { line in
                let judgement = judge(line.standard, sight)
                return StandardFinding(
                    standard: line.standard, title: line.title, outcome: judgement.outcome, reasons: judgement.reasons,
                    override: facts.overrides.last { $0.standard == line.standard })
            })
    }

    private func judge(_ standard: QualityStandard, _ sight: QualitySight) -> Judgement {
        switch standard {
        case .completeness: completeness(sight)
        case .context: context(sight)
        case .voice: voice(sight)
        case .history: history(sight)
        case .consistency: consistency(sight)
        case .rationale: rationale(sight)
        case .timeliness: timeliness(sight)
        case .supervision: supervision(sight)
        }
    }
}

/// One standard's outcome, before it is named.
struct Judgement {
    let outcome: StandardFinding.Outcome
    let reasons: [QualityReason]

    /// Met where nothing is missing.
    init(missing: [QualityReason]) { (outcome, reasons) = (missing.isEmpty ? .met : .notMet, missing) }

    private init(_ outcome: StandardFinding.Outcome, _ reasons: [QualityReason]) {
        (self.outcome, self.reasons) = (outcome, reasons)
    }

    static func notApplicable(_ why: String) -> Judgement { Judgement(.notApplicable, [QualityReason(nil, why)]) }
}

/// A question with the details that its words should hold.
final class AskedQuestion: Sendable {
    let question: Question
    /// Its place in the form.
    let position: Int
    /// “Question 17, Threats to kill”
    let title: String
    /// After “You recorded”.
    let names: String
    let details: [(detail: WordDetail, lexicon: Lexicon)]
    let choices: [String: Bool]
    /// Words by which a reason names it: its number, and the longer words of its label.
    let significant: Lexicon

    init(_ question: Question, at position: Int, _ details: [WordDetail], _ version: InstrumentVersion) {
        (self.question, self.position) = (question, position)
        title = question.title()
        names = question.names?.text ?? "a yes"
        self.details = question.needs.compactMap { id in
            details.first { $0.id == id }.map { ($0, Lexicon($0.cues)) }
        }
        let words = question.label.text.lowercased().split { !$0.isLetter && $0 != "-" }.filter { $0.count >= 5 }
        significant = Lexicon(
            words.map { "\($0.prefix(max(5, $0.count - 3)))*" } + AskedQuestion.numbers(question))
        choices = Dictionary(
            (version.scale(of: question)?.values ?? []).map { ($0.id, $0.counts) },
            uniquingKeysWith: { first, _ in first })
    }

    private static func numbers(_ question: Question) -> [String] {
        question.number.map { ["question \($0)", "questions \($0)", "q\($0)", "q \($0)"] } ?? []
    }

    func counts(_ answer: Answer) -> Bool {
        switch answer.reply {
        case .yes: true
        case .chosen: choices[answer.choice ?? ""] ?? false
        case .written: !answer.words.isEmpty
        case .no, .notKnown, .declined, .notAsked: false
        }
    }

    func denies(_ answer: Answer) -> Bool {
        answer.reply == .no || (answer.reply == .chosen && choices[answer.choice ?? ""] == false)
    }
}

/// The word lists of one day, made ready.
struct QualityVocabulary: Sendable {
    let boilerplate: Lexicon
    let boilerplateTexts: [String]
    let topics: Lexicon
    /// The topic of each phrase of `topics`.
    let topicOfPhrase: [String]
    let negations: [(lexicon: Lexicon, within: Int)]

    init(_ rules: QualityRules, on day: Day) {
        boilerplateTexts = rules.boilerplate(on: day)
        boilerplate = Lexicon(boilerplateTexts)
        let lines = rules.topicWords.holding(on: day)
        topics = Lexicon(lines.flatMap(\.words))
        topicOfPhrase = lines.flatMap { line in line.words.map { _ in line.topic } }
        negations = rules.negations.holding(on: day).map { (Lexicon($0.words), $0.within) }
    }

    /// Topics that a text tells of and does not deny, each with the words that tell it.
    func told(in scan: WordScan, of text: String) -> [(topic: String, words: String)] {
        let found = topics.matches(in: scan)
        guard !found.isEmpty else { return [] }
        let denials = negations.map { (matches: $0.lexicon.matches(in: scan), within: $0.within) }
        return found.filter { match in
            !denials.contains { denial in
                denial.matches.contains { no in
                    no.words.upperBound <= match.words.lowerBound
                        && match.words.lowerBound - no.words.upperBound < denial.within
                        && !scan.hasStop(between: no.words.lowerBound, and: match.words.lowerBound)
                }
            }
        }.map { (topicOfPhrase[$0.phrase], scan.slice($0.words, of: text)) }
    }
}

extension WordScan {
    /// A sentence begins after `from`, at the latest with `to`.
    func hasStop(between from: Int, and to: Int) -> Bool {
        from < to && words[(from + 1)...to].contains(where: \.startsSentence)
    }

    /// Words as they stand in the text.
    func slice(_ range: Range<Int>, of text: String) -> String {
        guard let first = range.first, let last = range.last else { return "" }
        let utf8 = text.utf8
        let from = utf8.index(utf8.startIndex, offsetBy: Int(words[first].from))
        let to = utf8.index(utf8.startIndex, offsetBy: Int(words[last].to))
        return String(text[from..<to])
    }
}
