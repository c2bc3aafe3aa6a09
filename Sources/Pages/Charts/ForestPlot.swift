import Foundation

/// Ratios with their intervals, one under the other, on a scale of ratios: 2 lies as far from 1 as a half does.
public struct ForestPlotModel: Sendable {
    public struct Row: Sendable {
        public var name: String
        public var ratio: Double
        public var low: Double
        public var high: Double

        public init(_ name: String, ratio: Double, low: Double, high: Double) {
            (self.name, self.ratio, self.low, self.high) = (name, ratio, low, high)
        }
    }

    public var title: String
    public var summary: String
    /// Rows whose numbers are above 0 and finite are drawn.
    public var rows: [Row]

    public init(title: String, summary: String, rows: [Row]) {
        (self.title, self.summary, self.rows) = (title, summary, rows)
    }
}

extension Html {
    public mutating func forestPlot(_ model: ForestPlotModel) {
        let rows = model.rows.filter { $0.low > 0 && $0.high.isFinite && $0.high < 1e6 && $0.low > 1e-6 }
        guard !rows.isEmpty else { return }
        let scale = ForestScale(rows)
        let height = 30 + 26 * Double(rows.count)
        element("figure", [.class("plot")]) { html in
            html.element("figcaption", [], model.title)
            let attributes: [Attribute] = [.viewBox(720, height + 24), .role("img"), .aria("label", model.summary)]
            html.element("svg", attributes) { html in
                for tick in scale.ticks {
                    let look: StaticString = tick == 1 ? "plot-upright" : "chart-grid"
                    html.line(.class(look), .x1(scale.x(tick)), .y1(8), .x2(scale.x(tick)), .y2(height))
                    html.svgText(Figure.short(tick), .x(scale.x(tick)), .y(height + 18), .anchor("middle"))
                }
                for (place, row) in rows.enumerated() { html.forestRow(row, scale, 26 + 26 * Double(place)) }
            }
        }
    }

    private mutating func forestRow(_ row: ForestPlotModel.Row, _ scale: ForestScale, _ y: Double) {
        svgText(row.name, .x(212), .y(y + 4.5), .anchor("end"))
        line(.class("plot-interval"), .x1(scale.x(row.low)), .y1(y), .x2(scale.x(row.high)), .y2(y))
        circle(.class("chart-point"), .cx(scale.x(row.ratio)), .cy(y), .r(4))
    }
}

private struct ForestScale {
    let ticks: [Double]
    private let low: Double
    private let high: Double

    init(_ rows: [ForestPlotModel.Row]) {
        let least = min(1, rows.map(\.low).min() ?? 1) * 0.95
        let most = max(1, rows.map(\.high).max() ?? 1) * 1.05
        (low, high) = (log(least), log(most))
        let usual: [Double] = [0.001, 0.01, 0.1, 0.25, 0.5, 0.8, 1, 1.25, 2, 4, 10, 100, 1000]
        ticks = usual.filter { $0 >= least && $0 <= most }
    }

    func x(_ ratio: Double) -> Double { 220 + (log(ratio) - low) / (high - low) * 480 }
}

extension Figure {
    /// A ratio on an axis: `0.25`, `4`.
    fileprivate static func short(_ number: Double) -> String {
        number == number.rounded() ? whole(Int(number)) : String(format: "%g", number)
    }
}
