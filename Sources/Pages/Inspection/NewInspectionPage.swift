/// A new report: its text pasted, or as a file. Nothing is kept before it has been shown.
public struct NewInspectionPage: PageModel {
    public var text: String
    public var errors: FieldErrors

    public init(text: String = "", errors: FieldErrors = .none) { (self.text, self.errors) = (text, errors) }

    public var title: String { "Add an inspection report" }
    public var breadcrumbs: [Breadcrumb] { [.home, Breadcrumb("Inspections", "/inspections")] }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        html.p(
            "Open the report on the inspectorate’s website, select the whole page and copy it. Paste it here, or choose "
                + "a text file that holds it. You see what we understood before anything is kept.")
        html.form(to: "/inspections/read", frame.token, isUpload: true, isGuarded: true, isUnsaved: !text.isEmpty) {
            html in
            html.textArea(
                "text", "The text of the report", hint: "Its title must name the force, the word PEEL and the year.",
                value: text, error: errors["text"], rows: 14)
            html.fileField(
                "file", "Or a file", hint: "Plain text in UTF-8, up to 2 MB. The file counts when both are given.",
                error: errors["file"], accept: ".txt,text/plain")
            html.submit("Read it")
        }
    }
}

/// What was understood and what was not, before it is kept.
public struct InspectionPreviewPage: PageModel {
    public var report: ReportView
    public var fileName: String
    /// The bytes as they came, in Base64, so that what is kept is what was read.
    public var encoded: String

    public init(report: ReportView, fileName: String, encoded: String) {
        (self.report, self.fileName, self.encoded) = (report, fileName, encoded)
    }

    public var title: String { "Check what we understood" }
    public var breadcrumbs: [Breadcrumb] { [.home, Breadcrumb("Inspections", "/inspections")] }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title, caption: report.title)
        html.p("Nothing is kept yet. Compare this with the report.")
        html.summaryList([
            SummaryRow("Force", report.force), SummaryRow("Programme year", report.year),
            SummaryRow("Pillar", report.pillar.capitalisedFirst),
            SummaryRow("Questions", Figure.whole(report.questions.count)),
            SummaryRow("What it asks for", Figure.count(report.areaCount, "area", "areas")),
            SummaryRow("Not understood", Figure.count(report.notUnderstood.count, "line", "lines")),
        ])
        keepForm(&html, frame)
        html.setAside(report.notUnderstood, isOpen: false)
        html.report(report, frame.token)
        html.hr()
        keepForm(&html, frame)
    }

    private func keepForm(_ html: inout Html, _ frame: Frame) {
        html.form(to: "/inspections", frame.token, isUpload: true) { html in
            html.hiddenField("name", fileName)
            html.hiddenField("text", encoded)
            html.buttonGroup { html in
                html.submit("Keep this report", name: "step", value: "keep")
                html.submit("Change the text", .secondary, name: "step", value: "change")
            }
        }
    }
}
