/// What the files add up to in a financial year, beside what was published.
public struct ReconciliationPage: PageModel {
    public struct Line: Sendable {
        public var name: String
        public var ours: String
        /// Empty where none is held.
        public var published: String
        public var difference: String
        public var percent: String
        public var rows: WebAddress?

        public init(
            name: String, ours: String, published: String, difference: String, percent: String, rows: WebAddress? = nil
        ) {
            (self.name, self.ours, self.published) = (name, ours, published)
            (self.difference, self.percent, self.rows) = (difference, percent, rows)
        }
    }

    public var force: String
    public var forces: [Choice]
    public var year: String
    public var years: [Choice]
    /// The total last.
    public var lines: [Line]
    public var hasPublished: Bool
    public var sources: [String]
    public var notes: [String]
    public var load: WebAddress?

    public init(
        force: String, forces: [Choice], year: String, years: [Choice], lines: [Line], hasPublished: Bool,
        sources: [String], notes: [String], load: WebAddress? = nil
    ) {
        (self.force, self.forces, self.year, self.years, self.lines) = (force, forces, year, years, lines)
        (self.hasPublished, self.sources, self.notes, self.load) = (hasPublished, sources, notes, load)
    }

    public var title: String { "Our totals and the published ones" }
    public var breadcrumbs: [Breadcrumb] { [.home, Breadcrumb("Measures", "/measures")] }
    public var isWide: Bool { true }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        html.lead(
            "If our yearly totals are close to the published figures, the files are whole and are counted as meant.")
        guard !years.isEmpty else {
            html.empty("No data yet.", "Load the street files of at least one month.") { html in
                if let load { html.buttonLink("Load files", to: load) }
            }
            return
        }
        html.searchForm(to: "/measures/reconciliation", label: "Which year") { html in
            if forces.count > 1 {
                html.select("force", "Force", options: forces, chosen: forces.first { $0.label == force }?.value)
            }
            html.select("year", "Financial year", options: years, chosen: year)
            html.submit("Show", .secondary)
        }
        if !hasPublished { writeWhatToLoad(&html) }
        let name = years.first { $0.value == year }?.label ?? year
        html.table(caption: "Recorded crime, \(name), \(force)", columns: columns, rows: lines, narrow: .stacks)
        writeNotes(&html)
    }

    private func writeWhatToLoad(_ html: inout Html) {
        html.inset { html in
            html.p("No published figures are held for this force and year, so there is nothing to compare with.")
            html.p(
                "What to load: a CSV file of the Home Office's recorded crime, with a column for the force, one for the "
                    + "crime type and one for each year, such as count_2024_25. It is loaded by command: "
                    + "holdfast import tables FILE.")
        }
    }

    private func writeNotes(_ html: inout Html) {
        if !notes.isEmpty {
            html.h2("Read this with the figures")
            html.ul { html in for note in notes { html.li(note) } }
        }
        if !sources.isEmpty {
            html.h2("Where the published figures come from")
            html.ul { html in for source in sources { html.li(source) } }
        }
    }

    private var columns: [Column<Line>] {
        [
            .header("Crime type") { line, html in
                if let rows = line.rows { html.a(line.name, to: rows) } else { html.text(line.name) }
            },
            .number("Our count") { $0.ours },
            .number("Published") { $0.published.isEmpty ? "Not held" : $0.published },
            .number("Difference") { $0.difference.isEmpty ? "–" : $0.difference },
            .number("Difference in %") { $0.percent.isEmpty ? "–" : $0.percent },
        ]
    }
}
