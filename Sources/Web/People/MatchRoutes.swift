import Access
import HTTPTypes
import Kernel
import Ledger
import Linkage
import Pages
import People

/// Matches: two records that may be of one person, looked at and decided by a person.
enum MatchRoutes {
    static let all: [Route] = [
        .get("/matches", .signedIn(.combination, .match, list)),
        .get("/matches/:id", .signedIn(.consultation, .match, show)),
        .post("/matches/:id", .signedIn(.combination, .match, decide)),
    ]

    @Sendable private static func list(_ visit: Visit) async throws -> Answer {
        let position = MatchPosition(visit.query["after"])
        let (lines, next) = try await visit.site.people.matches(after: position, as: visit.actor)
        let agencies = try await AgencyNames.of(visit)
        return visit.show(
            MatchListPage(
                lines: lines.map { line($0, agencies) },
                older: next.map { WebAddress("/matches").adding("after", $0.text) }, isFirst: position == nil))
    }

    private static func line(_ line: PeopleDesk.MatchLine, _ agencies: AgencyNames) -> MatchListPage.Line {
        let both = [line.one.record, line.other.record]
        return MatchListPage.Line(
            id: line.id.text, one: PersonWords.name(both[0].body), other: PersonWords.name(both[1].body),
            holders: Set(both.map { agencies.name($0.owner) }).sorted().joined(separator: " and "), why: line.why,
            weight: MatchWords.bits(line.weight), warns: both.contains { !$0.body.warnings.isEmpty },
            waits: line.waits)
    }

    @Sendable private static func show(_ visit: Visit) async throws -> Answer {
        visit.show(try await MatchShowing(try await view(visit), visit).page())
    }

    private static func view(_ visit: Visit) async throws -> PeopleDesk.MatchView {
        try await visit.site.people.match(try id(visit), as: visit.actor)
    }

    private static func id(_ visit: Visit) throws -> Identifier<Match> {
        guard let id = Identifier<Match>(visit.parameter("id")) else { throw Problem.absent }
        return id
    }

    @Sendable private static func decide(_ visit: Visit) async throws -> Answer {
        let (form, id) = (try await visit.form(), try id(visit))
        let (version, reason) = (Int(form["version"]) ?? 0, form.text("reason"))
        do {
            guard let step = Match.Step(rawValue: form["step"]) else {
                throw Problem.fields([.init("reason", "Choose one of the buttons")])
            }
            let state = try await visit.site.people.decide(
                id, step, because: reason, expecting: version, as: visit.actor)
            return try await next(after: form["position"], state, id, visit)
        } catch let problem as Problem where [.invalid, .refused, .conflict].contains(problem.code) {
            return try await again(visit, problem, reason)
        } catch is Conflict {
            let problem = Problem(
                .conflict, "Somebody decided this while you were looking. Yours was not kept.",
                next: "Look at what was decided below. What you typed is still here.")
            return try await again(visit, problem, reason)
        }
    }

    /// The one that comes after it in the queue; a link that was taken back leads nowhere else.
    private static func next(
        after text: String, _ state: Match.State, _ id: Identifier<Match>, _ visit: Visit
    ) async throws -> Answer {
        let done: Done = state == .waiting ? .matchWaits : .matchDecided
        guard let position = MatchPosition(text) else { return .redirect("/matches/\(id)", done) }
        let following = try await visit.site.people.matches(after: position, limit: 1, as: visit.actor).lines.first
        return .redirect(following.map { "/matches/\($0.id)" } ?? "/matches", done)
    }

    private static func again(_ visit: Visit, _ problem: Problem, _ reason: String) async throws -> Answer {
        var page = try await MatchShowing(try await view(visit), visit).page()
        (page.reason, page.errors) = (reason, FieldErrors(problem))
        return visit.show(page, status: Failures.status(of: problem.code))
    }
}

/// From a match to what its page shows.
struct MatchShowing {
    private let view: PeopleDesk.MatchView
    private let visit: Visit

    init(_ view: PeopleDesk.MatchView, _ visit: Visit) { (self.view, self.visit) = (view, visit) }

