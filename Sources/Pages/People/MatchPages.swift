/// The queue of matches: pairs of records that may be of one person.
public struct MatchListPage: PageModel {
    public struct Line: Sendable {
        public var id: String
        public var one: String
        public var other: String
        public var holders: String
        public var why: String
        public var weight: String
        public var warns: Bool
        public var waits: Bool

        public init(
            id: String, one: String, other: String, holders: String, why: String, weight: String, warns: Bool,
            waits: Bool
        ) {
            (self.id, self.one, self.other, self.holders) = (id, one, other, holders)
            (self.why, self.weight, self.warns, self.waits) = (why, weight, warns, waits)
        }
    }

    public var lines: [Line]
    public var older: WebAddress?
    public var isFirst: Bool

    public init(lines: [Line], older: WebAddress?, isFirst: Bool) {
        (self.lines, self.older, self.isFirst) = (lines, older, isFirst)
    }

    public var title: String { "Matches" }
    public var breadcrumbs: [Breadcrumb] { [.home, Breadcrumb("Persons", "/persons")] }
    public var isWide: Bool { true }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        html.lead("Two records that may be of one person. You say whether they are. What matters most comes first.")
        if lines.isEmpty {
            html.empty(
                isFirst ? "There is nothing to look at." : "That was the last one.",
                "New ones come when records are added or changed, and when another agency tells you of a person.")
        } else {
            html.table(
                caption: "Matches to look at, what matters most first", isCaptionHidden: true,
                columns: MatchListPage.columns, rows: lines, narrow: .stacks)
        }
        html.pagination(newer: isFirst ? nil : "/matches", older: older)
    }

    static var columns: [Column<Line>] {
        [
            .header("Records") { line, html in
                html.a("\(line.one) and \(line.other)", to: "/matches/\(line.id)")
                if line.warns {
                    html.text(" ")
                    html.tag("Warning", .danger)
                }
                if line.waits {
                    html.text(" ")
                    html.tag("One has agreed", .information)
                }
            },
            .text("Held by") { $0.holders },
            .text("Why") { $0.why },
            .number("Weight") { $0.weight },
        ]
    }
}

/// Two records side by side, with what speaks for and against one person.
public struct MatchPage: PageModel {
    public struct Side: Sendable {
        public var name: String
        public var agency: String
        public var address: WebAddress
        public var warnings: [String]
        public var rows: [SummaryRow]

        public init(name: String, agency: String, address: WebAddress, warnings: [String], rows: [SummaryRow]) {
            (self.name, self.agency, self.address) = (name, agency, address)
            (self.warnings, self.rows) = (warnings, rows)
        }
    }

    /// One part of the weight. The parts add up to the total.
    public struct Part: Sendable {
        public var name: String
        public var one: String
        public var other: String
        public var level: String
        public var weight: String

        public init(name: String, one: String, other: String, level: String, weight: String) {
            (self.name, self.one, self.other, self.level, self.weight) = (name, one, other, level, weight)
        }
    }

    /// What may be decided now.
    public struct Step: Sendable {
        public var value: String
        public var title: String
        public var key: String
        public var isPrimary: Bool

        public init(value: String, title: String, key: String, isPrimary: Bool) {
            (self.value, self.title, self.key, self.isPrimary) = (value, title, key, isPrimary)
        }
    }

    public var id: String
    public var one: Side
    public var other: Side
    public var parts: [Part]
    public var total: String
    public var state: String
    /// What a link needs or does, where that must be said.
    public var remark: String?
    public var steps: [Step]
    public var version: Int
    public var position: String
    public var history: [TimelineEntry]
    public var reason = ""
    public var errors = FieldErrors.none

    public init(
        id: String, one: Side, other: Side, parts: [Part], total: String, state: String, remark: String?,
        steps: [Step], version: Int, position: String, history: [TimelineEntry]
    ) {
        (self.id, self.one, self.other, self.parts, self.total) = (id, one, other, parts, total)
        (self.state, self.remark, self.steps) = (state, remark, steps)
        (self.version, self.position, self.history) = (version, position, history)
    }

    public var title: String { "Are these one person?" }
    public var breadcrumbs: [Breadcrumb] { [.home, Breadcrumb("Matches", "/matches")] }
    public var isWide: Bool { true }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title, caption: state)
        html.div(.class("sides")) { html in
            for side in [one, other] { show(side, &html) }
        }
        html.h2("What speaks for it, and against")
        html.p("Each bit more doubles the odds that the two are one person; each bit less halves them.")
        html.table(
            caption: "Parts of the weight, in bits", isCaptionHidden: true, columns: MatchPage.columns,
            rows: parts + [Part(name: "Together", one: "", other: "", level: "", weight: total)], narrow: .stacks)
        if !steps.isEmpty { decide(&html, frame) }
        if !history.isEmpty {
            html.h2("What was decided")
            html.timeline(history)
        }
    }

    private func show(_ side: Side, _ html: inout Html) {
        html.div(.class("side")) { html in
            html.h2(side.name)
            html.p("Held by \(side.agency)", .class("hint"))
            for warning in side.warnings { html.warning(warning) }
            html.summaryList(side.rows)
            html.p { $0.a("Open what you may see of \(side.name)", to: side.address) }
        }
    }

    private func decide(_ html: inout Html, _ frame: Frame) {
        html.h2("Decide")
        html.p("Neither record is changed, and nothing is merged. A link can be taken back.")
        if let remark { html.inset { $0.p(remark) } }
        html.form(to: "/matches/\(id)", frame.token, isGuarded: true) { html in
            html.hiddenField("version", String(version))
            html.hiddenField("position", position)
            html.textArea(
                "reason", "Why", hint: "What you went by, in a sentence or two", value: reason, error: errors["reason"],
                rows: 3)
            html.buttonGroup { html in
                for step in steps {
                    html.submit(
                        "\(step.title) (\(step.key))", step.isPrimary ? .primary : .secondary, name: "step",
                        value: step.value, accessKey: step.key)
                }
            }
        }
        html.p(
            "With a keyboard: your browser’s key for shortcuts, such as Alt and Shift, and the letter in brackets.",
            .class("hint"))
    }

    static var columns: [Column<Part>] {
        [
            .header("What") { part, html in html.text(part.name) },
            .text("Here") { $0.one }, .text("There") { $0.other }, .text("How alike") { $0.level },
            .number("Bits") { $0.weight },
        ]
    }
}
