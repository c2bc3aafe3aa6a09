/// Finding a place: search first, then add.
public struct PlaceListPage: PageModel {
    public struct Line: Sendable {
        public var id: String
        public var title: String
        public var what: String
        public var postcode: String

        public init(id: String, title: String, what: String, postcode: String) {
            (self.id, self.title, self.what, self.postcode) = (id, title, what, postcode)
        }
    }

    public var words: String
    /// Nil before anything was asked.
    public var found: [Line]?
    public var mayAdd: Bool
    public var errors: FieldErrors

    public init(words: String = "", found: [Line]? = nil, mayAdd: Bool, errors: FieldErrors = .none) {
        (self.words, self.found, self.mayAdd, self.errors) = (words, found, mayAdd, errors)
    }

    public var title: String { "Places" }
    public var breadcrumbs: [Breadcrumb] { [.home, Breadcrumb("Occurrences", "/occurrences")] }
    public var isWide: Bool { true }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        html.searchForm(to: "/places", label: "Find a place") { html in
            html.textField(
                "words", "Name, street, postcode or UPRN", value: words, error: errors["words"], kind: .search,
                width: .long)
            html.submit("Find")
        }
        guard let found else { return }
        if found.isEmpty {
            html.empty("No such place is held by your agency.", "Check the spelling, or ask with fewer words.")
        } else {
            html.table(
                caption: Figure.count(found.count, "place", "places"), columns: PlaceListPage.columns, rows: found,
                narrow: .stacks)
        }
        guard mayAdd else { return }
        html.h2("Not there?")
        html.p { $0.buttonLink("Add a place", to: WebAddress("/places/new").adding("words", words), .secondary) }
    }

    static var columns: [Column<Line>] {
        [
            .header("Place") { line, html in html.a(line.title, to: "/places/\(line.id)") },
            .text("What it is") { $0.what },
            .text("Postcode") { $0.postcode },
        ]
    }
}

/// What is typed of a place, as it was typed.
public struct PlaceFields: Sendable, Equatable {
    public var name = ""
    public var lines = ""
    public var postcode = ""
    public var uprn = ""
    public var what = ""
    public var access = ""
    public var isRefuge = false

    public init() {}
}

/// A place, new or changed. Before a new one is added, those that may be the same are shown.
public struct PlaceFormPage: PageModel {
    /// Nil for a new place.
    public var id: String?
    public var version: Int
    public var fields: PlaceFields
    public var kinds: [Choice]
    public var alike: [PlaceListPage.Line]
    /// What somebody else saved meanwhile.
    public var theirs: [SummaryRow]
    public var errors: FieldErrors

    public init(
        id: String? = nil, version: Int = 0, fields: PlaceFields, kinds: [Choice], alike: [PlaceListPage.Line] = [],
        theirs: [SummaryRow] = [], errors: FieldErrors = .none
    ) {
        (self.id, self.version, self.fields, self.kinds) = (id, version, fields, kinds)
        (self.alike, self.theirs, self.errors) = (alike, theirs, errors)
    }

    public var title: String { id == nil ? "Add a place" : "Change a place" }
    public var breadcrumbs: [Breadcrumb] { [.home, Breadcrumb("Places", "/places")] }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        if !theirs.isEmpty {
            html.h2("What they saved")
            html.summaryList(theirs)
        }
        if !alike.isEmpty {
            html.h2("Is it one of these?")
            html.table(
                caption: Figure.count(alike.count, "place", "places") + " held already",
                columns: PlaceListPage.columns, rows: alike, narrow: .stacks)
        }
        html.form(to: id.map { "/places/\($0)" } ?? "/places", frame.token, isGuarded: true) { html in
            html.hiddenField("version", String(version))
            if !alike.isEmpty { html.hiddenField("none-of-these", "1") }
            html.select("what", "What it is", options: kinds, chosen: fields.what, error: errors["what"])
            html.textField("name", "Name, if it has one", value: fields.name, error: errors["name"], width: .long)
            html.textArea("lines", "Address", value: fields.lines, error: errors["lines"], rows: 3)
            html.textField("postcode", "Postcode", value: fields.postcode, error: errors["postcode"], width: .short)
            html.textField(
                "uprn", "UPRN, if known", hint: "Unique Property Reference Number, 1 to 12 digits", value: fields.uprn,
                error: errors["uprn"], kind: .number, width: .medium)
            html.textArea(
                "access", "What to know before going there", value: fields.access, error: errors["access"], rows: 2)
            html.checkboxes(
                "refuge", "Is it secret?", choices: [Choice("yes", "It is a refuge: show it to me and my teams only")],
                chosen: fields.isRefuge ? ["yes"] : [])
            html.submit(id == nil ? (alike.isEmpty ? "Add" : "None of these: add") : "Save")
        }
    }
}

/// One place.
public struct PlacePage: PageModel {
    public struct Link: Sendable {
        public var person: String
        public var name: String
        public var how: String
        public var dates: String

        public init(person: String, name: String, how: String, dates: String) {
            (self.person, self.name, self.how, self.dates) = (person, name, how, dates)
        }
    }

    public var id: String
    public var title: String
    public var agency: String
    public var access: String
    public var isRefuge: Bool
    public var rows: [SummaryRow]
    public var links: [Link]
    public var mayChange: Bool

    public init(
        id: String, title: String, agency: String, access: String, isRefuge: Bool, rows: [SummaryRow], links: [Link],
        mayChange: Bool
    ) {
        (self.id, self.title, self.agency, self.access) = (id, title, agency, access)
        (self.isRefuge, self.rows, self.links, self.mayChange) = (isRefuge, rows, links, mayChange)
    }

    public var breadcrumbs: [Breadcrumb] { [.home, Breadcrumb("Places", "/places")] }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title, caption: "As held by \(agency)")
        if isRefuge { html.warning("This is a refuge. Only those named see it. Tell nobody where it is.") }
        if !access.isEmpty { html.warning(access) }
        html.summaryList(rows)
        if mayChange { html.p { $0.buttonLink("Change", to: "/places/\(id)/change", .secondary) } }
        html.h2("Who has to do with it")
        if links.isEmpty {
            html.p("Nobody whom you may see.")
        } else {
            html.table(
                caption: "Persons linked to it", isCaptionHidden: true,
                columns: [
                    .header("Name") { link, html in html.a(link.name, to: "/persons/\(link.person)") },
                    .text("How") { $0.how },
                    .text("When") { $0.dates },
                ], rows: links, narrow: .stacks)
        }
        html.p { $0.a("Every version, with who changed it", to: "/places/\(id)/history") }
    }
}