    func page() async throws -> MatchPage {
        let agencies = try await AgencyNames.of(visit)
        let (parts, total) = MatchWords.parts(view.weight, view.compared)
        return MatchPage(
            id: view.id.text, one: side(view.one, agencies), other: side(view.other, agencies), parts: parts,
            total: total, state: MatchWords.title(view.state), remark: remark,
            steps: visit.may(.combination, .match) ? Match.steps(from: view.state).map(MatchWords.step) : [],
            version: view.record?.version ?? 0, position: view.position?.text ?? "",
            history: try await history(agencies))
    }

    private var remark: String? {
        if view.state == .waiting { return "One person has agreed to a link. A second person must agree." }
        return view.needsSecond && view.state != .linked ? "Two persons must agree to link these." : nil
    }

    private func side(_ sight: PeopleDesk.Sight, _ agencies: AgencyNames) -> MatchPage.Side {
        let person = sight.record.body
        return MatchPage.Side(
            name: PersonWords.name(person), agency: agencies.name(sight.record.owner), address: sight.address,
            warnings: person.warnings.map(\.words), rows: PersonWords.rows(person))
    }

    private func history(_ agencies: AgencyNames) async throws -> [TimelineEntry] {
        let decisions = view.record?.body.decisions ?? []
        let names = try await PeopleNames.of(decisions.map(\.user), visit)
        return decisions.reversed().map { decision in
            let first = decision.isFirstOfTwo ? ", the first of two" : ""
            return TimelineEntry(
                when: LondonTime.inWords(decision.at), machineWhen: decision.at.description,
                title: MatchWords.done(decision.step) + first,
                who: "\(names.name(decision.user)), \(agencies.name(decision.agency))", text: decision.reason)
        }
    }
}

extension PeopleDesk.Sight {
    /// Where she may open it.
    var address: WebAddress { disclosure.map { "/disclosures/\($0)" } ?? "/persons/\(record.id)" }
}

/// What of a match is told in words.
enum MatchWords {
    static func title(_ state: Match.State) -> String {
        switch state {
        case .open: "Nobody has decided yet"
        case .waiting: "One person has agreed to a link"
        case .linked: "Linked: the same person"
        case .refused: "Not the same"
        case .never: "Never link"
        case .unlinked: "The link was undone"
        }
    }

    static func step(_ step: Match.Step) -> MatchPage.Step {
        switch step {
        case .link: MatchPage.Step(value: step.rawValue, title: "Link", key: "l", isPrimary: true)
        case .refuse: MatchPage.Step(value: step.rawValue, title: "Not the same", key: "n", isPrimary: false)
        case .never: MatchPage.Step(value: step.rawValue, title: "Never link", key: "v", isPrimary: false)
        case .unlink: MatchPage.Step(value: step.rawValue, title: "Undo the link", key: "u", isPrimary: false)
        }
    }

    static func done(_ step: Match.Step) -> String {
        switch step {
        case .link: "Linked"
        case .refuse: "Not the same"
        case .never: "Never link"
        case .unlink: "The link was undone"
        }
    }

    /// `+6.50`, from hundredths of bits.
    static func bits(_ hundredths: Int) -> String {
        let (whole, rest) = (abs(hundredths) / 100, abs(hundredths) % 100)
        return "\(hundredths < 0 ? "−" : "+")\(whole).\(rest < 10 ? "0" : "")\(rest)"
    }

    /// Each part in hundredths, and their sum: what is shown adds up.
    static func parts(
        _ weight: MatchWeight, _ compared: MatchedValues
    ) -> (parts: [MatchPage.Part], total: String) {
        let shown = weight.parts.filter { !$0.level.isEmpty || $0.name == "before comparing" }
        let hundredths = shown.map { Int((($0.weight + $0.rarity) * 100).rounded()) }
        let parts = zip(shown, hundredths).map { part, bits in
            MatchPage.Part(
                name: part.name == "before comparing" ? "Any two records" : part.name, one: compared[part.name].one,
                other: compared[part.name].other, level: part.level, weight: MatchWords.bits(bits))
        }
        return (parts, MatchWords.bits(hundredths.reduce(0, +)))
    }
}
