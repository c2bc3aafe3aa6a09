import Kernel

/// What keeps records from being destroyed.
public struct RetentionHoldsPage: PageModel {
    public struct Hold: Sendable {
        public var title: String
        public var address: WebAddress
        public var covers: String
        public var why: String
        public var set: String
        public var until: String

        public init(title: String, address: WebAddress, covers: String, why: String, set: String, until: String) {
            (self.title, self.address, self.covers) = (title, address, covers)
            (self.why, self.set, self.until) = (why, set, until)
        }
    }

    public var holds: [Hold]
    public var mayChange: Bool

    public init(holds: [Hold], mayChange: Bool) { (self.holds, self.mayChange) = (holds, mayChange) }

    public var title: String { "Holds" }
    public var breadcrumbs: [Breadcrumb] { [.home, Breadcrumb("Retention", "/retention")] }
    public var isWide: Bool { true }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        html.p(
            "While a hold stands, nothing it covers is destroyed: not by a decision, and not by the end of an agreement."
        )
        if mayChange { html.p { $0.buttonLink("Set a hold", to: "/retention/holds/new") } }
        guard !holds.isEmpty else {
            return html.empty("No hold stands.", "Set one when an inquiry or a court may ask for records.")
        }
        html.table(
            caption: "Holds that stand", isCaptionHidden: true,
            columns: [
                .header("Hold") { hold, html in html.a(hold.title, to: hold.address) },
                .text("Covers") { $0.covers }, .text("Why") { $0.why }, .text("Set") { $0.set },
                .text("Until") { $0.until },
            ], rows: holds, narrow: .stacks)
    }
}

/// Setting a hold.
public struct NewRetentionHoldPage: PageModel {
    public struct Typed: Sendable {
        public var title = ""
        public var why = ""
        public var scope = ""
        public var identifier = ""
        public var until = TypedDate()

        public init() {}
    }

    public var kinds: [Choice]
    public var typed: Typed
    public var errors: FieldErrors

    public init(kinds: [Choice], typed: Typed = Typed(), errors: FieldErrors = .none) {
        (self.kinds, self.typed, self.errors) = (kinds, typed, errors)
    }

    public var title: String { "Set a hold" }
    public var breadcrumbs: [Breadcrumb] {
        [.home, Breadcrumb("Retention", "/retention"), Breadcrumb("Holds", "/retention/holds")]
    }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        html.form(to: "/retention/holds", frame.token, isGuarded: true, isUnsaved: !typed.why.isEmpty) { html in
            html.textField(
                "title", "Name of the inquiry or case", value: typed.title, error: errors["title"], maxlength: 200)
            html.textArea(
                "why", "Who asked for it, and why", hint: "Name the letter or order and its date.", value: typed.why,
                error: errors["why"], rows: 3, limit: 2000)
            html.radios(
                "scope", "What does it cover?",
                choices: [
                    Choice("everything", "Everything we hold"),
                    Choice("record", "One record", hint: "Enter its identifier below."),
                    Choice("person", "Every record about one person", hint: "Enter the person’s identifier below."),
                ] + kinds, chosen: typed.scope, error: errors["scope"])
            html.textField(
                "identifier", "Identifier of the record or person",
                hint: "As the address of its page or the access log shows it. Leave it empty otherwise.",
                value: typed.identifier, error: errors["identifier"], width: .long)
            html.dateField(
                "until", "Last day", value: typed.until, hint: "Leave it empty to let it stand until it is lifted.",
                error: errors["until"])
            html.submit("Set the hold")
        }
    }
}

/// One hold, and lifting it.
public struct RetentionHoldPage: PageModel {
    public var hold: RetentionHoldsPage.Hold
    public var isStanding: Bool
    /// How it ended, where it did.
    public var ended: String?
    public var mayChange: Bool
    public var why: String
    public var errors: FieldErrors

    public init(
        hold: RetentionHoldsPage.Hold, isStanding: Bool, ended: String?, mayChange: Bool, why: String = "",
        errors: FieldErrors = .none
    ) {
        (self.hold, self.isStanding, self.ended, self.mayChange) = (hold, isStanding, ended, mayChange)
        (self.why, self.errors) = (why, errors)
    }

    public var title: String { "Hold: \(hold.title)" }
    public var breadcrumbs: [Breadcrumb] {
        [.home, Breadcrumb("Retention", "/retention"), Breadcrumb("Holds", "/retention/holds")]
    }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(hold.title, caption: "Hold")
        html.summaryList([
            SummaryRow("Covers", hold.covers), SummaryRow("Why", hold.why), SummaryRow("Set", hold.set),
            SummaryRow("Until", hold.until),
        ])
        if let ended { html.p(ended) }
        guard isStanding, mayChange else { return }
        html.h2("Lift it")
        html.p("Records whose time has passed can be destroyed again once it is lifted.")
        html.form(to: "\(hold.address)/lift", frame.token, isGuarded: true, isUnsaved: !why.isEmpty) { html in
            html.textArea("why", "Why it may be lifted", value: why, error: errors["why"], rows: 3, limit: 2000)
            html.submit("Lift the hold", .warning)
        }
    }
}
