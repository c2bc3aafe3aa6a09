/// Finding a person: search first, then add.
public struct PersonListPage: PageModel {
    public struct Line: Sendable {
        public var id: String
        public var name: String
        public var born: String
        public var place: String
        public var agency: String
        /// Why it may be the one looked for; empty in a plain list.
        public var why: String
        public var warnings: Int

        public init(
            id: String, name: String, born: String, place: String, agency: String, why: String = "", warnings: Int = 0
        ) {
            (self.id, self.name, self.born, self.place) = (id, name, born, place)
            (self.agency, self.why, self.warnings) = (agency, why, warnings)
        }
    }

    public var name: String
    public var born: TypedDate
    /// A street or postcode, as it was typed.
    public var place: String
    /// Not everybody can be found yet.
    public var isFilling = false
    /// Nil before anything was asked.
    public var found: [Line]?
    public var mayAdd: Bool
    public var mayBreakGlass: Bool
    public var mayMatch = false
    public var seesOccurrences = false
    public var seesPartnersData = false
    public var errors: FieldErrors

    public init(
        name: String = "", born: TypedDate = TypedDate(), place: String = "", found: [Line]? = nil, mayAdd: Bool,
        mayBreakGlass: Bool = false, errors: FieldErrors = .none
    ) {
        (self.name, self.born, self.place, self.found, self.mayAdd) = (name, born, place, found, mayAdd)
        (self.mayBreakGlass, self.errors) = (mayBreakGlass, errors)
    }

    public var title: String { "Persons" }
    public var breadcrumbs: [Breadcrumb] { [.home] }
    public var isWide: Bool { true }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        html.searchForm(to: "/persons", label: "Find a person") { html in
            html.textField(
                "name", "Name", hint: "Half a name, a nickname or your best spelling will do", value: name,
                error: errors["name"], kind: .search,
                width: .long)
            html.dateField("born", "Date of birth, if you know it", value: born, error: errors["born"])
            html.textField("place", "Street or postcode, if you know it", value: place, width: .long)
            html.submit("Find")
        }
        if let found { results(found, &html) }
        html.p { $0.a("What other agencies told us", to: "/disclosures") }
        if mayMatch { html.p { $0.a("Records that may be of one person", to: "/matches") } }
        if seesPartnersData { html.p { $0.a("Partners’ data: load a file of persons", to: "/persons/import") } }
        if seesOccurrences { html.p { $0.a("Occurrences and places", to: "/occurrences") } }
        if mayBreakGlass {
            html.p { html in
                html.text("Is somebody in danger and you cannot see what you need? ")
                html.a("Open a record in an emergency", to: "/glass")
            }
        }
    }

    private func results(_ found: [Line], _ html: inout Html) {
        if isFilling {
            html.warning(
                "We have just started. For some minutes only whole names and dates find anybody. Try again soon.")
        }
        if found.isEmpty {
            html.empty("Nobody like this is held by your agency.", "Check the spelling, or ask with less of the name.")
        } else {
            html.table(
                caption: Figure.count(found.count, "person", "people") + " who may be the one, the most alike first",
                columns: PersonListPage.columns, rows: found, narrow: .stacks)
        }
        guard mayAdd else { return }
        html.h2("Not there?")
        html.p { $0.buttonLink("Add a new person", to: newAddress, .secondary) }
    }

    /// What was typed goes along.
    private var newAddress: WebAddress {
        WebAddress("/persons/new").adding("name", name).adding("born-day", born.day)
            .adding("born-month", born.month).adding("born-year", born.year)
    }

    static var columns: [Column<Line>] {
        [
            .header("Name") { line, html in
                html.a(line.name.isEmpty ? "Name not shown to you" : line.name, to: "/persons/\(line.id)")
                if line.warnings > 0 {
                    html.text(" ")
                    html.tag("Warning", .danger)
                }
            },
            .text("Born") { $0.born },
            .text("Lives") { $0.place },
            .text("Held by") { $0.agency },
            .text("Why") { $0.why },
        ]
    }
}
