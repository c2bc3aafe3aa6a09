/// Telling another agency: which fields, to whom, why, by what law, until when.
public struct DisclosureFormPage: PageModel {
    public struct Fields: Sendable {
        public var recipient = ""
        public var fields: Set<String> = []
        public var basis = ""
        public var words = ""
        public var until = TypedDate()

        public init() {}
    }

    public var person: String
    public var name: String
    public var version: Int
    public var agencies: [Choice]
    public var fieldChoices: [Choice]
    public var bases: [Choice]
    public var fields: Fields
    public var errors: FieldErrors

    public init(
        person: String, name: String, version: Int, agencies: [Choice], fieldChoices: [Choice], bases: [Choice],
        fields: Fields = Fields(), errors: FieldErrors = .none
    ) {
        (self.person, self.name, self.version) = (person, name, version)
        (self.agencies, self.fieldChoices, self.bases) = (agencies, fieldChoices, bases)
        (self.fields, self.errors) = (fields, errors)
    }

    public var title: String { "Tell an agency" }
    public var breadcrumbs: [Breadcrumb] {
        [.home, Breadcrumb("Persons", "/persons"), Breadcrumb(name, "/persons/\(person)")]
    }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title, caption: name)
        html.p("They see the parts you choose, as they stand now, and nothing else. What is sealed is never told here.")
        html.form(to: "/persons/\(person)/tell", frame.token, isGuarded: true) { html in
            html.hiddenField("version", String(version))
            html.select("recipient", "Agency", options: agencies, chosen: fields.recipient, error: errors["recipient"])
            html.checkboxes(
                "fields", "What they are told", choices: fieldChoices, chosen: fields.fields, error: errors["fields"])
            html.select("basis", "The law that allows it", options: bases, chosen: fields.basis, error: errors["basis"])
            html.textArea(
                "words", "Why they need to know", value: fields.words, error: errors["words"], rows: 3)
            html.dateField(
                "until", "Last day they may see it", value: fields.until, hint: "Leave empty for no end",
                error: errors["until"])
            html.submit("Tell them")
        }
    }
}

/// What one agency told another: the recipient's view, for reading and for print.
public struct DisclosurePage: PageModel {
    public var id: String
    public var title: String
    public var from: String
    public var to: String
    public var facts: [SummaryRow]
    /// What is told; nil once it was erased or its time is over.
    public var told: [SummaryRow]?
    public var mayWithdraw: Bool
    public var reason: String
    public var errors: FieldErrors

    public init(
        id: String, title: String, from: String, to: String, facts: [SummaryRow], told: [SummaryRow]?,
        mayWithdraw: Bool, reason: String = "", errors: FieldErrors = .none
    ) {
        (self.id, self.title, self.from, self.to, self.facts) = (id, title, from, to, facts)
        (self.told, self.mayWithdraw, self.reason, self.errors) = (told, mayWithdraw, reason, errors)
    }

    public var breadcrumbs: [Breadcrumb] { [.home, Breadcrumb("What we were told", "/disclosures")] }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title, caption: "\(from) told \(to)")
        content(&html)
        html.p { $0.a("As a PDF", to: "/disclosures/\(id)/pdf") }
        guard mayWithdraw else { return }
        html.h2("Take it back")
        html.p("They can no longer open it. What they have read, they have read.")
        html.form(to: "/disclosures/\(id)/withdraw", frame.token) { html in
            html.textField("reason", "Why", value: reason, error: errors["reason"], width: .long)
            html.submit("Take it back", .warning)
        }
    }

    private func content(_ html: inout Html) {
        if let told {
            html.summaryList(told)
        } else {
            html.empty("What was told is no longer held.", "Ask \(from) if you need it.")
        }
        html.h2("About this")
        html.summaryList(facts)
    }

    /// A document of its own for print, with the marking on it; it holds no address.
    public func document(marking: Marking, force: String) -> [UInt8] {
        var html = Html(reserving: 16_384)
        html.constant("<!DOCTYPE html>")
        html.element("html", [.lang("en-GB")]) { html in
            html.element("head", []) { html in
                html.constant(#"<meta charset="utf-8">"#)
                html.element("title", [], title)
            }
            html.element("body", []) { html in
                html.p(marking.text, .class("pack-marking"))
                html.h1(title)
                html.p("\(force): \(from) told \(to). \(marking.handling)")
                content(&html)
            }
        }
        return html.bytes
    }
}

/// What other agencies told this one.
public struct DisclosureListPage: PageModel {
    public struct Line: Sendable {
        public var id: String
        public var from: String
        public var fields: String
        public var when: String
        public var until: String

        public init(id: String, from: String, fields: String, when: String, until: String) {
            (self.id, self.from, self.fields, self.when, self.until) = (id, from, fields, when, until)
        }
    }

    public var lines: [Line]

    public init(lines: [Line]) { self.lines = lines }

    public var title: String { "What we were told" }
    public var breadcrumbs: [Breadcrumb] { [.home, Breadcrumb("Persons", "/persons")] }
    public var isWide: Bool { true }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        guard !lines.isEmpty else {
            return html.empty("No agency has told yours anything.", "It appears here when one does.")
        }
        html.table(
            caption: "What other agencies told yours, newest first",
            columns: [
                .header("When") { line, html in html.a(line.when, to: "/disclosures/\(line.id)") },
                .text("By") { $0.from },
                .text("What") { $0.fields },
                .text("Until") { $0.until },
            ], rows: lines, narrow: .stacks)
    }
}
