/// How many of the latest assessments meet each standard, and which do not.
public struct AssessmentStandardsPage: PageModel {
    public struct Line: Sendable {
        public var title: String
        public var met: Int
        /// Those to which it applies.
        public var judged: Int
        public var interval: (low: Double, high: Double)?
        /// The latest of those that do not meet it.
        public var unmet: [(name: String, address: WebAddress)]

        public init(
            title: String, met: Int, judged: Int, interval: (low: Double, high: Double)?,
            unmet: [(name: String, address: WebAddress)]
        ) {
            (self.title, self.met, self.judged) = (title, met, judged)
            (self.interval, self.unmet) = (interval, unmet)
        }

        /// “71% (48% to 86%)”
        var share: String {
            guard let interval, judged > 0 else { return "None to judge" }
            let percent = { (share: Double) in "\(Int((share * 100).rounded()))%" }
            return "\(percent(Double(met) / Double(judged))) (\(percent(interval.low)) to \(percent(interval.high)))"
        }
    }

    public var of: Int
    public var lines: [Line]

    public init(of: Int, lines: [Line]) { (self.of, self.lines) = (of, lines) }

    public var title: String { "Standards of assessments" }
    public var breadcrumbs: [Breadcrumb] { [.home, Breadcrumb("Assessments", "/assessments")] }
    public var isWide: Bool { true }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        guard of > 0 else {
            return html.empty("No assessment was sent yet.", "Figures appear here when officers send theirs.")
        }
        html.p(
            "Of the latest \(of) that were sent. Each standard is counted by itself; those to which it does not apply are "
                + "left out. In brackets: where the share may lie, given so few or so many (95%).")
        html.table(
            caption: title, isCaptionHidden: true, columns: AssessmentStandardsPage.columns, rows: lines,
            narrow: .stacks)
        for line in lines where !line.unmet.isEmpty {
            html.details("\(line.title): those that do not") { html in
                html.ul(.class("links")) { html in
                    for one in line.unmet { html.li { $0.a(one.name, to: one.address) } }
                }
            }
        }
    }

    private static var columns: [Column<Line>] {
        [
            .header("Standard") { line, html in html.text(line.title) },
            .number("Met") { "\($0.met) of \($0.judged)" },
            .number("Share") { $0.share },
        ]
    }
}
