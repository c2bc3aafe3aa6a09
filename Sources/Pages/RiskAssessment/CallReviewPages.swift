/// Calls of a month that a supervisor looks at again.
public struct CallSamplePage: PageModel {
    public var month: String
    public var earlier: WebAddress
    /// Nil in the current month.
    public var later: WebAddress?
    /// How many are drawn of a month.
    public var size: Int
    public var calls: [TaskItem]
    /// The month is not over: who is drawn can change.
    public var isRunning: Bool

    public init(
        month: String, earlier: WebAddress, later: WebAddress?, size: Int, calls: [TaskItem], isRunning: Bool
    ) {
        (self.month, self.earlier, self.later, self.size) = (month, earlier, later, size)
        (self.calls, self.isRunning) = (calls, isRunning)
    }

    public var title: String { "Calls to look at again, \(month)" }
    public var breadcrumbs: [Breadcrumb] { [.home, Breadcrumb("Calls", "/calls")] }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        html.p(
            "Up to \(size) calls of the month, drawn by lot. Nobody picks them: the lot follows from the month and the "
                + "call. What you decide tells how many of all calls should have been flagged and were.")
        if isRunning { html.p("This month is not over: a later call may still take the place of one of these.") }
        if calls.isEmpty {
            html.empty("No call was taken in this month.", "Look at another month.")
        } else {
            html.taskList(calls)
        }
        html.div(.class("button-group")) { html in
            html.a("← The month before", to: earlier)
            if let later { html.a("The month after →", to: later) }
        }
    }
}

/// Whether there should have been a flag, decided without seeing whether there was one.
public struct CallReviewPage: PageModel {
    public var id: String
    public var name: String
    public var facts: [SummaryRow]
    public var thrive: [SummaryRow]
    public var history: KnownHistory
    public var choices: [Choice]
    public var chosen: String
    public var words: String
    /// What was decided before.
    public var before: [SummaryRow]
    public var errors = FieldErrors.none

    public init(
        id: String, name: String, facts: [SummaryRow], thrive: [SummaryRow], history: KnownHistory, choices: [Choice],
        chosen: String, words: String, before: [SummaryRow]
    ) {
        (self.id, self.name, self.facts, self.thrive) = (id, name, facts, thrive)
        (self.history, self.choices, self.chosen) = (history, choices, chosen)
        (self.words, self.before) = (words, before)
    }

    public var title: String { "Should it have been flagged? \(name)" }
    public var breadcrumbs: [Breadcrumb] {
        [.home, Breadcrumb("Calls", "/calls"), Breadcrumb("To look at again", "/calls/sample")]
    }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading("Should it have been flagged?", caption: name)
        html.p("You decide by what was said and known. Whether it was checked or flagged is left out here on purpose.")
        html.p("What is known of the people is as it stands now: some of it may have come after the call.")
        html.summaryList(facts + thrive)
        history.write(&html)
        if !before.isEmpty {
            html.h2("Decided before")
            html.summaryList(before)
        }
        html.form(to: "/calls/\(id)/review", frame.token, isGuarded: true) { html in
            html.radios(
                "should", "Should whoever went have been told that somebody is vulnerable?", choices: choices,
                chosen: chosen, error: errors["should"])
            html.textArea(
                "review-words", "What in the call decides it", value: words, error: errors["review-words"], rows: 3)
            html.submit("Save your decision")
        }
    }
}
