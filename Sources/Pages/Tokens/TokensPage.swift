/// The tokens with which a person's own programs work for her.
public struct TokensPage: PageModel {
    public struct Token: Sendable {
        public var reference: String
        public var name: String
        public var scopes: String
        public var seen: String
        public var expires: String
        /// Whose, where it is not one's own.
        public var person: String

        public init(
            reference: String, name: String, scopes: String, seen: String, expires: String, person: String = ""
        ) {
            (self.reference, self.name, self.scopes) = (reference, name, scopes)
            (self.seen, self.expires, self.person) = (seen, expires, person)
        }
    }

    public var tokens: [Token]
    /// What this person may give.
    public var scopes: [Choice]
    public var name: String
    public var chosen: Set<String>
    public var days: String
    public var errors: FieldErrors
    /// Those of others, for an administrator.
    public var others: [Token] = []

    public init(
        tokens: [Token], scopes: [Choice], name: String = "", chosen: Set<String> = [], days: String = "90",
        errors: FieldErrors = .none
    ) {
        (self.tokens, self.scopes, self.name) = (tokens, scopes, name)
        (self.chosen, self.days, self.errors) = (chosen, days, errors)
    }

    public var title: String { "Tokens for programs" }
    public var breadcrumbs: [Breadcrumb] { [.home] }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        html.p("A program with a token does what you choose here, as you, and the access log names you.")
        list(&html, frame)
        html.h2("Make a token")
        html.form(to: "/tokens", frame.token) { html in
            html.textField("name", "What it is for", value: name, error: errors["name"], width: .long)
            html.checkboxes(
                "scopes", "What the program may do", choices: scopes, chosen: chosen, error: errors["scopes"])
            html.textField("days", "For how many days", value: days, error: errors["days"], width: .short)
            html.submit("Make the token")
        }
        guard !others.isEmpty else { return }
        html.h2("Tokens of others")
        html.p("A token that is ended here stops at its next request.")
        html.table(
            caption: "Everybody else’s tokens",
            columns: [
                .header("Person") { token, html in html.text(token.person) },
                .text("For") { $0.name },
                .text("May") { $0.scopes },
                .text("Last used") { $0.seen },
                .text("Until") { $0.expires },
                .cell("End it") { token, html in
                    html.postButton(
                        "End token", to: "/tokens/others/end", frame.token, hidden: [("token", token.reference)])
                },
            ], rows: others, narrow: .stacks)
    }

    private func list(_ html: inout Html, _ frame: Frame) {
        guard !tokens.isEmpty else { return html.p("You have no token that works.") }
        html.table(
            caption: "Your tokens",
            columns: [
                .header("For") { token, html in html.text(token.name) },
                .text("May") { $0.scopes },
                .text("Last used") { $0.seen },
                .text("Until") { $0.expires },
                .cell("End it") { token, html in
                    html.postButton(
                        "End token", to: "/tokens/end", frame.token, hidden: [("token", token.reference)])
                },
            ], rows: tokens, narrow: .stacks)
    }
}

/// A token, shown once.
public struct NewTokenPage: PageModel {
    public var name: String
    public var secret: String

    public init(name: String, secret: String) { (self.name, self.secret) = (name, secret) }

    public var title: String { "Your token" }
    public var breadcrumbs: [Breadcrumb] { [.home, Breadcrumb("Tokens for programs", "/tokens")] }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title, caption: name)
        html.p("Put it where only the program can read it. It is sent as Authorization: Bearer.")
        html.p { $0.code(secret, .class("secret")) }
        html.warning("This page will not show it again.")
        html.p { $0.a("Back to your tokens", to: "/tokens") }
    }
}
