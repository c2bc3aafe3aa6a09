/// What share of calls was checked, flagged and seen.
public struct CallMeasuresPage: PageModel {
    public struct Figure: Sendable {
        public var id: String
        public var title: String
        /// Exactly what is counted, and of what.
        public var definition: String
        public var met: Int
        public var of: Int
        public var interval: (low: Double, high: Double)?
        public var chart: ControlChartModel
        public var explanation: String
        public var teams: [Team]

        public init(
            id: String, title: String, definition: String, met: Int, of: Int, interval: (low: Double, high: Double)?,
            chart: ControlChartModel, explanation: String, teams: [Team]
        ) {
            (self.id, self.title, self.definition, self.met, self.of) = (id, title, definition, met, of)
            (self.interval, self.chart, self.explanation, self.teams) = (interval, chart, explanation, teams)
        }
    }

    public struct Team: Sendable {
        public var name: String
        public var met: Int
        public var of: Int
        public var interval: (low: Double, high: Double)?

        public init(name: String, met: Int, of: Int, interval: (low: Double, high: Double)?) {
            (self.name, self.met, self.of, self.interval) = (name, met, of, interval)
        }
    }

    public var of: Int
    /// There are more calls than were looked through.
    public var isCut: Bool
    public var figures: [Figure]

    public init(of: Int, isCut: Bool, figures: [Figure]) { (self.of, self.isCut, self.figures) = (of, isCut, figures) }

    public var title: String { "Checked, flagged and seen" }
    public var breadcrumbs: [Breadcrumb] { [.home, Breadcrumb("Calls", "/calls")] }
    public var isWide: Bool { true }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title, caption: "Calls")
        guard of > 0 else {
            return html.empty("No call was taken in the last 24 months.", "Take one from an occurrence.")
        }
        html.p(
            (isCut ? "Of the latest \(of) calls" : "Of the \(of) calls of the last 24 months")
                + " that you may see, as they stand now. In brackets: where the share may lie, given so few or so many "
                + "(95%, Wilson). The district of a call is not held, so there is no figure by district.")
        for figure in figures { write(figure, &html) }
    }

    private func write(_ figure: Figure, _ html: inout Html) {
        let list: WebAddress = "/calls/measures/\(figure.id)"
        html.h2(figure.title)
        html.p(figure.definition)
        html.p { html in
            html.strong(CallMeasuresPage.share(figure.met, figure.of, figure.interval))
            guard figure.of > 0 else { return }
            html.text(" ")
            html.a("See these calls", to: list)
        }
        guard figure.of > 0 else { return }
        html.controlChart(figure.chart)
        html.p(figure.explanation, .class("hint"))
        html.details("\(figure.title): by month") { html in
            html.controlChartTable(
                figure.chart, caption: "\(figure.title), by month", numerator: "Counted", denominator: "Of")
        }
        guard !figure.teams.isEmpty else { return }
        html.table(
            caption: "\(figure.title), by the team that took the call", columns: CallMeasuresPage.columns,
            rows: figure.teams, narrow: .stacks)
    }

    /// “29 of 50: 58% (44% to 71%)”
    static func share(_ met: Int, _ of: Int, _ interval: (low: Double, high: Double)?) -> String {
        guard let interval, of > 0 else { return "None to judge" }
        let percent = { (share: Double) in "\(Int((share * 100).rounded()))%" }
        return
            "\(met) of \(of): \(percent(Double(met) / Double(of))) (\(percent(interval.low)) to \(percent(interval.high)))"
    }

    private static var columns: [Column<Team>] {
        [
            .header("Team") { team, html in html.text(team.name) },
            .text("Share") { share($0.met, $0.of, $0.interval) },
        ]
    }
}

/// The calls behind one figure, or behind one month of it.
public struct CallBehindPage: PageModel {
    public struct Line: Sendable {
        public var id: String
        public var name: String
        public var reported: String
        public var counts: Bool
        public var state: String

        public init(id: String, name: String, reported: String, counts: Bool, state: String) {
            (self.id, self.name, self.reported) = (id, name, reported)
            (self.counts, self.state) = (counts, state)
        }
    }

    public var figure: String
    public var definition: String
    /// Nil for all months.
    public var month: String?
    public var lines: [Line]
    /// How many there are beside those shown.
    public var more: Int

    public init(figure: String, definition: String, month: String?, lines: [Line], more: Int) {
        (self.figure, self.definition, self.month) = (figure, definition, month)
        (self.lines, self.more) = (lines, more)
    }

    public var title: String { month.map { "\(figure), \($0)" } ?? figure }
    public var breadcrumbs: [Breadcrumb] {
        [.home, Breadcrumb("Calls", "/calls"), Breadcrumb("Checked, flagged and seen", "/calls/measures")]
    }
    public var isWide: Bool { true }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title, caption: "The calls behind a figure")
        html.p(definition)
        guard !lines.isEmpty else { return html.empty("No call is behind it.", "Look at another month.") }
        html.p("\(lines.count { $0.counts }) of the \(lines.count) shown count. Those that do not come first.")
        html.table(
            caption: title, isCaptionHidden: true, columns: CallBehindPage.columns, rows: lines, narrow: .stacks)
        if more > 0 { html.p("\(more) more are not shown here. Choose a month to see them.") }
    }

    private static var columns: [Column<Line>] {
        [
            .header("Call") { line, html in html.a(line.name, to: "/calls/\(line.id)") },
            .text("Reported") { $0.reported },
            .cell("Counts") { line, html in html.tag(line.counts ? "Yes" : "No", line.counts ? .good : .attention) },
            .text("How it stands") { $0.state },
        ]
    }
}
