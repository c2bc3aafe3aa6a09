import Access
import HTTPTypes
import Kernel
import Ledger
import Pages
import People

/// Agreements by which partners share persons.
enum AgreementRoutes {
    static let all: [Route] = [
        .get("/persons/agreements/new", .signedIn(.collection, .sharing) { $0.show(try await form($0)) }),
        .post("/persons/agreements", .signedIn(.collection, .sharing, add)),
        .get("/persons/agreements/:id", .signedIn(.consultation, .sharing) { $0.show(try await page($0)) }),
        .post("/persons/agreements/:id", .signedIn(.alteration, .sharing, change)),
        .get("/persons/agreements/:id/change", .signedIn(.alteration, .sharing, changeForm)),
        .post("/persons/agreements/:id/end", .signedIn(.alteration, .sharing, end)),
    ]

    // MARK: Entering

    private static func form(_ visit: Visit) async throws -> AgreementFormPage {
        let bases = LegalBasis.dated.holding(on: visit.intake.today)
        return AgreementFormPage(
            agencies: [Choice("", "Choose one")]
                + (try await AgencyNames.of(visit)).choices(without: visit.actor.agency),
            bases: [Choice("", "Choose one")] + bases.map { Choice($0.code, $0.title) })
    }

    @Sendable private static func add(_ visit: Visit) async throws -> Answer {
        let fields = AgreementFormPage.Fields(try await visit.form())
        var page = try await form(visit)
        do {
            let agency = page.agencies.contains { $0.value == fields.agency } ? fields.agency : ""
            let id = try await visit.intake.agree(draft(fields, agency), as: visit.actor)
            return .redirect("/persons/agreements/\(id)", .added)
        } catch let problem as Problem where problem.code == .invalid {
            (page.fields, page.errors) = (fields, FieldErrors(problem))
            return visit.show(page, status: .unprocessableContent)
        }
    }

    private static func draft(_ fields: AgreementFormPage.Fields, _ agency: String) -> SharingAgreement.Draft {
        let parts = [fields.until.year, fields.until.month, fields.until.day].map { Int($0) ?? 0 }
        return SharingAgreement.Draft(
            agency: agency, title: fields.title, basis: fields.basis,
            until: Day(year: parts[0], month: parts[1], day: parts[2]))
    }

    // MARK: One

    private static func record(_ visit: Visit) async throws -> Record<SharingAgreement> {
        guard let id = Identifier<SharingAgreement>(visit.parameter("id")) else { throw Problem.absent }
        return try await visit.intake.agreement(id, as: visit.actor)
    }

    private static func page(_ visit: Visit) async throws -> AgreementPage {
        let (record, agencies) = (try await record(visit), try await AgencyNames.of(visit))
        let versions = try await visit.intake.history(of: record.id, as: visit.actor)
        let names = try await PeopleNames.of(versions.map(\.author), visit)
        let mayChange = record.owner == visit.actor.agency && visit.may(.alteration, .sharing)
        return AgreementPage(
            id: record.id.text, version: record.version, title: record.body.title,
            facts: facts(record.body, agencies, on: visit.intake.today),
            mayChange: mayChange && record.body.isLive(on: visit.intake.today),
            history: versions.reversed().map { version in
                TimelineEntry(
                    when: LondonTime.inWords(version.at), machineWhen: version.at.description,
                    title: version.body.endedBecause == nil
                        ? version.version == 1 ? "Entered" : "Changed" : "Ended",
                    who: names.name(version.author),
                    text: "\(version.body.title), until \(LondonTime.inWords(version.body.until))"
                        + (version.body.endedBecause.map { ". \($0)" } ?? ""))
            })
    }

    private static func facts(_ body: SharingAgreement, _ agencies: AgencyNames, on day: Day) -> [SummaryRow] {
        let basis = LegalBasis.dated.first { $0.value.code == body.basis }?.value.title ?? body.basis
        let state =
            body.isLive(on: day)
            ? "Files can be loaded by it" : body.until < day ? "It is over" : "Ended; what came by it goes tonight"
        return [
            SummaryRow("Shared by", agencies.name(body.agency)), SummaryRow("The law that allows it", basis),
            SummaryRow("Last day", LondonTime.inWords(body.until)), SummaryRow("State", state),
        ]
    }

    @Sendable private static func changeForm(_ visit: Visit) async throws -> Answer {
        visit.show(try await changePage(try await record(visit), visit))
    }

    private static func changePage(
        _ record: Record<SharingAgreement>, _ visit: Visit
    ) async throws -> AgreementFormPage {
        guard record.owner == visit.actor.agency else { throw Problem.absent }
        var page = try await form(visit)
        let body = record.body
        (page.id, page.version, page.name) = (record.id.text, record.version, body.title)
        page.fields.title = body.title
        page.fields.basis = body.basis
        page.fields.until = TypedDate(
            day: String(body.until.day), month: String(body.until.month), year: String(body.until.year))
        return page
    }

    @Sendable private static func change(_ visit: Visit) async throws -> Answer {
        let (form, record) = (try await visit.form(), try await record(visit))
        let fields = AgreementFormPage.Fields(form)
        let problem: Problem
        do {
            try await visit.intake.change(
                record.id, expecting: Int(form["version"]) ?? 0, draft(fields, record.body.agency),
                as: visit.actor)
            carry(visit)
            return .redirect("/persons/agreements/\(record.id)", .saved)
        } catch let found as Problem where [.invalid, .conflict].contains(found.code) {
            problem = found
        } catch is Conflict {
            problem = Problem(
                .conflict,
                "Somebody else changed this agreement while you were writing. Nothing of yours was saved yet.",
                next: "What you typed is in the form. Look at the agreement, then save again.")
        }
        var page = try await changePage(record, visit)
        (page.fields, page.errors) = (fields, FieldErrors(problem))
        return visit.show(page, status: Failures.status(of: problem.code))
    }

    @Sendable private static func end(_ visit: Visit) async throws -> Answer {
        let (form, record) = (try await visit.form(), try await record(visit))
        do {
            try await visit.intake.end(
                record.id, expecting: Int(form["version"]) ?? 0, because: form["reason"], as: visit.actor)
            carry(visit)
            return .redirect("/persons/agreements/\(record.id)", .ended)
        } catch let problem as Problem where [.invalid, .conflict].contains(problem.code) {
            var page = try await page(visit)
            (page.reason, page.errors) = (form["reason"], FieldErrors(problem))
            return visit.show(page, status: Failures.status(of: problem.code))
        } catch is Conflict {
            return .redirect("/persons/agreements/\(record.id)")
        }
    }

    /// Runs on after the answer has left; what it does not finish, the night does.
    private static func carry(_ visit: Visit) {
        let desk = visit.intake
        Task { try? await desk.carry() }
    }
}

extension AgreementFormPage.Fields {
    init(_ form: FormValues) {
        self.init()
        (agency, title, basis) = (form["agency"], form["title"], form["basis"])
        until = form.typedDate("until")
    }
}
