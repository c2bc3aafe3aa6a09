/// Lines, bands and points over two axes of numbers. The words and the figures stand beside it; the drawing repeats them.
public struct PlotModel: Sendable {
    public struct Line: Sendable {
        public var name: String
        public var points: [(x: Double, y: Double)]
        /// It holds its height until the next point.
        public var isStep: Bool
        public var isDashed: Bool
        /// Which of five looks it has, from 0.
        public var look: Int

        public init(
            _ name: String, _ points: [(x: Double, y: Double)], isStep: Bool = false, isDashed: Bool = false,
            look: Int = 0
        ) {
            (self.name, self.points, self.isStep) = (name, points, isStep)
            (self.isDashed, self.look) = (isDashed, look)
        }
    }

    public struct Band: Sendable {
        public var points: [(x: Double, low: Double, high: Double)]
        public var look: Int

        public init(_ points: [(x: Double, low: Double, high: Double)], look: Int = 0) {
            (self.points, self.look) = (points, look)
        }
    }

    /// A point, with its interval where it has one.
    public struct Mark: Sendable {
        public var x: Double
        public var y: Double
        public var interval: (low: Double, high: Double)?

        public init(x: Double, y: Double, interval: (low: Double, high: Double)? = nil) {
            (self.x, self.y, self.interval) = (x, y, interval)
        }
    }

    public var title: String
    /// What it shows, in a sentence, for those who cannot see it.
    public var summary: String
    public var across: String
    public var lines: [Line]
    public var bands: [Band] = []
    public var marks: [Mark] = []
    /// Where something happened, such as the date of a change.
    public var upright: Double?
    /// Words under the axis in place of numbers.
    public var ticks: [(at: Double, words: String)]?

    public init(title: String, summary: String, across: String, lines: [Line]) {
        (self.title, self.summary, self.across, self.lines) = (title, summary, across, lines)
    }
}

extension Html {
    /// Draws the plot and the key to its lines.
    public mutating func plot(_ model: PlotModel) {
        element("figure", [.class("plot")]) { html in
            html.element("figcaption", [], model.title)
            PlotDrawing(model).write(into: &html)
            html.element("ul", [.class("chart-key")]) { html in
                for line in model.lines where !line.name.isEmpty {
                    html.element("li", []) { html in
                        html.element("svg", [.viewBox(28, 14), .aria("hidden", "true"), .focusable(false)]) { html in
                            var path = Path()
                            path.move(0, 7)
                            path.horizontal(28)
                            html.path(PlotDrawing.look(line), .d(path))
                        }
                        html.text(line.name)
                    }
                }
            }
        }
    }
}

private struct PlotDrawing {
    let model: PlotModel
    let across: [Double]
    let up: [Double]

    private let width = 720.0
    private let height = 360.0
    private let left = 72.0
    private let right = 16.0
    private let top = 14.0
    private let bottom = 48.0

    init(_ model: PlotModel) {
        self.model = model
        let x = model.lines.flatMap { $0.points.map(\.x) } + model.marks.map(\.x)
        let y =
            model.lines.flatMap { $0.points.map(\.y) }
            + model.bands.flatMap { $0.points.flatMap { [$0.low, $0.high] } }
            + model.marks.flatMap { [$0.y, $0.interval?.low ?? $0.y, $0.interval?.high ?? $0.y] }
        (across, up) = (ChartScale.ticks(for: x), ChartScale.ticks(for: y))
    }

    static func look(_ line: PlotModel.Line) -> Attribute {
        let looks: [StaticString] = ["plot-line-0", "plot-line-1", "plot-line-2", "plot-line-3", "plot-line-4"]
        return line.isDashed ? .class("plot-dashed") : .class(looks[line.look % looks.count])
    }

    private func x(_ value: Double) -> Double {
        left + (value - across[0]) / (across[across.count - 1] - across[0]) * (width - left - right)
    }

    private func y(_ value: Double) -> Double {
        let share = (value - up[0]) / (up[up.count - 1] - up[0])
        return height - bottom - share * (height - top - bottom)
    }

    func write(into html: inout Html) {
        html.element("svg", [.viewBox(width, height), .role("img"), .aria("label", model.summary)]) { html in
            axes(&html)
            for band in model.bands { html.path(.class("plot-band"), .d(path(band))) }
            if let upright = model.upright {
                html.line(.class("plot-upright"), .x1(x(upright)), .y1(top), .x2(x(upright)), .y2(height - bottom))
            }
            for line in model.lines { html.path(PlotDrawing.look(line), .d(path(line))) }
            for mark in model.marks { write(mark, &html) }
        }
    }

    private func axes(_ html: inout Html) {
        for tick in up {
            html.line(.class("chart-grid"), .x1(left), .y1(y(tick)), .x2(width - right), .y2(y(tick)))
            html.svgText(PlotDrawing.words(tick), .x(left - 8), .y(y(tick) + 4.5), .anchor("end"))
        }
        let floor = height - bottom
        html.line(.class("chart-axis"), .x1(left), .y1(floor), .x2(width - right), .y2(floor))
        for tick in model.ticks ?? across.map({ ($0, PlotDrawing.words($0)) }) {
            html.svgText(tick.words, .x(x(tick.at)), .y(floor + 18), .anchor("middle"))
        }
        html.svgText(model.across, .x((left + width - right) / 2), .y(height - 6), .anchor("middle"))
    }

    /// As few decimals as the number needs.
    private static func words(_ value: Double) -> String {
        guard value.magnitude >= 1e-4 || value == 0, value.magnitude < 1e9 else { return "\(value)" }
        let text = Figure.decimal(value, value.magnitude >= 100 ? 0 : 4)
        guard text.contains(".") else { return text }
        let short = text.reversed().drop { $0 == "0" }.drop { $0 == "." }
        return String(short.reversed())
    }

    private func path(_ line: PlotModel.Line) -> Path {
        var path = Path()
        var last: Double?
        for point in line.points {
            if let last {
                if line.isStep { path.line(x(point.x), y(last)) }
                path.line(x(point.x), y(point.y))
            } else {
                path.move(x(point.x), y(point.y))
            }
            last = point.y
        }
        return path
    }

    private func path(_ band: PlotModel.Band) -> Path {
        var path = Path()
        for point in band.points {
            if path.isEmpty { path.move(x(point.x), y(point.high)) } else { path.line(x(point.x), y(point.high)) }
        }
        for point in band.points.reversed() { path.line(x(point.x), y(point.low)) }
        if !path.isEmpty { path.close() }
        return path
    }

    private func write(_ mark: PlotModel.Mark, _ html: inout Html) {
        if let interval = mark.interval {
            html.line(
                .class("plot-interval"), .x1(x(mark.x)), .y1(y(interval.low)), .x2(x(mark.x)), .y2(y(interval.high)))
        }
        html.circle(.class("chart-point"), .cx(x(mark.x)), .cy(y(mark.y)), .r(3))
    }
}
