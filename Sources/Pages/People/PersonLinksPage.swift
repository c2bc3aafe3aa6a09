/// Whom and what a person has to do with: other persons, places, occurrences.
public struct PersonLinksPage: PageModel {
    public struct Line: Sendable {
        public var id: String
        public var how: String
        public var name: String
        public var address: WebAddress
        public var dates: String
        public var isOpen: Bool

        public init(id: String, how: String, name: String, address: WebAddress, dates: String, isOpen: Bool) {
            (self.id, self.how, self.name, self.address) = (id, how, name, address)
            (self.dates, self.isOpen) = (dates, isOpen)
        }
    }

    public struct Part: Sendable {
        public var occurrence: String
        public var title: String
        public var when: String
        public var capacity: String
        public var until: String

        public init(occurrence: String, title: String, when: String, capacity: String, until: String) {
            (self.occurrence, self.title, self.when) = (occurrence, title, when)
            (self.capacity, self.until) = (capacity, until)
        }
    }

    /// What is typed for a new link.
    public struct Fields: Sendable {
        public var to = ""
        public var relation = ""
        public var from = TypedDate()
        public var until = TypedDate()
        public var end = ""

        public init() {}
    }

    public var id: String
    public var name: String
    public var lines: [Line]
    public var parts: [Part]
    public var relations: [Choice]
    /// Found for what was typed.
    public var found: [Choice]
    public var fields: Fields
    public var mayChange: Bool
    public var errors: FieldErrors

    public init(
        id: String, name: String, lines: [Line], parts: [Part], relations: [Choice], found: [Choice] = [],
        fields: Fields = Fields(), mayChange: Bool, errors: FieldErrors = .none
    ) {
        (self.id, self.name, self.lines, self.parts) = (id, name, lines, parts)
        (self.relations, self.found, self.fields) = (relations, found, fields)
        (self.mayChange, self.errors) = (mayChange, errors)
    }

    public var title: String { "Links" }
    public var breadcrumbs: [Breadcrumb] {
        [.home, Breadcrumb("Persons", "/persons"), Breadcrumb(name, "/persons/\(id)")]
    }
    public var isWide: Bool { true }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title, caption: name)
        html.h2("Persons and places")
        if lines.isEmpty {
            html.p("No link that you may see.")
        } else {
            html.table(
                caption: "Persons and places", isCaptionHidden: true, columns: columns(frame), rows: lines,
                narrow: .stacks)
        }
        if mayChange { adding(&html, frame) }
        html.h2("Occurrences")
        if parts.isEmpty {
            html.p("None that you may see.")
        } else {
            html.table(
                caption: "Occurrences", isCaptionHidden: true,
                columns: [
                    .header("What") { part, html in html.a(part.title, to: "/occurrences/\(part.occurrence)") },
                    .cell("As") { part, html in
                        html.tag(part.capacity, PersonChronologyPage.capacityKind(part.capacity))
                    },
                    .text("When") { $0.when },
                    .text("No longer since") { $0.until },
                ], rows: parts, narrow: .stacks)
        }
        if mayChange {
            let address = WebAddress("/occurrences/new").adding("person", id)
            html.p { $0.buttonLink("Add an occurrence", to: address, .secondary) }
        }
    }

    private func columns(_ frame: Frame) -> [Column<Line>] {
        [
            .header("How") { line, html in html.text(line.how) },
            .cell("To") { line, html in html.a(line.name, to: line.address) },
            .text("When") { $0.dates },
            .cell("End") { line, html in
                guard mayChange, line.isOpen else { return }
                html.form(to: "/persons/\(id)/links/end", frame.token) { html in
                    html.hiddenField("link", line.id)
                    html.submit("It ended: \(line.name)", .secondary)
                }
            },
        ]
    }

    private func adding(_ html: inout Html, _ frame: Frame) {
        html.h3("Add a link")
        html.form(to: "/persons/\(id)/links", frame.token) { html in
            html.select("relation", "How", options: relations, chosen: fields.relation, error: errors["relation"])
            if !found.isEmpty {
                html.radios("end", "Which of these", choices: found, chosen: fields.end, error: errors["end"])
            }
            html.textField(
                "to", found.isEmpty ? "To whom or where" : "Or look for another",
                hint: "The name of a person or place that is held already", value: fields.to, error: errors["to"],
                width: .long)
            html.details("Since when, until when", isOpen: errors["link-from"] != nil || errors["link-until"] != nil) {
                html in
                html.dateField("link-from", "From", value: fields.from, error: errors["link-from"])
                html.dateField("link-until", "Until", value: fields.until, error: errors["link-until"])
            }
            html.submit(found.isEmpty ? "Find" : "Add")
        }
    }
}
