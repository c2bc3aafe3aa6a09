/// What was loaded, when and by whom; newest first.
public struct FeedsPage: PageModel {
    public struct Batch: Sendable {
        public var id: String
        public var when: String
        public var who: String
        public var files: Int
        public var accepted: Int
        public var rejected: Int
        public var state: String
        public var kind: Html.TagKind

        public init(
            id: String, when: String, who: String, files: Int, accepted: Int, rejected: Int, state: String,
            kind: Html.TagKind
        ) {
            (self.id, self.when, self.who, self.files) = (id, when, who, files)
            (self.accepted, self.rejected, self.state, self.kind) = (accepted, rejected, state, kind)
        }
    }

    /// Months held, by kind of file: what a measure can speak of.
    public struct Holding: Sendable {
        public var force: String
        public var kind: String
        public var first: String
        public var last: String
        public var months: Int
        public var missing: String
        public var rows: Int

        public init(
            force: String, kind: String, first: String, last: String, months: Int, missing: String, rows: Int
        ) {
            (self.force, self.kind, self.first, self.last) = (force, kind, first, last)
            (self.months, self.missing, self.rows) = (months, missing, rows)
        }
    }

    public var holdings: [Holding]
    public var batches: [Batch]
    public var arriving: [Breadcrumb]

    public init(holdings: [Holding], batches: [Batch], arriving: [Breadcrumb]) {
        (self.holdings, self.batches, self.arriving) = (holdings, batches, arriving)
    }

    public var title: String { "Data" }
    public var breadcrumbs: [Breadcrumb] { [.home] }
    public var isWide: Bool { true }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        html.p("Recorded crime, outcomes and searches, as published at data.police.uk.")
        html.buttonGroup { $0.buttonLink("Load files", to: "/feeds/new") }
        for arrival in arriving {
            html.p { html in
                html.text("Being read now: ")
                html.a(arrival.title, to: arrival.address)
            }
        }
        html.h2("What is held")
        if holdings.isEmpty {
            html.empty("No data yet.", "Load the files of at least one month. More months make better charts.")
        } else {
            html.table(caption: "Months held", columns: holdingColumns, rows: holdings, narrow: .stacks)
        }
        html.h2("What was loaded")
        if batches.isEmpty {
            html.p("Nothing was loaded yet.")
        } else {
            html.table(caption: "Loads, newest first", columns: batchColumns, rows: batches, narrow: .stacks)
        }
    }

    private var holdingColumns: [Column<Holding>] {
        [
            .header("Kind") { holding, html in html.text(holding.kind) },
            .text("Force") { $0.force },
            .text("From") { $0.first },
            .text("To") { $0.last },
            .number("Months") { Figure.whole($0.months) },
            .text("Missing months") { $0.missing.isEmpty ? "None" : $0.missing },
            .number("Rows") { Figure.whole($0.rows) },
        ]
    }

    private var batchColumns: [Column<Batch>] {
        [
            .header("When") { batch, html in html.a(batch.when, to: "/feeds/\(batch.id)") },
            .text("By") { $0.who },
            .number("Files") { Figure.whole($0.files) },
            .number("Rows taken") { Figure.whole($0.accepted) },
            .number("Rows rejected") { Figure.whole($0.rejected) },
            .cell("State") { batch, html in html.tag(batch.state, batch.kind) },
        ]
    }
}

/// Choose files from this device.
public struct LoadFilesPage: PageModel {
    public var errors: FieldErrors

    public init(errors: FieldErrors = .none) { self.errors = errors }

    public var title: String { "Load files" }
    public var breadcrumbs: [Breadcrumb] { [.home, Breadcrumb("Data", "/feeds")] }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        html.p("Download the files of your force from data.police.uk and choose them here, as they are.")
        if frame.sampleData != nil {
            html.inset { html in
                html.p(
                    "This house holds an invented force. Real files load too, and each measure can be kept to one force."
                )
                html.p { html in
                    html.text("For a house with your own force alone, start one in another folder: ")
                    html.code("holdfast serve --data mine --force \"Your Police\"")
                }
            }
        }
        html.form(to: "/feeds", frame.token, isUpload: true) { html in
            html.fileField(
                "files", "Files", hint: "You can choose several .csv, .csv.gz or .zip files at once, up to 2 GB.",
                error: errors["files"], accept: ".csv,.gz,.zip,text/csv", takesSeveral: true)
            html.submit("Load")
        }
        html.details("What happens to a file") { html in
            html.p(
                "Each row is checked. A row that cannot be used is kept aside with the reason, and you can download it."
            )
            html.p(
                "A file that is already here changes nothing. A newer file for a month takes the place of the older.")
            html.p("Files too large for this page can be loaded by command: holdfast import police-uk FOLDER.")
        }
    }
}

