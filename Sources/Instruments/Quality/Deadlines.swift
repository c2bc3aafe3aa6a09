public import Kernel

extension QualityRules {
    /// By when an assessment has to be sent, by the hours that hold on `day`; nil where none are set.
    public func sendingDue(reportedAt moment: Moment, on day: Day) -> Moment? { due(.submit, nil, after: moment, day) }

    /// What a standard is called on a day.
    public func title(of standard: QualityStandard, on day: Day) -> String {
        standards.holding(on: day).first { $0.standard == standard }?.title ?? standard.rawValue
    }

    /// By when it has to be reviewed.
    public func reviewDue(sentAt moment: Moment, grade: String?, on day: Day) -> Moment? {
        due(.review, grade, after: moment, day)
    }

    /// Hours of the grade, else those of every grade.
    private func due(_ step: QualityDeadline.Step, _ grade: String?, after moment: Moment, _ day: Day) -> Moment? {
        let lines = deadlines.holding(on: day).filter { $0.step == step }
        let line = lines.first { $0.grade != nil && $0.grade == grade } ?? lines.first { $0.grade == nil }
        return line.map { moment.adding(seconds: Int64($0.hours) * 3600) }
    }
}
