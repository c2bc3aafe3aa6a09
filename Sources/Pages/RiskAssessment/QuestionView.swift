/// One question as it is asked, with what stands. Its fields are named by its key, so that many fit on one page.
public struct QuestionView: Sendable {
    public struct Reply: Sendable {
        public var value: String
        public var label: String
        /// It tells that the thing is there, and wants words.
        public var counts: Bool

        public init(_ value: String, _ label: String, counts: Bool = false) {
            (self.value, self.label, self.counts) = (value, label, counts)
        }
    }

    /// `threats-to-kill-1`
    public var key: String
    public var address: WebAddress
    /// “Now · question 1 of 27”
    public var caption: String
    public var legend: String
    public var help: String
    /// None for a question that is answered in words alone.
    public var replies: [Reply]
    public var reasons: [Choice]
    public var sources: [Choice]
    public var source: String
    /// The value that stands; empty while there is none.
    public var reply: String
    /// What stands in words, such as “Yes”.
    public var replyWords: String
    public var words: String
    public var observation: String
    public var reason: String
    /// How often it was answered.
    public var seen: Int
    /// Keys of the questions of which one must count; empty where it is always asked.
    public var calledBy: [String]
    public var isCalled: Bool
    /// What another device saved meanwhile.
    public var theirs: [SummaryRow]
    /// Gently, while she writes.
    public var offers: [String]
    public var errors: FieldErrors

    public init(
        key: String, address: WebAddress, caption: String, legend: String, help: String = "", replies: [Reply],
        reasons: [Choice], sources: [Choice], source: String, seen: Int
    ) {
        (self.key, self.address, self.caption, self.legend) = (key, address, caption, legend)
        (self.help, self.replies, self.reasons, self.sources) = (help, replies, reasons, sources)
        (self.source, self.seen, reply, replyWords) = (source, seen, "", "")
        (words, observation, reason, calledBy, isCalled) = ("", "", "", [], true)
        (theirs, offers, errors) = ([], [], .none)
    }

    var isAnswered: Bool { !reply.isEmpty }
    var counts: Bool { replies.first { $0.value == reply }?.counts ?? (replies.isEmpty && !words.isEmpty) }
}

extension Html {
    /// A question with its buttons. Each saves and goes on; a yes without words stays, so that they can be written.
    mutating func question(_ view: QuestionView, _ token: FormToken, isAlone: Bool) {
        section(
            .class("ask"), .id("ask-\(view.key)"), .data("step", view.key), .data("address", address: view.address),
            .data("called", view.calledBy.isEmpty ? nil : view.calledBy.joined(separator: " ")),
            .data("counts", view.counts ? "1" : nil), .data("answered", view.isAnswered ? "1" : nil),
            .hidden(!view.isCalled)
        ) { html in
            if isAlone {
                html.heading(view.legend, caption: view.caption)
            } else {
                html.p(view.caption, .class("caption"))
                html.h2(view.legend)
            }
            if !view.help.isEmpty { html.p(view.help) }
            if !view.theirs.isEmpty {
                html.h3("What was saved meanwhile")
                html.summaryList(view.theirs)
                html.p("What you typed is below. Press an answer to keep yours.")
            }
            html.form(to: view.address, token) { $0.answering(view) }
        }
    }

    private mutating func answering(_ view: QuestionView) {
        hiddenField("seen", String(view.seen))
        div(.class("replies")) { html in
            for reply in view.replies { html.reply(reply, view) }
            html.reply(QuestionView.Reply("not-known", "Not known"), view)
            html.reply(QuestionView.Reply("declined", "Declined"), view)
        }
        for offer in view.offers { p(offer, .class("hint")) }
        textArea(
            "words-\(view.key)", "What was said", hint: view.counts ? "In the person’s own words" : nil,
            value: view.words, error: view.errors["words"], rows: view.replies.isEmpty || view.counts ? 4 : 2)
        // Hidden until there is something to keep; the small script shows it at once.
        div(.class("ask-next"), .hidden(!view.isAnswered && !view.replies.isEmpty)) { html in
            html.submit("Next", name: "reply", value: view.replies.isEmpty ? "written" : "keep")
        }
        more(view)
    }

    private mutating func reply(_ reply: QuestionView.Reply, _ view: QuestionView) {
        element(
            "button",
            [
                .type("submit"), .class("button", "reply"), .name("reply"), .value(reply.value),
                .aria("pressed", reply.value == view.reply ? "true" : "false"),
                .data("counts", reply.counts ? "1" : nil),
            ], reply.label)
    }

