/// Draws a control chart: two drawings of one model, for narrow and wide screens, and the stylesheet shows one of them.
///
/// The wide one holds a link for each point, and so is a group that contains a picture; in the narrow one fingers could
/// not tell the points apart, so it is one picture, and the table beside it holds the same links.
extension Html {
    public mutating func controlChart(_ chart: ControlChartModel) {
        figure(.class("chart")) { html in
            html.figcaption(chart.title)
            guard chart.points.contains(where: { $0.value != nil }) else {
                html.p("There is no data to draw yet.")
                return
            }
            html.p(chart.axisWords, .class("hint"))
            ControlChartDrawing(chart, isWide: true).write(into: &html)
            ControlChartDrawing(chart, isWide: false).write(into: &html)
            html.chartKey(chart)
            html.chartNotes(chart)
        }
    }

    /// The same figures as a table: every point with its numerator, denominator, limits and signal.
    public mutating func controlChartTable(
        _ chart: ControlChartModel, caption: String, period: String = "Month", numerator: String, denominator: String
    ) {
        let unit = chart.unit
        let bound = { (value: Double?) in value.map { unit.short($0) } ?? "–" }
        table(
            caption: caption,
            columns: [
                .header(period) { point, html in
                    if let address = point.address { html.a(point.label, to: address) } else { html.text(point.label) }
                },
                .number(chart.axis) { $0.value.map { unit.short($0) } ?? "No data" },
                .number(numerator) { $0.numerator.map { Figure.whole($0) } ?? "–" },
                .number(denominator) { $0.denominator.map { Figure.whole($0) } ?? "–" },
                .number("Lower limit") { bound($0.lower) },
                .number("Centre") { bound($0.centre) },
                .number("Upper limit") { bound($0.upper) },
                .text("What stands out") { point in
                    [point.signal, point.rebase.map { "Limits start again: \($0)" }].compactMap { $0 }
                        .joined(separator: ". ")
                },
            ],
            rows: chart.points)
    }

    private mutating func chartNotes(_ chart: ControlChartModel) {
        let signals = chart.signals
        if !signals.isEmpty {
            p("What stands out:", .class("hint"))
            ol(.class("chart-notes")) { html in
                for index in signals { html.li { $0.chartNote(chart, chart.points[index]) } }
            }
        }
        for point in chart.points {
            if let reason = point.rebase { p("From \(point.label) the limits start again: \(reason)", .class("hint")) }
        }
    }

    private mutating func chartNote(_ chart: ControlChartModel, _ point: ControlChartModel.Point) {
        guard let value = point.value else { return }
        if let address = point.address { a(point.label, to: address) } else { text(point.label) }
        text(": \(chart.unit.words(value)). \(point.signal ?? "")")
    }

    private mutating func chartKey(_ chart: ControlChartModel) {
        ul(.class("chart-key")) { html in
            html.chartKeyItem("One period") { $0.circle(.class("chart-point"), .cx(14), .cy(7), .r(4)) }
            if !chart.segments.isEmpty {
                html.chartKeyItem("Centre line") {
                    $0.line(.class("chart-centre"), .x1(0), .y1(7), .x2(28), .y2(7))
                }
                html.chartKeyItem("Control limits") {
                    $0.line(.class("chart-limit"), .x1(0), .y1(7), .x2(28), .y2(7))
                }
            }
            if !chart.signals.isEmpty {
                html.chartKeyItem("Stands out, numbered below") {
                    $0.path(.class("chart-signal"), .d(.diamond(14, 7, 6.5)))
                }
            }
            if !chart.gaps.isEmpty {
                html.chartKeyItem("No data") { html in
                    html.rect(.class("chart-gap"), .x(4), .y(0), .width(20), .height(14))
                }
            }
        }
    }

    private mutating func chartKeyItem(_ words: String, drawing: (inout Html) -> Void) {
        li { html in
            html.element("svg", [.viewBox(28, 14), .aria("hidden", "true"), .focusable(false)], drawing)
            html.text(words)
        }
    }
}

extension ControlChartModel {
    var values: [Double] { points.flatMap { [$0.value, $0.lower, $0.upper, $0.centre].compactMap { $0 } } }

    var axisWords: String {
        let unitWords =
            switch unit {
            case .percent: "%"
            case .number(_, let suffix): suffix
            }
        let startsAbove = (ChartScale.ticks(for: values).first ?? 0) > 0
        return axis + (unitWords.isEmpty ? "" : ", \(unitWords)")
            + (startsAbove ? ". The axis does not start at nought." : "")
    }
}

extension Path {
    static func diamond(_ x: Double, _ y: Double, _ size: Double) -> Path {
        var path = Path()
        path.move(x, y - size)
        path.line(x + size, y)
        path.line(x, y + size)
        path.line(x - size, y)
        path.close()
        return path
    }
}
