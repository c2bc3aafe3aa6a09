import Kernel

/// What was destroyed: no word of it, only that it was there.
public struct RetentionDestroyedPage: PageModel {
    public struct Line: Sendable {
        public var kind: String
        public var record: String
        public var reason: String
        public var group: String
        public var who: String
        public var when: String
        /// Until when backups may hold it, in words.
        public var copies: String

        public init(
            kind: String, record: String, reason: String, group: String, who: String, when: String, copies: String
        ) {
            (self.kind, self.record, self.reason, self.group) = (kind, record, reason, group)
            (self.who, self.when, self.copies) = (who, when, copies)
        }
    }

    public var lines: [Line]
    public var older: WebAddress?
    /// Since when traces wait to be overwritten in the files of the store; nil when none do.
    public var untidySince: Day?
    public var mayReadLog: Bool

    public init(lines: [Line], older: WebAddress?, untidySince: Day?, mayReadLog: Bool) {
        (self.lines, self.older) = (lines, older)
        (self.untidySince, self.mayReadLog) = (untidySince, mayReadLog)
    }

    public var title: String { "What was destroyed" }
    public var breadcrumbs: [Breadcrumb] { [.home, Breadcrumb("Retention", "/retention")] }
    public var isWide: Bool { true }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        html.p(
            "Nothing of what these records said is left: only that they were there, who wrote and read them, and who "
                + "decided. What went because an agreement ended is in the access log, as an erasure by “house”.")
        if let untidySince {
            html.inset { html in
                html.p(
                    "No page, search or export finds what was destroyed since \(LondonTime.inWords(untidySince)). Traces in "
                        + "the files of the store are overwritten by the next nightly sweep.")
            }
        }
        guard !lines.isEmpty else {
            return html.empty("Nothing was destroyed by a decision yet.", "Records appear here once they are.")
        }
        html.table(
            caption: "Destroyed, latest decisions first", isCaptionHidden: true,
            columns: [
                .header("Record") { line, html in
                    html.text(line.kind)
                    guard self.mayReadLog else { return html.p(line.record, .class("hint", "breaks")) }
                    html.p(.class("hint", "breaks")) { $0.a(line.record, to: "/log?record=\(line.record)") }
                },
                .text("Group") { $0.group }, .text("Why") { $0.reason }, .text("Decided by") { $0.who },
                .text("When") { $0.when }, .text("Copies in backups") { $0.copies },
            ], rows: lines, narrow: .stacks)
        html.pagination(newer: nil, older: older)
    }
}
