/// What each column of a file holds.
public struct IntakeColumnsPage: PageModel {
    public struct Line: Sendable {
        public var field: String
        public var name: String
        public var chosen: String

        public init(field: String, name: String, chosen: String) {
            (self.field, self.name, self.chosen) = (field, name, chosen)
        }
    }

    public var id: String
    public var file: String
    /// What kind of table it is.
    public var form: String
    /// The columns are those of the last load of that agency.
    public var isRemembered: Bool
    public var columns: [Line]
    public var choices: [Choice]
    public var orders: [Choice] = []
    public var order = ""
    public var capacities: [Choice] = []
    public var capacity = ""
    public var unknown = ""
    public var believesYearOnly = false
    public var errors = FieldErrors.none

    public init(id: String, file: String, form: String, isRemembered: Bool, columns: [Line], choices: [Choice]) {
        (self.id, self.file, self.form, self.isRemembered) = (id, file, form, isRemembered)
        (self.columns, self.choices) = (columns, choices)
    }

    public var title: String { "What the columns hold" }
    public var breadcrumbs: [Breadcrumb] { IntakePlace.data }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title, caption: "\(file). \(form)")
        html.p(
            isRemembered
                ? "As you said it the last time for this agency. Change what is different."
                : "This is worked out from the names of the columns. Correct what is wrong.")
        html.form(to: "/persons/import/files/\(id)", frame.token) { html in
            for column in columns {
                html.select(column.field, "“\(column.name)”", options: choices, chosen: column.chosen)
            }
            html.radios("order", "How dates are written", choices: orders, chosen: order)
            html.select(
                "capacity", "As what all of them are known", options: capacities, chosen: capacity,
                hint: "Where no column says it")
            html.checkboxes(
                "year-only", "Dates of birth on 1 January",
                choices: [Choice("1", "Often only the year was known: believe only the year")],
                chosen: believesYearOnly ? ["1"] : [])
            html.textArea(
                "unknown", "Words that stand for “not known”, one a line",
                hint: "Such as 01/01/1900. “Unknown”, “n/a” and the like are known to us", value: unknown, rows: 3)
            html.buttonGroup { html in
                html.submit("Look through the file", name: "step", value: "check")
                html.submit("Drop the file", .secondary, name: "step", value: "drop")
            }
        }
    }
}

/// A row that was not taken, by its line.
public struct IntakeFault: Sendable {
    public var line: Int
    public var words: String

    public init(line: Int, words: String) { (self.line, self.words) = (line, words) }
}

extension Html {
    mutating func faults(_ faults: [IntakeFault], of rejected: Int) {
        guard !faults.isEmpty else { return }
        table(
            caption: faults.count < rejected
                ? "Rows that cannot be used: the first \(Figure.whole(faults.count)) of \(Figure.whole(rejected))"
                : "Rows that cannot be used",
            columns: [.header("Line") { $1.text(Figure.whole($0.line)) }, .text("Why") { $0.words }], rows: faults,
            narrow: .stacks)
    }

    mutating func intakeNotices(_ notices: [String]) {
        guard !notices.isEmpty else { return }
        h2("What is odd about this file")
        ul { html in for notice in notices { html.li(notice) } }
    }
}

/// The file looked through, before anything of it is kept.
public struct IntakePreviewPage: PageModel {
    public struct Sample: Sendable {
        public var line: Int
        public var number: String
        public var name: String
        public var born: String
        public var sex: String
        public var place: String
        public var numbers: String

        public init(
            line: Int, number: String, name: String, born: String, sex: String, place: String, numbers: String
        ) {
            (self.line, self.number, self.name, self.born) = (line, number, name, born)
            (self.sex, self.place, self.numbers) = (sex, place, numbers)
        }
    }

    public var id: String
    public var file: String
    public var agency: String
    public var rows: Int
    public var rejected: Int
    /// Why nothing of it can be loaded.
    public var problem: String?
    public var notices: [String]
    public var faults: [IntakeFault]
    public var samples: [Sample]

    public init(
        id: String, file: String, agency: String, rows: Int, rejected: Int, problem: String?, notices: [String],
        faults: [IntakeFault], samples: [Sample]
    ) {
        (self.id, self.file, self.agency, self.rows, self.rejected) = (id, file, agency, rows, rejected)
        (self.problem, self.notices, self.faults, self.samples) = (problem, notices, faults, samples)
    }

