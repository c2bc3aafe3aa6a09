/// Every inspection report that is held, side by side.
public struct InspectionListPage: PageModel {
    public struct Report: Sendable {
        public var id: String
        public var force: String
        public var year: String
        public var pillar: String
        public var grades: [Grade]

        public init(id: String, force: String, year: String, pillar: String, grades: [Grade]) {
            (self.id, self.force, self.year, self.pillar, self.grades) = (id, force, year, pillar, grades)
        }
    }

    public struct Grade: Sendable {
        public var question: String
        public var grade: QuestionGrade

        public init(question: String, grade: QuestionGrade) { (self.question, self.grade) = (question, grade) }
    }

    public var reports: [Report]
    public var canImport: Bool

    public init(reports: [Report], canImport: Bool) { (self.reports, self.canImport) = (reports, canImport) }

    public var title: String { "Inspections" }
    public var breadcrumbs: [Breadcrumb] { [.home] }
    public var isWide: Bool { true }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        html.buttonGroup { html in
            if canImport { html.buttonLink("Add a report", to: "/inspections/new") }
            html.a("Areas for improvement", to: "/areas")
        }
        guard !reports.isEmpty else {
            return html.empty(
                "No inspection report is here yet.",
                canImport
                    ? "Open the report on the inspectorate’s website, select the whole page and copy it. Then choose "
                        + "“Add a report” and paste it. Or use the command: holdfast inspection import FILE."
                    : "An inspection lead can add one.")
        }
        html.table(
            caption: "\(Figure.count(reports.count, "report", "reports")), the newest first", columns: columns,
            rows: reports, narrow: .stacks)
    }

    private var columns: [Column<Report>] {
        [
            .header("Report") { report, html in
                html.a("\(report.force), \(report.pillar), \(report.year)", to: "/inspections/\(report.id)")
            },
            .text("Force") { $0.force },
            .text("Year") { $0.year },
            .text("Pillar") { $0.pillar.capitalisedFirst },
            .cell("Grades") { report, html in
                guard !report.grades.isEmpty else { return html.text("No question was read") }
                html.ul { html in
                    for grade in report.grades {
                        html.li { html in
                            html.text("\(grade.question) ")
                            html.gradeLine(grade.grade)
                        }
                    }
                }
            },
        ]
    }
}
