import Access
import Conduct
import HTTPTypes
import Kernel
import Ledger
import Pages

/// What is watched over: emergency access, and conflicts of interest.
enum StandardsRoutes {
    static let all: [Route] = [
        .get("/standards", .signedIn(.collection, .glassReview, show)),
        .get("/standards/glass/:id", .signedIn(.collection, .glassReview, { try await glass($0) })),
        .post("/standards/glass/:id", .signedIn(.collection, .glassReview, review)),
        .get(
            "/standards/likeness/:interest/:person", .signedIn(.collection, .interestRuling, { try await likeness($0) })
        ),
        .post("/standards/likeness/:interest/:person", .signedIn(.collection, .interestRuling, rule)),
    ]

    @Sendable private static func show(_ visit: Visit) async throws -> Answer {
        let glasses = try await visit.site.glass.reviewable(as: visit.actor)
        let cases =
            visit.may(.collection, .interestRuling) ? try await visit.site.interests.cases(as: visit.actor) : nil
        let names = try await PeopleNames.of(
            glasses.map(\.record.body.user) + (cases ?? []).map(\.likeness.user), visit)
        return visit.show(
            StandardsPage(
                likenesses: cases.map { $0.map { line($0, names) } },
                glasses: glasses.map { standing in
                    let state = GlassWords.state(standing.state)
                    return StandardsPage.Glass(
                        id: standing.record.id.text, who: names.name(standing.record.body.user),
                        when: LondonTime.inWords(standing.record.body.openedAt), state: state.words, kind: state.kind)
                }))
    }

    private static func line(_ found: InterestDesk.Case, _ names: PeopleNames) -> StandardsPage.Likeness {
        let ruling = found.ruling?.body
        return StandardsPage.Likeness(
            interest: found.likeness.interest, person: found.likeness.person, who: names.name(found.likeness.user),
            closeness: found.closeness?.title ?? "",
            state: ruling.map { $0.isSame ? "The same" : "Not the same" } ?? "Closed, not yet looked at",
            kind: ruling == nil ? .attention : .neutral)
    }

    // MARK: Emergency access

    private static func glass(
        _ visit: Visit, right: String = "", words: String = "", _ problem: Problem? = nil
    ) async throws -> Answer {
        let id = visit.parameter("id")
        guard
            let found = try await visit.site.glass.reviewable(as: visit.actor).first(where: { $0.record.id.text == id })
        else { throw Problem.absent }
        let names = try await PeopleNames.of([found.record.body.user], visit)
        var facts = [
            SummaryRow("Who", names.name(found.record.body.user)),
            SummaryRow("When", LondonTime.inWords(found.record.body.openedAt)),
            SummaryRow("Why, as she wrote", found.record.body.reason),
            SummaryRow(
                "Records",
                found.record.body.persons.isEmpty
                    ? "None was found" : found.record.body.persons.joined(separator: "\n")),
            SummaryRow("State", GlassWords.state(found.state).words),
        ]
        if let review = found.review { facts.append(SummaryRow("The review", review.words)) }
        let page = GlassReviewPage(
            id: id, facts: facts, isReviewed: found.review != nil, right: right, words: words,
            errors: FieldErrors(problem))
        return visit.show(page, status: problem.map { Failures.status(of: $0.code) } ?? .ok)
    }

    @Sendable private static func review(_ visit: Visit) async throws -> Answer {
        let form = try await visit.form()
        guard let id = Identifier<Glass>(visit.parameter("id")) else { throw Problem.absent }
        do {
            try await visit.site.glass.review(
                id, wasRight: yes(form["right"]), words: form.text("words"), as: visit.actor)
            return .redirect("/standards", .saved)
        } catch let problem as Problem where problem.code == .invalid || problem.code == .conflict {
            return try await glass(visit, right: form["right"], words: form.text("words"), problem)
        }
    }

    // MARK: Conflicts of interest

    private static func likeness(
        _ visit: Visit, identity: String? = nil, same: String = "", words: String = "", _ problem: Problem? = nil
    ) async throws -> Answer {
        let (interest, person) = (visit.parameter("interest"), visit.parameter("person"))
        let cases = try await visit.site.interests.cases(as: visit.actor)
        guard let found = cases.first(where: { $0.likeness.interest == interest && $0.likeness.person == person })
        else {
            throw Problem.absent
        }
        let names = try await PeopleNames.of([found.likeness.user], visit)
        var facts = [
            SummaryRow("Who works here", names.name(found.likeness.user)),
            SummaryRow("Who it may be", found.closeness?.title ?? ""), SummaryRow("Record", person),
        ]
        if let ruling = found.ruling?.body {
            facts.append(
                SummaryRow("Decided before", "\(ruling.isSame ? "The same" : "Not the same"). \(ruling.words)"))
        }
        let page = LikenessPage(
            interest: interest, person: person, facts: facts, identity: identity,
            reasons: PersonSealing.choices(on: LondonTime.day(of: visit.site.ledger.now)), words: words, same: same,
            errors: FieldErrors(problem))
        return visit.show(page, status: problem.map { Failures.status(of: $0.code) } ?? .ok)
    }

    @Sendable private static func rule(_ visit: Visit) async throws -> Answer {
        let form = try await visit.form()
        guard let interest = Identifier<Interest>(visit.parameter("interest")) else { throw Problem.absent }
        do {
            if form.has("reveal") {
                let names = try await visit.site.interests.reveal(
                    interest, because: .listed(form["reason"]), as: visit.actor)
                return try await likeness(visit, identity: names.exposed)
            }
            try await visit.site.interests.rule(
                interest: interest, person: visit.parameter("person"), isSame: yes(form["same"]),
                words: form.text("words"), as: visit.actor)
            return .redirect("/standards", .saved)
        } catch let problem as Problem where problem.code == .invalid {
            return try await likeness(visit, same: form["same"], words: form.text("words"), problem)
        }
    }

    private static func yes(_ text: String) -> Bool? { text == "yes" ? true : text == "no" ? false : nil }
}

/// The state of an emergency access in words.
enum GlassWords {
    static func state(_ state: GlassState) -> (words: String, kind: Html.TagKind) {
        switch state {
        case .open(let until): ("Open until \(LondonTime.inWords(until))", .attention)
        case .awaitsReview(let by): ("To be reviewed by \(LondonTime.inWords(by))", .attention)
        case .overdue(let since): ("Not reviewed in time: \(LondonTime.inWords(since))", .danger)
        case .reviewed(let wasRight): wasRight ? ("It was right", .good) : ("It was not right", .danger)
        }
    }
}
