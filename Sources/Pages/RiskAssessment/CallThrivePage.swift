/// THRIVE on one page: six topics, a grade by judgement, and what changed.
public struct CallThrivePage: PageModel {
    public struct Topic: Sendable {
        /// Of the question.
        public var id: String
        public var legend: String
        public var help: String
        public var choices: [Choice]
        public var chosen: String
        public var words: String

        public init(id: String, legend: String, help: String, choices: [Choice], chosen: String, words: String) {
            (self.id, self.legend, self.help, self.choices) = (id, legend, help, choices)
            (self.chosen, self.words) = (chosen, words)
        }
    }

    public var id: String
    public var name: String
    /// How often it was assessed when the form was shown.
    public var known: Int
    public var parts: [(title: String, topics: [Topic])]
    public var grades: [Choice]
    public var grade: String
    public var reason: String
    public var changed: String
    /// Why it asks to be assessed again.
    public var changes: [String]
    /// What somebody else saved meanwhile.
    public var theirs: [SummaryRow] = []
    public var errors = FieldErrors.none

    public init(
        id: String, name: String, known: Int, parts: [(title: String, topics: [Topic])], grades: [Choice],
        grade: String, reason: String, changed: String, changes: [String]
    ) {
        (self.id, self.name, self.known, self.parts) = (id, name, known, parts)
        (self.grades, self.grade, self.reason) = (grades, grade, reason)
        (self.changed, self.changes) = (changed, changes)
    }

    public var title: String { known == 0 ? "Assess the call" : "Assess the call again" }
    public var breadcrumbs: [Breadcrumb] {
        [.home, Breadcrumb("Calls", "/calls"), Breadcrumb(name, "/calls/\(id)")]
    }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title, caption: name)
        if !theirs.isEmpty {
            html.h2("What was saved meanwhile")
            html.summaryList(theirs)
            html.p("What you typed is below. Save again to keep yours as a later one.")
        }
        if !changes.isEmpty {
            html.h2("What changed")
            html.ul { html in for change in changes { html.li(change) } }
        }
        html.form(to: "/calls/\(id)/thrive", frame.token, isGuarded: true) { html in
            html.hiddenField("known", String(known))
            if known > 0 {
                html.textArea(
                    "changed", "What is different from the last time", value: changed, error: errors["changed"], rows: 2
                )
            }
            for part in parts {
                html.h2(part.title)
                for topic in part.topics { write(topic, &html) }
            }
            html.h2("Your grade")
            html.p("You judge. No answer gives a grade.")
            html.radios(
                "grade", "The grade that you judge to be right", choices: grades, chosen: grade, error: errors["grade"])
            html.textArea("reason", "Why", value: reason, error: errors["reason"], rows: 3)
            html.submit("Save")
        }
    }

    private func write(_ topic: Topic, _ html: inout Html) {
        let (answer, words) = ("answer-\(topic.id)", "words-\(topic.id)")
        html.radios(
            answer, topic.legend, choices: topic.choices, chosen: topic.chosen,
            hint: topic.help.isEmpty ? nil : topic.help, error: errors[answer], inARow: true)
        html.textArea(
            words, "In your own words (\(topic.legend.lowercased()))", value: topic.words, error: errors[words], rows: 2
        )
    }
}
