/// One version of an instrument as it looks, question by question. Nothing on it is kept.
public struct InstrumentPage: PageModel {
    public struct Asked: Sendable {
        /// Unique on the page.
        public var id: String
        /// “17. Threats to kill”
        public var legend: String
        public var help: String
        /// None for a question that is answered in words alone.
        public var choices: [Choice]
        /// “A yes wants what was said, to whom and when.”
        public var wants: String?
        public var isCritical: Bool
        /// No source confirms it.
        public var isUnconfirmed: Bool
        /// Titles of the sets that it calls for.
        public var followUps: [String]

        public init(
            id: String, legend: String, help: String = "", choices: [Choice], wants: String? = nil,
            isCritical: Bool = false, isUnconfirmed: Bool = false, followUps: [String] = []
        ) {
            (self.id, self.legend, self.help, self.choices) = (id, legend, help, choices)
            (self.wants, self.isCritical, self.isUnconfirmed) = (wants, isCritical, isUnconfirmed)
            self.followUps = followUps
        }
    }

    public struct Part: Sendable {
        public var title: String
        public var help: String
        public var questions: [Asked]
        /// Its source, where it is a set of further questions.
        public var source: String?

        public init(title: String, help: String = "", questions: [Asked], source: String? = nil) {
            (self.title, self.help, self.questions, self.source) = (title, help, questions, source)
        }
    }

    public struct Link: Sendable {
        public var title: String
        public var address: WebAddress
        public var isCurrent: Bool

        public init(_ title: String, _ address: WebAddress, isCurrent: Bool) {
            (self.title, self.address, self.isCurrent) = (title, address, isCurrent)
        }
    }

    public var name: String
    /// A code for `lang`.
    public var language: String
    public var facts: [SummaryRow]
    public var notes: [String]
    public var versions: [Link]
    public var languages: [Link]
    public var sections: [Part]
    public var followUpSets: [Part]
    public var grades: [SummaryRow]
    public var isUnofficial: Bool

    public init(
        name: String, language: String, facts: [SummaryRow], notes: [String], versions: [Link], languages: [Link],
        sections: [Part], followUpSets: [Part], grades: [SummaryRow], isUnofficial: Bool
    ) {
        (self.name, self.language, self.facts, self.notes) = (name, language, facts, notes)
        (self.versions, self.languages, self.sections) = (versions, languages, sections)
        (self.followUpSets, self.grades, self.isUnofficial) = (followUpSets, grades, isUnofficial)
    }

    public var title: String { name }
    public var breadcrumbs: [Breadcrumb] { [.home, Breadcrumb("Question sets", "/instruments")] }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(name, caption: "Question set")
        html.lead("As it looks to whoever asks. You can try it: nothing here is kept.")
        if isUnofficial { html.warning("This is not an official form. Read its notes before you use it.") }
        html.summaryList(facts)
        if !notes.isEmpty { html.ul { html in for note in notes { html.li(note) } } }
        html.p("† means that no source we hold confirms it: have a practitioner check it.")
        links("Versions", versions, &html)
        links("Languages", languages, &html)
        html.div(.lang(language)) { html in for section in sections { part(section, &html) } }
        furtherSets(&html)
        guard !grades.isEmpty else { return }
        html.h2("Grades a person may choose")
        html.p("No answer chooses a grade, and no rule lowers one.")
        html.summaryList(grades)
    }

    private func links(_ heading: String, _ links: [Link], _ html: inout Html) {
        guard links.count > 1 else { return }
        html.h2(heading)
        html.ul { html in
            for link in links {
                html.li { html in
                    if link.isCurrent {
                        html.strong("\(link.title) (shown here)")
                    } else {
                        html.a(link.title, to: link.address)
                    }
                }
            }
        }
    }

    private func part(_ part: Part, _ html: inout Html) {
        html.h2(part.title)
        if !part.help.isEmpty { html.p(part.help) }
        for question in part.questions { asked(question, &html) }
    }

    private func furtherSets(_ html: inout Html) {
        guard !followUpSets.isEmpty else { return }
        html.h2("Further questions")
        html.p("Each set is asked when a question above calls for it.")
        for set in followUpSets {
            html.h3(.lang(language)) { $0.text(set.title) }
            html.div(.lang(language)) { html in
                if !set.help.isEmpty { html.p(set.help) }
                if let source = set.source { html.p("Source: \(source)", .class("hint")) }
                for question in set.questions { asked(question, &html) }
            }
        }
    }

    private func asked(_ question: Asked, _ html: inout Html) {
        let mark = (question.isUnconfirmed ? " †" : "") + (question.isCritical ? " (critical)" : "")
        var hints = [question.help, question.wants ?? ""].filter { !$0.isEmpty }
        hints += question.followUps.map { "Calls for the set “\($0)”." }
        let hint = hints.isEmpty ? nil : hints.joined(separator: " ")
        if question.choices.isEmpty {
            html.textArea(question.id, question.legend + mark, hint: hint, rows: 2, limit: 2000)
        } else {
            html.radios(question.id, question.legend + mark, choices: question.choices, hint: hint)
        }
    }
}
