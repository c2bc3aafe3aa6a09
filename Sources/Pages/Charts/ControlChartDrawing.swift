/// One drawing of a control chart, at one size.
struct ControlChartDrawing {
    let chart: ControlChartModel
    let isWide: Bool
    let scale: ChartScale

    init(_ chart: ControlChartModel, isWide: Bool) {
        (self.chart, self.isWide) = (chart, isWide)
        let ticks = ChartScale.ticks(for: chart.values)
        let longest = ticks.map { chart.unit.short($0).count }.max() ?? 1
        scale = ChartScale(
            width: isWide ? 960 : 340, height: isWide ? 380 : 260, left: 14 + Double(longest) * 7.5,
            right: isWide ? 64 : 6, top: 18, bottom: isWide ? 44 : 24, count: chart.points.count, ticks: ticks)
    }

    private var hasLinks: Bool { isWide && chart.points.contains { $0.address != nil } }

    func write(into html: inout Html) {
        let look = Attribute.class(isWide ? "chart-wide" : "chart-narrow")
        let box = Attribute.viewBox(scale.width, scale.height)
        if hasLinks {
            html.element("svg", [look, box, .role("group"), .aria("label", chart.title)]) { html in
                html.element("g", picture) { self.writePicture(&$0) }
                self.writeLinks(&html)
            }
        } else {
            html.element("svg", [look, box] + picture) { self.writePicture(&$0) }
        }
    }

    private var suffix: String { isWide ? "wide" : "narrow" }

    private var picture: [Attribute] {
        [.role("img"), .aria("labelledby", "\(chart.id)-title-\(suffix) \(chart.id)-about-\(suffix)")]
    }

    private func writePicture(_ html: inout Html) {
        html.element("title", [.id("\(chart.id)-title-\(suffix)")], chart.title)
        html.element("desc", [.id("\(chart.id)-about-\(suffix)")], chart.summary)
        writeGaps(&html)
        writeGrid(&html)
        writeYears(&html)
        writeLimits(&html)
        writeRebases(&html)
        html.path(.class("chart-series"), .d(series))
        writePoints(&html)
    }

    /// A missing value breaks the line: the next one starts with a move.
    private var series: Path {
        var path = Path()
        var isDown = false
        for (index, point) in chart.points.enumerated() {
            guard let value = point.value else {
                isDown = false
                continue
            }
            if isDown { path.line(scale.x(index), scale.y(value)) } else { path.move(scale.x(index), scale.y(value)) }
            isDown = true
        }
        return path
    }

    private func writePoints(_ html: inout Html) {
        let numbers = Dictionary(zip(chart.signals, 1...)) { first, _ in first }
        for (index, point) in chart.points.enumerated() {
            guard let value = point.value else { continue }
            let (x, y) = (scale.x(index), scale.y(value))
            guard let number = numbers[index] else {
                html.circle(.class("chart-point"), .cx(x), .cy(y), .r(isWide ? 4 : 3))
                continue
            }
            html.path(.class("chart-signal"), .d(.diamond(x, y, isWide ? 7.5 : 6)))
            let isBelow = point.centre.map { value < $0 } ?? false
            html.svgText(
                "\(number)", .class("chart-signal-words"), .x(x), .y(isBelow ? y + 21 : y - 11), .anchor("middle"))
        }
    }

    private func writeGaps(_ html: inout Html) {
        for gap in chart.gaps {
            let (from, to) = (scale.edge(gap.lowerBound), scale.edge(gap.upperBound))
            html.rect(
                .class("chart-gap"), .x(from), .y(scale.top), .width(to - from),
                .height(scale.plotBottom - scale.top))
            let (x, y) = ((from + to) / 2, scale.plotBottom - 8)
            if to - from > 56 {
                html.svgText("no data", .class("chart-soft"), .x(x), .y(y), .anchor("middle"))
            } else {
                html.svgText(
                    "no data", .class("chart-soft"), .x(x + 4), .y(y), .anchor("start"), .turned(-90, x + 4, y))
            }
        }
    }

    private func writeGrid(_ html: inout Html) {
        for tick in scale.ticks {
            let y = scale.y(tick)
            html.line(.class("chart-grid"), .x1(scale.left), .y1(y), .x2(scale.plotRight), .y2(y))
            html.svgText(
                chart.unit.short(tick), .class("chart-soft"), .x(scale.left - 6), .y(y + 4.5), .anchor("end"))
        }
        let y = scale.plotBottom
        html.line(.class("chart-axis"), .x1(scale.left), .y1(y), .x2(scale.plotRight), .y2(y))
    }

    private func writeYears(_ html: inout Html) {
        let points = chart.points
        let starts = points.indices.filter { $0 == 0 || points[$0].year != points[$0 - 1].year }
        for (position, index) in starts.enumerated() {
            let x = scale.edge(index)
            html.line(.class("chart-year"), .x1(x), .y1(scale.top), .x2(x), .y2(scale.plotBottom + 6))
            let next = position + 1 < starts.count ? starts[position + 1] : points.count
            guard Double(next - index) * scale.step > 34 else { continue }
            html.svgText(
                "\(points[index].year)", .class("chart-strong"), .x(x + 4), .y(scale.height - 4), .anchor("start"))
        }
        guard isWide else { return }
        let every = max(Int((34 / scale.step).rounded(.up)), 1)
        for index in points.indices where index % every == 0 {
            html.svgText(
                points[index].tick, .class("chart-soft", "chart-small"), .x(scale.x(index)),
                .y(scale.plotBottom + 17), .anchor("middle"))
        }
    }
}