    private mutating func more(_ view: QuestionView) {
        details("What you saw or heard yourself", isOpen: !view.observation.isEmpty) { html in
            html.textArea(
                "observation-\(view.key)", "What you saw or heard yourself", value: view.observation, rows: 3)
        }
        let source = view.sources.first { $0.value == view.source }?.label ?? ""
        details("Who answered: \(source)") { html in
            html.radios("source-\(view.key)", "Who answered", choices: view.sources, chosen: view.source)
        }
        details("Not asked", isOpen: view.errors["reason"] != nil) { html in
            html.div(.class("replies")) { html in
                for reason in view.reasons {
                    html.reply(QuestionView.Reply("not-asked:\(reason.value)", reason.label), view)
                }
            }
            html.textField(
                "reason-\(view.key)", "Another reason", value: view.reason, error: view.errors["reason"])
            html.submit("It was not asked", .secondary, name: "reply", value: "not-asked")
        }
    }
}

/// One question at a time.
public struct AskedQuestionPage: PageModel {
    /// Of the assessment.
    public var id: String
    public var name: String
    /// Whoever is asked to answer, as she signs in: the script sends nothing for her in another's name.
    public var user: String
    public var view: QuestionView
    public var open: Int
    public var back: WebAddress?
    /// Asks the same of one more, such as another child.
    public var another: WebAddress?
    public var errors: FieldErrors

    public init(
        id: String, name: String, user: String, view: QuestionView, open: Int, back: WebAddress? = nil,
        another: WebAddress? = nil, errors: FieldErrors = .none
    ) {
        (self.id, self.name, self.user, self.view, self.open) = (id, name, user, view, open)
        (self.back, self.another, self.errors) = (back, another, errors)
    }

    public var title: String { "\(view.legend) – \(name)" }
    public var breadcrumbs: [Breadcrumb] {
        [.home, Breadcrumb("Assessments", "/assessments"), Breadcrumb(name, "/assessments/\(id)")]
    }
    public var script: String? { "assessment.js" }

    public func main(_ html: inout Html, in frame: Frame) {
        html.div(
            .id("asking"), .data("asking", address: "/assessments/\(id)/form"),
            .data("done", address: "/assessments/\(id)/how"), .data("user", user)
        ) { html in
            html.question(view, frame.token, isAlone: true)
            html.p(view.isAnswered ? "Saved: \(view.replyWords)" : "", .class("ask-state"), .role("status"))
        }
        html.div(.class("button-group")) { html in
            if let back { html.a("← Question before", to: back, .data("back", "")) }
            html.a(
                open == 0 ? "All questions" : "All questions (\(open) open)", to: "/assessments/\(id)/questions")
            if let another { html.a("Another one", to: another, .data("another", "")) }
        }
    }
}

/// Every question on one page: for a keyboard, and for the script that keeps asking while there is no signal.
public struct AskedFormPage: PageModel {
    public var id: String
    public var name: String
    public var views: [QuestionView]

    public init(id: String, name: String, views: [QuestionView]) {
        (self.id, self.name, self.views) = (id, name, views)
    }

    public var title: String { "All questions on one page – \(name)" }
    public var breadcrumbs: [Breadcrumb] {
        [.home, Breadcrumb("Assessments", "/assessments"), Breadcrumb(name, "/assessments/\(id)")]
    }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading("All questions on one page", caption: name)
        html.p("Each answer is saved by its own button.")
        for view in views { html.question(view, frame.token, isAlone: false) }
    }
}

/// Which questions are open, to go to one.
public struct AskedListPage: PageModel {
    public struct Part: Sendable {
        public var title: String
        public var tasks: [TaskItem]

        public init(_ title: String, _ tasks: [TaskItem]) { (self.title, self.tasks) = (title, tasks) }
    }

    public var id: String
    public var name: String
    public var parts: [Part]
    public var open: Int

    public init(id: String, name: String, parts: [Part], open: Int) {
        (self.id, self.name, self.parts, self.open) = (id, name, parts, open)
    }

    public var title: String { "All questions – \(name)" }
    public var breadcrumbs: [Breadcrumb] {
        [.home, Breadcrumb("Assessments", "/assessments"), Breadcrumb(name, "/assessments/\(id)")]
    }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading("All questions", caption: name)
        html.p(
            open == 0 ? "Every question has an answer." : "\(Figure.count(open, "question is", "questions are")) open.")
        for part in parts {
            html.h2(part.title)
            html.taskList(part.tasks)
        }
        html.p { $0.a("All questions on one page", to: "/assessments/\(id)/form") }
    }
}
