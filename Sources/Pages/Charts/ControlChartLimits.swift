/// Limits, re-basings and links of a control chart.
extension ControlChartDrawing {
    func writeLimits(_ html: inout Html) {
        for segment in chart.segments {
            html.path(.class("chart-centre"), .d(steps(segment) { $0.centre }))
            html.path(.class("chart-limit"), .d(steps(segment) { $0.upper }))
            html.path(.class("chart-limit"), .d(steps(segment) { $0.lower }))
        }
        if isWide, let last = chart.segments.last { writeLimitWords(&html, last.upperBound - 1) }
    }

    /// Limits depend on each point's own denominator, so each point has a step of its own width.
    private func steps(_ segment: Range<Int>, _ limit: (ControlChartModel.Point) -> Double?) -> Path {
        var path = Path()
        var isDown = false
        for index in segment {
            guard let value = limit(chart.points[index]) else {
                isDown = false
                continue
            }
            if isDown { path.vertical(scale.y(value)) } else { path.move(scale.edge(index), scale.y(value)) }
            path.horizontal(scale.edge(index + 1))
            isDown = true
        }
        return path
    }

    /// The last limits as figures at the right edge, moved apart when they would cover each other.
    private func writeLimitWords(_ html: inout Html, _ index: Int) {
        let point = chart.points[index]
        var lowest = -Double.infinity
        for value in [point.upper, point.centre, point.lower].compactMap({ $0 }) {
            let y = max(scale.y(value) + 4.5, lowest + 14)
            lowest = y
            html.svgText(
                chart.unit.short(value), .class("chart-soft", "chart-small"), .x(scale.edge(index + 1) + 6), .y(y),
                .anchor("start"))
        }
    }

    func writeRebases(_ html: inout Html) {
        for (index, point) in chart.points.enumerated() where point.rebase != nil {
            let x = scale.edge(index)
            html.line(.class("chart-rebase"), .x1(x), .y1(scale.top), .x2(x), .y2(scale.plotBottom))
            html.svgText(
                "New limits", .class("chart-rebase-words", "chart-small"), .x(x), .y(scale.top - 5),
                .anchor(x > scale.plotRight - 40 ? "end" : "middle"))
        }
    }

    /// A column for each point, as high as the drawing, so that it is easy to hit.
    func writeLinks(_ html: inout Html) {
        for (index, point) in chart.points.enumerated() {
            guard let address = point.address, point.value != nil else { continue }
            html.a(to: address, .aria("label", chart.name(point))) { html in
                html.rect(
                    .class("chart-hit"), .x(scale.edge(index)), .y(scale.top), .width(scale.step),
                    .height(scale.plotBottom - scale.top))
            }
        }
    }
}
