/// One line of a summary: what it is, what it says, and where to change it.
public struct SummaryRow: Sendable {
    public var key: String
    public var value: String
    public var change: WebAddress?

    public init(_ key: String, _ value: String, change: WebAddress? = nil) {
        (self.key, self.value, self.change) = (key, value, change)
    }
}

/// Something a person must do.
public struct TaskItem: Sendable {
    public var title: String
    public var address: WebAddress
    /// Why it is on the list, or what it belongs to.
    public var detail: String
    /// Its state in words, for example `3 days late`.
    public var state: String
    public var kind: Html.TagKind

    public init(
        _ title: String, _ address: WebAddress, detail: String = "", state: String = "", kind: Html.TagKind = .neutral
    ) {
        (self.title, self.address, self.detail, self.state, self.kind) = (title, address, detail, state, kind)
    }
}

/// One dated entry of a history.
public struct TimelineEntry: Sendable {
    public var when: String
    /// ISO 8601.
    public var machineWhen: String
    public var title: String
    public var who: String
    public var text: String

    public init(when: String, machineWhen: String, title: String, who: String = "", text: String = "") {
        (self.when, self.machineWhen, self.title, self.who, self.text) = (when, machineWhen, title, who, text)
    }
}

extension Html {
    public mutating func summaryList(_ rows: [SummaryRow]) {
        dl(.class("summary-list")) { html in
            for row in rows {
                html.div { html in
                    html.dt(row.key)
                    html.dd { $0.lines(row.value) }
                    if let change = row.change {
                        html.dd(.class("summary-change")) { html in
                            html.a(to: change) { html in
                                html.text("Change")
                                html.span(" \(row.key.lowercased())", .class("unseen"))
                            }
                        }
                    }
                }
            }
        }
    }

    public mutating func taskList(_ tasks: [TaskItem]) {
        ul(.class("tasks")) { html in
            for task in tasks {
                html.li { html in
                    html.div { html in
                        html.a(task.title, to: task.address, .class("task-link"))
                        if !task.detail.isEmpty { html.p(task.detail, .class("hint")) }
                    }
                    if !task.state.isEmpty { html.tag(task.state, task.kind) }
                }
            }
        }
    }

    /// Newest first is the usual order; the caller decides.
    public mutating func timeline(_ entries: [TimelineEntry]) {
        ol(.class("timeline")) { html in
            for entry in entries {
                html.li { html in
                    html.p(.class("timeline-when")) { html in
                        html.time(entry.when, machine: entry.machineWhen)
                        if !entry.who.isEmpty { html.text(" · \(entry.who)") }
                    }
                    html.p(entry.title, .class("timeline-title"))
                    if !entry.text.isEmpty { html.p { $0.lines(entry.text) } }
                }
            }
        }
    }

    /// Newer and older pages of a list that is read by key, so that no page is counted or skipped.
    public mutating func pagination(newer: WebAddress?, older: WebAddress?, label: String = "Pages of this list") {
        guard newer != nil || older != nil else { return }
        nav(.class("pagination"), .aria("label", label)) { html in
            if let newer { html.a("← Newer", to: newer, .rel("prev")) }
            if let older { html.a("Older →", to: older, .rel("next")) }
        }
    }

    /// Work under way. With JavaScript the element asks `poll` again and shows what comes back; without it, the link
    /// does the same. Leave `poll` out when the work is done.
    public mutating func progress(
        _ title: String, done: Int, of total: Int?, words: String, poll: WebAddress? = nil, again: WebAddress? = nil
    ) {
        div(.class("progress"), .id("progress"), .data("poll", address: poll)) { html in
            html.label(title, for: "progress-bar", .class("label"))
            if let total {
                html.element(
                    "progress", [.id("progress-bar"), .max(Swift.max(total, 1)), .value(number: min(done, total))],
                    words)
            } else {
                html.element("progress", [.id("progress-bar")], words)
            }
            html.p(words, .class("progress-words"), .role("status"))
            if let again { html.p(.class("progress-again")) { $0.a("See how far it is now", to: again) } }
        }
    }
}
