import Kernel

/// What tells a person something: headings, banners, errors, notes.
extension Html {
    /// The one `h1` of a page, with a line above it that says what kind of thing this is.
    public mutating func heading(_ text: String, caption: String? = nil) {
        if let caption { p(caption, .class("caption")) }
        h1(text)
    }

    public mutating func lead(_ text: String) { p(text, .class("lead")) }

    /// What has just happened. Success is announced politely; a problem at once.
    public mutating func notice(_ notice: Notice) {
        let look: StaticString? =
            switch notice.kind {
            case .success: "notice-success"
            case .problem: "notice-problem"
            case .information: nil
            }
        let role: StaticString = notice.kind == .problem ? "alert" : "status"
        div(.class("notice", look), .role(role)) { html in
            html.p(.class("notice-title")) { html in
                html.span(notice.kind.words, .class("notice-kind"))
                html.text(notice.title)
            }
            if !notice.text.isEmpty { html.p(notice.text) }
        }
    }

    /// Every error of the form at the top of the page, each a link to its field.
    public mutating func errorSummary(_ errors: FieldErrors) {
        guard !errors.isEmpty else { return }
        div(.class("error-summary"), .role("alert"), .tabindex(-1), .data("focus", "")) { html in
            html.h2("There is a problem")
            if errors.fields.isEmpty, let message = errors.message { html.p(message) }
            if !errors.fields.isEmpty {
                html.ul { html in
                    for field in errors.fields {
                        html.li { $0.a(field.message, to: .fragment(field.name)) }
                    }
                }
            }
            if !errors.next.isEmpty { html.p(errors.next) }
        }
    }

    /// Words set apart from the rest, such as a quotation from a report.
    public mutating func inset(content: (inout Html) -> Void) { div(.class("inset"), content: content) }

    /// Something that may do harm if it is missed.
    public mutating func warning(_ text: String) {
        p(.class("warning")) { html in
            html.span("!", .class("warning-mark"), .aria("hidden", "true"))
            html.strong { html in
                html.span("Warning: ", .class("unseen"))
                html.text(text)
            }
        }
    }

    /// The end of a piece of work: it is done, and here is its reference.
    public mutating func panel(_ title: String, _ text: String = "") {
        div(.class("panel")) { html in
            html.h1(title)
            if !text.isEmpty { html.p(text) }
        }
    }

    /// Nothing is here, and what would put something here.
    public mutating func empty(_ title: String, _ next: String, content: (inout Html) -> Void = { _ in }) {
        div(.class("empty")) { html in
            html.p(title, .class("empty-title"))
            html.p(next)
            content(&html)
        }
    }

    public mutating func details(_ summary: String, isOpen: Bool = false, content: (inout Html) -> Void) {
        element("details", [.open(isOpen)]) { html in
            html.summary(summary)
            html.div(.class("details-content"), content: content)
        }
    }

    public enum TagKind: Sendable { case neutral, good, attention, danger, information }

    /// A state in words. The colour only repeats what the words say.
    public mutating func tag(_ text: String, _ kind: TagKind = .neutral) {
        let look: StaticString? =
            switch kind {
            case .neutral: nil
            case .good: "tag-good"
            case .attention: "tag-attention"
            case .danger: "tag-danger"
            case .information: "tag-information"
            }
        element("strong", [.class("tag", look)], text)
    }
}

extension Notice.Kind {
    /// Read before the title, so that colour is never the only sign.
    var words: String {
        switch self {
        case .success: "Done: "
        case .information: "Note: "
        case .problem: "Problem: "
        }
    }
}
