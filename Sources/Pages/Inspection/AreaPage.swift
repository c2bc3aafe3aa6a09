import Kernel

/// One area for improvement: what was asked, who does what by when, and what shows that it gets better.
public struct AreaPage: PageModel {
    public var area: AreaView
    public var rights: AreaRights
    /// Set when this is how it was known at an earlier time, in words.
    public var knownAt: String?
    /// For the picker.
    public var knownDay: TypedDate
    public var errors: FieldErrors

    public init(
        area: AreaView, rights: AreaRights, knownAt: String? = nil, knownDay: TypedDate = TypedDate(),
        errors: FieldErrors = .none
    ) {
        (self.area, self.rights, self.knownAt) = (area, rights, knownAt)
        (self.knownDay, self.errors) = (knownDay, errors)
    }

    public var title: String { area.title }
    public var breadcrumbs: [Breadcrumb] {
        [.home, Breadcrumb("Inspections", "/inspections"), Breadcrumb(area.reportTitle, area.reportAddress)]
    }

    private var may: AreaRights { knownAt == nil ? rights : .none }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(area.title, caption: area.source.capitalisedFirst)
        if let knownAt {
            html.notice(Notice(.information, "This is what was known on \(knownAt)", "You cannot change it here."))
            html.p { $0.a("See it as it is now", to: area.address) }
        }
        html.inset { html in
            html.p("The report’s own words:", .class("hint"))
            html.blockquote { $0.lines(area.text) }
        }
        if !area.question.isEmpty { html.p("Question: \(area.question)", .class("hint")) }
        summary(&html)
        strand(&html, "The force’s view", area.force, "force", may.canChange)
        strand(&html, "The inspectorate’s view", area.inspectorate, "inspectorate", may.canLead)
        actions(&html)
        figures(&html)
        evidence(&html)
        later(&html)
        history(&html)
    }

    private func summary(_ html: inout Html) {
        let change: WebAddress? = may.canLead ? "\(area.address)/plan" : nil
        html.summaryList([
            SummaryRow("Owner", area.owner ?? "Nobody yet", change: change),
            SummaryRow("Due date", area.dueWords, change: change),
        ])
        if area.isLate { html.p { $0.tag("Overdue", .danger) } }
        if rights.canLead {
            html.searchForm(to: "\(area.address)/pack", label: "Evidence pack") { html in
                html.textField(
                    "recipient", "Who is the evidence pack for?",
                    hint:
                        "An agency’s short name, like hmicfrs, if you know it. The log keeps it, and that you took it out.",
                    width: .medium)
                html.submit("Download the evidence pack (PDF)", .secondary)
            }
        }
    }

    private func strand(_ html: inout Html, _ title: String, _ strand: AreaView.Strand, _ name: String, _ canAdd: Bool)
    {
        html.h2(title)
        html.p { html in
            if let now = strand.now { html.tag(now, strand.kind) } else { html.text("Nothing is recorded yet.") }
        }
        if !strand.history.isEmpty { html.timeline(strand.history) }
        if canAdd {
            html.p { html in
                html.a(to: "\(area.address)/status/\(name)") { html in
                    html.text("Record where it stands")
                    html.span(", \(title.lowercased())", .class("unseen"))
                }
            }
        }
    }

    private func actions(_ html: inout Html) {
        html.h2("Actions")
        if area.actions.isEmpty {
            html.p("No action is given yet.")
        } else {
            html.table(
                caption: "Actions, the earliest date first", isCaptionHidden: true,
                columns: [
                    .header("Action") { action, html in
                        if action.isOpenToAnswer, may.canChange {
                            html.a(action.title, to: "/actions/\(action.id)?area=\(area.id)")
                        } else {
                            html.text(action.title)
                        }
                    },
                    .text("Who") { $0.owner },
                    .day("Due") { $0.due },
                    .cell("State") { action, html in html.tag(action.state, action.kind) },
                ], rows: area.actions, narrow: .stacks)
        }
        if may.canLead { html.p { $0.a("Give an action", to: "\(area.address)/actions") } }
    }

    private func later(_ html: inout Html) {
        html.h2("What later reports say")
        if area.later.isEmpty { html.p("No later report is linked yet.") }
        for item in area.later {
            html.h3 { $0.a(item.report, to: item.address) }
            html.inset { $0.blockquote(item.statement) }
            if !item.words.isEmpty { html.p { $0.lines(item.words) } }
            html.p("Linked by \(item.by)", .class("hint"))
        }
        if may.canLead { html.p { $0.a("Link what a later report says", to: "\(area.address)/later") } }
    }

    private func history(_ html: inout Html) {
        html.h2("Looking back")
        html.p { $0.a("Who changed what, and when", to: "\(area.address)/history") }
        html.searchForm(to: area.address, label: "What was known on a day") { html in
            html.dateField(
                "at", "See what was known at the end of a day", value: knownDay, hint: "For example 3 5 2026",
                error: errors["at"])
            html.submit("Show", .secondary)
        }
    }
}
