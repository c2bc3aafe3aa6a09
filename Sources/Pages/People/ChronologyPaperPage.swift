/// Making a chronology for paper: for whom, and what is left out.
public struct ChronologyPaperPage: PageModel {
    public struct Line: Sendable {
        /// Tells it apart from others.
        public var key: String
        public var when: String
        public var time: String
        public var words: String
        public var capacity: String
        public var known: String

        public init(key: String, when: String, time: String, words: String, capacity: String, known: String) {
            (self.key, self.when, self.time, self.words) = (key, when, time, words)
            (self.capacity, self.known) = (capacity, known)
        }
    }

    public var id: String
    public var name: String
    public var chosen: String
    public var recipients: [Choice]
    public var lines: [Line]
    public var left: Set<String> = []
    public var errors = FieldErrors.none

    public init(id: String, name: String, chosen: String, recipients: [Choice], lines: [Line]) {
        (self.id, self.name, self.chosen) = (id, name, chosen)
        (self.recipients, self.lines) = (recipients, lines)
    }

    public var title: String { "Chronology on paper" }
    public var breadcrumbs: [Breadcrumb] {
        [
            .home, Breadcrumb("Persons", "/persons"), Breadcrumb(name, "/persons/\(id)"),
            Breadcrumb("Chronology", "/persons/\(id)/chronology"),
        ]
    }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title, caption: name)
        html.searchForm(to: "/persons/\(id)/chronology/paper", label: "For whom") { html in
            html.select("for", "For whom", options: recipients, chosen: chosen)
            html.submit("Show what it would hold", .secondary)
        }
        html.p(
            chosen.isEmpty
                ? "All of it, as far as you may see it. It stays in your agency."
                : "Only what we wrote down ourselves, by the day they were told, in the parts they were told. Nothing of other persons."
        )
        html.p { html in
            html.text("Is the agency not there? ")
            html.a("Tell it first", to: "/persons/\(id)/tell")
        }
        guard !lines.isEmpty else {
            return html.empty("Nothing would be on it.", "Tell the agency more, or again, and come back.")
        }
        html.form(to: "/persons/\(id)/chronology/paper", frame.token) { html in
            html.hiddenField("for", chosen)
            html.checkboxes(
                "leave", "Leave out", choices: lines.map { Choice($0.key, "\($0.when): \($0.words)", hint: $0.known) },
                chosen: left, hint: "Nothing on the paper tells that a line is missing", error: errors["leave"])
            html.submit("Make the PDF")
        }
    }
}

/// The paper itself: a document of its own with the marking on each page. It holds no address.
public struct ChronologyDocument: Sendable {
    public var name: String
    public var born: String?
    public var facts: [SummaryRow]
    public var lines: [ChronologyPaperPage.Line]
    /// For another agency.
    public var isExtract: Bool

    public init(
        name: String, born: String?, facts: [SummaryRow], lines: [ChronologyPaperPage.Line], isExtract: Bool
    ) {
        (self.name, self.born, self.facts) = (name, born, facts)
        (self.lines, self.isExtract) = (lines, isExtract)
    }

    public func bytes(marking: Marking, force: String) -> [UInt8] {
        var html = Html(reserving: 32_768)
        html.constant("<!DOCTYPE html>")
        html.element("html", [.lang("en-GB")]) { html in
            html.element("head", []) { html in
                html.constant(#"<meta charset="utf-8">"#)
                html.element("title", [], "Chronology: \(name)")
            }
            html.element("body", []) { html in
                html.p(marking.text, .class("pack-marking"))
                html.h1("Chronology: \(name)")
                html.p(
                    [born.map { "Born \($0)." }, "\(force). \(marking.handling)"].compactMap(\.self).joined(
                        separator: " "))
                html.summaryList(facts)
                html.p(
                    isExtract
                        ? "This is an extract. It holds what was told, and may not be all that is known."
                        : "Newest first, as far as whoever made it may see it.")
                html.table(caption: "What is known", columns: columns, rows: lines)
            }
        }
        return html.bytes
    }

    private var columns: [Column<ChronologyPaperPage.Line>] {
        [
            .text("When") { [$0.when, $0.time].filter { !$0.isEmpty }.joined(separator: ", ") },
            .header("What") { $1.text($0.words) },
            .text("As") { $0.capacity },
            .text("Known to") { $0.known },
        ]
    }
}
