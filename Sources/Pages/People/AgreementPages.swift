/// Entering an agreement by which a partner shares persons, or changing one.
public struct AgreementFormPage: PageModel {
    public struct Fields: Sendable {
        public var agency = ""
        public var title = ""
        public var basis = ""
        public var until = TypedDate()

        public init() {}
    }

    /// Nil for a new one.
    public var id: String?
    public var version = 0
    /// What it is called now.
    public var name = ""
    public var agencies: [Choice]
    public var bases: [Choice]
    public var fields = Fields()
    public var errors = FieldErrors.none

    public init(agencies: [Choice], bases: [Choice]) { (self.agencies, self.bases) = (agencies, bases) }

    public var title: String { id == nil ? "Enter an agreement" : "Change an agreement" }
    public var breadcrumbs: [Breadcrumb] {
        IntakePlace.data + (id.map { [Breadcrumb(name, "/persons/agreements/\($0)")] } ?? [])
    }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title, caption: id == nil ? nil : name)
        html.p("What comes by it is erased in the night after its last day.")
        let target: WebAddress = id.map { "/persons/agreements/\($0)" } ?? "/persons/agreements"
        html.form(to: target, frame.token, isGuarded: true) { html in
            if id != nil { html.hiddenField("version", String(version)) }
            if id == nil {
                html.select(
                    "agency", "The agency that shares", options: agencies, chosen: fields.agency,
                    error: errors["agency"])
            }
            html.textField(
                "title", "What it is called", value: fields.title, error: errors["title"], width: .long)
            html.select("basis", "The law that allows it", options: bases, chosen: fields.basis, error: errors["basis"])
            html.dateField(
                "until", "Last day", value: fields.until, hint: "Until when what is shared may be held",
                error: errors["until"])
            html.submit(id == nil ? "Enter it" : "Save")
        }
    }
}

/// One agreement: what it says, who changed it, and how it ends.
public struct AgreementPage: PageModel {
    public var id: String
    public var version: Int
    public var title: String
    public var facts: [SummaryRow]
    public var mayChange: Bool
    public var history: [TimelineEntry]
    public var reason = ""
    public var errors = FieldErrors.none

    public init(
        id: String, version: Int, title: String, facts: [SummaryRow], mayChange: Bool, history: [TimelineEntry]
    ) {
        (self.id, self.version, self.title, self.facts) = (id, version, title, facts)
        (self.mayChange, self.history) = (mayChange, history)
    }

    public var breadcrumbs: [Breadcrumb] { IntakePlace.data }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title, caption: "Sharing agreement")
        html.summaryList(facts)
        if mayChange {
            html.buttonGroup { $0.buttonLink("Change it", to: "/persons/agreements/\(id)/change", .secondary) }
        }
        html.h2("What happened")
        html.timeline(history)
        guard mayChange else { return }
        html.h2("End it")
        html.p("Today becomes its last day. Everybody who came by it is erased tonight, and the log says so.")
        html.form(to: "/persons/agreements/\(id)/end", frame.token) { html in
            html.hiddenField("version", String(version))
            html.textField("reason", "Why", value: reason, error: errors["reason"], width: .long)
            html.submit("End it today", .warning)
        }
    }
}
