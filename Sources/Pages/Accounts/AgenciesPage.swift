/// The partner agencies and their teams, and a form to add one of each.
public struct AgenciesPage: PageModel {
    public struct Agency: Sendable {
        public var name: String
        public var shortName: String
        public var kind: String
        public var teams: [String]

        public init(name: String, shortName: String, kind: String, teams: [String]) {
            (self.name, self.shortName, self.kind, self.teams) = (name, shortName, kind, teams)
        }
    }

    /// What was typed into either form.
    public struct Typed: Sendable {
        public var name: String
        public var shortName: String
        public var kind: String
        public var team: String
        public var agency: String

        public init(
            name: String = "", shortName: String = "", kind: String = "", team: String = "", agency: String = ""
        ) {
            (self.name, self.shortName, self.kind, self.team, self.agency) = (name, shortName, kind, team, agency)
        }
    }

    public var agencies: [Agency]
    public var kinds: [Choice]
    public var typed: Typed
    public var errors: FieldErrors

    public init(agencies: [Agency], kinds: [Choice], typed: Typed = Typed(), errors: FieldErrors = .none) {
        (self.agencies, self.kinds, self.typed, self.errors) = (agencies, kinds, typed, errors)
    }

    public var title: String { "Agencies and teams" }
    public var breadcrumbs: [Breadcrumb] { [.home, Breadcrumb("Accounts", "/accounts")] }
    public var isWide: Bool { true }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        html.p("Each agency owns what it brings. A team can be given work as a person can.")
        html.table(
            caption: Figure.count(agencies.count, "agency", "agencies"),
            columns: [
                .header("Agency") { agency, html in html.text(agency.name) },
                .text("Kind") { $0.kind },
                .text("Short name") { $0.shortName },
                .text("Teams") { $0.teams.isEmpty ? "None" : $0.teams.joined(separator: ", ") },
            ], rows: agencies, narrow: .stacks)
        agencyForm(&html, frame)
        teamForm(&html, frame)
    }

    private func agencyForm(_ html: inout Html, _ frame: Frame) {
        html.h2("Add an agency")
        html.form(to: "/agencies", frame.token, isGuarded: true) { html in
            html.textField("name", "Name of the agency", value: typed.name, error: errors["name"], width: .long)
            html.textField(
                "id", "Short name",
                hint: "Small letters, digits and hyphens, such as riverside-housing. It stays for good.",
                value: typed.shortName, error: errors["id"], width: .long)
            html.select(
                "kind", "Kind", options: [Choice("", "Choose one")] + kinds, chosen: typed.kind, error: errors["kind"])
            html.submit("Add the agency")
        }
    }

    private func teamForm(_ html: inout Html, _ frame: Frame) {
        html.h2("Add a team")
        html.form(to: "/agencies/teams", frame.token, isGuarded: true) { html in
            html.textField("team", "Name of the team", value: typed.team, error: errors["team"], width: .long)
            html.select(
                "agency", "Its agency",
                options: [Choice("", "Choose one")] + agencies.map { Choice($0.shortName, $0.name) },
                chosen: typed.agency, error: errors["agency"])
            html.submit("Add the team")
        }
    }
}
