public import Instruments
import Kernel

/// The grade that a person gave, with what had been raised before her.
public struct Grading: Sendable, Hashable, Codable {
    public let given: GivenGrade
    /// The grade's words when it was given.
    public let label: String
    public let by: String
    /// Ids of the concerns that stood when she graded.
    public let weighed: [String]
    /// How she weighed them, where her grade is not the gravest.
    public let against: String
}

extension Assessment {
    /// What was raised since the grade was given, or before there was one.
    public func unweighed(_ concerns: [Concern]) -> [Concern] {
        let weighed = Set(grading?.weighed ?? [])
        return concerns.filter { !weighed.contains($0.id) }
    }

    /// With the grade that she gives. A concern changes none: it only asks for words where she grades below the gravest.
    /// - Throws: `Overtaken`; `Problem.invalid` with fields `grade`, `reason`, `against`; `.conflict` once it was sent.
    func graded(
        _ draft: GradeDraft, weighing concerns: [Concern], in version: InstrumentVersion, _ words: AssessmentWords,
        seen: Int, by user: String, at now: Moment
    ) throws -> Assessment {
        guard state.isOpen else { throw Assessment.moved(state) }
        guard graded.times == seen else { throw Overtaken() }
        let (reason, against) = (draft.reason.trimmed(), draft.against.trimmed())
        var faults: [Problem.Field] = []
        let grade = version.grade(draft.grade)
        if grade == nil { faults.append(.init("grade", "Choose the grade that you judge to be right.")) }
        if reason.isEmpty { faults.append(.init("reason", "Say which answers weigh most, and why.")) }
        let isGravest = words.gravity(of: draft.grade, on: day) == .gravest
        if grade != nil, !isGravest, !concerns.isEmpty, against.isEmpty {
            faults.append(.init("against", "Say how you weighed what was raised. Your grade stays yours."))
        }
        for (field, text) in [("reason", reason), ("against", against)]
        where text.unicodeScalars.count > Assessment.mostWords {
            faults.append(.init(field, "Use 4,000 characters or fewer."))
        }
        guard let grade, faults.isEmpty else { throw Problem.fields(faults) }
        var next = self
        next.grading = Grading(
            given: GivenGrade(grade.id, reason: reason, at: now), label: grade.label.text, by: user,
            weighed: concerns.map(\.id), against: isGravest || concerns.isEmpty ? "" : against)
        next.graded.again(by: user)
        return next
    }
}

/// A grade as it was typed.
public struct GradeDraft: Sendable, Hashable {
    public var grade: String
    public var reason: String
    public var against: String

    public init(grade: String, reason: String, against: String = "") {
        (self.grade, self.reason, self.against) = (grade, reason, against)
    }
}
