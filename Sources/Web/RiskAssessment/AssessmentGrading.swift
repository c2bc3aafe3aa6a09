import Access
import HTTPTypes
import Instruments
import Kernel
import Ledger
import Pages
import RiskAssessment

/// A grade by judgement.
enum AssessmentGrading {
    static let overtaken = Problem(
        .conflict, "This part was saved from another device meanwhile. Yours is not saved yet.",
        next: "Look at both, then save again.")

    @Sendable static func show(_ visit: Visit) async throws -> Web.Answer {
        let record = try await visit.openAssessment()
        let grading = record.body.grading
        let draft = GradeDraft(
            grade: grading?.given.grade ?? "", reason: grading?.given.reason ?? "", against: grading?.against ?? "")
        return visit.show(try await page(record, draft, visit))
    }

    @Sendable static func save(_ visit: Visit) async throws -> Web.Answer {
        let (form, record) = (try await visit.form(), try await visit.ownAssessment())
        let draft = GradeDraft(grade: form["grade"], reason: form.text("reason"), against: form.text("against"))
        do {
            try await visit.assessments.grade(draft, seen: Int(form["seen"]) ?? 0, in: record.id, as: visit.actor)
            return .redirect("/assessments/\(record.id)/send")
        } catch is Overtaken {
            let now = try await visit.assessment()
            var page = try await page(now, draft, visit)
            page.place.theirs = rows(now.body.grading)
            page.errors = FieldErrors(overtaken)
            return visit.show(page, status: .conflict)
        } catch let problem as Problem where problem.code == .invalid || problem.code == .conflict {
            var page = try await page(record, draft, visit)
            page.errors = FieldErrors(problem)
            return visit.show(page, status: Failures.status(of: problem.code))
        }
    }

    private static func rows(_ grading: Grading?) -> [SummaryRow] {
        grading.map { grading in
            [SummaryRow("Grade", grading.label), SummaryRow("Why", grading.given.reason)]
                + (grading.against.isEmpty ? [] : [SummaryRow("How what was raised was weighed", grading.against)])
        } ?? []
    }

    private static func page(
        _ record: Record<Assessment>, _ draft: GradeDraft, _ visit: Visit
    ) async throws -> AssessmentGradePage {
        let (body, version) = (record.body, try visit.assessments.version(of: record.body))
        let concerns = try await visit.assessments.concerns(in: body, as: visit.actor)
        return AssessmentGradePage(
            place: AssessmentFormPlace(
                id: record.id.text, name: AssessmentTelling.name(body), seen: body.graded.times),
            grades: version.grades.map { Choice($0.id, $0.label.text, hint: $0.meaning.text) }, grade: draft.grade,
            reason: draft.reason, against: draft.against, concerns: concerns.map(\.sentence),
            counted: version.scores(of: body.answers).map { score in
                "\(version.scoring.first { $0.id == score.id }?.title.text ?? score.id): \(score.inWords)"
            })
    }
}

/// What is thin, before it is sent; and sending it.
enum AssessmentSendingPages {
    @Sendable static func show(_ visit: Visit) async throws -> Web.Answer {
        visit.show(try await page(try await visit.openAssessment(), [:], visit))
    }

    @Sendable static func send(_ visit: Visit) async throws -> Web.Answer {
        let (form, record) = (try await visit.form(), try await visit.ownAssessment())
        var reasons: [QualityStandard: String] = [:]
        for standard in QualityStandard.allCases {
            reasons[standard] = form.text("override-\(standard.rawValue)")
        }
        do {
            try await visit.assessments.send(record.id, overriding: reasons, as: visit.actor)
            return .redirect("/assessments/\(record.id)", .saved)
        } catch let problem as Problem where problem.code == .invalid || problem.code == .conflict {
            var page = try await page(try await visit.assessment(), reasons, visit)
            page.errors = FieldErrors(problem)
            return visit.show(page, status: Failures.status(of: problem.code))
        }
    }

    private static func page(
        _ record: Record<Assessment>, _ reasons: [QualityStandard: String], _ visit: Visit
    ) async throws -> AssessmentSendPage {
        let (body, base) = (record.body, "/assessments/\(record.id)" as WebAddress)
        let readiness = try await visit.assessments.readiness(of: record, as: visit.actor)
        let feedback = readiness.ledger.feedback(at: .submission)
        let standards = QualityStandard.allCases.filter { standard in feedback.contains { $0.standard == standard } }
        let clock = AssessmentTelling.clock(visit.assessments.sendingDue(body), at: visit.site.ledger.now)
        return AssessmentSendPage(
            id: record.id.text, name: AssessmentTelling.name(body), grade: body.grading?.label ?? "",
            thin: standards.map { standard in
                AssessmentSendPage.Thin(
                    standard: standard.rawValue, title: readiness.ledger[standard]?.title ?? standard.rawValue,
                    sentences: feedback.filter { $0.standard == standard }.map {
                        .init($0.sentence, to: place(of: $0, base))
                    },
                    reason: reasons[standard] ?? body.overrides.last { $0.standard == standard }?.reason ?? "")
            },
            gaps: body.response.gaps, raised: body.grading == nil ? [] : readiness.unweighed.map(\.sentence),
            due: "It is to be sent \(clock.words)\(clock.isLate ? ", which has passed" : "").")
    }

    /// Where it can be put right.
    private static func place(of feedback: Feedback, _ base: WebAddress) -> WebAddress? {
        if let question = feedback.question { return "\(base)/questions/\(question)" }
        switch feedback.standard {
        case .voice, .history: return "\(base)/how"
        case .rationale, .consistency: return "\(base)/grade"
        case .completeness, .context: return "\(base)/questions"
        case .timeliness, .supervision: return nil
        }
    }
}
