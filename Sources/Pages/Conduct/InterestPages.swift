/// Who a person is and who is close to her, so that records about them do not exist for her.
public struct InterestsPage: PageModel {
    public struct Line: Sendable {
        public var closeness: String
        public var since: String
        public var state: String

        public init(closeness: String, since: String, state: String) {
            (self.closeness, self.since, self.state) = (closeness, since, state)
        }
    }

    public struct Fields: Sendable {
        public var closeness = ""
        public var given = ""
        public var family = ""
        public var otherNames = ""
        public var born = TypedDate()
        public var phone = ""

        public init() {}
    }

    public var lines: [Line]
    public var closenesses: [Choice]
    public var fields: Fields
    public var errors: FieldErrors

    public init(lines: [Line], closenesses: [Choice], fields: Fields = Fields(), errors: FieldErrors = .none) {
        (self.lines, self.closenesses, self.fields, self.errors) = (lines, closenesses, fields, errors)
    }

    public var title: String { "You and those close to you" }
    public var breadcrumbs: [Breadcrumb] { [.home] }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        html.p(
            "Records about you, or about somebody close to you, are not yours to see. Say here who that is. The names "
                + "are sealed; professional standards can open them, with a reason.")
        if lines.isEmpty {
            html.empty("You have said nothing yet.", "Begin with yourself.")
        } else {
            html.table(
                caption: "What you have said",
                columns: [
                    .header("Who") { line, html in html.text(line.closeness) },
                    .text("Said on") { $0.since },
                    .text("State") { $0.state },
                ], rows: lines, narrow: .stacks)
        }
        html.h2("Add somebody")
        html.form(to: "/interests", frame.token) { html in
            html.select(
                "closeness", "Who is it?", options: [Choice("", "Choose one")] + closenesses,
                chosen: fields.closeness, error: errors["closeness"])
            html.textField("given", "First names", value: fields.given, error: errors["given"], width: .long)
            html.textField("family", "Family name", value: fields.family, error: errors["family"], width: .long)
            html.textField(
                "other-names", "Other family names", hint: "With commas between them, such as a name before marriage",
                value: fields.otherNames, width: .long)
            html.dateField("born", "Date of birth", value: fields.born, error: errors["born"])
            html.textField("phone", "Telephone", value: fields.phone, width: .medium)
            html.submit("Save")
        }
    }
}

/// What professional standards and privacy officers keep watch over.
public struct StandardsPage: PageModel {
    public struct Likeness: Sendable {
        public var interest: String
        public var person: String
        public var who: String
        public var closeness: String
        public var state: String
        public var kind: Html.TagKind

        public init(
            interest: String, person: String, who: String, closeness: String, state: String, kind: Html.TagKind
        ) {
            (self.interest, self.person, self.who) = (interest, person, who)
            (self.closeness, self.state, self.kind) = (closeness, state, kind)
        }
    }

    public struct Glass: Sendable {
        public var id: String
        public var who: String
        public var when: String
        public var state: String
        public var kind: Html.TagKind

        public init(id: String, who: String, when: String, state: String, kind: Html.TagKind) {
            (self.id, self.who, self.when, self.state, self.kind) = (id, who, when, state, kind)
        }
    }

    /// Nil for whoever does not keep watch over conflicts of interest.
    public var likenesses: [Likeness]?
    public var glasses: [Glass]

    public init(likenesses: [Likeness]?, glasses: [Glass]) {
        (self.likenesses, self.glasses) = (likenesses, glasses)
    }

    public var title: String { "Standards" }
    public var breadcrumbs: [Breadcrumb] { [.home] }
    public var isWide: Bool { true }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        html.h2("Emergency access")
        if glasses.isEmpty {
            html.empty("Nobody has opened a record in an emergency.", "What is opened appears here for review.")
        } else {
            html.table(
                caption: "Records opened in an emergency, newest first",
                columns: [
                    .header("When") { glass, html in html.a(glass.when, to: "/standards/glass/\(glass.id)") },
                    .text("By") { $0.who },
                    .cell("State") { glass, html in html.tag(glass.state, glass.kind) },
                ], rows: glasses, narrow: .stacks)
        }
        guard let likenesses else { return }
        html.h2("Conflicts of interest")
        if likenesses.isEmpty {
            html.empty(
                "No record seems to be about somebody who works here.",
                "A record that is like what somebody said of herself appears here, and is closed to her at once.")
        } else {
            html.table(
                caption: "Records that seem to be about somebody who works here or is close to one",
                columns: [
                    .header("Who works here") { line, html in
                        html.a(line.who, to: "/standards/likeness/\(line.interest)/\(line.person)")
                    },
                    .text("Who it may be") { $0.closeness },
                    .cell("State") { line, html in html.tag(line.state, line.kind) },
                ], rows: likenesses, narrow: .stacks)
        }
    }
}

/// Whether a likeness is one.
public struct LikenessPage: PageModel {
    public var interest: String
    public var person: String
    public var facts: [SummaryRow]
    /// The names behind the interest, once revealed.
    public var identity: String?
    public var reasons: [Choice]
    public var words: String
    public var same: String
    public var errors: FieldErrors

    public init(
        interest: String, person: String, facts: [SummaryRow], identity: String? = nil, reasons: [Choice],
        words: String = "", same: String = "", errors: FieldErrors = .none
    ) {
        (self.interest, self.person, self.facts, self.identity) = (interest, person, facts, identity)
        (self.reasons, self.words, self.same, self.errors) = (reasons, words, same, errors)
    }

    public var title: String { "Is it the same person?" }
    public var breadcrumbs: [Breadcrumb] { [.home, Breadcrumb("Standards", "/standards")] }

    private var address: WebAddress { "/standards/likeness/\(interest)/\(person)" }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        html.summaryList(facts)
        if let identity {
            html.inset { $0.p(identity) }
        } else {
            html.details("See the names that were said") { html in
                html.form(to: address, frame.token) { html in
                    html.radios("reason", "Why you need them", choices: reasons, error: errors["reason"])
                    html.submit("Show the names", .secondary, name: "reveal")
                }
            }
        }
        html.form(to: address, frame.token) { html in
            html.radios(
                "same", "Is it the same person?",
                choices: [
                    Choice("yes", "Yes", hint: "The record stays closed to everybody concerned."),
                    Choice("no", "No", hint: "The record opens again to those whose work it is."),
                ], chosen: same, error: errors["same"])
            html.textArea("words", "How you know", value: words, error: errors["words"], rows: 3)
            html.submit("Save")
        }
    }
}
