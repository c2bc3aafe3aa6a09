/// Who saw and did what, newest first: identifiers, never the content of a record.
public struct LogPage: PageModel {
    public struct Entry: Sendable {
        public var number: String
        /// Its proof.
        public var proof: WebAddress
        public var when: String
        /// As the log has it.
        public var user: String
        public var who: String
        public var agency: String
        public var operation: String
        public var purpose: String
        public var what: String
        public var record: String?
        /// The records of a list.
        public var shown: [String] = []
        public var detail: String
        public var recipient: String?
        public var wasAllowed: Bool

        public init(
            number: String, proof: WebAddress, when: String, user: String, who: String, agency: String,
            operation: String, purpose: String, what: String, record: String?, detail: String, wasAllowed: Bool
        ) {
            (self.number, self.proof, self.when) = (number, proof, when)
            (self.user, self.who, self.agency) = (user, who, agency)
            (self.operation, self.purpose, self.what, self.record) = (operation, purpose, what, record)
            (self.detail, self.wasAllowed) = (detail, wasAllowed)
        }
    }

    /// What is asked for, as it was typed.
    public struct Question: Sendable {
        public var record = ""
        public var user = ""
        public var person = ""
        public var operation = ""
        public var from = TypedDate()
        public var until = TypedDate()

        public init() {}

        var isNarrowedFurther: Bool {
            !person.isEmpty || !operation.isEmpty || from != TypedDate() || until != TypedDate()
        }
    }

    public var question: Question
    public var operations: [Choice]
    public var entries: [Entry]
    public var older: WebAddress?
    /// The fields that ask for all of it as a file; nil for who may only look.
    public var download: [(name: String, value: String)]?
    public var errors = FieldErrors.none

    public init(
        question: Question, operations: [Choice], entries: [Entry], older: WebAddress?,
        download: [(name: String, value: String)]?
    ) {
        (self.question, self.operations, self.entries) = (question, operations, entries)
        (self.older, self.download) = (older, download)
    }

    public var title: String { "Access log" }
    public var breadcrumbs: [Breadcrumb] { [.home] }
    public var isWide: Bool { true }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        html.p("Everything that was read or changed, and by whom. Opening this page is in the log too.")
        form(&html)
        if entries.isEmpty {
            html.empty("No entry matches.", "Ask for less at once, or for other days.")
        } else {
            html.table(caption: "Entries, newest first", columns: columns, rows: entries, narrow: .stacks)
        }
        html.pagination(newer: nil, older: older)
        html.h2("Take it away, prove it")
        if let download, !entries.isEmpty {
            html.searchForm(to: "/log/csv", label: "Take entries away") { html in
                for field in download { html.hiddenField(field.name, field.value) }
                html.textField(
                    "recipient", "Who are the entries for?",
                    hint:
                        "An agency’s short name, like ico, if you know it. The log keeps it, and that you took them out.",
                    width: .medium)
                html.submit("Download all that matches (CSV)", .secondary)
            }
        }
        html.p { html in
            html.a("Signed heads of the log", to: "/log/heads")
            html.text(" show that nothing in it was changed.")
        }
    }

    private func form(_ html: inout Html) {
        html.searchForm(to: "/log", label: "Search the log") { html in
            html.textField(
                "record", "Who saw or changed this record", value: question.record, error: errors["record"],
                kind: .search, width: .long)
            html.textField(
                "user", "What this user saw and did", hint: "A sign-in name", value: question.user,
                error: errors["user"], kind: .search, width: .long)
            html.details("More ways to search", isOpen: question.isNarrowedFurther || !errors.isEmpty) { html in
                html.textField(
                    "person", "Who saw anything about this person", hint: "The identifier of the person",
                    value: question.person, error: errors["person"], kind: .search, width: .long)
                html.select(
                    "operation", "What was done", options: [Choice("", "Anything")] + operations,
                    chosen: question.operation)
                html.dateField("from", "First day", value: question.from, error: errors["from"])
                html.dateField("until", "Last day", value: question.until, error: errors["until"])
            }
            html.submit("Show", .secondary)
        }
    }

    private var columns: [Column<Entry>] {
        [
            .header("Entry") { entry, html in
                html.a(to: entry.proof) { html in
                    html.span("Proof of entry ", .class("unseen"))
                    html.text(entry.number)
                }
            },
            .text("When") { $0.when },
            .cell("Who") { entry, html in
                html.a(entry.who, to: "/log?user=\(entry.user)")
                html.text(", \(entry.agency)")
            },
            .cell("Did") { entry, html in
                html.text(entry.operation)
                if let recipient = entry.recipient { html.text(" to \(recipient)") }
                if !entry.wasAllowed {
                    html.text(" ")
                    html.tag("Refused", .danger)
                }
            },
            .text("Purpose") { $0.purpose },
            .text("What") { $0.what },
            .cell("Record") { entry, html in
                guard entry.shown.isEmpty else { return self.list(entry, &html) }
                guard let record = entry.record else { return html.text("–") }
                html.a(record, to: "/log?record=\(record)", .class("breaks"))
            },
            .cell("Detail") { entry, html in html.span(entry.detail.isEmpty ? "–" : entry.detail, .class("breaks")) },
        ]
    }

    /// A list names each of its records, so that nobody must guess what was seen.
    private func list(_ entry: Entry, _ html: inout Html) {
        html.details(Figure.count(entry.shown.count, "record", "records")) { html in
            html.ul { html in
                for record in entry.shown {
                    html.li { $0.a(record, to: "/log?record=\(record)", .class("breaks")) }
                }
            }
        }
    }
}
