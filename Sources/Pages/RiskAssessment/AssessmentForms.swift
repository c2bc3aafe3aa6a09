/// Where in an assessment a form is.
public struct AssessmentFormPlace: Sendable {
    public var id: String
    public var name: String
    /// How often this part was saved when it was shown.
    public var seen: Int
    /// What another device saved meanwhile.
    public var theirs: [SummaryRow]

    public init(id: String, name: String, seen: Int, theirs: [SummaryRow] = []) {
        (self.id, self.name, self.seen, self.theirs) = (id, name, seen, theirs)
    }

    var breadcrumbs: [Breadcrumb] {
        [.home, Breadcrumb("Assessments", "/assessments"), Breadcrumb(name, "/assessments/\(id)")]
    }

    func writeTheirs(_ html: inout Html) {
        guard !theirs.isEmpty else { return }
        html.h2("What was saved meanwhile")
        html.summaryList(theirs)
        html.p("What you typed is in the form below. Save again to keep yours.")
    }
}

/// How it was asked, and what was looked up.
public struct AssessmentHowPage: PageModel {
    /// One question about how it was asked.
    public struct Asked: Sendable {
        public var name: String
        public var legend: String
        public var choices: [Choice]
        public var chosen: String

        public init(_ name: String, _ legend: String, _ choices: [Choice], chosen: String) {
            (self.name, self.legend, self.choices, self.chosen) = (name, legend, choices, chosen)
        }
    }

    public var place: AssessmentFormPlace
    public var asked: [Asked]
    public var why: String
    public var looked: Asked
    public var found: String
    public var history: KnownHistory
    public var errors: FieldErrors

    public init(
        place: AssessmentFormPlace, asked: [Asked], why: String, looked: Asked, found: String,
        history: KnownHistory, errors: FieldErrors = .none
    ) {
        (self.place, self.asked, self.why, self.looked) = (place, asked, why, looked)
        (self.found, self.history, self.errors) = (found, history, errors)
    }

    public var title: String { "How it was asked – \(place.name)" }
    public var breadcrumbs: [Breadcrumb] { place.breadcrumbs }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading("How it was asked", caption: place.name)
        place.writeTheirs(&html)
        html.form(to: "/assessments/\(place.id)/how", frame.token, isGuarded: true) { html in
            html.hiddenField("seen", String(place.seen))
            for one in asked {
                html.radios(one.name, one.legend, choices: one.choices, chosen: one.chosen, inARow: true)
            }
            html.textArea("why", "Where any of these is no: why", value: why, error: errors["why"], rows: 2)
            html.radios(looked.name, looked.legend, choices: looked.choices, chosen: looked.chosen, inARow: true)
            html.textArea(
                "history", "What you found, or why you did not look", hint: "Say also when it was nothing.",
                value: found, error: errors["history"], rows: 3)
            html.submit("Save and go on")
        }
        history.write(&html)
    }
}

/// A grade by judgement, with what was raised beside it.
public struct AssessmentGradePage: PageModel {
    public var place: AssessmentFormPlace
    public var grades: [Choice]
    public var grade: String
    public var reason: String
    public var against: String
    public var concerns: [String]
    /// “Answers that are yes: 6 of 27”
    public var counted: [String]
    public var errors: FieldErrors

    public init(
        place: AssessmentFormPlace, grades: [Choice], grade: String, reason: String, against: String,
        concerns: [String], counted: [String], errors: FieldErrors = .none
    ) {
        (self.place, self.grades, self.grade, self.reason) = (place, grades, grade, reason)
        (self.against, self.concerns, self.counted, self.errors) = (against, concerns, counted, errors)
    }

