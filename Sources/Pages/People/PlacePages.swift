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
    public var form: KeptForm
    public var fields: PlaceFields
    public var kinds: [Choice]

    public init(_ form: KeptForm, fields: PlaceFields, kinds: [Choice]) {
        (self.form, self.fields, self.kinds) = (form, fields, kinds)
    }

    public var title: String { form.title }
    public var breadcrumbs: [Breadcrumb] { form.breadcrumbs }
    public var errors: FieldErrors { form.errors }

    public func main(_ html: inout Html, in frame: Frame) {
        form.write(&html, frame) { html in
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
