import Access
import Instruments
import Kernel
import Ledger
import Pages
import People
import RiskAssessment

/// Assessments of risk: beginning, asking, grading, sending and reviewing.
enum AssessmentRoutes {
    static let all: [Route] = [
        .get("/assessments", .signedIn(.consultation, .riskAssessment, AssessmentListing.list)),
        .get("/assessments/new", .signedIn(.collection, .riskAssessment, AssessmentBeginning.form)),
        .post("/assessments", .signedIn(.collection, .riskAssessment, AssessmentBeginning.begin)),
        .get("/assessments/standards", .signedIn(.alteration, .riskReview, AssessmentMeasuring.standards)),
        .get("/assessments/standards/:standard", .signedIn(.alteration, .riskReview, AssessmentMeasuring.measure)),
        .get("/assessments/officers", .signedIn(.combination, .riskReview, AssessmentMeasuring.officers)),
        .get("/assessments/later", .signedIn(.alteration, .riskReview, AssessmentMeasuring.later)),
        .get("/assessments/:id", .signedIn(.consultation, .riskAssessment, AssessmentShowing.show)),
        .get("/assessments/:id/questions", .signedIn(.consultation, .riskAssessment, AssessmentAsking.list)),
        .get("/assessments/:id/form", .signedIn(.alteration, .riskAssessment, AssessmentAsking.whole)),
        .get("/assessments/:id/questions/:question", .signedIn(.alteration, .riskAssessment, AssessmentAsking.show)),
        .post("/assessments/:id/questions/:question", .signedIn(.alteration, .riskAssessment, AssessmentAsking.save)),
        .get("/assessments/:id/how", .signedIn(.alteration, .riskAssessment, AssessmentHow.show)),
        .post("/assessments/:id/how", .signedIn(.alteration, .riskAssessment, AssessmentHow.save)),
        .get("/assessments/:id/response", .signedIn(.alteration, .riskAssessment, AssessmentResponse.show)),
        .post("/assessments/:id/response", .signedIn(.alteration, .riskAssessment, AssessmentResponse.save)),
        .get("/assessments/:id/grade", .signedIn(.alteration, .riskAssessment, AssessmentGrading.show)),
        .post("/assessments/:id/grade", .signedIn(.alteration, .riskAssessment, AssessmentGrading.save)),
        .get("/assessments/:id/send", .signedIn(.alteration, .riskAssessment, AssessmentSendingPages.show)),
        .post("/assessments/:id/send", .signedIn(.alteration, .riskAssessment, AssessmentSendingPages.send)),
        .post("/assessments/:id/review", .signedIn(.alteration, .riskReview, AssessmentReviewing.decide)),
    ]
}

extension Visit {
    var assessments: AssessmentDesk { site.assessments }

    func assessmentID() throws -> Identifier<Assessment> {
        guard let id = Identifier<Assessment>(parameter("id")) else { throw Problem.absent }
        return id
    }

    func assessment() async throws -> Record<Assessment> {
        try await assessments.assessment(try assessmentID(), as: actor)
    }

    /// One of her agency: whoever may see it and not change it finds no form.
    func ownAssessment() async throws -> Record<Assessment> {
        let record = try await assessment()
        guard record.owner == actor.agency else { throw Problem.absent }
        return record
    }

    /// One that can be written to.
    /// - Throws: `Problem.conflict` once it was sent.
    func openAssessment() async throws -> Record<Assessment> {
        let record = try await ownAssessment()
        guard record.body.state.isOpen else {
            throw Problem(
                .conflict, "This assessment was sent. It can be read and not changed.",
                next: "Ask a supervisor to open it again.")
        }
        return record
    }
}

/// Assessments in words.
enum AssessmentTelling {
    static func name(_ body: Assessment) -> String {
        body.reference.isEmpty ? "Assessment of \(body.happened.words)" : "Assessment, \(body.reference)"
    }

    static func state(_ state: Assessment.State) -> (words: String, kind: Html.TagKind) {
        switch state {
        case .draft: ("Being written", .information)
        case .sent: ("Waits for a review", .attention)
        case .agreed: ("Agreed", .good)
        case .returned: ("Returned to the officer", .attention)
        case .reopened: ("Opened again", .attention)
        }
    }

    static func gradeKind(_ body: Assessment) -> Html.TagKind {
        switch (try? AssessmentWords.bundled())?.gravity(of: body.grading?.given.grade, on: body.day) ?? .unknown {
        case .gravest: .danger
        case .middle: .attention
        case .lower, .unknown: .neutral
        }
    }

    static func source(_ source: Instruments.Answer.Source) -> String {
        switch source {
        case .victim: "The victim"
        case .child: "A child"
        case .witness: "A witness"
        case .relative: "A relative"
        case .professional: "A professional"
        case .records: "Records"
        case .officer: "What I saw myself"
        case .other: "Somebody else"
        }
    }

    static func spoken(_ spoken: Circumstances.Spoken) -> String {
        switch spoken {
        case .yes: "Yes"
        case .no: "No"
        case .notRecorded: "Not recorded"
        }
    }

    /// What it takes to be on time, in words.
    static func clock(_ due: Moment?, at now: Moment) -> (words: String, isLate: Bool) {
        guard let due else { return ("No time is set", false) }
        return ("by \(LondonTime.inWords(due))", due < now)
    }
}
