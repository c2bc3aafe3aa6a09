/// One inspection report: what it found, what it asks for and how far that is.
public struct InspectionPage: PageModel {
    public struct Other: Sendable {
        public var title: String
        public var address: WebAddress
        public var isLater: Bool

        public init(title: String, address: WebAddress, isLater: Bool) {
            (self.title, self.address, self.isLater) = (title, address, isLater)
        }
    }

    /// What an earlier report asked for, and what this one says became of it.
    public struct EarlierArea: Sendable {
        public var area: AreaLine
        public var from: String
        public var statements: [String]

        public init(area: AreaLine, from: String, statements: [String]) {
            (self.area, self.from, self.statements) = (area, from, statements)
        }
    }

    public var id: String
    public var report: ReportView
    public var fileName: String
    /// SHA-256, in hexadecimal.
    public var digest: String
    /// Who brought it and when, in words.
    public var kept: String
    public var others: [Other] = []
    public var earlierAreas: [EarlierArea] = []
    public var canWork = false

    public init(id: String, report: ReportView, fileName: String, digest: String, kept: String) {
        (self.id, self.report, self.fileName, self.digest, self.kept) = (id, report, fileName, digest, kept)
    }

    public var title: String { report.title }
    public var breadcrumbs: [Breadcrumb] { [.home, Breadcrumb("Inspections", "/inspections")] }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(report.title, caption: "Inspection report")
        overview(&html)
        otherReports(&html)
        html.report(report, address: "/inspections/\(id)", frame.token)
        if !earlierAreas.isEmpty { earlier(&html) }
        html.setAside(report.notUnderstood, isOpen: false)
        html.h2("Where this comes from")
        html.summaryList([
            SummaryRow("Text given as", fileName.isEmpty ? "Pasted text" : fileName), SummaryRow("Brought by", kept),
            SummaryRow("Fingerprint (SHA-256)", digest),
        ])
        html.p { $0.a("Download the text as it was given", to: "/inspections/\(id)/source") }
    }

    private func overview(_ html: inout Html) {
        guard !report.questions.isEmpty else { return }
        html.table(
            caption: "The questions and their grades",
            columns: [
                .header("Question") { item, html in
                    html.a("\(item.offset + 1). \(item.element.text)", to: .fragment("question-\(item.offset + 1)"))
                },
                .cell("Grade") { item, html in html.gradeLine(item.element.grade) },
                .number("Areas for improvement") {
                    Figure.whole($0.element.areas.count + $0.element.causes.reduce(0) { $0 + $1.recommendations.count })
                },
            ], rows: Array(report.questions.enumerated()), narrow: .stacks)
    }

    private func otherReports(_ html: inout Html) {
        guard !others.isEmpty else { return }
        html.h2("Other reports of this force")
        html.ul { html in
            for other in others {
                html.li { html in
                    html.a(other.title, to: other.address)
                    html.text(other.isLater ? " (later)" : " (earlier)")
                }
            }
        }
    }

    private func earlier(_ html: inout Html) {
        html.h2("What earlier reports asked for")
        html.p("What this report says of each is linked by a person, never by the machine.")
        html.table(
            caption: "Areas from earlier reports",
            columns: [
                .header("Area") { row, html in
                    html.a(row.area.title, to: "/areas/\(row.area.id)")
                    html.p(row.from, .class("hint"))
                },
                .cell("Where it stands") { row, html in
                    html.p { html in
                        html.text("The force: ")
                        html.tag(row.area.state, row.area.kind)
                    }
                    html.p("The inspectorate: \(row.area.inspectorate)")
                },
                .cell("What this report says") { row, html in
                    if !row.statements.isEmpty {
                        html.text(row.statements.joined(separator: " "))
                    } else if canWork {
                        html.a(to: "/areas/\(row.area.id)/later?report=\(id)") { html in
                            html.text("Say what became of it")
                            html.span(": \(row.area.title)", .class("unseen"))
                        }
                    } else {
                        html.text("Not linked yet")
                    }
                },
            ], rows: earlierAreas, narrow: .stacks)
    }
}