/// How far it is. Its content is also what the page asks for again while it waits.
public struct ArrivalPage: PageModel {
    public var name: String
    public var done: Int
    public var total: Int
    public var words: String
    public var address: WebAddress
    public var fragment: WebAddress
    /// Set when it did not work.
    public var problem: String?

    public init(
        name: String, done: Int, total: Int, words: String, address: WebAddress, fragment: WebAddress,
        problem: String? = nil
    ) {
        (self.name, self.done, self.total, self.words) = (name, done, total, words)
        (self.address, self.fragment, self.problem) = (address, fragment, problem)
    }

    public var title: String { problem == nil ? "Reading your files" : "Your files were not loaded" }
    public var breadcrumbs: [Breadcrumb] { [.home, Breadcrumb("Data", "/feeds")] }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title, caption: name)
        if let problem {
            html.p(problem)
            html.buttonLink("Choose files again", to: "/feeds/new")
            return
        }
        writeProgress(&html)
        html.p("You can leave this page. The work goes on, and the result is kept under Data.")
    }

    /// The part that changes.
    public func writeProgress(_ html: inout Html) {
        html.progress("Progress", done: done, of: total, words: words, poll: fragment, again: address)
    }
}

/// What became of each file of one load.
public struct BatchPage: PageModel {
    public struct File: Sendable {
        public var path: String
        public var kind: String
        public var month: String
        public var read: Int
        public var accepted: Int
        public var duplicate: Int
        public var superseded: Int
        public var rejected: Int
        public var notes: [String]
        public var error: String?

        public init(
            path: String, kind: String, month: String, read: Int, accepted: Int, duplicate: Int, superseded: Int,
            rejected: Int, notes: [String], error: String?
        ) {
            (self.path, self.kind, self.month, self.read) = (path, kind, month, read)
            (self.accepted, self.duplicate, self.superseded) = (accepted, duplicate, superseded)
            (self.rejected, self.notes, self.error) = (rejected, notes, error)
        }
    }

    public var id: String
    public var when: String
    public var who: String
    public var summary: [SummaryRow]
    public var files: [File]
    public var ignored: [String]
    public var hasRejects: Bool

    public init(
        id: String, when: String, who: String, summary: [SummaryRow], files: [File], ignored: [String],
        hasRejects: Bool
    ) {
        (self.id, self.when, self.who, self.summary) = (id, when, who, summary)
        (self.files, self.ignored, self.hasRejects) = (files, ignored, hasRejects)
    }

    public var title: String { "Loaded \(when)" }
    public var breadcrumbs: [Breadcrumb] { [.home, Breadcrumb("Data", "/feeds")] }
    public var isWide: Bool { true }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title, caption: "By \(who)")
        html.summaryList(summary)
        if hasRejects {
            html.buttonGroup {
                $0.buttonLink("Download the rejected rows (CSV)", to: "/feeds/\(id)/rejects", .secondary)
            }
        }
        refused(&html)
        html.h2("Files")
        html.table(caption: "Each file of this load", columns: columns, rows: files, narrow: .stacks)
        notes(&html)
    }

    private func refused(_ html: inout Html) {
        let refused = files.filter { $0.error != nil }
        guard !refused.isEmpty else { return }
        html.h2("Files that were not loaded (\(refused.count))")
        html.ul { html in
            for file in refused {
                html.li { html in
                    html.strong(file.path)
                    html.text(": \(file.error ?? "")")
                }
            }
        }
    }

    private func notes(_ html: inout Html) {
        let noted = files.filter { !$0.notes.isEmpty }
        guard !noted.isEmpty || !ignored.isEmpty else { return }
        html.details("Notes on the files (\(noted.count + ignored.count))") { html in
            html.ul { html in
                for file in noted { html.li("\(file.path): \(file.notes.joined(separator: " "))") }
                for path in ignored { html.li("\(path): not a data file, passed over.") }
            }
        }
    }

    private var columns: [Column<File>] {
        [
            .header("File") { file, html in html.text(file.path) },
            .text("Kind") { $0.kind },
            .text("Month") { $0.month },
            .number("Read") { Figure.whole($0.read) },
            .number("Taken") { Figure.whole($0.accepted) },
            .number("Already here or double") { Figure.whole($0.duplicate) },
            .number("Replaced") { Figure.whole($0.superseded) },
            .number("Rejected") { Figure.whole($0.rejected) },
        ]
    }
}
