/// Starting a measure's limits again, and who did so before.
public struct MeasureRebasePage: PageModel {
    public struct Entry: Sendable {
        public var id: String
        public var version: Int
        public var month: String
        public var reason: String
        public var who: String
        /// For people, and as ISO 8601.
        public var when: String
        public var machineWhen: String
        /// Why it was taken back; nil while it holds.
        public var withdrawn: String?

        public init(
            id: String, version: Int, month: String, reason: String, who: String, when: String, machineWhen: String,
            withdrawn: String?
        ) {
            (self.id, self.version, self.month, self.reason, self.who) = (id, version, month, reason, who)
            (self.when, self.machineWhen, self.withdrawn) = (when, machineWhen, withdrawn)
        }
    }

    public var measure: Breadcrumb
    public var address: WebAddress
    public var months: [Choice]
    public var entries: [Entry]
    public var month: String
    public var reason: String
    public var errors: FieldErrors

    public init(
        measure: Breadcrumb, address: WebAddress, months: [Choice], entries: [Entry], month: String = "",
        reason: String = "", errors: FieldErrors = .none
    ) {
        (self.measure, self.address, self.months, self.entries) = (measure, address, months, entries)
        (self.month, self.reason, self.errors) = (month, reason, errors)
    }

    public var title: String { "Start the limits again: \(measure.title)" }
    public var breadcrumbs: [Breadcrumb] { [.home, Breadcrumb("Measures", "/measures"), measure] }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading("Start the limits again", caption: measure.title)
        html.p(
            "Do this only when the work itself changed: a new recording rule, a merged team, a new system. Limits that "
                + "are moved to hide a signal hide it from you too.")
        if months.isEmpty {
            html.empty("There are no figures yet.", "Limits can start again once data is loaded.")
        } else {
            html.form(to: address, frame.token, isGuarded: true, isUnsaved: !reason.isEmpty) { html in
                html.select(
                    "month", "First month of the new limits", options: [Choice("", "Choose a month")] + months,
                    chosen: month, error: errors["month"])
                html.textArea(
                    "reason", "What changed in the work",
                    hint: "Everybody who reads the chart sees this. Do not name a person.", value: reason,
                    error: errors["reason"], rows: 3, limit: 500)
                html.submit("Start the limits again")
            }
        }
        writeEntries(&html, frame)
    }

    private func writeEntries(_ html: inout Html, _ frame: Frame) {
        html.h2("Who started them again before")
        guard !entries.isEmpty else {
            html.p("Nobody has. The limits come from all months.")
            return
        }
        html.ol(.class("timeline")) { html in
            for entry in entries { html.li { html in self.write(entry, &html, frame) } }
        }
    }

    private func write(_ entry: Entry, _ html: inout Html, _ frame: Frame) {
        html.p(.class("timeline-when")) { html in
            html.time(entry.when, machine: entry.machineWhen)
            html.text(" · \(entry.who)")
        }
        html.p("From \(entry.month)", .class("timeline-title"))
        html.p(entry.reason)
        if let withdrawn = entry.withdrawn {
            html.p("Taken back: \(withdrawn)")
            return
        }
        html.details("Take back the limits from \(entry.month)") { html in
            html.form(to: "\(self.address)/\(entry.id)/withdraw", frame.token) { html in
                html.hiddenField("version", String(entry.version))
                html.textArea("reason-\(entry.id)", "Why it no longer holds", rows: 2, limit: 500)
                html.submit("Take back", .secondary)
            }
        }
    }
}
