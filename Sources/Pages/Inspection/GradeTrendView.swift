/// The grades of one question over the years, or why they are not one line.
public enum GradeTrendView: Sendable {
    /// `scale` is best first.
    case drawn(scale: [String], points: [Point])
    case refused(String)

    public struct Point: Sendable {
        public var year: String
        public var grade: String
        /// Set when the grade was carried over: the year that gave it.
        public var carriedFrom: String?

        public init(year: String, grade: String, carriedFrom: String? = nil) {
            (self.year, self.grade, self.carriedFrom) = (year, grade, carriedFrom)
        }

        var words: String { carriedFrom.map { "carried over from \($0)" } ?? "given in \(year)" }
    }
}

extension Html {
    /// `id` is unique on the page.
    mutating func gradeTrend(_ trend: GradeTrendView, id: String) {
        h3("Grades over the years")
        switch trend {
        case .refused(let reason):
            p("We do not draw a line here. \(reason)")
        case .drawn(let scale, let points):
            if points.count > 1 { gradeDrawing(scale, points, id) }
            table(
                caption: "Grade by year",
                columns: [
                    .header("Year") { point, html in html.text(point.year) },
                    .cell("Grade") { point, html in html.gradeTag(point.grade) },
                    .text("Where from") { $0.words.capitalisedFirst },
                ], rows: points, narrow: .stacks)
        }
    }

    private mutating func gradeDrawing(_ scale: [String], _ points: [GradeTrendView.Point], _ id: String) {
        let (left, row, step) = (170.0, 32.0, 110.0)
        let height = row * Double(scale.count) + 28
        let width = max(left + step * Double(points.count), 480)
        let y = { (grade: String) in row * (Double(scale.firstIndex(of: grade) ?? 0) + 0.5) }
        let x = { (index: Int) in left + step * (Double(index) + 0.5) }
        figure(.class("chart")) { html in
            html.figcaption("Grade by year, the best at the top")
            let picture: [Attribute] = [.viewBox(width, height), .role("img"), .aria("labelledby", "\(id)-about")]
            html.element("svg", picture) { html in
                let words = points.map { "\($0.year): \($0.grade)" }.joined(separator: ", ")
                html.element("desc", [.id("\(id)-about")], words)
                for grade in scale {
                    html.line(.class("chart-grid"), .x1(left), .y1(y(grade)), .x2(width), .y2(y(grade)))
                    html.svgText(grade.capitalisedFirst, .class("chart-soft"), .x(0), .y(y(grade) + 4))
                }
                var path = Path()
                for (index, point) in points.enumerated() {
                    if index == 0 { path.move(x(0), y(point.grade)) } else { path.line(x(index), y(point.grade)) }
                }
                html.path(.class("chart-series"), .d(path))
                for (index, point) in points.enumerated() {
                    html.circle(.class("chart-point"), .cx(x(index)), .cy(y(point.grade)), .r(5))
                    html.svgText(point.year, .class("chart-soft"), .x(x(index)), .y(height - 6), .anchor("middle"))
                }
            }
        }
    }
}
