/// Who saw and did what, newest first: identifiers, never the content of a record.
public struct LogPage: PageModel {
    public struct Entry: Sendable {
        public var number: String
        public var when: String
        /// As the log has it.
        public var user: String
        public var who: String
        public var agency: String
        public var operation: String
        public var what: String
        public var record: String?
        public var detail: String
        public var wasAllowed: Bool

        public init(
            number: String, when: String, user: String, who: String, agency: String, operation: String, what: String,
            record: String?, detail: String, wasAllowed: Bool
        ) {
            (self.number, self.when, self.user, self.who, self.agency) = (number, when, user, who, agency)
            (self.operation, self.what, self.record) = (operation, what, record)
            (self.detail, self.wasAllowed) = (detail, wasAllowed)
        }
    }

    public var entries: [Entry]
    public var user: String
    public var record: String
    public var older: WebAddress?

    public init(entries: [Entry], user: String, record: String, older: WebAddress?) {
        (self.entries, self.user, self.record, self.older) = (entries, user, record, older)
    }

    public var title: String { "Access log" }
    public var breadcrumbs: [Breadcrumb] { [.home] }
    public var isWide: Bool { true }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        html.p("Everything that was read or changed, and by whom. Opening this page is in the log too.")
        html.searchForm(to: "/log", label: "Filter the log") { html in
            html.textField("user", "User", value: user, kind: .search, width: .long)
            html.textField("record", "Record", value: record, kind: .search, width: .long)
            html.submit("Show", .secondary)
        }
        if entries.isEmpty {
            html.empty("No entry matches.", "Try one user, or one record, without the other.")
        } else {
            html.table(caption: "Entries, newest first", columns: columns, rows: entries, narrow: .stacks)
        }
        html.pagination(newer: nil, older: older)
    }

    private var columns: [Column<Entry>] {
        [
            .header("Entry") { entry, html in html.text(entry.number) },
            .text("When") { $0.when },
            .cell("Who") { entry, html in
                html.a(entry.who, to: "/log?user=\(entry.user)")
                html.text(", \(entry.agency)")
            },
            .cell("Did") { entry, html in
                html.text(entry.operation)
                if !entry.wasAllowed {
                    html.text(" ")
                    html.tag("Refused", .danger)
                }
            },
            .text("What") { $0.what },
            .cell("Record") { entry, html in
                guard let record = entry.record else { return html.text("–") }
                html.a(record, to: "/log?record=\(record)", .class("breaks"))
            },
            .cell("Detail") { entry, html in html.span(entry.detail.isEmpty ? "–" : entry.detail, .class("breaks")) },
        ]
    }
}
