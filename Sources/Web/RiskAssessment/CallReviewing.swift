import Access
import HTTPTypes
import Kernel
import Ledger
import Pages
import RiskAssessment

/// Calls that a supervisor looks at again, as an inspection would.
enum CallReviewing {
    @Sendable static func sample(_ visit: Visit) async throws -> Answer {
        let this = visit.today.monthOfYear
        let month = min(Month(visit.query["month"]) ?? this, this)
        let calls = try await visit.calls.sample(of: month, as: visit.actor)
        let list: WebAddress = "/calls/sample"
        let later = month.adding(months: 1)
        return visit.show(
            CallSamplePage(
                month: month.inWords, earlier: list.adding("month", month.adding(months: -1).description),
                later: later <= this ? list.adding("month", later.description) : nil,
                size: try CallWords.bundled().sampleSize(of: month), calls: calls.map(task),
                isRunning: month == this))
    }

    private static func task(_ record: Record<ReportedCall>) -> TaskItem {
        let isDone = record.body.reviews.contains { $0.isSampled }
        return TaskItem(
            CallTelling.name(record.body), "/calls/\(record.id)/review",
            detail: LondonTime.inWords(record.body.reportedAt), state: isDone ? "Reviewed" : "To review",
            kind: isDone ? .good : .attention)
    }

    @Sendable static func form(_ visit: Visit) async throws -> Answer {
        visit.show(try await page(try await visit.ownCall(), visit))
    }

    @Sendable static func save(_ visit: Visit) async throws -> Answer {
        let (form, record) = (try await visit.form(), try await visit.ownCall())
        let words = form.text("review-words")
        do {
            try await visit.calls.review(record.id, .init(rawValue: form["should"]), words: words, as: visit.actor)
            let month = LondonTime.day(of: record.body.reportedAt).monthOfYear
            let list: WebAddress = "/calls/sample"
            return .redirect(list.adding("month", month.description), .saved)
        } catch let problem as Problem where problem.code == .invalid {
            var page = try await page(record, visit)
            (page.chosen, page.words, page.errors) = (form["should"], words, FieldErrors(problem))
            return visit.show(page, status: .unprocessableContent)
        }
    }

    private static func page(_ record: Record<ReportedCall>, _ visit: Visit) async throws -> CallReviewPage {
        let body = record.body
        let names = try await PeopleNames.of(body.reviews.map(\.by), visit)
        // What THRIVE says of vulnerability would tell what was found; its grade and the rest are what was known.
        let thrive = (body.thrive.map { CallShowing.rows($0, visit) } ?? []).filter { $0.key != "Vulnerability" }
        return CallReviewPage(
            id: record.id.text, name: CallTelling.name(body), facts: CallTelling.facts(body), thrive: thrive,
            history: try await AssessmentKnowing.history(
                of: body.persons, without: body.occurrence, at: body.place, visit),
            choices: FlagReview.Should.allCases.map { Choice($0.rawValue, CallTelling.should($0)) }, chosen: "",
            words: "",
            before: body.reviews.map {
                SummaryRow(
                    "\(LondonTime.inWords($0.at)), \(names.name($0.by))",
                    "\(CallTelling.should($0.should)): \($0.words)")
            })
    }
}
