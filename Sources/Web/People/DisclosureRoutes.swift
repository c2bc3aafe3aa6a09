import Access
import HTTPTypes
import Kernel
import Ledger
import Pages
import People

/// What one agency tells another about a person.
enum DisclosureRoutes {
    static let all: [Route] = [
        .get("/disclosures", .signedIn(.consultation, .disclosure, list)),
        .get("/disclosures/:id", .signedIn(.consultation, .disclosure, show)),
        .get("/disclosures/:id/pdf", .signedIn(.consultation, .disclosure, pdf)),
        .post("/disclosures/:id/withdraw", .signedIn(.alteration, .disclosure, withdraw)),
    ]

    // MARK: Telling

    @Sendable static func form(_ visit: Visit) async throws -> Answer {
        visit.show(try await page(try await own(visit), visit))
    }

    @Sendable static func tell(_ visit: Visit) async throws -> Answer {
        let (form, record) = (try await visit.form(), try await own(visit))
        var fields = DisclosureFormPage.Fields()
        (fields.recipient, fields.basis, fields.words) = (form["recipient"], form["basis"], form.text("words"))
        (fields.fields, fields.until) = (Set(form.all("fields")), form.typedDate("until"))
        do {
            let draft = try await draft(fields, form, visit)
            let id = try await visit.site.people.disclose(
                draft, of: record.id, expecting: Int(form["version"]) ?? 0, as: visit.actor)
            return .redirect("/disclosures/\(id)", .added)
        } catch let problem as Problem where problem.code == .invalid || problem.code == .conflict {
            var page = try await page(record, visit)
            (page.fields, page.errors) = (fields, FieldErrors(problem))
            return visit.show(page, status: Failures.status(of: problem.code))
        }
    }

    private static func draft(
        _ fields: DisclosureFormPage.Fields, _ form: FormValues, _ visit: Visit
    ) async throws -> Disclosure.Draft {
        let agencies = try await AgencyNames.of(visit).choices(without: visit.actor.agency)
        let until = form.day("until")
        guard until != nil || fields.until == TypedDate() else {
            throw Problem.fields([.init("until", "Enter a real date, such as 31 3 2027")])
        }
        return Disclosure.Draft(
            recipient: agencies.contains { $0.value == fields.recipient } ? fields.recipient : "",
            fields: Set(fields.fields.compactMap { FieldClass(rawValue: $0) }), basis: fields.basis,
            words: fields.words, until: until)
    }

    private static func own(_ visit: Visit) async throws -> Record<Person> {
        let record = try await visit.site.people.person(try visit.personID(), as: visit.actor)
        guard record.owner == visit.actor.agency else { throw Problem.absent }
        return record
    }

    private static func page(_ record: Record<Person>, _ visit: Visit) async throws -> DisclosureFormPage {
        let agencies = try await AgencyNames.of(visit).choices(without: visit.actor.agency)
        let bases = LegalBasis.dated.holding(on: LondonTime.day(of: visit.site.ledger.now))
        return DisclosureFormPage(
            person: record.id.text, name: PersonWords.name(record.body), version: record.version,
            agencies: [Choice("", "Choose one")] + agencies,
            fieldChoices: FieldClass.allCases.map { Choice($0.rawValue, PersonWords.title($0)) },
            bases: [Choice("", "Choose one")] + bases.map { Choice($0.code, $0.title) })
    }

    // MARK: Reading

    @Sendable private static func list(_ visit: Visit) async throws -> Answer {
        let agencies = try await AgencyNames.of(visit)
        let received = try await visit.site.people.received(as: visit.actor)
        return visit.show(
            DisclosureListPage(
                lines: received.map { record in
                    DisclosureListPage.Line(
                        id: record.id.text, from: agencies.name(record.owner),
                        fields: PersonWords.fields(record.body.quotedFields), when: LondonTime.inWords(record.at),
                        until: record.body.until.map { LondonTime.inWords($0) } ?? "No end")
                }))
    }

    @Sendable private static func show(_ visit: Visit) async throws -> Answer {
        visit.show(try await view(visit))
    }

    private static func view(_ visit: Visit) async throws -> DisclosurePage {
        let told = try await visit.site.people.disclosure(try id(visit), as: visit.actor)
        let (body, agencies) = (told.record.body, try await AgencyNames.of(visit))
        let isOwn = told.record.owner == visit.actor.agency
        let basis = LegalBasis.dated.first { $0.value.code == body.basis }?.value.title ?? body.basis
        var facts = [
            SummaryRow("What was told", PersonWords.fields(body.quotedFields)),
            SummaryRow("As it stood", told.quoted.map { LondonTime.inWords($0.at) } ?? "No longer held"),
            SummaryRow("Told on", LondonTime.inWords(told.record.at)), SummaryRow("Why", body.words),
            SummaryRow("The law that allows it", basis),
            SummaryRow("State", PersonWords.state(body, at: visit.site.ledger.now)),
        ]
        if let reason = body.withdrawnBecause { facts.append(SummaryRow("Why it was taken back", reason)) }
        return DisclosurePage(
            id: told.record.id.text, title: told.quoted.map { PersonWords.name($0.body) } ?? "What was told",
            from: agencies.name(told.record.owner), to: agencies.name(body.recipient), facts: facts,
            told: told.quoted.map { PersonWords.whole($0.body) },
            mayWithdraw: isOwn && body.withdrawnBecause == nil && visit.may(.alteration, .disclosure))
    }

    /// The same view on paper: what is not in it is not in the file.
    @Sendable private static func pdf(_ visit: Visit) async throws -> Answer {
        let page = try await view(visit)
        let html = page.document(marking: .sensitive, force: visit.site.settings.force)
        let css = Assets.named("pack.css")?.bytes ?? []
        return .download(
            try await PackPrinter.pdf(html, stylesheet: css), name: "disclosure-\(page.id).pdf",
            contentType: "application/pdf")
    }

    @Sendable private static func withdraw(_ visit: Visit) async throws -> Answer {
        let form = try await visit.form()
        do {
            try await visit.site.people.withdraw(try id(visit), because: form["reason"], as: visit.actor)
            return .redirect("/disclosures/\(try id(visit))", .saved)
        } catch let problem as Problem where problem.code == .invalid || problem.code == .conflict {
            var page = try await view(visit)
            (page.reason, page.errors) = (form["reason"], FieldErrors(problem))
            return visit.show(page, status: Failures.status(of: problem.code))
        } catch is Conflict {
            return .redirect("/disclosures/\(try id(visit))")
        }
    }

    private static func id(_ visit: Visit) throws -> Identifier<Disclosure> {
        guard let id = Identifier<Disclosure>(visit.parameter("id")) else { throw Problem.absent }
        return id
    }
}
