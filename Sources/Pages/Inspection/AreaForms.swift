/// Where a form belongs: the area it is about.
public struct AreaPlace: Sendable {
    public var id: String
    public var title: String
    /// The version that the person has before her.
    public var version: Int

    public init(id: String, title: String, version: Int) { (self.id, self.title, self.version) = (id, title, version) }

    var address: WebAddress { "/areas/\(id)" }

    var breadcrumbs: [Breadcrumb] {
        [.home, Breadcrumb("Areas for improvement", "/areas"), Breadcrumb(title, address)]
    }
}

/// Who owns an area and by when it is due.
public struct AreaPlanPage: PageModel {
    public var place: AreaPlace
    public var owners: [Choice]
    public var owner: String
    public var due: TypedDate
    public var errors: FieldErrors

    public init(place: AreaPlace, owners: [Choice], owner: String, due: TypedDate, errors: FieldErrors = .none) {
        (self.place, self.owners, self.owner, self.due, self.errors) = (place, owners, owner, due, errors)
    }

    public var title: String { "Owner and due date" }
    public var breadcrumbs: [Breadcrumb] { place.breadcrumbs }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title, caption: place.title)
        html.form(to: "\(place.address)/plan", frame.token, isGuarded: true) { html in
            html.hiddenField("version", String(place.version))
            html.select(
                "owner", "Who owns it", options: [Choice("", "Nobody yet")] + owners, chosen: owner,
                hint: "A person or a team. It then stands on their home page.", error: errors["owner"])
            html.dateField(
                "due", "Due date", value: due, hint: "For example 31 3 2027. Leave it empty for no date.",
                error: errors["due"])
            html.buttonGroup { html in
                html.submit("Save owner and date")
                html.a("Leave it as it is", to: place.address)
            }
        }
    }
}

/// A new dated status, in one of the two views.
public struct AreaStatusPage: PageModel {
    public struct Fields: Sendable {
        public var status: String
        public var on: TypedDate
        public var words: String

        public init(status: String = "", on: TypedDate, words: String = "") {
            (self.status, self.on, self.words) = (status, on, words)
        }
    }

    public var place: AreaPlace
    /// `force` or `inspectorate`.
    public var strand: String
    public var statuses: [Choice]
    public var fields: Fields
    public var errors: FieldErrors

    public init(place: AreaPlace, strand: String, statuses: [Choice], fields: Fields, errors: FieldErrors = .none) {
        (self.place, self.strand, self.statuses, self.fields) = (place, strand, statuses, fields)
        self.errors = errors
    }

    private var isForce: Bool { strand == "force" }

    public var title: String { isForce ? "The force’s view" : "The inspectorate’s view" }
    public var breadcrumbs: [Breadcrumb] { place.breadcrumbs }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title, caption: place.title)
        html.p(
            isForce
                ? "What your force itself holds. It says nothing for the inspectorate."
                : "Only what the inspectorate has said, with where it said so.")
        html.form(to: "\(place.address)/status/\(strand)", frame.token, isGuarded: true) { html in
            html.hiddenField("version", String(place.version))
            html.radios("status", "Where it stands", choices: statuses, chosen: fields.status, error: errors["status"])
            html.dateField(
                "on", "Since when", value: fields.on, hint: "The day on which it became so, for example 27 3 2026",
                error: errors["on"])
            html.textArea(
                "words", isForce ? "Why" : "Where the inspectorate says so",
                hint: isForce ? "Needed when you close it." : "For example a letter and its date.", value: fields.words,
                error: errors["words"], limit: 4000)
            html.buttonGroup { html in
                html.submit("Add to the history")
                html.a("Add nothing", to: place.address)
            }
        }
    }
}

/// Which measures show whether an area gets better.
public struct AreaMeasuresPage: PageModel {
    public var place: AreaPlace
    public var linked: [Choice]
    public var others: [Choice]
    public var errors: FieldErrors

    public init(place: AreaPlace, linked: [Choice], others: [Choice], errors: FieldErrors = .none) {
        (self.place, self.linked, self.others, self.errors) = (place, linked, others, errors)
    }

    public var title: String { "Link a measure" }
    public var breadcrumbs: [Breadcrumb] { place.breadcrumbs }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title, caption: place.title)
        if others.isEmpty {
            html.empty("There is no other measure to link.", "Measures come with the data that is loaded.") { html in
                html.p { $0.a("See the measures", to: "/measures") }
            }
        } else {
            html.form(to: "\(place.address)/measures", frame.token) { html in
                html.hiddenField("version", String(place.version))
                html.select(
                    "measure", "Measure", options: [Choice("", "Choose a measure")] + others,
                    hint: "One that would change if this area got better or worse.", error: errors["measure"])
                html.submit("Link it", name: "step", value: "link")
            }
        }
        guard !linked.isEmpty else { return }
        html.h2("Linked now")
        for measure in linked {
            html.p(measure.label)
            html.form(to: "\(place.address)/measures", frame.token) { html in
                html.hiddenField("version", String(place.version))
                html.hiddenField("measure", measure.value)
                html.button(
                    .type("submit"), .class("button", "button-secondary"), .name("step"), .value("unlink")
                ) { html in
                    html.text("Unlink")
                    html.span(" \(measure.label)", .class("unseen"))
                }
            }
        }
    }
}

/// What a later report says of an area.
public struct AreaLaterPage: PageModel {
    public var place: AreaPlace
    public var reports: [Choice]
    public var report: String
    /// What the chosen report says, as far as it was read.
    public var statements: [Choice]
    public var statement: String
    public var words: String
    public var errors: FieldErrors

    public init(
        place: AreaPlace, reports: [Choice], report: String, statements: [Choice], statement: String = "",
        words: String = "", errors: FieldErrors = .none
    ) {
        (self.place, self.reports, self.report, self.statements) = (place, reports, report, statements)
        (self.statement, self.words, self.errors) = (statement, words, errors)
    }

    public var title: String { "What a later report says" }
    public var breadcrumbs: [Breadcrumb] { place.breadcrumbs }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title, caption: place.title)
        guard !reports.isEmpty else {
            return html.empty("No later report of this force is here.", "Add the report first, then come back.") {
                html in
                html.p { $0.a("See the inspections", to: "/inspections") }
            }
        }
        html.searchForm(to: "\(place.address)/later", label: "Choose a later report") { html in
            html.select("report", "Later report", options: reports, chosen: report, error: errors["report"])
            html.submit("Show what it says", .secondary)
        }
        guard !statements.isEmpty else { return }
        html.form(to: "\(place.address)/later", frame.token, isGuarded: true) { html in
            html.hiddenField("report", report)
            html.select(
                "statement", "What it says", options: [Choice("", "Choose a sentence")] + statements, chosen: statement,
                hint: "In the report’s own words.", error: errors["statement"])
            html.textArea(
                "words", "What you make of it", hint: "Optional.", value: words, error: errors["words"], limit: 4000)
            html.buttonGroup { html in
                html.submit("Link this")
                html.a("Link nothing", to: place.address)
            }
        }
    }
}
