public import Kernel

/// One version of one instrument: what is asked, in which words, and what is counted. It never changes once it is used:
/// an assessment answered in it is read in it for ever.
public struct InstrumentVersion: Sendable, Hashable, Codable {
    public enum Standing: String, Sendable, Codable, CaseIterable {
        /// Follows a published instrument, in labels of our own.
        case published
        /// Made in the manner of one whose items we have not seen.
        case unofficial
        /// A force's own, or its licensed wording.
        case local
    }

    /// When in the work it is asked.
    public enum Stage: String, Sendable, Codable, CaseIterable {
        /// By whoever takes the call.
        case call
        /// By whoever is there, or looks into it later.
        case response
    }

    /// Shape of this definition when it is kept: older numbers decode for ever.
    public private(set) var schema = 1
    public let id: String
    /// `2009.1`
    public let version: String
    public let title: Wording
    public let standing: Standing
    public let from: Day
    /// The first day on which a new assessment is no longer made in it; nil while it is.
    public let until: Day?
    /// Where it is used, in a sentence.
    public let use: Wording
    /// As the file says it; definitions that say nothing are for the response.
    let namedStage: Stage?
    public var stage: Stage { namedStage ?? .response }
    public let source: String
    /// What a practitioner has yet to confirm, and what the force may or may not do with it.
    public let notes: [String]
    public let languages: [String]
    public let scales: [Scale]
    public let sections: [QuestionSection]
    public let followUpSets: [FollowUpSet]
    public let scoring: [Scoring]
    public let grades: [GradeWord]

    public var language: String { title.main }
    public var key: Key { Key(id: id, version: version) }

    /// Which version of which instrument.
    public struct Key: Sendable, Hashable, Codable, CustomStringConvertible {
        public let id: String
        public let version: String

        public init(id: String, version: String) { (self.id, self.version) = (id, version) }

        public var description: String { "\(id) \(version)" }
    }

    public func holds(on day: Day) -> Bool { from <= day && (until.map { day < $0 } ?? true) }

    /// The questions of its sections, in order, without those of follow-up sets.
    public var questions: [Question] { sections.flatMap(\.questions) }

    /// The numbered questions.
    public var topics: [Question] { questions.filter { $0.number != nil } }

    /// Those of follow-up sets too.
    public var allQuestions: [Question] { questions + followUpSets.flatMap(\.questions) }

    public func question(_ id: String) -> Question? { allQuestions.first { $0.id == id } }

    public func scale(of question: Question) -> Scale? { question.scale.flatMap { id in scales.first { $0.id == id } } }

    public func followUpSet(_ id: String) -> FollowUpSet? { followUpSets.first { $0.id == id } }

    public func grade(_ id: String) -> GradeWord? { grades.first { $0.id == id } }

    /// The sets that the answers call for, in the order of the definition.
    public func followUps(calledForBy answers: AnswerSet) -> [FollowUpSet] {
        let called = Set(
            questions.filter { question in
                !question.followUps.isEmpty && (answers.answer(to: question.id).map { counts($0, question) } ?? false)
            }.flatMap { $0.followUps.map(\.set) })
        return followUpSets.filter { called.contains($0.id) }
    }
}

extension InstrumentVersion {
    init(
        key: Key, title: Wording, standing: Standing, dates: (from: Day, until: Day?), use: Wording, stage: Stage?,
        source: String, notes: [String], languages: [String], parts: InstrumentParts
    ) {
        (id, version, self.title, self.standing) = (key.id, key.version, title, standing)
        (from, until, self.use, self.source) = (dates.from, dates.until, use, source)
        (self.notes, self.languages, namedStage) = (notes, languages, stage)
        (scales, sections, followUpSets) = (parts.scales, parts.sections, parts.followUpSets)
        (scoring, grades) = (parts.scoring, parts.grades)
    }
}

/// What an instrument is made of, as it is read.
struct InstrumentParts {
    var scales: [Scale] = []
    var sections: [QuestionSection] = []
    var followUpSets: [FollowUpSet] = []
    var scoring: [Scoring] = []
    var grades: [GradeWord] = []
}
