import Kernel

/// Something went wrong. Plain words, what to do next, and a reference that finds the cause in the log; nothing else.
public struct ErrorPage: PageModel {
    public var problem: Problem
    /// Nil when nothing was logged, as for a wrong address.
    public var reference: String?

    public init(_ problem: Problem, reference: String? = nil) {
        (self.problem, self.reference) = (problem, reference)
    }

    public var title: String { problem.message }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(problem.message)
        if !problem.next.isEmpty { html.p(problem.next) }
        if !problem.fields.isEmpty {
            html.ul { html in
                for field in problem.fields { html.li(field.message) }
            }
        }
        if let reference {
            html.p { html in
                html.text("If you ask for help, give this reference: ")
                html.strong(reference)
            }
        }
        html.p(.class("links")) { $0.a("Go to the home page", to: "/") }
    }
}

/// It is done: what happened, and what happens next.
public struct ConfirmationPage: PageModel {
    public var title: String
    public var text: String
    public var next: [String]
    public var links: [Breadcrumb]

    public init(title: String, text: String = "", next: [String] = [], links: [Breadcrumb] = []) {
        (self.title, self.text, self.next, self.links) = (title, text, next, links)
    }

    public func main(_ html: inout Html, in frame: Frame) {
        html.panel(title, text)
        if !next.isEmpty {
            html.h2("What happens next")
            for line in next { html.p(line) }
        }
        if !links.isEmpty {
            html.ul(.class("links")) { html in
                for link in links { html.li { $0.a(link.title, to: link.address) } }
            }
        }
    }
}

/// Before something that cannot be taken back: what will happen, and a way out.
public struct QuestionPage: PageModel {
    public var title: String
    public var text: String
    public var warning: String?
    public var action: WebAddress
    public var confirm: String
    public var back: WebAddress
    public var hidden: [String: String]

    public init(
        title: String, text: String, warning: String? = nil, action: WebAddress, confirm: String, back: WebAddress,
        hidden: [String: String] = [:]
    ) {
        (self.title, self.text, self.warning, self.action) = (title, text, warning, action)
        (self.confirm, self.back, self.hidden) = (confirm, back, hidden)
    }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        html.p(text)
        if let warning { html.warning(warning) }
        html.form(to: action, frame.token) { html in
            for name in hidden.keys.sorted() { html.hiddenField(name, hidden[name] ?? "") }
            html.buttonGroup { html in
                html.submit(confirm, warning == nil ? .primary : .warning)
                html.a("Go back", to: back)
            }
        }
    }
}

/// Two people changed the same record. Both texts are on the page and in the form; the person chooses field by field.
public struct ConflictPage: PageModel {
    /// What was edited, for example the title of the record.
    public var subject: String
    public var theirName: String
    /// When they saved, in words.
    public var theirTime: String
    public var fields: [ComparedField]
    public var action: WebAddress
    /// The version that the next attempt starts from: theirs.
    public var version: Int
    public var back: WebAddress

    public init(
        subject: String, theirName: String, theirTime: String, fields: [ComparedField], action: WebAddress,
        version: Int, back: WebAddress
    ) {
        (self.subject, self.theirName, self.theirTime) = (subject, theirName, theirTime)
        (self.fields, self.action, self.version, self.back) = (fields, action, version, back)
    }

    public var title: String { "Somebody else changed this too" }
    public var isWide: Bool { true }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title, caption: subject)
        html.p(
            "\(theirName) saved a change on \(theirTime), after you opened it. Your words are kept on this page. "
                + "Nothing of yours is saved until you choose.")
        html.form(to: action, frame.token, isGuarded: true, isUnsaved: true) { html in
            html.hiddenField("version", String(version))
            html.comparison(fields, theirName: theirName)
            html.buttonGroup { html in
                html.submit("Save what I chose")
                html.a("Leave their version as it is", to: back)
            }
        }
    }
}
