/// What is typed of an occurrence, as it was typed.
public struct OccurrenceFields: Sendable, Equatable {
    public var what = ""
    public var reference = ""
    public var from = TypedDate()
    public var until = TypedDate()
    public var place = ""
    public var summary = ""

    public init() {}
}

/// An occurrence, new or changed.
public struct OccurrenceFormPage: PageModel {
    public var form: KeptForm
    public var fields: OccurrenceFields
    public var kinds: [Choice]
    /// Places found for what was typed as a place.
    public var places: [Choice] = []
    /// Whom to name at once, and as what.
    public var person: String

    public init(_ form: KeptForm, fields: OccurrenceFields, kinds: [Choice], person: String = "") {
        (self.form, self.fields, self.kinds, self.person) = (form, fields, kinds, person)
    }

    public var title: String { form.title }
    public var breadcrumbs: [Breadcrumb] { form.breadcrumbs }
    public var errors: FieldErrors { form.errors }

    public func main(_ html: inout Html, in frame: Frame) {
        form.write(&html, frame) { html in
            html.hiddenField("person", person)
            html.select("what", "What happened", options: kinds, chosen: fields.what, error: errors["what"])
            html.dateField(
                "from", "When", value: fields.from, hint: "Leave out the day or month if it is not known",
                error: errors["from"])
            html.dateField("until", "Last day, if it went on", value: fields.until, error: errors["until"])
            html.textField(
                "reference", "Its number, if it has one", value: fields.reference, error: errors["reference"],
                width: .medium)
            if places.isEmpty {
                html.textField(
                    "place", "Where, if known", hint: "A postcode, street or name of a place that is held already",
                    value: fields.place, error: errors["place"], width: .long)
            } else {
                html.select("place", "Where", options: places, chosen: fields.place, error: errors["place"])
            }
            html.textArea(
                "summary", "What happened, in short", value: fields.summary, error: errors["summary"], rows: 4,
                limit: 5000)
        }
    }
}

/// One occurrence, with those who had a part in it: each capacity by itself.
public struct OccurrencePage: PageModel {
    public struct Part: Sendable {
        public var person: String
        public var name: String
        public var capacity: String
        public var capacityCode: String
        public var since: String
        /// Empty while it holds.
        public var until: String
        public var by: String

        public init(
            person: String, name: String, capacity: String, capacityCode: String, since: String, until: String,
            by: String
        ) {
            (self.person, self.name, self.capacity, self.capacityCode) = (person, name, capacity, capacityCode)
            (self.since, self.until, self.by) = (since, until, by)
        }
    }

    /// Those of one capacity.
    public struct Group: Sendable {
        public var title: String
        public var parts: [Part]

        public init(title: String, parts: [Part]) { (self.title, self.parts) = (title, parts) }
    }

    public var id: String
    public var title: String
    public var agency: String
    public var version: Int
    public var rows: [SummaryRow]
    public var place: (id: String, name: String)?
    public var groups: [Group]
    public var capacities: [Choice]
    /// Found for what was typed as a name.
    public var found: [Choice]
    public var name: String
    public var capacity: String
    public var mayChange: Bool
    /// An assessment of risk can begin here.
    public var mayAssess: Bool
    public var assessments: [TaskItem]
    public var calls: [TaskItem] = []
    /// Of calls about it.
    public var flags: [CallFlagBanner] = []
    public var errors: FieldErrors

    public init(
        id: String, title: String, agency: String, version: Int, rows: [SummaryRow],
        place: (id: String, name: String)?, groups: [Group], capacities: [Choice], mayChange: Bool
    ) {
        (self.id, self.title, self.agency, self.version, self.rows) = (id, title, agency, version, rows)
        (self.place, self.groups, self.capacities, self.mayChange) = (place, groups, capacities, mayChange)
        (found, name, capacity, errors) = ([], "", "", .none)
        (mayAssess, assessments) = (false, [])
    }

    public var breadcrumbs: [Breadcrumb] { [.home, Breadcrumb("Occurrences", "/occurrences")] }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title, caption: "As held by \(agency)")
        for banner in flags { html.flags(banner, frame.token) }
        html.summaryList(rows)
        if let place {
            html.p { html in
                html.text("Where: ")
                html.a(place.name, to: "/places/\(place.id)")
            }
        }
        if mayChange { html.p { $0.buttonLink("Change", to: "/occurrences/\(id)/change", .secondary) } }
        html.h2("Who had a part")
        if groups.isEmpty { html.p("Nobody is named whom you may see.") }
        for group in groups {
            html.h3(group.title)
            html.table(
                caption: group.title, isCaptionHidden: true, columns: columns(frame), rows: group.parts,
                narrow: .stacks)
        }
        if mayChange { naming(&html, frame) }
        if mayAssess || !calls.isEmpty { telephone(&html) }
        if mayAssess || !assessments.isEmpty { risk(&html) }
        html.p { $0.a("Every version, with who changed it", to: "/occurrences/\(id)/history") }
    }

    private func telephone(_ html: inout Html) {
        html.h2("Calls")
        if calls.isEmpty { html.p("None yet.") } else { html.taskList(calls) }
        if mayAssess {
            let start: WebAddress = "/calls/new"
            html.p { $0.buttonLink("Take a call", to: start.adding("occurrence", id), .secondary) }
        }
    }

    private func risk(_ html: inout Html) {
        html.h2("Assessments of risk")
        if assessments.isEmpty { html.p("None yet.") } else { html.taskList(assessments) }
        if mayAssess {
            let start: WebAddress = "/assessments/new"
            html.p { $0.buttonLink("Begin an assessment", to: start.adding("occurrence", id)) }
        }
    }

    private func columns(_ frame: Frame) -> [Column<Part>] {
        [
            .header("Name") { part, html in html.a(part.name, to: "/persons/\(part.person)") },
            .cell("As") { part, html in html.tag(part.capacity, PersonChronologyPage.capacityKind(part.capacity)) },
            .text("Since") { $0.since },
            .cell("Until") { part, html in
                if part.until.isEmpty && mayChange {
                    html.form(to: "/occurrences/\(id)/parts/end", frame.token) { html in
                        html.hiddenField("version", String(version))
                        html.hiddenField("person", part.person)
                        html.hiddenField("capacity", part.capacityCode)
                        html.submit("End: \(part.name)", .secondary)
                    }
                } else {
                    html.text(part.until)
                }
            },
            .text("Recorded by") { $0.by },
        ]
    }

    private func naming(_ html: inout Html, _ frame: Frame) {
        html.h3("Name somebody")
        html.form(to: "/occurrences/\(id)/parts", frame.token) { html in
            html.hiddenField("version", String(version))
            if !found.isEmpty {
                html.radios("person", "Who of these", choices: found, error: errors["person"])
            }
            html.textField(
                "name", found.isEmpty ? "Name of a person who is held already" : "Or look for another", value: name,
                error: errors["name"], width: .long)
            html.select("capacity", "As", options: capacities, chosen: capacity, error: errors["capacity"])
            html.submit(found.isEmpty ? "Find" : "Name")
        }
        html.p { html in
            html.text("Not held yet? ")
            html.a("Add a person", to: "/persons/new")
        }
    }
}
