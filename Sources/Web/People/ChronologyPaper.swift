import Access
import HTTPTypes
import Kernel
import Ledger
import Pages
import People

/// A chronology on paper: for her own agency, or for one that was told of the person, and then no more than it was told.
enum ChronologyPaper {
    static let routes: [Route] = [
        .get("/persons/:id/chronology/paper", .signedIn(.disclosure, .person, form)),
        .post("/persons/:id/chronology/paper", .signedIn(.disclosure, .person, make)),
    ]

    /// Lines of one paper.
    private static let most = 500

    @Sendable private static func form(_ visit: Visit) async throws -> Answer {
        visit.show(try await page(visit, visit.query["for"]))
    }

    @Sendable private static func make(_ visit: Visit) async throws -> Answer {
        let form = try await visit.form()
        let (chosen, left) = (form["for"], Set(form.all("leave")))
        do {
            let sources = try await sources(visit, chosen)
            let lines = try await words(sources, visit).filter { !left.contains($0.key) }
            guard !lines.isEmpty else {
                throw Problem.fields([.init("leave", "Nothing is left to print. Leave fewer lines out")])
            }
            try await note(sources, lines.count, visit)
            let html = try await document(sources, lines, visit)
            return .download(
                try await PackPrinter.pdf(html, stylesheet: Assets.named("pack.css")?.bytes ?? []),
                name: "chronology-\(sources.person.id).pdf", contentType: "application/pdf")
        } catch let problem as Problem where problem.code == .invalid || problem.code == .unavailable {
            var page = try await page(visit, chosen)
            (page.left, page.errors) = (left, FieldErrors(problem))
            return visit.show(page, status: Failures.status(of: problem.code))
        }
    }

    /// Who gets it is in the log: an agency, and how many lines.
    private static func note(_ sources: Sources, _ lines: Int, _ visit: Visit) async throws {
        let basis = sources.told.map { "by \($0.id)" } ?? "own use"
        let entry = Consultation(
            kind: Person.kind.name, .person, .disclosure, about: "chronology \(basis) \(lines) lines",
            record: sources.person.id.text, recipient: sources.told?.body.recipient)
        try await visit.site.ledger.note(entry, as: visit.actor)
    }

    // MARK: What is on it

    private struct Sources {
        let person: Record<Person>
        /// What the paper says of who she is: as it was told, where another agency gets it.
        let shown: Person
        /// By what another agency was told; nil for our own use.
        let told: Record<Disclosure>?
        let lines: [ChronologyLine]
    }

    private static func sources(_ visit: Visit, _ chosen: String) async throws -> Sources {
        let person = try await visit.site.people.person(try visit.personID(), as: visit.actor)
        guard person.owner == visit.actor.agency else { throw Problem.absent }
        let told = try await live(person.id, visit).first { $0.id.text == chosen }
        guard told != nil || chosen.isEmpty else { throw Problem.absent }
        let others = try await PersonChronology.linked(person.id, by: nil, visit)
        let found = try await visit.site.people.chronology(
            of: person.id, with: told == nil ? others : [], ChronologyQuery(limit: most), kinds: PersonChronology.kinds,
            as: visit.actor)
        guard found.next == nil else {
            throw Problem(
                .tooLarge, "This chronology has more than \(most) lines.",
                next: "Show the parts you need on the screen.")
        }
        let secret = try await secret(found.lines, visit)
        let extract = told.map { ChronologyExtract($0, secret: secret) }
        var shown = person.body
        if let told {
            shown = try await visit.site.people.disclosure(told.id, as: visit.actor).quoted?.body ?? Person(names: [])
            shown = shown.seen(told.body.quotedFields)
        }
        return Sources(
            person: person, shown: shown, told: told, lines: found.lines.filter { extract?.holds($0) ?? true })
    }

    /// What other agencies may still read of her.
    private static func live(_ id: Identifier<Person>, _ visit: Visit) async throws -> [Record<Disclosure>] {
        let now = visit.site.ledger.now
        return try await visit.site.people.disclosures(of: id, as: visit.actor).filter {
            $0.owner == visit.actor.agency && $0.body.isLive(at: now)
        }
    }

    private static func secret(_ lines: [ChronologyLine], _ visit: Visit) async throws -> Set<String> {
        let about = Set(lines.compactMap(\.entry.about).filter { $0.kind == Place.kind.name }.map(\.record))
        let places = try await visit.site.people.places(about.compactMap { Identifier<Place>($0) }, as: visit.actor)
        return about.subtracting(places.filter { !$0.body.isRefuge }.map(\.id.text))
    }

    private static func words(_ sources: Sources, _ visit: Visit) async throws -> [ChronologyPaperPage.Line] {
        try await ChronologyWords(sources.lines, try await AgencyNames.of(visit), visit).onPaper()
    }

    private static func page(_ visit: Visit, _ chosen: String) async throws -> ChronologyPaperPage {
        let (sources, agencies) = (try await sources(visit, chosen), try await AgencyNames.of(visit))
        let live = try await live(sources.person.id, visit)
        return ChronologyPaperPage(
            id: sources.person.id.text, name: PersonWords.name(sources.person.body), chosen: chosen,
            recipients: [Choice("", "Our own use")]
                + live.map { told in
                    Choice(
                        told.id.text,
                        "\(agencies.name(told.body.recipient)), as told on \(LondonTime.inWords(told.at)): "
                            + PersonWords.fields(told.body.quotedFields))
                }, lines: try await words(sources, visit))
    }

    private static func document(
        _ sources: Sources, _ lines: [ChronologyPaperPage.Line], _ visit: Visit
    ) async throws -> [UInt8] {
        let agencies = try await AgencyNames.of(visit)
        var facts = [
            SummaryRow("Made by", agencies.name(visit.actor.agency)),
            SummaryRow("Made on", LondonTime.inWords(visit.site.ledger.now)),
            SummaryRow("For", sources.told.map { agencies.name($0.body.recipient) } ?? "Our own use"),
        ]
        if let told = sources.told {
            let basis = LegalBasis.dated.first { $0.value.code == told.body.basis }?.value.title ?? told.body.basis
            facts += [
                SummaryRow("The law that allows it", basis), SummaryRow("Why", told.body.words),
                SummaryRow("May be read until", told.body.until.map { LondonTime.inWords($0) } ?? "No end"),
            ]
        }
        return ChronologyDocument(
            name: sources.shown.name.isEmpty ? "a person whose name was not told" : sources.shown.name,
            born: sources.shown.born?.words, facts: facts, lines: lines, isExtract: sources.told != nil
        ).bytes(marking: .sensitive, force: visit.site.settings.force)
    }
}

extension ChronologyWords {
    func onPaper() -> [ChronologyPaperPage.Line] {
        lines.map { line in
            let (entry, words) = (line.entry, shown(line))
            let parts = [
                line.source.record, String(entry.when.moment.milliseconds), entry.kind, entry.capacity.rawValue,
                entry.about?.record ?? entry.recipient ?? "", entry.key,
            ]
            return ChronologyPaperPage.Line(
                key: parts.joined(separator: " "), when: ChronologyWords.title(entry.when), time: words.time,
                words: words.words, capacity: words.capacity, known: words.known)
        }
    }
}
