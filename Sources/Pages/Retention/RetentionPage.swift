import Kernel

/// What is due for review: overdue and due this month, the oldest first.
public struct RetentionPage: PageModel {
    public struct Line: Sendable {
        public var kind: String
        public var title: String
        public var address: WebAddress
        public var group: String
        public var due: Day
        public var why: String
        /// In words, such as `3 days late`.
        public var state: String
        public var isOverdue: Bool
        /// What keeps it from being settled: a hold, or a second person's word.
        public var remarks: [String]

        public init(
            kind: String, title: String, address: WebAddress, group: String, due: Day, why: String, state: String,
            isOverdue: Bool, remarks: [String]
        ) {
            (self.kind, self.title, self.address, self.group) = (kind, title, address, group)
            (self.due, self.why, self.state, self.isOverdue) = (due, why, state, isOverdue)
            self.remarks = remarks
        }
    }

    public var overdue: Int
    public var dueThisMonth: Int
    public var lines: [Line]
    public var upcoming: [Line]
    public var older: WebAddress?
    public var isBehind: Bool

    public init(
        overdue: Int, dueThisMonth: Int, lines: [Line], upcoming: [Line], older: WebAddress?, isBehind: Bool
    ) {
        (self.overdue, self.dueThisMonth, self.lines) = (overdue, dueThisMonth, lines)
        (self.upcoming, self.older, self.isBehind) = (upcoming, older, isBehind)
    }

    public var title: String { "Retention" }
    public var breadcrumbs: [Breadcrumb] { [.home] }
    public var isWide: Bool { true }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        html.p(
            "Records whose time has come. A person decides whether each is still needed. Only what a partner lent goes "
                + "by itself, when its agreement ends.")
        if isBehind {
            html.inset { html in
                html.p(
                    "The list is being made anew because a rule changed. More may be due than is shown; look again later."
                )
            }
        }
        html.p { html in
            html.strong("\(Figure.whole(overdue)) overdue")
            html.text(", \(Figure.whole(dueThisMonth)) due this month.")
        }
        queue(&html)
        if !upcoming.isEmpty {
            html.h2("Due next")
            html.table(
                caption: "Due after this month", isCaptionHidden: true, columns: columns, rows: upcoming,
                narrow: .stacks)
        }
        html.h2("Holds, and what was destroyed")
        html.ul { html in
            html.li { html in
                html.a("Holds", to: "/retention/holds")
                html.text(" keep records that an inquiry or a court may ask for.")
            }
            html.li { html in
                html.a("What was destroyed", to: "/retention/destroyed")
                html.text(" says that it was there, and who decided.")
            }
        }
    }

    /// By group, so that records under one rule are looked at together; within it the oldest first.
    private func queue(_ html: inout Html) {
        guard !lines.isEmpty else {
            return html.empty("Nothing is due for review.", "Records come here in the month in which their time is up.")
        }
        var groups: [String] = []
        for line in lines where !groups.contains(line.group) { groups.append(line.group) }
        for group in groups {
            html.h2(group)
            html.table(
                caption: "Due, oldest first: \(group)", isCaptionHidden: true, columns: columns,
                rows: lines.filter { $0.group == group }, narrow: .stacks)
        }
        html.pagination(newer: nil, older: older)
    }

    private var columns: [Column<Line>] {
        [
            .header("Record") { line, html in
                html.a(line.title, to: line.address)
                html.p(line.kind, .class("hint"))
            },
            .day("Due") { $0.due },
            .cell("State") { line, html in
                html.tag(line.state, line.isOverdue ? .danger : .neutral)
                for remark in line.remarks {
                    html.text(" ")
                    html.tag(remark, .attention)
                }
            },
            .text("Why") { $0.why },
        ]
    }
}
