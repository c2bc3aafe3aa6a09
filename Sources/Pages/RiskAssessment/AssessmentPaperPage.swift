/// Making an assessment for paper: for whom, and what is left out.
public struct AssessmentPaperPage: PageModel {
    /// A row under its heading.
    public struct Line: Sendable {
        /// Tells it apart from others.
        public var key: String
        public var part: String
        public var row: SummaryRow

        public init(key: String, part: String, row: SummaryRow) { (self.key, self.part, self.row) = (key, part, row) }
    }

    public var id: String
    public var name: String
    public var chosen: String
    public var recipients: [Choice]
    /// Where another agency is told of her.
    public var tell: WebAddress?
    public var lines: [Line]
    public var left: Set<String> = []
    public var errors = FieldErrors.none

    public init(
        id: String, name: String, chosen: String, recipients: [Choice], tell: WebAddress?, lines: [Line]
    ) {
        (self.id, self.name, self.chosen, self.recipients) = (id, name, chosen, recipients)
        (self.tell, self.lines) = (tell, lines)
    }

    public var title: String { "Assessment on paper" }
    public var breadcrumbs: [Breadcrumb] {
        [.home, Breadcrumb("Assessments", "/assessments"), Breadcrumb(name, "/assessments/\(id)")]
    }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title, caption: name)
        html.searchForm(to: "/assessments/\(id)/paper", label: "For whom") { html in
            html.select("for", "For whom", options: recipients, chosen: chosen)
            html.submit("Show what it would hold", .secondary)
        }
        html.p(
            chosen.isEmpty
                ? "All of it, as far as you may see it. It stays in your agency."
                : "Only what was told of her, as it stood on that day. Nobody else is named by us; read the words and leave "
                    + "out what names others or where somebody lives.")
        if let tell {
            html.p { html in
                html.text("Is the agency not there? ")
                html.a("Tell it first", to: tell)
            }
        }
        guard !lines.isEmpty else {
            return html.empty("Nothing would be on it.", "Tell the agency what was written, and come back.")
        }
        html.form(to: "/assessments/\(id)/paper", frame.token) { html in
            html.hiddenField("for", chosen)
            html.checkboxes(
                "leave", "Leave out",
                choices: lines.map { Choice($0.key, "\($0.row.key): \($0.row.value)", hint: $0.part) }, chosen: left,
                hint: "Nothing on the paper tells that a line is missing", error: errors["leave"])
            html.submit("Make the PDF")
        }
    }
}

/// The paper itself: a document of its own with the marking on each page. It holds no address.
public struct AssessmentDocument: Sendable {
    public var name: String
    public var facts: [SummaryRow]
    public var lines: [AssessmentPaperPage.Line]
    /// For another agency.
    public var isExtract: Bool

    public init(name: String, facts: [SummaryRow], lines: [AssessmentPaperPage.Line], isExtract: Bool) {
        (self.name, self.facts, self.lines, self.isExtract) = (name, facts, lines, isExtract)
    }

    public func bytes(marking: Marking, force: String) -> [UInt8] {
        var html = Html(reserving: 32_768)
        html.constant("<!DOCTYPE html>")
        html.element("html", [.lang("en-GB")]) { html in
            html.element("head", []) { html in
                html.constant(#"<meta charset="utf-8">"#)
                html.element("title", [], name)
            }
            html.element("body", []) { html in
                html.p(marking.text, .class("pack-marking"))
                html.h1(name)
                html.p("\(force). \(marking.handling)")
                html.summaryList(facts)
                if isExtract {
                    html.p("This is an extract. It holds what was told, and may not be all that was recorded.")
                }
                for part in parts {
                    html.h2(part.title)
                    html.summaryList(part.rows)
                }
            }
        }
        return html.bytes
    }

    private var parts: [AssessmentPage.Part] {
        lines.reduce(into: []) { parts, line in
            if parts.last?.title != line.part { parts.append(AssessmentPage.Part(line.part, [])) }
            parts[parts.count - 1].rows.append(line.row)
        }
    }
}
