/// Everybody who can sign in, by name.
public struct AccountListPage: PageModel {
    public struct Person: Sendable {
        public var id: String
        public var name: String
        public var userName: String
        public var agency: String
        public var roles: String
        public var state: String
        public var kind: Html.TagKind

        public init(
            id: String, name: String, userName: String, agency: String, roles: String, state: String,
            kind: Html.TagKind
        ) {
            (self.id, self.name, self.userName, self.agency) = (id, name, userName, agency)
            (self.roles, self.state, self.kind) = (roles, state, kind)
        }
    }

    public var people: [Person]

    public init(people: [Person]) { self.people = people }

    public var title: String { "Accounts" }
    public var breadcrumbs: [Breadcrumb] { [.home] }
    public var isWide: Bool { true }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        html.p("Who can sign in, and as what. A person who leaves loses access at her next request.")
        html.buttonGroup { html in
            html.buttonLink("Add a person", to: "/accounts/new")
            html.a("Agencies and teams", to: "/agencies")
        }
        html.table(
            caption: "\(Figure.count(people.count, "person", "people")), by name",
            columns: [
                .header("Name") { person, html in html.a(person.name, to: "/accounts/\(person.id)") },
                .text("User name") { $0.userName },
                .text("Agency") { $0.agency },
                .text("Roles") { $0.roles },
                .cell("State") { person, html in html.tag(person.state, person.kind) },
            ], rows: people, narrow: .stacks)
    }
}

/// What a form about a person holds, as it was typed.
public struct AccountFields: Sendable {
    public var name: String
    public var userName: String
    public var agency: String
    public var roles: Set<String>
    public var teams: Set<String>
    /// Her line manager's id; empty for none.
    public var manager = ""

    public init(
        name: String = "", userName: String = "", agency: String = "", roles: Set<String> = [], teams: Set<String> = []
    ) {
        (self.name, self.userName, self.agency, self.roles, self.teams) = (name, userName, agency, roles, teams)
    }
}

/// A new person.
public struct NewAccountPage: PageModel {
    public var fields: AccountFields
    public var agencies: [Choice]
    public var roles: [Choice]
    public var errors: FieldErrors

    public init(fields: AccountFields, agencies: [Choice], roles: [Choice], errors: FieldErrors = .none) {
        (self.fields, self.agencies, self.roles, self.errors) = (fields, agencies, roles, errors)
    }

    public var title: String { "Add a person" }
    public var breadcrumbs: [Breadcrumb] { [.home, Breadcrumb("Accounts", "/accounts")] }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        html.form(to: "/accounts", frame.token, isGuarded: true) { html in
            html.textField("name", "Full name", value: fields.name, error: errors["name"], width: .long)
            html.textField(
                "userName", "User name", hint: "Letters, numbers, dots and hyphens, for example sam.okoro",
                value: fields.userName, error: errors["userName"], width: .long)
            html.select(
                "agency", "Agency", options: agencies, chosen: fields.agency, error: errors["agency"])
            html.checkboxes("roles", "Roles", choices: roles, chosen: fields.roles, error: errors["roles"])
            html.submit("Add and make a one-time link")
        }
    }
}

/// One person: roles, sessions, and how access is given or taken away.
public struct AccountPage: PageModel {
    public struct Session: Sendable {
        public var id: String
        public var started: String
        public var lastSeen: String
        public var isThis: Bool

        public init(id: String, started: String, lastSeen: String, isThis: Bool) {
            (self.id, self.started, self.lastSeen, self.isThis) = (id, started, lastSeen, isThis)
        }
    }

    public var id: String
    public var version: Int
    public var fields: AccountFields
    public var agencyName: String
    public var state: String
    public var isActive: Bool
    /// The force's own sign-in that decides roles and teams; nil for a local account.
    public var provider: String?
    public var roles: [Choice]
    /// Those of the person's agency.
    public var teams: [Choice]
    /// Who could manage this person.
    public var managers: [Choice] = []
    public var sessions: [Session]
    public var errors: FieldErrors

    public init(
        id: String, version: Int, fields: AccountFields, agencyName: String, state: String, isActive: Bool,
        provider: String? = nil, roles: [Choice], teams: [Choice], sessions: [Session], errors: FieldErrors = .none
    ) {
        (self.id, self.version, self.fields, self.agencyName) = (id, version, fields, agencyName)
        (self.state, self.isActive, self.roles, self.teams) = (state, isActive, roles, teams)
        (self.provider, self.sessions, self.errors) = (provider, sessions, errors)
    }

    public var title: String { fields.name }
    public var breadcrumbs: [Breadcrumb] { [.home, Breadcrumb("Accounts", "/accounts")] }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(fields.name, caption: agencyName)
        html.summaryList([SummaryRow("User name", fields.userName), SummaryRow("State", state)])
        guard isActive else { return }
        html.h2("Roles and teams")
        if let provider {
            html.p("Groups at \(provider) decide these. What you change here lasts until the next sign-in from there.")
        }
        html.form(to: "/accounts/\(id)/roles", frame.token, isGuarded: true) { html in
            html.hiddenField("version", String(version))
            html.checkboxes(
                "roles", "What this person does", choices: roles, chosen: fields.roles, error: errors["roles"])
            if !teams.isEmpty {
                html.checkboxes(
                    "teams", "Teams", choices: teams, chosen: fields.teams,
                    hint: "What is given to a team is given to everybody in it.", error: errors["teams"])
            }
            if !managers.isEmpty {
                html.select(
                    "manager", "Line manager", options: [Choice("", "Nobody")] + managers, chosen: fields.manager,
                    hint: "A record about the one does not exist for the other.")
            }
            html.submit("Save roles and teams")
        }
        sessionList(&html, frame)
        html.h2("Sign-in")
        html.p("A new one-time link lets this person choose a new password and connect a new app. Older links stop.")
        html.postButton("Make a one-time link", to: "/accounts/\(id)/links", frame.token)
        html.h2("Leaving")
        html.form(to: "/accounts/\(id)/leaving", frame.token) { html in
            html.hiddenField("version", String(version))
            html.textField("reason", "Why access ends", error: errors["reason"], width: .long)
            html.submit("End access now", .warning)
        }
    }

    private func sessionList(_ html: inout Html, _ frame: Frame) {
        html.h2("Where this person is signed in")
        guard !sessions.isEmpty else { return html.p("Nowhere at the moment.") }
        html.table(
            caption: "Open sessions",
            columns: [
                .header("Started") { session, html in html.text(session.started) },
                .text("Last seen") { $0.lastSeen },
                .cell("End it") { session, html in
                    if session.isThis { return html.text("This is your own session") }
                    html.postButton(
                        "End session", to: "/accounts/\(id)/sessions/end", frame.token,
                        hidden: [("session", session.id)])
                },
            ], rows: sessions, narrow: .stacks)
    }
}

/// A one-time link, shown once.
public struct OneTimeLinkPage: PageModel {
    public var name: String
    public var link: String
    public var validUntil: String

    public init(name: String, link: String, validUntil: String) {
        (self.name, self.link, self.validUntil) = (name, link, validUntil)
    }

    public var title: String { "One-time link" }
    public var breadcrumbs: [Breadcrumb] { [.home, Breadcrumb("Accounts", "/accounts")] }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title, caption: name)
        html.p("Give this link to \(name) in person or by a channel you trust. It works once, until \(validUntil).")
        html.p { $0.code(link, .class("secret")) }
        html.warning("This page will not show it again.")
        html.p { $0.a("Back to accounts", to: "/accounts") }
    }
}
