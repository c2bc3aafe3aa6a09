/// Every measure with its latest figure, in groups.
public struct MeasureListPage: PageModel {
    public struct Item: Sendable {
        public var title: String
        public var address: WebAddress
        /// What it is divided by, in words; nil for a plain count.
        public var denominator: String?
        /// Nil while there is no figure.
        public var latest: MeasureChartView.Latest?

        public init(
            title: String, address: WebAddress, denominator: String?, latest: MeasureChartView.Latest? = nil
        ) {
            (self.title, self.address, self.denominator, self.latest) = (title, address, denominator, latest)
        }
    }

    public struct Group: Sendable {
        public var title: String
        public var items: [Item]

        public init(_ title: String, _ items: [Item]) { (self.title, self.items) = (title, items) }
    }

    public var groups: [Group]
    /// Whether anything is loaded.
    public var hasData: Bool
    /// Nil for those who may not load.
    public var load: WebAddress?

    public init(groups: [Group], hasData: Bool, load: WebAddress? = nil) {
        (self.groups, self.hasData, self.load) = (groups, hasData, load)
    }

    public var title: String { "Measures" }
    public var breadcrumbs: [Breadcrumb] { [.home] }
    public var isWide: Bool { true }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        html.lead("Each figure opens onto its chart, and each point of a chart onto the rows behind it.")
        if !hasData { empty(&html) }
        if hasData { standsOut(&html) }
        for group in groups where !group.items.isEmpty {
            html.h2(group.title)
            html.table(
                caption: group.title, isCaptionHidden: true, columns: columns, rows: group.items, narrow: .stacks)
        }
        html.h2("Check the totals")
        html.p { html in
            html.a("Compare our yearly totals with the published figures", to: "/measures/reconciliation")
        }
    }

    private func empty(_ html: inout Html) {
        html.empty(
            "No data yet.",
            load == nil
                ? "Figures appear here when an analyst has loaded the files of at least one month."
                : "Load the files of at least one month. More months make better charts."
        ) { html in
            if let load { html.buttonLink("Load files", to: load) }
        }
    }

    private func standsOut(_ html: inout Html) {
        let count = groups.flatMap(\.items).filter { $0.latest?.signal != nil }.count
        html.p(
            count == 0
                ? "Nothing stands out in the latest month."
                : "\(Figure.count(count, "measure stands out", "measures stand out")) in the latest month. A signal is a "
                    + "reason to ask what happened, not a finding: of steady measures some signal by chance.")
    }

    private var columns: [Column<Item>] {
        [
            .header("Measure") { item, html in html.a(item.title, to: item.address) },
            .text("Latest") { $0.latest?.period ?? "No data" },
            .number("Figure") { $0.latest?.value ?? "–" },
            .number("Likely range") { $0.latest.map { $0.interval.isEmpty ? "–" : $0.interval } ?? "–" },
            .cell("Out of") { item, html in
                let counts = item.latest?.counts ?? ""
                html.text(counts.isEmpty ? item.denominator ?? "A plain count" : counts)
            },
            .cell("State") { item, html in
                guard let latest = item.latest else { return html.text("–") }
                html.tag(latest.state, latest.kind)
                if let signal = latest.signal { html.span(" \(signal)", .class("measure-signal")) }
            },
        ]
    }
}
