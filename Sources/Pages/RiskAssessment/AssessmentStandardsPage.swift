/// How many assessments of the latest months meet each standard.
public struct AssessmentStandardsPage: PageModel {
    public struct Line: Sendable {
        public var title: String
        public var address: WebAddress
        public var count: Int
        /// Those to which it applies.
        public var of: Int
        public var interval: (low: Double, high: Double)?

        public init(
            title: String, address: WebAddress, count: Int, of: Int, interval: (low: Double, high: Double)?
        ) {
            (self.title, self.address, self.count) = (title, address, count)
            (self.of, self.interval) = (of, interval)
        }

        /// “71% (48% to 86%)”
        var share: String {
            guard let interval, of > 0 else { return "None to judge" }
            let percent = { (share: Double) in Figure.percent(share, 0) }
            return "\(percent(Double(count) / Double(of))) (\(percent(interval.low)) to \(percent(interval.high)))"
        }
    }

    /// How long a step took.
    public struct Time: Sendable {
        public var title: String
        public var of: Int
        /// In words.
        public var middle: String
        public var ninth: String

        public init(title: String, of: Int, middle: String, ninth: String) {
            (self.title, self.of, self.middle, self.ninth) = (title, of, middle, ninth)
        }
    }

    public var of: Int
    /// Of how many months.
    public var months: Int
    public var lines: [Line]
    public var times: [Time]
    public var seesOfficers: Bool

    public init(of: Int, months: Int, lines: [Line], times: [Time] = [], seesOfficers: Bool = false) {
        (self.of, self.months, self.lines) = (of, months, lines)
        (self.times, self.seesOfficers) = (times, seesOfficers)
    }

    public var title: String { "Standards of assessments" }
    public var breadcrumbs: [Breadcrumb] { [.home, Breadcrumb("Assessments", "/assessments")] }
    public var isWide: Bool { true }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        guard of > 0 else {
            return html.empty("No assessment was sent yet.", "Figures appear here when officers send theirs.")
        }
        html.p(
            "Of the \(Figure.whole(of)) that were sent in the latest \(months) months. Each standard is counted by itself; "
                + "those to which it does not apply are left out. In brackets: where the share may lie, given so few or so "
                + "many (95%).")
        html.table(
            caption: title, isCaptionHidden: true, columns: AssessmentStandardsPage.columns, rows: lines,
            narrow: .stacks)
        if !times.isEmpty {
            html.table(
                caption: "How long it took", columns: AssessmentStandardsPage.timeColumns, rows: times, narrow: .stacks)
        }
        html.h2("More")
        html.ul(.class("links")) { html in
            html.li { $0.a("What came after each grade", to: "/assessments/later") }
            if seesOfficers { html.li { $0.a("How often each officer hears yes", to: "/assessments/officers") } }
        }
    }

    private static var columns: [Column<Line>] {
        [
            .header("Standard") { line, html in html.a(line.title, to: line.address) },
            .number("Count") { "\(Figure.whole($0.count)) of \(Figure.whole($0.of))" },
            .number("Share") { $0.share },
        ]
    }

    private static var timeColumns: [Column<Time>] {
        [
            .header("Step") { line, html in html.text(line.title) },
            .number("Assessments") { Figure.whole($0.of) },
            .number("Half took at most") { $0.middle },
            .number("Nine of ten at most") { $0.ninth },
        ]
    }
}
