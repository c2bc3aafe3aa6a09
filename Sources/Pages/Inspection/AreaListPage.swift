import Kernel

/// An area for improvement on one line of a list.
public struct AreaLine: Sendable {
    public var id: String
    public var title: String
    public var report: String
    public var owner: String?
    public var due: Day?
    /// `Due 3 May 2026`, `2 days late`, `No date yet`.
    public var dueWords: String
    /// The force's own view, in words; what is late says so.
    public var state: String
    public var kind: Html.TagKind
    public var inspectorate: String

    public init(
        id: String, title: String, report: String, owner: String?, due: Day?, dueWords: String, state: String,
        kind: Html.TagKind, inspectorate: String
    ) {
        (self.id, self.title, self.report, self.owner) = (id, title, report, owner)
        (self.due, self.dueWords, self.state, self.kind) = (due, dueWords, state, kind)
        self.inspectorate = inspectorate
    }
}

/// Areas for improvement: mine, all, or those that are late.
public struct AreaListPage: PageModel {
    public enum View: String, Sendable, CaseIterable {
        case mine, all, overdue

        var words: String {
            switch self {
            case .mine: "Mine"
            case .all: "All that I may see"
            case .overdue: "Overdue"
            }
        }

        var nothing: (String, String) {
            switch self {
            case .mine: ("You own no area for improvement.", "An inspection lead gives them to people and teams.")
            case .all: ("There is no area for improvement yet.", "They come with an inspection report.")
            case .overdue: ("Nothing is overdue.", "Areas come here the day after their due date.")
            }
        }
    }

    public var view: View
    public var areas: [AreaLine]

    public init(view: View, areas: [AreaLine]) { (self.view, self.areas) = (view, areas) }

    public var title: String { "Areas for improvement" }
    public var breadcrumbs: [Breadcrumb] { [.home, Breadcrumb("Inspections", "/inspections")] }
    public var isWide: Bool { true }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        html.searchForm(to: "/areas", label: "Which areas to show") { html in
            html.select(
                "view", "Show", options: View.allCases.map { Choice($0.rawValue, $0.words) }, chosen: view.rawValue)
            html.submit("Show", .secondary)
        }
        guard !areas.isEmpty else {
            return html.empty(view.nothing.0, view.nothing.1) { html in
                html.p { $0.a("See the inspections", to: "/inspections") }
            }
        }
        html.table(
            caption: "\(Figure.count(areas.count, "area", "areas")), the earliest date first", columns: columns,
            rows: areas, narrow: .stacks)
    }

    private var columns: [Column<AreaLine>] {
        [
            .header("Area") { area, html in html.a(area.title, to: "/areas/\(area.id)") },
            .text("Report") { $0.report },
            .text("Owner") { $0.owner ?? "Nobody yet" },
            .day("Due") { $0.due },
            .cell("The force’s view") { area, html in html.tag(area.state, area.kind) },
            .text("The inspectorate’s view") { $0.inspectorate },
        ]
    }
}
