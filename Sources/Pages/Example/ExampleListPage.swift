import Kernel

/// An example of a list: fifty rows of eight columns, a filter, newer and older. Copy its shape, not its words.
public struct ExampleListPage: PageModel {
    public struct Row: Sendable {
        public var id: String
        public var title: String
        public var owner: String
        public var due: Day
        public var state: String
        public var kind: Html.TagKind
        public var actions: Int
        public var evidence: Int
        public var changed: String

        public init(
            id: String, title: String, owner: String, due: Day, state: String, kind: Html.TagKind, actions: Int,
            evidence: Int, changed: String
        ) {
            (self.id, self.title, self.owner, self.due) = (id, title, owner, due)
            (self.state, self.kind, self.actions) = (state, kind, actions)
            (self.evidence, self.changed) = (evidence, changed)
        }
    }

    public var rows: [Row]
    public var newer: WebAddress?
    public var older: WebAddress?

    public init(rows: [Row], newer: WebAddress? = nil, older: WebAddress? = nil) {
        (self.rows, self.newer, self.older) = (rows, newer, older)
    }

    public var title: String { "Areas for improvement" }
    public var breadcrumbs: [Breadcrumb] { [.home] }
    public var isWide: Bool { true }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        html.searchForm(to: "/areas", label: "Filter the list") { html in
            html.select("state", "State", options: [Choice("", "Any state"), Choice("open", "Open")])
            html.textField("owner", "Owner", kind: .search)
            html.submit("Show", .secondary)
        }
        html.table(
            caption: "Areas for improvement, nearest date first", columns: columns, rows: rows, narrow: .stacks)
        html.pagination(newer: newer, older: older)
    }

    private var columns: [Column<Row>] {
        [
            .header("Area") { row, html in html.a(row.title, to: "/areas/\(row.id)") },
            .text("Reference") { $0.id },
            .text("Owner") { $0.owner },
            .day("Due") { $0.due },
            .cell("State") { row, html in html.tag(row.state, row.kind) },
            .number("Actions") { Figure.whole($0.actions) },
            .number("Evidence") { Figure.whole($0.evidence) },
            .text("Changed") { $0.changed },
        ]
    }
}
