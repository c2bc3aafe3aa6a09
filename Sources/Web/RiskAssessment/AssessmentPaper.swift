import Access
import HTTPTypes
import Instruments
import Kernel
import Ledger
import Pages
import People
import RiskAssessment

/// An assessment on paper: for her own agency, or for one that was told of the victim, and then no more than it was told.
enum AssessmentPaper {
    static let routes: [Route] = [
        .get("/assessments/:id/paper", .signedIn(.disclosure, .person, form)),
        .post("/assessments/:id/paper", .signedIn(.disclosure, .person, make)),
    ]

    @Sendable private static func form(_ visit: Visit) async throws -> Web.Answer {
        visit.show(try await page(visit, visit.query["for"]))
    }

    @Sendable private static func make(_ visit: Visit) async throws -> Web.Answer {
        let form = try await visit.form()
        let (chosen, left) = (form["for"], Set(form.all("leave")))
        do {
            let source = try await source(visit, chosen)
            let lines = try lines(source, visit).filter { !left.contains($0.key) }
            guard !lines.isEmpty else {
                throw Problem.fields([.init("leave", "Nothing is left to print. Leave fewer lines out")])
            }
            try await note(source, lines.count, visit)
            return .download(
                try await PackPrinter.pdf(
                    try await document(source, lines, visit), stylesheet: Assets.named("pack.css")?.bytes ?? []),
                name: "assessment-\(source.record.id).pdf", contentType: "application/pdf")
        } catch let problem as Problem where problem.code == .invalid || problem.code == .unavailable {
            var page = try await page(visit, chosen)
            (page.left, page.errors) = (left, FieldErrors(problem))
            return visit.show(page, status: Failures.status(of: problem.code))
        }
    }

    /// Who gets it is in the log: an agency, and how many lines.
    private static func note(_ source: Source, _ lines: Int, _ visit: Visit) async throws {
        let basis = source.told.map { "by \($0.id)" } ?? "own use"
        let entry = Consultation(
            kind: Assessment.kind.name, .person, .disclosure, about: "paper \(basis) \(lines) lines",
            record: source.record.id.text, recipient: source.told?.body.recipient)
        try await visit.site.ledger.note(entry, as: visit.actor)
    }

    // MARK: What is on it

    private struct Source {
        let record: Record<Assessment>
        /// By what another agency was told of the victim; nil for our own use.
        let told: Record<Disclosure>?
        let live: [Record<Disclosure>]
        /// Whether the words of the assessment were told.
        var hasWords: Bool { told?.body.quotedFields.contains(.narrative) ?? true }
    }

    /// Of one that was sent; for another agency as it stood when that was told.
    private static func source(_ visit: Visit, _ chosen: String) async throws -> Source {
        let actor = visit.actor.working(on: .riskAssessment)
        let record = try await visit.assessments.assessment(try visit.assessmentID(), as: actor)
        guard record.owner == actor.agency else { throw Problem.absent }
        guard record.body.firstSent != nil else {
            throw Problem(
                .conflict, "This assessment was not sent yet.", next: "It can be printed once its officer has sent it.")
        }
        let live = try await live(record.body, visit)
        guard !chosen.isEmpty else { return Source(record: record, told: nil, live: live) }
        guard let told = live.first(where: { $0.id.text == chosen }) else { throw Problem.absent }
        let then = try await visit.assessments.assessment(record.id, asKnownAt: told.at, as: actor)
        guard let then, then.body.firstSent != nil else { throw Problem.absent }
        return Source(record: then, told: told, live: live)
    }

    /// What other agencies may still read of her. What was told before the assessment was sent is not about it.
    private static func live(_ body: Assessment, _ visit: Visit) async throws -> [Record<Disclosure>] {
        guard let victim = body.victim, let sent = body.firstSent else { return [] }
        let now = visit.site.ledger.now
        return try await visit.site.people.disclosures(of: victim, as: visit.actor).filter {
            $0.owner == visit.actor.agency && $0.body.isLive(at: now) && $0.at >= sent
        }
    }

    private static func lines(_ source: Source, _ visit: Visit) throws -> [AssessmentPaperPage.Line] {
        guard source.hasWords else { return [] }
        let body = source.record.body
        guard let version = visit.assessments.library.shelf.version(body.answers.instrument) else { return [] }
        var parts = AssessmentShowing.answers(source.record, version) + ResponseTelling.parts(body)
        if let grading = body.grading {
            parts.insert(
                AssessmentPage.Part(
                    "Grade", [SummaryRow("Grade", grading.label), SummaryRow("Why", grading.given.reason)]), at: 0)
        }
        return parts.enumerated().flatMap { place, part in
            part.rows.enumerated().map { number, row in
                AssessmentPaperPage.Line(key: "\(place)-\(number)", part: part.title, row: row)
            }
        }
    }

    private static func page(_ visit: Visit, _ chosen: String) async throws -> AssessmentPaperPage {
        let (source, agencies) = (try await source(visit, chosen), try await AgencyNames.of(visit))
        let recipients = source.live.map { told in
            Choice(
                told.id.text,
                "\(agencies.name(told.body.recipient)), as told on \(LondonTime.inWords(told.at)): "
                    + PersonWords.fields(told.body.quotedFields))
        }
        return AssessmentPaperPage(
            id: source.record.id.text, name: AssessmentTelling.name(source.record.body), chosen: chosen,
            recipients: [Choice("", "Our own use")] + recipients,
            tell: source.record.body.victim.map { "/persons/\($0)/tell" }, lines: try lines(source, visit))
    }

    private static func document(
        _ source: Source, _ lines: [AssessmentPaperPage.Line], _ visit: Visit
    ) async throws -> [UInt8] {
        let (agencies, body) = (try await AgencyNames.of(visit), source.record.body)
        var facts = [
            SummaryRow("Made by", agencies.name(visit.actor.agency)),
            SummaryRow("Made on", LondonTime.inWords(visit.site.ledger.now)),
            SummaryRow("For", source.told.map { agencies.name($0.body.recipient) } ?? "Our own use"),
            SummaryRow("When it happened", body.happened.words),
        ]
        facts += try await persons(source, visit)
        if let told = source.told {
            let basis = LegalBasis.dated.first { $0.value.code == told.body.basis }?.value.title ?? told.body.basis
            facts += [
                SummaryRow("The law that allows it", basis), SummaryRow("Why", told.body.words),
                SummaryRow("May be read until", told.body.until.map { LondonTime.inWords($0) } ?? "No end"),
            ]
        }
        return AssessmentDocument(
            name: AssessmentTelling.name(body), facts: facts, lines: lines, isExtract: source.told != nil
        ).bytes(marking: .sensitive, force: visit.site.settings.force)
    }

    /// For another agency the victim alone, as she was told; for our own use everybody.
    private static func persons(_ source: Source, _ visit: Visit) async throws -> [SummaryRow] {
        let body = source.record.body
        if let told = source.told {
            guard told.body.quotedFields.contains(.identity) else { return [] }
            let shown = try await visit.site.people.disclosure(told.id, as: visit.actor).quoted?.body
            return shown.map { [SummaryRow("Victim", PersonWords.name($0.seen(told.body.quotedFields)))] } ?? []
        }
        let known = try await visit.site.people.persons(body.parties.map(\.person), as: visit.actor)
        return body.parties.compactMap { party in
            known.first { $0.id == party.person }.map {
                SummaryRow(party.capacity.title, PersonWords.name($0.body))
            }
        }
    }
}
