/// The stable form of a draft for other programs: `holdfast inspection import FILE --json`. A missing grade or year is
/// written as null, never left out. `force` is what the title of the report says; `year` is a number when it is one
/// year and a string such as `2018/19` otherwise; a finding that is a bullet carries its lead-in.
public struct ReportSummary: Sendable, Encodable {
    private let draft: ReportDraft

    public init(_ draft: ReportDraft) { self.draft = draft }

    private enum Key: String, CodingKey {
        case force, year, pillar, overallGrades, questions, areasOutside, causesOfConcernOutside, notUnderstood,
            setAside
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(draft.force, forKey: .force)
        try container.encode(draft.year, forKey: .year)
        try container.encode(draft.pillar, forKey: .pillar)
        try container.encode(draft.overallGrades, forKey: .overallGrades)
        try container.encode(draft.questions.map(QuestionSummary.init), forKey: .questions)
        try container.encode(draft.areasOutside.map(\.text), forKey: .areasOutside)
        try container.encode(draft.causesOfConcernOutside, forKey: .causesOfConcernOutside)
        try container.encode(draft.notUnderstood.map(\.text), forKey: .notUnderstood)
        try container.encode(draft.notUnderstood, forKey: .setAside)
    }
}

private struct QuestionSummary: Encodable {
    let question: QuestionDraft

    private enum Key: String, CodingKey {
        case text, grade, carriedFrom, carriedGrade, gradeStatement, findings, strengths, toImprove
        case areasForImprovement, causesOfConcern
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(question.text, forKey: .text)
        try container.encode(question.grade, forKey: .grade)
        try container.encode(question.carriedFrom, forKey: .carriedFrom)
        try container.encode(question.carriedGrade, forKey: .carriedGrade)
        try container.encode(question.gradeStatement, forKey: .gradeStatement)
        try container.encode(question.findings.map(\.full), forKey: .findings)
        try container.encode(texts(.strength), forKey: .strengths)
        try container.encode(texts(.toImprove), forKey: .toImprove)
        try container.encode(question.areasForImprovement.map(\.text), forKey: .areasForImprovement)
        try container.encode(question.causesOfConcern, forKey: .causesOfConcern)
    }

    private func texts(_ kind: Finding.Kind) -> [String] {
        question.findings.filter { $0.kind == kind }.map(\.text)
    }
}
