/// A grade in a year, as a point of a trend.
public struct GradePoint: Sendable, Equatable {
    public let year: ProgrammeYear
    public let grade: Grade
    /// The year whose inspection gave the grade, when it was carried over.
    public let carriedFrom: ProgrammeYear?

    public init(year: ProgrammeYear, grade: Grade, carriedFrom: ProgrammeYear? = nil) {
        (self.year, self.grade, self.carriedFrom) = (year, grade, carriedFrom)
    }

    /// The year that counts for the scale.
    var given: ProgrammeYear { carriedFrom ?? year }
}

/// Grades that may be drawn as one line, or the reason why they may not.
public enum GradeTrend: Sendable, Equatable {
    case drawn(scale: GradeScale, points: [GradePoint])
    case refused(String)

    /// Grades on scales that the inspectorate does not let one compare are refused, and the answer says why.
    public static func of(_ points: [GradePoint], scales: GradeScales) -> GradeTrend {
        let ordered = points.sorted { $0.year < $1.year }
        var used: [GradeScale] = []
        for point in ordered {
            guard let scale = scales.scale(for: point.given) else {
                return .refused("We do not know the scale of grades used in \(point.given).")
            }
            guard scale.grades.contains(point.grade) else {
                return .refused("“\(point.grade.rawValue)” was not a grade in \(point.given).")
            }
            if !used.contains(scale) { used.append(scale) }
        }
        guard let first = used.first else { return .refused("There is no grade to show.") }
        for other in used.dropFirst() where !first.comparableWith.contains(other.id) {
            return .refused(refusal(first, other))
        }
        return .drawn(scale: first, points: ordered)
    }

    private static func refusal(_ first: GradeScale, _ other: GradeScale) -> String {
        "These grades are on different scales, so a line between them would mislead: \(first.title); \(other.title). "
            + other.note
    }

    /// The grades of one question in several reports of one force. A carried grade is looked up in the report of its
    /// source year; when we hold neither that report nor the grade, there is no point: missing is not zero.
    public static func points(in reports: [ReportDraft], question: String) -> [GradePoint] {
        let wanted = ReportHeadings.plain(question)
        func asked(_ report: ReportDraft) -> QuestionDraft? {
            report.questions.first { ReportHeadings.plain($0.text) == wanted }
        }
        return reports.compactMap { report in
            guard let question = asked(report) else { return nil }
            if let grade = question.grade { return GradePoint(year: report.year, grade: grade) }
            guard let source = question.carriedFrom else { return nil }
            let earlier = reports.filter { $0.year.first == source.first }.compactMap { asked($0)?.grade }.first
            return (question.carriedGrade ?? earlier).map {
                GradePoint(year: report.year, grade: $0, carriedFrom: source)
            }
        }
    }
}
