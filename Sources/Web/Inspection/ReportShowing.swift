import Inspection
import Kernel
import Ledger
import Pages

/// From a report as the room keeps it to what a page shows.
struct ReportShowing {
    let draft: ReportDraft
    /// Reports of the same force, this one included, for grades that were carried over and for trends.
    var held: [ReportDraft] = []
    var scales: GradeScales?
    var areas: [AreaLine] = []
    /// The words of each area, as its record keeps them.
    var texts: [String: AreaLine] = [:]
    var followed: [String: AreaLine] = [:]
    var canFollow = false

    func view() -> ReportView {
        var view = ReportView(force: draft.force, year: "\(draft.year)", pillar: draft.pillar.rawValue)
        view.overall = draft.overallGrades.map { .init(pillar: $0.pillar.rawValue, grade: $0.grade.rawValue) }
        view.overview = draft.overview
        view.questions = draft.questions.enumerated().map { question($1, at: $0) }
        view.areasOutside = draft.areasOutside.map(area)
        view.causesOutside = draft.causesOfConcernOutside.map(cause)
        view.notUnderstood = draft.notUnderstood.map { .init(line: $0.line, text: $0.text, reason: $0.reason.rawValue) }
        return view
    }

    private func question(_ question: QuestionDraft, at index: Int) -> ReportView.Question {
        var view = ReportView.Question(
            text: question.text, grade: CarriedWords.grade(of: question, in: draft, held: held),
            statement: question.gradeStatement ?? question.notInspected)
        for (place, finding) in question.findings.enumerated() {
            switch finding.kind {
            case .grading: continue
            case .strength: view.strengths.append(self.finding(finding, index, place, canFollow: false))
            case .toImprove: view.toImprove.append(self.finding(finding, index, place, canFollow: canFollow))
            case .statement: view.findings.append(self.finding(finding, index, place, canFollow: canFollow))
            }
        }
        view.areas = question.areasForImprovement.map(area)
        view.causes = question.causesOfConcern.map(cause)
        view.trend = trend(question.text)
        return view
    }

    private func finding(
        _ finding: Finding, _ question: Int, _ place: Int, canFollow: Bool
    ) -> ReportView.Finding {
        var view = ReportView.Finding(leadIn: finding.leadIn, text: finding.text)
        if let made = followed[finding.full] {
            view.follow = .made("/areas/\(made.id)")
        } else if canFollow {
            view.follow = .offered(question: question, finding: place)
        }
        return view
    }

    private func area(_ area: AreaDraft) -> ReportView.AreaText {
        ReportView.AreaText(title: area.title, text: area.text, work: texts[area.text])
    }

    private func cause(_ cause: CauseOfConcernDraft) -> ReportView.Cause {
        ReportView.Cause(
            text: cause.text, recommendations: cause.recommendations.map { .init(text: $0, work: texts[$0]) })
    }

    /// Nil when only one report of the force is held: one grade is no trend.
    private func trend(_ question: String) -> GradeTrendView? {
        guard let scales, held.count > 1 else { return nil }
        let points = GradeTrend.points(in: held, question: question)
        guard points.count > 1 else { return nil }
        switch GradeTrend.of(points, scales: scales) {
        case .refused(let reason): return .refused(reason)
        case .drawn(let scale, let points):
            return .drawn(
                scale: scale.grades.map(\.rawValue),
                points: points.map {
                    .init(year: "\($0.year)", grade: $0.grade.rawValue, carriedFrom: $0.carriedFrom.map { "\($0)" })
                })
        }
    }
}

/// What a page says of a grade that was carried over.
enum CarriedWords {
    static func grade(of question: QuestionDraft, in draft: ReportDraft, held: [ReportDraft]) -> QuestionGrade {
        if let grade = question.grade { return .stated(grade.rawValue) }
        guard let source = question.carriedFrom else { return .none }
        let trail = trail(question, draft, source, held)
        var grade = question.carriedGrade
        if grade == nil, case .found(let earlier, _) = trail { grade = earlier }
        return .carried(
            grade: grade?.rawValue,
            words: [
                "Not inspected in \(draft.year). The \(source) grade still stands.",
                origin(repeated: question.carriedGrade, trail),
            ])
    }

    /// How far back the reports held lead: a grade may be carried over more than once.
    private enum Trail {
        case found(Grade, ProgrammeYear)
        case notHeld(ProgrammeYear)
        case notStated(ProgrammeYear)
    }

    private static func origin(repeated: Grade?, _ trail: Trail) -> String {
        if let repeated { return "This report repeats that grade: \(repeated.rawValue)." }
        switch trail {
        case .found(let grade, let year):
            return "That grade is \(grade.rawValue), as the \(year) report says, which we hold."
        case .notHeld(let year): return "We do not hold that grade. Add the \(year) report to see it."
        case .notStated(let year): return "The \(year) report, which we hold, states no grade."
        }
    }

    private static func trail(
        _ question: QuestionDraft, _ draft: ReportDraft, _ source: ProgrammeYear, _ held: [ReportDraft]
    ) -> Trail {
        let (wanted, ours) = (plain(question.text), held.filter { $0.forceKey == draft.forceKey })
        var year = source
        while true {
            let asked = ours.filter { $0.year.first == year.first }.flatMap(\.questions)
                .filter { plain($0.text) == wanted }
            if let grade = asked.lazy.compactMap({ $0.grade ?? $0.carriedGrade }).first { return .found(grade, year) }
            guard !asked.isEmpty else { return .notHeld(year) }
            guard let before = asked.lazy.compactMap(\.carriedFrom).first, before.first < year.first else {
                return .notStated(year)
            }
            year = before
        }
    }

    private static func plain(_ text: String) -> String {
        text.lowercased().filter { $0.isLetter || $0.isNumber }
    }
}
