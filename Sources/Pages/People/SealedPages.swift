/// Why a sealed value is to be shown; and then the value, once.
public struct SealedRevealPage: PageModel {
    public var person: String
    public var name: String
    public var field: String
    public var title: String
    public var reasons: [Choice]
    public var words: String
    /// The value, after a reason was given.
    public var value: String?
    public var errors: FieldErrors

    public init(
        person: String, name: String, field: String, title: String, reasons: [Choice], words: String = "",
        value: String? = nil, errors: FieldErrors = .none
    ) {
        (self.person, self.name, self.field, self.title) = (person, name, field, title)
        (self.reasons, self.words, self.value, self.errors) = (reasons, words, value, errors)
    }

    public var breadcrumbs: [Breadcrumb] {
        [.home, Breadcrumb("Persons", "/persons"), Breadcrumb(name, "/persons/\(person)")]
    }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title, caption: name)
        if let value {
            html.inset { html in html.p { $0.lines(value) } }
            html.warning("Do not copy this into a message, a note or another record. It will not be shown again.")
            html.p { $0.a("Back to the person", to: "/persons/\(person)") }
            return
        }
        html.p("Say why you need it. The log keeps who looked, when and for which reason.")
        html.form(to: "/persons/\(person)/sealed/\(field)", frame.token) { html in
            html.radios("reason", "Why", choices: reasons, error: errors["reason"])
            html.textArea(
                "sealed-words", "Another reason, in your words", value: words, error: errors["sealed-words"], rows: 2)
            html.submit("Show it")
        }
    }
}

/// Entering a sealed value. What is there is not shown.
public struct SealedChangePage: PageModel {
    public var person: String
    public var name: String
    public var field: String
    public var title: String
    public var version: Int
    public var value: String
    public var errors: FieldErrors

    public init(
        person: String, name: String, field: String, title: String, version: Int, value: String = "",
        errors: FieldErrors = .none
    ) {
        (self.person, self.name, self.field, self.title) = (person, name, field, title)
        (self.version, self.value, self.errors) = (version, value, errors)
    }

    public var breadcrumbs: [Breadcrumb] {
        [.home, Breadcrumb("Persons", "/persons"), Breadcrumb(name, "/persons/\(person)")]
    }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title, caption: name)
        html.p("It is encrypted, and in no search, list, message or copy. Nobody is told that it changed.")
        html.form(to: "/persons/\(person)/sealed/\(field)/change", frame.token) { html in
            html.hiddenField("version", String(version))
            html.textArea(
                "sealed-value", "What to keep", hint: "For example: text only, after 6 pm, to her sister’s telephone",
                value: value, error: errors["sealed-value"], rows: 3)
            html.submit("Seal it")
        }
    }
}