    public var title: String { "Check what we understood" }
    public var breadcrumbs: [Breadcrumb] { IntakePlace.data }
    public var isWide: Bool { true }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title, caption: "\(file), shared by \(agency)")
        html.p("Nothing is kept yet.")
        if let problem { html.warning(problem) }
        html.summaryList([
            SummaryRow("Rows", Figure.whole(rows)), SummaryRow("Can be used", Figure.whole(rows - rejected)),
            SummaryRow("Cannot be used", Figure.whole(rejected)),
        ])
        html.form(to: "/persons/import/files/\(id)", frame.token) { html in
            html.buttonGroup { html in
                if problem == nil {
                    html.submit(
                        "Load \(Figure.count(rows - rejected, "row", "rows"))", name: "step", value: "load")
                }
                html.submit("Change the columns", .secondary, name: "step", value: "columns")
                html.submit("Drop the file", .secondary, name: "step", value: "drop")
            }
        }
        if !samples.isEmpty {
            html.table(
                caption: "The first rows, as they would be taken", columns: columns, rows: samples, narrow: .stacks)
        }
        html.intakeNotices(notices)
        html.faults(faults, of: rejected)
    }

    private var columns: [Column<Sample>] {
        [
            .header("Name") { $1.text($0.name) },
            .number("Line") { Figure.whole($0.line) },
            .text("Their number") { $0.number },
            .text("Born") { $0.born },
            .text("Sex") { $0.sex },
            .text("Lives") { $0.place },
            .text("Numbers") { $0.numbers },
        ]
    }
}

/// How far it is. Its content is also what the page asks for again while it waits.
public struct IntakeProgressPage: PageModel {
    public var id: String
    public var file: String
    public var done = 0
    /// Nil while it is counted.
    public var total: Int?
    public var words = "Starting"
    /// Set when it did not work.
    public var problem: String?

    public init(id: String, file: String) { (self.id, self.file) = (id, file) }

    public var title: String { problem == nil ? "Reading the file" : "The file was not loaded" }
    public var breadcrumbs: [Breadcrumb] { IntakePlace.data }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title, caption: file)
        guard let problem else {
            writeProgress(&html)
            return html.p("You can leave this page. The work goes on, and the result is kept under Partners’ data.")
        }
        html.p(problem)
        html.p("What was loaded before it stopped stays. Loading the file again goes on from there.")
        html.form(to: "/persons/import/files/\(id)", frame.token) { html in
            html.buttonGroup { html in
                html.submit("Look at the columns again", name: "step", value: "columns")
                html.submit("Drop the file", .secondary, name: "step", value: "drop")
            }
        }
    }

    /// The part that changes.
    public func writeProgress(_ html: inout Html) {
        html.progress(
            "Progress", done: done, of: total, words: words, poll: "/persons/import/files/\(id)/progress",
            again: "/persons/import/files/\(id)")
    }
}

/// What became of one load.
public struct IntakeLoadPage: PageModel {
    public var id: String
    public var file: String
    public var when: String
    public var who: String
    public var state: String
    public var kind: Html.TagKind
    public var isStopped: Bool
    public var summary: [SummaryRow]
    public var agreement: String?
    public var notices: [String]
    public var faults: [IntakeFault]
    public var rejected: Int

    public init(
        id: String, file: String, when: String, who: String, state: String, kind: Html.TagKind, isStopped: Bool,
        summary: [SummaryRow], agreement: String?, notices: [String], faults: [IntakeFault], rejected: Int
    ) {
        (self.id, self.file, self.when, self.who) = (id, file, when, who)
        (self.state, self.kind, self.isStopped, self.summary) = (state, kind, isStopped, summary)
        (self.agreement, self.notices) = (agreement, notices)
        (self.faults, self.rejected) = (faults, rejected)
    }

    public var title: String { "Loaded \(when)" }
    public var breadcrumbs: [Breadcrumb] { IntakePlace.data }
    public var isWide: Bool { true }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title, caption: "\(file), by \(who)")
        html.p { $0.tag(state, kind) }
        if isStopped { html.p("Load the file again: it goes on, and nobody is added twice.") }
        html.summaryList(summary)
        if let agreement { html.p { $0.a("The agreement by which it came", to: "/persons/agreements/\(agreement)") } }
        html.p { html in
            html.text("Nobody was joined with anybody. ")
            html.a("Records that may be of one person", to: "/matches")
        }
        html.intakeNotices(notices)
        guard rejected > 0 else { return }
        html.h2("What was left out")
        html.buttonGroup {
            $0.buttonLink("Download lines and reasons (CSV)", to: "/persons/import/loads/\(id)/rejects", .secondary)
        }
        html.p("The rows themselves are not kept here: look for their lines in the file.")
        html.faults(Array(faults.prefix(100)), of: rejected)
    }
}
