/// Opening a record in an emergency.
public struct GlassPage: PageModel {
    public struct Fields: Sendable {
        public var given = ""
        public var family = ""
        public var born = TypedDate()
        public var reason = ""

        public init() {}
    }

    public struct Line: Sendable {
        public var when: String
        public var state: String
        public var persons: [String]

        public init(when: String, state: String, persons: [String]) {
            (self.when, self.state, self.persons) = (when, state, persons)
        }
    }

    /// How she proves anew who she is.
    public enum Proof: Sendable {
        case passwordAndCode
        /// At the force's own sign-in; nil while she has just done so.
        case provider(WebAddress?)
        /// In an invented force there is no password.
        case none
    }

    public var proof: Proof
    public var fields: Fields
    public var earlier: [Line]
    public var errors: FieldErrors

    public init(proof: Proof, fields: Fields = Fields(), earlier: [Line] = [], errors: FieldErrors = .none) {
        (self.proof, self.fields, self.earlier, self.errors) = (proof, fields, earlier, errors)
    }

    public var title: String { "Open a record in an emergency" }
    public var breadcrumbs: [Breadcrumb] { [.home, Breadcrumb("Persons", "/persons")] }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        html.p("For one person, for one hour. Somebody will review it within three days and may ask you about it.")
        if case .provider(let address?) = proof {
            html.p("First show once more who you are.")
            html.buttonLink("Sign in again", to: address)
        } else {
            form(&html, frame)
        }
        guard !earlier.isEmpty else { return }
        html.h2("What you opened")
        html.table(
            caption: "What you opened, newest first", isCaptionHidden: true,
            columns: [
                .header("When") { line, html in html.text(line.when) },
                .text("State") { $0.state },
                .cell("Records") { line, html in
                    if line.persons.isEmpty { html.text("Nothing was found") }
                    for (number, person) in line.persons.enumerated() {
                        html.a("Record \(number + 1)", to: "/persons/\(person)")
                        html.text(" ")
                    }
                },
            ], rows: earlier, narrow: .stacks)
    }

    private func form(_ html: inout Html, _ frame: Frame) {
        html.form(to: "/glass", frame.token, isGuarded: true) { html in
            html.textField("given", "First name", value: fields.given, error: errors["given"], width: .long)
            html.textField("family", "Family name", value: fields.family, error: errors["family"], width: .long)
            html.dateField("born", "Date of birth", value: fields.born, error: errors["born"])
            html.textArea(
                "reason", "Why you need it now", value: fields.reason, error: errors["reason"], rows: 3)
            if case .passwordAndCode = proof {
                html.textField("password", "Your password", error: errors["current"], kind: .password, width: .long)
                html.textField(
                    "code", "The code your app shows now", error: errors["code"], kind: .oneTimeCode, width: .short)
            }
            html.submit("Open it", .warning)
        }
    }
}

/// Reviewing an emergency access.
public struct GlassReviewPage: PageModel {
    public var id: String
    public var facts: [SummaryRow]
    public var isReviewed: Bool
    public var right: String
    public var words: String
    public var errors: FieldErrors

    public init(
        id: String, facts: [SummaryRow], isReviewed: Bool, right: String = "", words: String = "",
        errors: FieldErrors = .none
    ) {
        (self.id, self.facts, self.isReviewed) = (id, facts, isReviewed)
        (self.right, self.words, self.errors) = (right, words, errors)
    }

    public var title: String { "Was it right to open this?" }
    public var breadcrumbs: [Breadcrumb] { [.home, Breadcrumb("Standards", "/standards")] }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        html.summaryList(facts)
        guard !isReviewed else { return }
        html.form(to: "/standards/glass/\(id)", frame.token) { html in
            html.radios(
                "right", "Was it right?",
                choices: [
                    Choice("yes", "Yes"),
                    Choice("no", "No", hint: "It closes at once, and this person stays shut to her."),
                ], chosen: right, error: errors["right"])
            html.textArea("words", "What you found", value: words, error: errors["words"], rows: 3)
            html.submit("Save the review")
        }
    }
}
