/// How often each officer's answers were yes, held against all officers.
public struct AssessmentOfficersPage: PageModel {
    public struct Line: Sendable {
        public var officer: String
        public var forms: Int
        public var yes: Int
        public var of: Int
        /// In words; empty where nothing stands out.
        public var note: String

        public init(officer: String, forms: Int, yes: Int, of: Int, note: String) {
            (self.officer, self.forms, self.yes, self.of, self.note) = (officer, forms, yes, of, note)
        }
    }

    public var bars: RankedBarsModel?
    /// Officers with too few forms to say anything.
    public var few: Int
    public var least: Int
    public var isSpread: Bool

    public init(bars: RankedBarsModel?, few: Int, least: Int, isSpread: Bool) {
        (self.bars, self.few, self.least, self.isSpread) = (bars, few, least, isSpread)
    }

    public var title: String { "How often each officer hears yes" }
    public var breadcrumbs: [Breadcrumb] {
        [
            .home, Breadcrumb("Assessments", "/assessments"),
            Breadcrumb("Standards of assessments", "/assessments/standards"),
        ]
    }
    public var isWide: Bool { true }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        html.p(
            "Answers depend on who asks. This is for learning: who stands out may meet other victims, or may ask in another "
                + "way. Read forms together before you think either. It is no measure of how well somebody works.")
        guard let bars, !bars.bars.isEmpty else {
            return html.empty(
                "Nobody has sent \(least) assessments yet.", "With fewer, chance alone makes officers look different.")
        }
        if isSpread {
            html.p("Officers differ by more than chance, so only those far from the others are marked.")
        }
        html.rankedBars(bars)
        if few > 0 {
            html.p("Not shown: \(Figure.count(few, "officer", "officers")) with fewer than \(least) assessments.")
        }
    }
}

/// What came within a year of each grade.
public struct AssessmentLaterPage: PageModel {
    public struct Line: Sendable {
        public var grade: String
        public var followed: Int
        /// In words, with the count and the likely range.
        public var again: String
        public var gravest: String

        public init(grade: String, followed: Int, again: String, gravest: String) {
            (self.grade, self.followed, self.again, self.gravest) = (grade, followed, again, gravest)
        }
    }

    public var lines: [Line]

    public init(lines: [Line]) { self.lines = lines }

    public var title: String { "What came after each grade" }
    public var breadcrumbs: [Breadcrumb] {
        [
            .home, Breadcrumb("Assessments", "/assessments"),
            Breadcrumb("Standards of assessments", "/assessments/standards"),
        ]
    }
    public var isWide: Bool { true }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        html.p(
            "Of assessments whose twelve months are over: how many victims were assessed again within them, and how many were "
                + "then given the gravest grade. A grade that says something has more after high than after standard. What was "
                + "never reported is not here, and help that was given after a high grade lowers its figure.")
        guard !lines.isEmpty else {
            return html.empty(
                "No assessment is a year old yet.",
                "The table fills as the first ones come to the end of their twelve months."
            )
        }
        html.table(
            caption: title, isCaptionHidden: true,
            columns: [
                .header("Grade") { line, html in html.text(line.grade) },
                .number("Followed") { Figure.whole($0.followed) },
                .number("Assessed again") { $0.again },
                .number("Then the gravest grade") { $0.gravest },
            ], rows: lines, narrow: .stacks)
    }
}
