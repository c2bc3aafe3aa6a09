/// Where pages about partners’ data stand.
enum IntakePlace {
    static let persons: [Breadcrumb] = [.home, Breadcrumb("Persons", "/persons")]
    static let data = persons + [Breadcrumb("Partners’ data", "/persons/import")]
}

/// Agreements by which partners share persons, and what was loaded by them.
public struct IntakeListPage: PageModel {
    public struct Agreement: Sendable {
        public var id: String
        public var title: String
        public var agency: String
        public var until: String
        public var isLive: Bool

        public init(id: String, title: String, agency: String, until: String, isLive: Bool) {
            (self.id, self.title, self.agency, self.until, self.isLive) = (id, title, agency, until, isLive)
        }
    }

    public struct Load: Sendable {
        public var id: String
        public var when: String
        public var file: String
        public var agency: String
        public var who: String
        public var created: Int
        public var amended: Int
        public var rejected: Int
        public var state: String
        public var kind: Html.TagKind

        public init(
            id: String, when: String, file: String, agency: String, who: String, created: Int, amended: Int,
            rejected: Int, state: String, kind: Html.TagKind
        ) {
            (self.id, self.when, self.file, self.agency, self.who) = (id, when, file, agency, who)
            (self.created, self.amended, self.rejected) = (created, amended, rejected)
            (self.state, self.kind) = (state, kind)
        }
    }

    public var agreements: [Agreement]
    public var loads: [Load]
    /// Files of whoever looks that are not loaded yet.
    public var waiting: [Breadcrumb]
    public var mayLoad: Bool

    public init(agreements: [Agreement], loads: [Load], waiting: [Breadcrumb], mayLoad: Bool) {
        (self.agreements, self.loads, self.waiting, self.mayLoad) = (agreements, loads, waiting, mayLoad)
    }

    public var title: String { "Partners’ data" }
    public var breadcrumbs: [Breadcrumb] { IntakePlace.persons }
    public var isWide: Bool { true }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        html.p("Persons that another agency shares with yours in a file, by an agreement with a last day.")
        if mayLoad { html.buttonGroup { $0.buttonLink("Load a file", to: "/persons/import/new") } }
        for file in waiting {
            html.p { html in
                html.text("Waits for you: ")
                html.a(file.title, to: file.address)
            }
        }
        html.h2("Agreements")
        if agreements.isEmpty {
            html.empty("No agreement is entered.", "A file of another agency needs one.")
        } else {
            html.table(
                caption: "Agreements, the soonest to end first", columns: agreementColumns, rows: agreements,
                narrow: .stacks)
        }
        if mayLoad { html.p { $0.a("Enter an agreement", to: "/persons/agreements/new") } }
        html.h2("What was loaded")
        if loads.isEmpty {
            html.p("Nothing was loaded yet.")
        } else {
            html.table(
                caption: "Loads, newest first, at most 50", columns: loadColumns, rows: loads, narrow: .stacks)
        }
    }

    private var agreementColumns: [Column<Agreement>] {
        [
            .header("Agreement") { $1.a($0.title, to: "/persons/agreements/\($0.id)") },
            .text("Shared by") { $0.agency },
            .text("Last day") { $0.until },
            .cell("State") { line, html in html.tag(line.isLive ? "In force" : "Over", line.isLive ? .good : .neutral)
            },
        ]
    }

    private var loadColumns: [Column<Load>] {
        [
            .header("When") { $1.a($0.when, to: "/persons/import/loads/\($0.id)") },
            .text("File") { $0.file },
            .text("Shared by") { $0.agency },
            .text("Loaded by") { $0.who },
            .number("Added") { Figure.whole($0.created) },
            .number("Changed") { Figure.whole($0.amended) },
            .number("Rejected") { Figure.whole($0.rejected) },
            .cell("State") { $1.tag($0.state, $0.kind) },
        ]
    }
}

/// Choose a file and by which agreement it came.
public struct IntakeFormPage: PageModel {
    public var terms: [Choice]
    public var chosen = ""
    public var sheet = ""
    public var delimiter = ""
    public var errors = FieldErrors.none

    public init(terms: [Choice]) { self.terms = terms }

    public var title: String { "Load a file of persons" }
    public var breadcrumbs: [Breadcrumb] { IntakePlace.data }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        html.p("You see what its columns hold and how its rows are understood before anything is kept.")
        html.form(to: "/persons/import", frame.token, isUpload: true) { html in
            html.select(
                "terms", "Who shares it, and by which agreement", options: terms, chosen: chosen,
                error: errors["terms"])
            html.fileField(
                "file", "File",
                hint: "CSV or Excel (.xlsx), up to 200 MB. The first row holds the names of the columns.",
                error: errors["file"], accept: ".csv,.txt,.tsv,.xlsx,text/csv")
            html.details("If the file is read wrongly", isOpen: !sheet.isEmpty || !delimiter.isEmpty) { html in
                html.textField(
                    "sheet", "Name of the sheet in Excel", hint: "Leave empty for the first", value: sheet,
                    width: .medium)
                html.textField(
                    "delimiter", "What parts the columns of a text file",
                    hint: "Such as ; or the word tab. Leave empty to let us find out", value: delimiter, width: .short)
            }
            html.submit("Go on")
        }
        html.p { html in
            html.text("Is the agreement not there? ")
            html.a("Enter it first", to: "/persons/agreements/new")
        }
        html.details("What happens to a file") { html in
            html.p("Each row is checked. A row that cannot be used is left out, and you are told its line and why.")
            html.p("The same row again changes nothing. A changed row changes what that agency said, and no more.")
            html.p("Nobody is joined with anybody. Those who look alike come to the queue of matches.")
            html.p("Larger files can be loaded by command: holdfast import people FILE.")
        }
    }
}