    public var title: String { "Your grade – \(place.name)" }
    public var breadcrumbs: [Breadcrumb] { place.breadcrumbs }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading("Your grade", caption: place.name)
        place.writeTheirs(&html)
        html.p("You judge. No number and no rule gives a grade, and none lowers one.")
        for line in counted { html.p(line, .class("hint")) }
        if !concerns.isEmpty {
            html.h2("Raised by the answers")
            html.ul { html in for concern in concerns { html.li(concern) } }
        }
        html.form(to: "/assessments/\(place.id)/grade", frame.token, isGuarded: true) { html in
            html.hiddenField("seen", String(place.seen))
            html.radios(
                "grade", "The grade that you judge to be right", choices: grades, chosen: grade, error: errors["grade"])
            html.textArea(
                "reason", "Why", hint: "Which answers weigh most, what you saw, what you know.", value: reason,
                error: errors["reason"], rows: 4)
            if !concerns.isEmpty {
                html.textArea(
                    "against", "If you grade below the gravest: how you weighed what was raised", value: against,
                    error: errors["against"], rows: 3)
            }
            html.submit("Save and go on")
        }
    }
}

/// What is thin, before it is sent.
public struct AssessmentSendPage: PageModel {
    /// A standard that is not met yet.
    public struct Thin: Sendable {
        public struct Sentence: Sendable {
            public var text: String
            public var to: WebAddress?

            public init(_ text: String, to: WebAddress?) { (self.text, self.to) = (text, to) }
        }

        public var standard: String
        public var title: String
        public var sentences: [Sentence]
        public var reason: String

        public init(standard: String, title: String, sentences: [Sentence], reason: String) {
            (self.standard, self.title, self.sentences, self.reason) = (standard, title, sentences, reason)
        }
    }

    public var id: String
    public var name: String
    public var grade: String
    public var thin: [Thin]
    /// What the first response leaves open; it stops nobody.
    public var gaps: [String]
    public var raised: [String]
    public var due: String
    public var errors: FieldErrors

    public init(
        id: String, name: String, grade: String, thin: [Thin], gaps: [String], raised: [String], due: String,
        errors: FieldErrors = .none
    ) {
        (self.id, self.name, self.grade, self.thin) = (id, name, grade, thin)
        (self.gaps, self.raised, self.due, self.errors) = (gaps, raised, due, errors)
    }

    public var title: String { "Before you send it – \(name)" }
    public var breadcrumbs: [Breadcrumb] {
        [.home, Breadcrumb("Assessments", "/assessments"), Breadcrumb(name, "/assessments/\(id)")]
    }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading("Before you send it", caption: name)
        if !due.isEmpty { html.p(due) }
        html.p { html in
            html.text(grade.isEmpty ? "You gave no grade yet. " : "You graded it \(grade). ")
            html.a(
                grade.isEmpty ? "Give a grade" : "Look at your grade", to: "/assessments/\(id)/grade", .id("grade"))
        }
        if !raised.isEmpty {
            html.h2("Raised since you graded")
            html.ul { html in for sentence in raised { html.li(sentence) } }
        }
        if thin.isEmpty {
            html.p("Nothing is thin: every question has an answer, and your words say what they should.")
        } else {
            html.p("You can add to it, or say why you send it as it is.")
        }
        html.form(to: "/assessments/\(id)/send", frame.token, isGuarded: true) { html in
            for standard in thin { write(standard, &html) }
            gaps(&html)
            html.submit("Send it for review")
        }
    }

    private func write(_ standard: Thin, _ html: inout Html) {
        html.h2(standard.title)
        html.ul { html in
            for sentence in standard.sentences {
                html.li { html in
                    html.text(sentence.text)
                    guard let to = sentence.to else { return }
                    html.text(" ")
                    html.a(to: to) { html in
                        html.text("Add to it")
                        html.span(": \(sentence.text)", .class("unseen"))
                    }
                }
            }
        }
        let field = "override-\(standard.standard)"
        html.textArea(
            field, "Or say why you send it as it is", value: standard.reason, error: errors[field], rows: 2)
    }

    private func gaps(_ html: inout Html) {
        guard !gaps.isEmpty else { return }
        html.h2("At the scene")
        html.p("These stop nothing. They are what a colleague will ask for.")
        html.ul { html in for gap in gaps { html.li(gap) } }
        html.p { $0.a("Add to it", to: "/assessments/\(id)/response") }
    }
}
