/// A measure shown small beside something else: title, latest figure with its likely range and its counts, and a control
/// chart. Plain data: `Web` makes it of a series, and a page or a pack writes it.
///
/// ```swift
/// html.h2("Linked measures")
/// for view in area.measures { html.measureChart(view) }        // on a page: heading of level 3, figure, link
/// html.p(view.latest?.sentence ?? "No data yet.")              // in words alone
/// ```
public struct MeasureChartView: Sendable {
    /// The identifier of the measure; unique on the page.
    public var id: String
    public var title: String
    /// The page of the measure.
    public var address: WebAddress
    /// Nil while no figure is held.
    public var latest: Latest?
    /// Nil while there is nothing to draw.
    public var chart: ControlChartModel?
    /// What a reader must know of the figures, as sentences; may be empty.
    public var notes: [String]

    public init(
        id: String, title: String, address: WebAddress, latest: Latest? = nil, chart: ControlChartModel? = nil,
        notes: [String] = []
    ) {
        (self.id, self.title, self.address) = (id, title, address)
        (self.latest, self.chart, self.notes) = (latest, chart, notes)
    }

    /// The newest figure, in words.
    public struct Latest: Sendable, Equatable {
        /// `June 2025`.
        public var period: String
        /// With its unit: `31.2%`, `8.91 per 1,000 people`, `5,120 crimes`.
        public var value: String
        /// The 95% interval: `29.8% to 32.6%`; empty when there is none.
        public var interval: String
        /// `412 of 1,320`; empty for a plain count, which is its own numerator.
        public var counts: String
        /// What the chart says of this point, in words; nil inside the limits.
        public var signal: String?
        /// Whether that is for the better; nil without a signal or a better direction.
        public var isImprovement: Bool?

        public init(
            period: String, value: String, interval: String = "", counts: String = "", signal: String? = nil,
            isImprovement: Bool? = nil
        ) {
            (self.period, self.value, self.interval, self.counts) = (period, value, interval, counts)
            (self.signal, self.isImprovement) = (signal, isImprovement)
        }

        /// `June 2025: 31.2%, likely between 29.8% and 32.6%, 412 of 1,320. Nothing stands out.`
        public var sentence: String {
            let range = interval.isEmpty ? nil : "likely range \(interval)"
            let parts = [value, range, counts.isEmpty ? nil : counts].compactMap(\.self)
            return "\(period): \(parts.joined(separator: ", ")). \(signal ?? "Nothing stands out.")"
        }

        /// For a tag: what stands out, in two words at most.
        public var state: String {
            guard signal != nil else { return "Steady" }
            return isImprovement.map { $0 ? "Better" : "Worse" } ?? "Changed"
        }

        public var kind: Html.TagKind {
            guard signal != nil else { return .neutral }
            return isImprovement.map { $0 ? .good : .attention } ?? .information
        }
    }
}

extension Html {
    /// A heading of level 3, the latest figure, a small chart and a link to the whole measure.
    public mutating func measureChart(_ view: MeasureChartView) {
        section(.class("measure")) { html in
            html.h3(view.title)
            guard let latest = view.latest else {
                html.p("No data yet.")
                html.measureLink(view)
                return
            }
            html.p { html in
                html.text(latest.sentence)
                html.text(" ")
                if latest.signal != nil { html.tag(latest.state, latest.kind) }
            }
            if let chart = view.chart { html.smallChart(chart) }
            for note in view.notes { html.p(note, .class("hint")) }
            html.measureLink(view)
        }
    }

    private mutating func measureLink(_ view: MeasureChartView) {
        p { html in
            html.a(to: view.address) { html in
                html.text("See the figures and the rows behind them")
                html.span(": \(view.title)", .class("unseen"))
            }
        }
    }

    /// Without the key and the notes of the whole chart, and without links: each figure is one step away.
    mutating func smallChart(_ chart: ControlChartModel) {
        var chart = chart
        for index in chart.points.indices { chart.points[index].address = nil }
        guard chart.points.contains(where: { $0.value != nil }) else { return }
        figure(.class("chart", "chart-small")) { html in
            html.figcaption(chart.axisWords)
            ControlChartDrawing(chart, isWide: true).write(into: &html)
            ControlChartDrawing(chart, isWide: false).write(into: &html)
        }
    }
}
