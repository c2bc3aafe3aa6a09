/// One measure of assessments: by month, by team and by district, with the forms behind it.
public struct AssessmentMeasurePage: PageModel {
    public struct Chosen: Sendable {
        public var team: String
        public var district: String
        /// In words; nil for all months.
        public var month: String?

        public init(team: String, district: String, month: String?) {
            (self.team, self.district, self.month) = (team, district, month)
        }
    }

    /// Forms to read, the latest first.
    public struct Forms: Sendable {
        public var count: Int
        public var shown: [(name: String, address: WebAddress)]

        public init(count: Int, shown: [(name: String, address: WebAddress)]) {
            (self.count, self.shown) = (count, shown)
        }
    }

    public var name: String
    public var code: String
    /// What the forms to read have in common.
    public var fault: String
    public var chart: ControlChartModel
    public var chosen: Chosen
    /// An empty value stands for all.
    public var teams: [Choice]
    public var districts: [Choice]
    public var groups: [RankedBarsModel]
    public var forms: Forms

    public init(
        name: String, code: String, fault: String, chart: ControlChartModel, chosen: Chosen, teams: [Choice],
        districts: [Choice], groups: [RankedBarsModel], forms: Forms
    ) {
        (self.name, self.code, self.fault, self.chart) = (name, code, fault, chart)
        (self.chosen, self.teams, self.districts) = (chosen, teams, districts)
        (self.groups, self.forms) = (groups, forms)
    }

    public var title: String { name }
    public var breadcrumbs: [Breadcrumb] {
        [
            .home, Breadcrumb("Assessments", "/assessments"),
            Breadcrumb("Standards of assessments", "/assessments/standards"),
        ]
    }
    public var isWide: Bool { true }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        if teams.count > 1 || districts.count > 1 { choosing(&html) }
        html.controlChart(chart)
        html.details("The figures of the chart") {
            $0.controlChartTable(chart, caption: title, numerator: "Counted", denominator: "Judged")
        }
        for group in groups where group.bars.count > 1 { html.rankedBars(group) }
        html.h2(chosen.month.map { "\(fault): \($0)" } ?? fault)
        guard !forms.shown.isEmpty else { return html.p("There is none to read.") }
        if forms.count > forms.shown.count {
            let more = chosen.month == nil ? " For others, open a month in the figures of the chart." : ""
            html.p("The latest \(forms.shown.count) of \(Figure.whole(forms.count)).\(more)")
        }
        html.ul(.class("links")) { html in
            for form in forms.shown { html.li { $0.a(form.name, to: form.address) } }
        }
    }

    private func choosing(_ html: inout Html) {
        html.searchForm(to: "/assessments/standards/\(code)", label: "Choose") { html in
            if teams.count > 1 { html.select("team", "Team", options: teams, chosen: chosen.team) }
            if districts.count > 1 { html.select("district", "District", options: districts, chosen: chosen.district) }
            html.submit("Show", .secondary)
        }
    }
}
