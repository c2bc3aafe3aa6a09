/// One assessment: what is left to do while it is written, and how it reads.
public struct AssessmentPage: PageModel {
    /// One standard, judged alone.
    public struct Standard: Sendable {
        public var title: String
        public var outcome: String
        public var kind: Html.TagKind
        public var reasons: [String]
        /// Why it was sent all the same.
        public var override: String

        public init(title: String, outcome: String, kind: Html.TagKind, reasons: [String], override: String) {
            (self.title, self.outcome, self.kind) = (title, outcome, kind)
            (self.reasons, self.override) = (reasons, override)
        }
    }

    /// Answers under one heading.
    public struct Part: Sendable {
        public var title: String
        public var rows: [SummaryRow]

        public init(_ title: String, _ rows: [SummaryRow]) { (self.title, self.rows) = (title, rows) }
    }

    public var id: String
    public var name: String
    public var state: String
    public var stateKind: Html.TagKind
    public var occurrence: String
    public var facts: [SummaryRow]
    public var place: (id: String, name: String)?
    public var persons: [(capacity: String, id: String, name: String)]
    /// What is left to do; empty once it was sent.
    public var tasks: [TaskItem]
    /// Where to go on, while something is open.
    public var goOn: WebAddress?
    public var concerns: [String]
    public var standards: [Standard]
    public var parts: [Part]
    public var history: [TimelineEntry]
    /// What a reviewer may do; empty for others.
    public var decisions: [Choice]
    public var decision: String
    public var words: String
    public var errors: FieldErrors
    /// Of the call about the same occurrence.
    public var flags: [CallFlagBanner] = []

    public init(
        id: String, name: String, state: String, stateKind: Html.TagKind, occurrence: String, facts: [SummaryRow]
    ) {
        (self.id, self.name, self.state, self.stateKind) = (id, name, state, stateKind)
        (self.occurrence, self.facts, place, persons, tasks) = (occurrence, facts, nil, [], [])
        (goOn, concerns, standards, parts, history) = (nil, [], [], [], [])
        (decisions, decision, words, errors) = ([], "", "", .none)
    }

    public var title: String { name }
    public var breadcrumbs: [Breadcrumb] { [.home, Breadcrumb("Assessments", "/assessments")] }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(name, caption: "Assessment of risk")
        html.p { $0.tag(state, stateKind) }
        for banner in flags { html.flags(banner, frame.token) }
        if let goOn { html.p { $0.buttonLink("Go on", to: goOn) } }
        if !tasks.isEmpty { html.taskList(tasks) }
        about(&html)
        if !concerns.isEmpty {
            html.h2("Raised by the answers")
            html.p("These are for a person to weigh. None of them gives or changes a grade.")
            html.ul { html in for concern in concerns { html.li(concern) } }
        }
        if !decisions.isEmpty { review(&html, frame) }
        if !standards.isEmpty { quality(&html) }
        for part in parts {
            html.h2(part.title)
            html.summaryList(part.rows)
        }
        html.h2("What happened to it")
        html.timeline(history)
    }

    private func about(_ html: inout Html) {
        html.h2("What it is about")
        html.summaryList(facts)
        html.ul(.class("links")) { html in
            html.li { $0.a("The occurrence", to: "/occurrences/\(occurrence)") }
            if let place { html.li { $0.a("Where: \(place.name)", to: "/places/\(place.id)") } }
            for person in persons {
                html.li { $0.a("\(person.capacity): \(person.name)", to: "/persons/\(person.id)") }
            }
        }
    }

    private func review(_ html: inout Html, _ frame: Frame) {
        html.h2("Your review")
        html.form(to: "/assessments/\(id)/review", frame.token, isGuarded: true) { html in
            html.radios(
                "decision", "What you decide", choices: decisions, chosen: decision, error: errors["decision"])
            html.textArea(
                "words", "Why", hint: "The officer reads this.", value: words, error: errors["words"], rows: 3)
            html.submit("Save your decision")
        }
    }

    private func quality(_ html: inout Html) {
        html.h2("Standard by standard")
        html.p("Each is judged by itself. There is no sum of them.")
        for standard in standards {
            html.h3 { html in
                html.text("\(standard.title) ")
                html.tag(standard.outcome, standard.kind)
            }
            if !standard.reasons.isEmpty {
                html.ul { html in for reason in standard.reasons { html.li(reason) } }
            }
            if !standard.override.isEmpty { html.p("Sent all the same: \(standard.override)") }
        }
    }
}
