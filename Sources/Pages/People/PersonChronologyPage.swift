/// What is known of a person, day by day, newest first: what each agency wrote down and since when it knew.
public struct PersonChronologyPage: PageModel {
    public struct Line: Sendable {
        /// The time of day; empty where only the day, month or year is known.
        public var time: String
        public var words: String
        /// Where it comes from; nil where there is no page of it.
        public var source: WebAddress?
        public var capacity: String
        public var agency: String
        /// `Police, since 3 March 2026`.
        public var known: String

        public init(
            time: String, words: String, source: WebAddress?, capacity: String, agency: String, known: String
        ) {
            (self.time, self.words, self.source, self.capacity) = (time, words, source, capacity)
            (self.agency, self.known) = (agency, known)
        }
    }

    public struct Day: Sendable {
        /// `3 March 2026`, `March 2026` or `2026`.
        public var title: String
        public var lines: [Line]

        public init(title: String, lines: [Line]) { (self.title, self.lines) = (title, lines) }
    }

    /// What is asked for, as it was typed.
    public struct Filter: Sendable {
        public var agency = ""
        public var capacity = ""
        public var day = TypedDate()
        public var time = ""

        public init() {}
    }

    public var id: String
    public var name: String
    public var days: [Day]
    public var filter: Filter
    public var agencies: [Choice]
    public var capacities: [Choice]
    /// In words, where it is as known at a moment.
    public var moment: String?
    public var older: WebAddress?
    public var mayPrint = false
    public var errors: FieldErrors

    public init(
        id: String, name: String, days: [Day] = [], filter: Filter, agencies: [Choice], capacities: [Choice],
        moment: String? = nil, older: WebAddress? = nil, errors: FieldErrors = .none
    ) {
        (self.id, self.name, self.days, self.filter) = (id, name, days, filter)
        (self.agencies, self.capacities, self.moment) = (agencies, capacities, moment)
        (self.older, self.errors) = (older, errors)
    }

    public var title: String { "Chronology" }
    public var breadcrumbs: [Breadcrumb] {
        [.home, Breadcrumb("Persons", "/persons"), Breadcrumb(name, "/persons/\(id)")]
    }
    public var isWide: Bool { true }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title, caption: name)
        html.searchForm(to: "/persons/\(id)/chronology", label: "Choose a part") { html in
            html.select("agency", "Agency", options: agencies, chosen: filter.agency)
            html.select("capacity", "As", options: capacities, chosen: filter.capacity)
            html.dateField(
                "at", "As known on, if not now", value: filter.day, hint: "What was written down by then",
                error: errors["at"])
            html.textField(
                "time", "Time", hint: "Hours and minutes in London, such as 14:00", value: filter.time,
                error: errors["time"], width: .short)
            html.submit("Show")
        }
        html.p(
            moment.map { "This is what was written down by \($0), as far as you may see it." }
                ?? "Newest first, as far as you may see it.")
        if mayPrint { html.p { $0.a("On paper, for us or another agency", to: "/persons/\(id)/chronology/paper") } }
        if days.isEmpty {
            html.empty("Nothing here.", "Choose every agency and every part, or another moment.")
        }
        for day in days {
            html.h2(day.title)
            html.table(
                caption: day.title, isCaptionHidden: true, columns: PersonChronologyPage.columns, rows: day.lines,
                narrow: .stacks)
        }
        if let older { html.pagination(newer: nil, older: older, label: "More of the chronology") }
    }

    private static var columns: [Column<Line>] {
        [
            .header("What") { line, html in
                if !line.time.isEmpty { html.text("\(line.time) ") }
                if let source = line.source { html.a(line.words, to: source) } else { html.text(line.words) }
            },
            .cell("As") { line, html in
                if !line.capacity.isEmpty { html.tag(line.capacity, capacityKind(line.capacity)) }
            },
            .text("From") { $0.agency },
            .text("Known to") { $0.known },
        ]
    }

    /// The colour only repeats the word.
    static func capacityKind(_ title: String) -> Html.TagKind {
        switch title {
        case "Victim": .information
        case "Suspect": .attention
        case "Convicted": .danger
        default: .neutral
        }
    }
}
