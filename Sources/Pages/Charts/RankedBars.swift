/// Areas or groups in order, each with its interval. The words stand in a table; the bars only repeat them.
public struct RankedBarsModel: Sendable {
    public var title: String
    public var unit: ChartUnit
    /// What the first column names, for example `District`.
    public var group: String
    /// What the figure is, for example `Crimes per 1,000 people`.
    public var measure: String
    public var bars: [Bar]

    public init(title: String, unit: ChartUnit, group: String, measure: String, bars: [Bar]) {
        (self.title, self.unit, self.group, self.measure, self.bars) = (title, unit, group, measure, bars)
    }

    public struct Bar: Sendable {
        public var name: String
        /// Nil when there is no data, or too little to show; `note` then says which.
        public var value: Double?
        public var low: Double?
        public var high: Double?
        public var numerator: Int?
        public var denominator: Int?
        /// Set when the bar stands out, or has no value: why, in words.
        public var note: String?
        public var address: WebAddress?

        public init(
            name: String, value: Double?, low: Double? = nil, high: Double? = nil, numerator: Int? = nil,
            denominator: Int? = nil, note: String? = nil, address: WebAddress? = nil
        ) {
            (self.name, self.value, self.low, self.high) = (name, value, low, high)
            (self.numerator, self.denominator, self.note, self.address) = (numerator, denominator, note, address)
        }

        var intervalWords: (ChartUnit) -> String {
            { unit in
                var parts: [String] = []
                if let low, let high { parts.append("\(unit.short(low)) to \(unit.short(high))") }
                if let numerator, let denominator {
                    parts.append("\(Figure.whole(numerator)) of \(Figure.whole(denominator))")
                }
                if let note { parts.append(note) }
                return parts.joined(separator: " · ")
            }
        }
    }
}

extension Html {
    /// Draws the bars in the order given.
    public mutating func rankedBars(_ model: RankedBarsModel) {
        let most = model.bars.flatMap { [$0.value, $0.high].compactMap { $0 } }.filter(\.isFinite).max() ?? 1
        element("table", [.class("bars"), .role("table")]) { html in
            html.caption(model.title, .class("table-caption"))
            html.thead(.role("rowgroup")) { html in
                html.tr(.role("row")) { html in
                    html.th(model.group, .scope("col"), .role("columnheader"))
                    html.th("Bar", .scope("col"), .role("columnheader"))
                    html.th(model.measure, .scope("col"), .role("columnheader"), .class("number"))
                    html.th("Likely range and count", .scope("col"), .role("columnheader"))
                }
            }
            html.tbody(.role("rowgroup")) { html in
                for bar in model.bars { html.rankedBar(bar, model, most > 0 ? most : 1) }
            }
        }
    }

    private mutating func rankedBar(_ bar: RankedBarsModel.Bar, _ model: RankedBarsModel, _ most: Double) {
        tr(.role("row")) { html in
            html.th(.scope("row"), .role("rowheader")) { html in
                if let address = bar.address { html.a(bar.name, to: address) } else { html.text(bar.name) }
            }
            html.td(.role("cell"), .class("bar-cell")) { $0.barDrawing(bar, most) }
            html.td(bar.value.map { model.unit.short($0) } ?? "–", .role("cell"), .class("number"))
            html.td(bar.intervalWords(model.unit), .role("cell"), .class("bar-interval-words"))
        }
    }

    /// Stretched to its cell; strokes keep their width.
    private mutating func barDrawing(_ bar: RankedBarsModel.Bar, _ most: Double) {
        let attributes: [Attribute] = [
            .class("bar"), .viewBox(200, 16), .stretched(), .aria("hidden", "true"), .focusable(false),
        ]
        let at = { (value: Double) in min(max(value / most, 0), 1) * 196 }
        element("svg", attributes) { html in
            html.rect(.class("bar-track"), .x(0), .y(2), .width(200), .height(12))
            guard let value = bar.value else { return }
            let look: StaticString = bar.note == nil ? "bar-fill" : "bar-fill-marked"
            html.rect(.class(look), .x(0), .y(2), .width(at(value)), .height(12), .unscaledStroke())
            guard let low = bar.low, let high = bar.high else { return }
            var path = Path()
            path.move(at(low), 8)
            path.horizontal(at(high))
            for end in [low, high] {
                path.move(at(end), 4)
                path.vertical(12)
            }
            html.path(.class("bar-interval"), .d(path), .unscaledStroke())
        }
    }
}
