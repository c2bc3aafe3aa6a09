/// What waits for a review, what is being written, and her own.
public struct AssessmentListPage: PageModel {
    public struct Line: Sendable {
        public var id: String
        public var name: String
        public var grade: String
        public var gradeKind: Html.TagKind
        /// “2 concerns beside this grade”; empty where there is none.
        public var concerns: String
        public var officer: String
        /// By when, in words.
        public var clock: String
        public var isLate: Bool
        public var state: String
        public var stateKind: Html.TagKind

        public init(
            id: String, name: String, grade: String = "", gradeKind: Html.TagKind = .neutral, concerns: String = "",
            officer: String = "", clock: String = "", isLate: Bool = false, state: String = "",
            stateKind: Html.TagKind = .neutral
        ) {
            (self.id, self.name, self.grade, self.gradeKind) = (id, name, grade, gradeKind)
            (self.concerns, self.officer, self.clock, self.isLate) = (concerns, officer, clock, isLate)
            (self.state, self.stateKind) = (state, stateKind)
        }
    }

    /// Nil for whoever does not review.
    public var waiting: [Line]?
    public var unsent: [Line]
    public var own: [Line]
    public var mayBegin: Bool

    public init(waiting: [Line]?, unsent: [Line], own: [Line], mayBegin: Bool) {
        (self.waiting, self.unsent, self.own, self.mayBegin) = (waiting, unsent, own, mayBegin)
    }

    public var title: String { "Assessments" }
    public var breadcrumbs: [Breadcrumb] { [.home] }
    public var isWide: Bool { true }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        if mayBegin {
            html.p { html in
                html.text("An assessment begins from an ")
                html.a("occurrence", to: "/occurrences")
                html.text(".")
            }
        }
        if let waiting { reviews(waiting, &html) }
        html.h2("Yours")
        if own.isEmpty {
            html.empty("You have written none yet.", "Open an occurrence and begin one there.")
        } else {
            html.table(
                caption: "Yours, the newest first", columns: AssessmentListPage.ownColumns, rows: own, narrow: .stacks)
        }
    }

    private func reviews(_ waiting: [Line], _ html: inout Html) {
        html.h2("To review (\(waiting.count))")
        if waiting.isEmpty {
            html.empty("Nothing waits for a review.", "An assessment comes here when an officer sends it.")
        } else {
            html.p("The gravest grade first, then what was raised beside a lower grade, then the clock.")
            html.table(
                caption: "To review, by concern and clock", columns: AssessmentListPage.reviewColumns, rows: waiting,
                narrow: .stacks)
        }
        html.p { $0.a("How many meet each standard", to: "/assessments/standards") }
        guard !unsent.isEmpty else { return }
        html.h2("Being written (\(unsent.count))")
        html.table(
            caption: "Being written, the oldest first", columns: AssessmentListPage.unsentColumns, rows: unsent,
            narrow: .stacks)
    }

    private static var named: Column<Line> {
        .header("Assessment") { line, html in html.a(line.name, to: "/assessments/\(line.id)") }
    }

    private static var graded: Column<Line> {
        .cell("Grade") { line, html in
            if line.grade.isEmpty { html.text("None yet") } else { html.tag(line.grade, line.gradeKind) }
            if !line.concerns.isEmpty { html.text(" \(line.concerns)") }
        }
    }

    private static var clocked: Column<Line> {
        .cell("Due") { line, html in
            if line.isLate { html.tag("Late", .danger) }
            html.text(" \(line.clock)")
        }
    }

    private static var reviewColumns: [Column<Line>] { [named, graded, .text("By") { $0.officer }, clocked] }
    private static var unsentColumns: [Column<Line>] { [named, .text("By") { $0.officer }, clocked] }
    private static var ownColumns: [Column<Line>] {
        [named, .cell("State") { line, html in html.tag(line.state, line.stateKind) }, graded, clocked]
    }
}

/// Beginning one from an occurrence.
public struct AssessmentStartPage: PageModel {
    public struct Fields: Sendable, Equatable {
        public var instrument = ""
        public var victim = ""
        public var suspect = ""
        public var day = TypedDate()
        public var time = ""

        public init() {}
    }

    public var occurrence: String
    public var name: String
    public var instruments: [Choice]
    public var persons: [Choice]
    public var fields: Fields
    public var history: KnownHistory
    public var errors: FieldErrors

    public init(
        occurrence: String, name: String, instruments: [Choice], persons: [Choice], fields: Fields,
        history: KnownHistory = KnownHistory(), errors: FieldErrors = .none
    ) {
        (self.occurrence, self.name, self.instruments, self.persons) = (occurrence, name, instruments, persons)
        (self.fields, self.history, self.errors) = (fields, history, errors)
    }

    public var title: String { "Begin an assessment of risk" }
    public var breadcrumbs: [Breadcrumb] {
        [.home, Breadcrumb("Occurrences", "/occurrences"), Breadcrumb(name, "/occurrences/\(occurrence)")]
    }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title, caption: name)
        guard !persons.isEmpty else {
            return html.empty("Nobody is named in this occurrence yet.", "Name who is at risk there first.") { html in
                html.a("Back to the occurrence", to: "/occurrences/\(occurrence)")
            }
        }
        history.write(&html)
        html.form(to: "/assessments", frame.token, isGuarded: true) { html in
            html.hiddenField("occurrence", occurrence)
            html.radios("victim", "Who is at risk", choices: persons, chosen: fields.victim, error: errors["victim"])
            html.radios(
                "suspect", "Who is said to have done it", choices: persons + [Choice("", "Not known")],
                chosen: fields.suspect, error: errors["suspect"])
            html.select(
                "instrument", "Question set", options: instruments, chosen: fields.instrument,
                error: errors["instrument"])
            html.dateField(
                "reported", "When the police were told", value: fields.day, error: errors["reported"])
            html.textField(
                "time", "At what time", hint: "Such as 21:40", value: fields.time, error: errors["time"], width: .short)
            html.submit("Begin")
        }
    }
}
