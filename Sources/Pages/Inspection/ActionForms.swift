/// A new action of an area.
public struct NewActionPage: PageModel {
    public struct Fields: Sendable {
        public var title: String
        public var owner: String
        public var due: TypedDate
        /// Tells one form from another: sent twice, it gives one action.
        public var once: String

        public init(title: String = "", owner: String = "", due: TypedDate = TypedDate(), once: String = "") {
            (self.title, self.owner, self.due, self.once) = (title, owner, due, once)
        }
    }

    public var place: AreaPlace
    public var owners: [Choice]
    public var fields: Fields
    public var errors: FieldErrors

    public init(place: AreaPlace, owners: [Choice], fields: Fields = Fields(), errors: FieldErrors = .none) {
        (self.place, self.owners, self.fields, self.errors) = (place, owners, fields, errors)
    }

    public var title: String { "Give an action" }
    public var breadcrumbs: [Breadcrumb] { place.breadcrumbs }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title, caption: place.title)
        html.form(to: "\(place.address)/actions", frame.token, isGuarded: true) { html in
            if !fields.once.isEmpty { html.hiddenField("once", fields.once) }
            html.textField(
                "title", "What must be done", hint: "One thing that can be seen to be done.", value: fields.title,
                error: errors["title"])
            html.select(
                "owner", "Who does it", options: [Choice("", "Choose a person or a team")] + owners,
                chosen: fields.owner, error: errors["owner"])
            html.dateField(
                "due", "By when", value: fields.due, hint: "For example 31 3 2027", error: errors["due"])
            html.buttonGroup { html in
                html.submit("Give this action")
                html.a("Give none", to: place.address)
            }
        }
    }
}

/// One action: what happened to it, and what can be said of it now.
public struct ActionPage: PageModel {
    public var id: String
    public var version: Int
    public var heading: String
    public var owner: String
    public var due: String
    public var state: String
    public var kind: Html.TagKind
    /// The thing it is about.
    public var about: Breadcrumb?
    /// Newest first.
    public var history: [TimelineEntry]
    /// What may be said now; empty when nothing.
    public var answers: [Choice]
    public var chosen: String
    public var words: String
    public var errors: FieldErrors

    public init(
        id: String, version: Int, heading: String, owner: String, due: String, state: String, kind: Html.TagKind,
        about: Breadcrumb?, history: [TimelineEntry], answers: [Choice], chosen: String = "", words: String = "",
        errors: FieldErrors = .none
    ) {
        (self.id, self.version, self.heading, self.owner) = (id, version, heading, owner)
        (self.due, self.state, self.kind, self.about) = (due, state, kind, about)
        (self.history, self.answers, self.chosen) = (history, answers, chosen)
        (self.words, self.errors) = (words, errors)
    }

    public var title: String { heading }
    public var breadcrumbs: [Breadcrumb] { [.home] + (about.map { [$0] } ?? []) }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(heading, caption: "Action")
        html.p { $0.tag(state, kind) }
        html.summaryList([SummaryRow("Who", owner), SummaryRow("By when", due)])
        if !answers.isEmpty {
            html.form(to: "/actions/\(id)", frame.token, isGuarded: true) { html in
                html.hiddenField("version", String(version))
                html.radios("what", "What happened", choices: answers, chosen: chosen, error: errors["what"])
                html.textArea(
                    "words", "In a few words", hint: "Needed when you send it back or open it again.", value: words,
                    error: errors["words"], rows: 3, limit: 4000)
                html.submit("Record it")
            }
        }
        html.h2("What happened so far")
        html.timeline(history)
    }
}
