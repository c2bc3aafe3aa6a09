import Kernel

/// The review of one record: what is known, what was decided before, and the decision.
public struct RetentionReviewPage: PageModel {
    /// What a decision to destroy waits for.
    public struct Awaited: Sendable {
        public var id: String
        public var words: String
        /// She decided it herself, so that she cannot confirm it.
        public var isOwn: Bool

        public init(id: String, words: String, isOwn: Bool) { (self.id, self.words, self.isOwn) = (id, words, isOwn) }
    }

    /// As they were typed.
    public struct Typed: Sendable {
        public var keepReason = ""
        public var words = ""
        public var destroyReason = ""

        public init() {}
    }

    public var heading: String
    public var kind: String
    public var address: WebAddress
    /// Where the record is read; nil when no page shows it.
    public var record: WebAddress?
    public var facts: [SummaryRow]
    /// In words: which rule holds, and whether it is confirmed.
    public var rule: String
    public var isRuleConfirmed: Bool
    public var decisions: [TimelineEntry]
    public var holds: [String]
    public var awaited: Awaited?
    /// Nil for who may only look.
    public var reasons: (keep: [Choice], destroy: [Choice])?
    public var nextIfKept: String
    public var persons: Int
    public var copies: String
    public var typed: Typed
    public var errors: FieldErrors

    public init(
        heading: String, kind: String, address: WebAddress, record: WebAddress?, facts: [SummaryRow], rule: String,
        isRuleConfirmed: Bool, decisions: [TimelineEntry], holds: [String], awaited: Awaited?,
        reasons: (keep: [Choice], destroy: [Choice])?, nextIfKept: String, persons: Int, copies: String,
        typed: Typed = Typed(), errors: FieldErrors = .none
    ) {
        (self.heading, self.kind, self.address, self.record) = (heading, kind, address, record)
        (self.facts, self.rule, self.isRuleConfirmed, self.decisions) = (facts, rule, isRuleConfirmed, decisions)
        (self.holds, self.awaited, self.reasons) = (holds, awaited, reasons)
        (self.nextIfKept, self.persons, self.copies) = (nextIfKept, persons, copies)
        (self.typed, self.errors) = (typed, errors)
    }

    public var title: String { "Review: \(heading)" }
    public var breadcrumbs: [Breadcrumb] { [.home, Breadcrumb("Retention", "/retention")] }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(heading, caption: "Retention review: \(kind)")
        html.summaryList(facts)
        html.p(rule)
        if !isRuleConfirmed {
            html.p(
                "This rule is not confirmed by a source that Holdfast holds. Check it with your force’s schedule.",
                .class("hint"))
        }
        if let record { html.p { $0.a("Read the whole record", to: record) } }
        for hold in holds {
            html.warning("A hold covers this record: \(hold). It cannot be destroyed while it stands.")
        }
        if let awaited { self.awaited(awaited, &html, frame) }
        if let reasons, awaited == nil { decide(reasons, &html, frame) }
        html.h2("Earlier decisions")
        if decisions.isEmpty {
            html.p("Nobody has reviewed this record yet.")
        } else {
            html.timeline(decisions)
        }
    }

    private func awaited(_ awaited: Awaited, _ html: inout Html, _ frame: Frame) {
        html.h2("A decision waits for a second person")
        html.p(awaited.words)
        guard reasons != nil else { return }
        if awaited.isOwn {
            html.p("You decided this yourself. Ask another records manager to open this page and confirm it.")
        } else {
            html.warning("When you confirm, the record is destroyed at once and cannot be brought back.")
            html.p(copies)
            html.postButton(
                "Confirm and destroy", to: "/retention/decisions/\(awaited.id)/confirm", frame.token, .warning)
        }
        html.postButton("Withdraw the decision", to: "/retention/decisions/\(awaited.id)/withdraw", frame.token)
    }

    private func decide(
        _ reasons: (keep: [Choice], destroy: [Choice]), _ html: inout Html, _ frame: Frame
    ) {
        html.h2("Keep it")
        html.form(to: "\(address)/keep", frame.token, isGuarded: true, isUnsaved: !typed.words.isEmpty) { html in
            html.radios(
                "reason", "Why is it still needed?", choices: reasons.keep, chosen: typed.keepReason,
                error: errors["reason"])
            html.textArea(
                "words", "In your own words",
                hint: "These words are erased with the record when it is destroyed one day.", value: typed.words,
                error: errors["words"], rows: 3, limit: 2000)
            html.p(nextIfKept)
            html.submit("Keep it")
        }
        html.h2("Destroy it")
        guard holds.isEmpty else { return html.p("A hold forbids it.") }
        if persons > 1 {
            html.p("A second records manager must confirm. Until then nothing is destroyed.")
        } else {
            html.warning("It is destroyed at once, and cannot be brought back.")
        }
        html.p(copies)
        html.form(to: "\(address)/destroy", frame.token) { html in
            html.radios(
                "destroy-reason", "Why may it go?", choices: reasons.destroy, chosen: typed.destroyReason,
                error: errors["destroy-reason"])
            html.submit(persons > 1 ? "Ask for it to be destroyed" : "Destroy it", .warning)
        }
    }
}
