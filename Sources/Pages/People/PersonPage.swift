/// One person as one agency holds her, now or as known at a moment.
public struct PersonPage: PageModel {
    /// A field that is sealed: that there is a value, never what it is.
    public struct Sealed: Sendable {
        public var name: String
        public var title: String
        public var version: Int
        public var words: String
        public var maySet: Bool

        public init(name: String, title: String, version: Int, words: String, maySet: Bool) {
            (self.name, self.title, self.version, self.words, self.maySet) = (name, title, version, words, maySet)
        }
    }

    /// Another record of the same person, as somebody decided.
    public struct Linked: Sendable {
        public var match: String
        public var name: String
        public var agency: String
        public var address: WebAddress
        public var since: String

        public init(match: String, name: String, agency: String, address: WebAddress, since: String) {
            (self.match, self.name, self.agency) = (match, name, agency)
            (self.address, self.since) = (address, since)
        }
    }

    public struct Told: Sendable {
        public var id: String
        public var to: String
        public var fields: String
        public var when: String
        public var state: String

        public init(id: String, to: String, fields: String, when: String, state: String) {
            (self.id, self.to, self.fields, self.when, self.state) = (id, to, fields, when, state)
        }
    }

    public var id: String
    public var name: String
    public var agency: String
    public var warnings: [String]
    public var rows: [SummaryRow]
    public var narrative: String
    public var sealed: [Sealed]
    public var told: [Told]
    public var linked: [Linked] = []
    /// Why she may see it, where it is not by her ordinary work.
    public var standing: String?
    public var mayChange: Bool
    public var mayTell: Bool
    public var seesLinks = false

    public init(
        id: String, name: String, agency: String, warnings: [String], rows: [SummaryRow], narrative: String,
        sealed: [Sealed], told: [Told], standing: String? = nil, mayChange: Bool, mayTell: Bool
    ) {
        (self.id, self.name, self.agency, self.warnings, self.rows) = (id, name, agency, warnings, rows)
        (self.narrative, self.sealed, self.told, self.standing) = (narrative, sealed, told, standing)
        (self.mayChange, self.mayTell) = (mayChange, mayTell)
    }

    public var title: String { name }
    public var breadcrumbs: [Breadcrumb] { [.home, Breadcrumb("Persons", "/persons")] }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(name, caption: "As held by \(agency)")
        if let standing { html.inset { $0.p(standing) } }
        for warning in warnings { html.warning(warning) }
        html.summaryList(rows)
        if !narrative.isEmpty {
            html.h2("What is known")
            html.p { $0.lines(narrative) }
        }
        if mayChange { html.p { $0.buttonLink("Change", to: "/persons/\(id)/change", .secondary) } }
        safe(&html, frame)
        links(&html)
        tellings(&html)
        html.h2("What was known, and when")
        html.p { $0.a("Chronology: day by day, from every agency that you may see", to: "/persons/\(id)/chronology") }
        if seesLinks { html.p { $0.a("Links: persons, places and occurrences", to: "/persons/\(id)/links") } }
        html.p { $0.a("Every version, with who changed it", to: "/persons/\(id)/history") }
        html.p { $0.a("As known to each agency at a moment", to: "/persons/\(id)/known") }
    }

    private func safe(_ html: inout Html, _ frame: Frame) {
        guard !sealed.isEmpty else { return }
        html.h2("Sealed")
        html.p("These are kept apart and encrypted. Each look is logged with its reason.")
        for field in sealed {
            html.h3(field.title)
            html.p(field.words)
            html.buttonGroup { html in
                if field.version > 0 { html.a("Show it", to: "/persons/\(id)/sealed/\(field.name)") }
                if field.maySet { html.a(field.version > 0 ? "Change it" : "Enter it", to: setting(field)) }
            }
        }
    }

    /// Nothing where there is none: that would tell of records that she may not see.
    private func links(_ html: inout Html) {
        guard !linked.isEmpty else { return }
        html.h2("The same person elsewhere")
        html.table(
            caption: "Records that were linked with this one", isCaptionHidden: true,
            columns: [
                .header("Record") { linked, html in html.a(linked.name, to: linked.address) },
                .text("Held by") { $0.agency },
                .text("Linked") { $0.since },
                .cell("Evidence") { linked, html in
                    html.a("Look at the evidence, or undo the link", to: "/matches/\(linked.match)")
                },
            ], rows: linked, narrow: .stacks)
    }

    private func setting(_ field: Sealed) -> WebAddress { "/persons/\(id)/sealed/\(field.name)/change" }

    private func tellings(_ html: inout Html) {
        html.h2("What was told to others")
        if told.isEmpty {
            html.p("Nothing that you may see.")
        } else {
            html.table(
                caption: "What was told, newest first", isCaptionHidden: true,
                columns: [
                    .header("To") { told, html in html.a(told.to, to: "/disclosures/\(told.id)") },
                    .text("What") { $0.fields },
                    .text("When") { $0.when },
                    .text("State") { $0.state },
                ], rows: told, narrow: .stacks)
        }
        if mayTell { html.p { $0.buttonLink("Tell an agency", to: "/persons/\(id)/tell", .secondary) } }
    }
}

/// Every version of a person.
public struct PersonHistoryPage: PageModel {
    public var id: String
    public var name: String
    /// Newest first.
    public var versions: [TimelineEntry]

    public init(id: String, name: String, versions: [TimelineEntry]) {
        (self.id, self.name, self.versions) = (id, name, versions)
    }

    public var title: String { "Who changed what" }
    public var breadcrumbs: [Breadcrumb] {
        [.home, Breadcrumb("Persons", "/persons"), Breadcrumb(name, "/persons/\(id)")]
    }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title, caption: name)
        html.p("Nothing is overwritten. Each change is kept with who made it and when.")
        html.timeline(versions)
    }
}

/// What each agency could see at a moment.
public struct PersonKnownPage: PageModel {
    /// One agency's view.
    public struct View: Sendable {
        public var agency: String
        /// How it knew: its own record, or what it was told.
        public var how: String
        public var rows: [SummaryRow]

        public init(agency: String, how: String, rows: [SummaryRow]) {
            (self.agency, self.how, self.rows) = (agency, how, rows)
        }
    }

    public var id: String
    public var name: String
    public var day: TypedDate
    public var time: String
    /// In words; nil before anything was asked.
    public var moment: String?
    public var views: [View]
    public var errors: FieldErrors

    public init(
        id: String, name: String, day: TypedDate, time: String, moment: String? = nil, views: [View] = [],
        errors: FieldErrors = .none
    ) {
        (self.id, self.name, self.day, self.time) = (id, name, day, time)
        (self.moment, self.views, self.errors) = (moment, views, errors)
    }

    public var title: String { "As known at a moment" }
    public var breadcrumbs: [Breadcrumb] {
        [.home, Breadcrumb("Persons", "/persons"), Breadcrumb(name, "/persons/\(id)")]
    }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title, caption: name)
        html.searchForm(to: "/persons/\(id)/known", label: "Choose a moment") { html in
            html.dateField("at", "Day", value: day, error: errors["at"])
            html.textField(
                "time", "Time", hint: "Hours and minutes in London, such as 14:00", value: time,
                error: errors["time"], width: .short)
            html.submit("Show")
        }
        guard let moment else { return }
        html.p("This is what each agency could see on \(moment).")
        for view in views {
            html.h2(view.agency)
            html.p(view.how, .class("hint"))
            html.summaryList(view.rows)
        }
    }
}
