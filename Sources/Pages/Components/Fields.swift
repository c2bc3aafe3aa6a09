/// Fields that take text. The id of an input is its name, so that the error summary can link to it.
extension Html {
    public enum TextKind: Sendable {
        case text, password, newPassword, email, number, oneTimeCode, userName, search, address
    }

    public enum FieldWidth: Sendable { case full, long, medium, short }

    public mutating func textField(
        _ name: String, _ label: String, hint: String? = nil, value: String = "", error: String? = nil,
        kind: TextKind = .text, width: FieldWidth = .full, maxlength: Int? = nil
    ) {
        field(name, label, hint, error) { html, describedBy in
            html.open(
                "input",
                [
                    .class("input", Html.look(width)), .id(name), .name(name), .type(Html.type(kind)),
                    .maxlength(maxlength), .autocomplete(Html.autocomplete(kind)), .inputmode(Html.mode(kind)),
                    .aria("describedby", describedBy), .aria("invalid", error == nil ? nil : "true"),
                ] + (kind == .password || kind == .newPassword ? [] : [.value(value)])
                    + (kind == .text || kind == .search ? [] : [.spellcheck(false)]))
        }
    }

    /// `limit` is in characters. The count is shown as a hint, and kept up to date where JavaScript runs; the text is
    /// never cut.
    public mutating func textArea(
        _ name: String, _ label: String, hint: String? = nil, value: String = "", error: String? = nil,
        rows: Int = 5, limit: Int? = nil
    ) {
        field(name, label, hint, error, alsoDescribedBy: limit == nil ? nil : "\(name)-count") { html, describedBy in
            html.textarea(
                value, .class("input"), .id(name), .name(name), .rows(rows), .aria("describedby", describedBy),
                .aria("invalid", error == nil ? nil : "true"), .data("limit", limit.map { String($0) }))
            if let limit {
                html.p("You can use up to \(Figure.whole(limit)) characters.", .class("hint"), .id("\(name)-count"))
            }
        }
    }

    public mutating func fileField(
        _ name: String, _ label: String, hint: String? = nil, error: String? = nil, accept: String,
        takesSeveral: Bool = false
    ) {
        field(name, label, hint, error) { html, describedBy in
            html.input(
                .class("input"), .id(name), .name(name), .type("file"), .accept(accept), .multiple(takesSeveral),
                .aria("describedby", describedBy), .aria("invalid", error == nil ? nil : "true"))
        }
    }

    /// An empty value in `options` is the "choose one" line.
    public mutating func select(
        _ name: String, _ label: String, options: [Choice], chosen: String? = nil, hint: String? = nil,
        error: String? = nil
    ) {
        field(name, label, hint, error) { html, describedBy in
            html.element(
                "select",
                [
                    .class("input"), .id(name), .name(name), .aria("describedby", describedBy),
                    .aria("invalid", error == nil ? nil : "true"),
                ]
            ) { html in
                for option in options {
                    html.element(
                        "option", [.value(option.value), .selected(option.value == chosen)], option.label)
                }
            }
        }
    }

    /// Label, hint and error around one control. `control` receives the ids that describe it.
    private mutating func field(
        _ name: String, _ label: String, _ hint: String?, _ error: String?, alsoDescribedBy: String? = nil,
        control: (inout Html, String?) -> Void
    ) {
        div(.class("field", error == nil ? nil : "field-error")) { html in
            html.label(label, for: name, .class("label"))
            if let hint { html.p(hint, .class("hint"), .id("\(name)-hint")) }
            if let error { html.fieldError(name, error) }
            let ids = [hint.map { _ in "\(name)-hint" }, error.map { _ in "\(name)-error" }, alsoDescribedBy]
                .compactMap { $0 }
            control(&html, ids.isEmpty ? nil : ids.joined(separator: " "))
        }
    }

    mutating func fieldError(_ name: String, _ message: String) {
        p(.class("error-message"), .id("\(name)-error")) { html in
            html.span("Error: ", .class("unseen"))
            html.text(message)
        }
    }

    private static func look(_ width: FieldWidth) -> StaticString? {
        switch width {
        case .full: nil
        case .long: "input-long"
        case .medium: "input-medium"
        case .short: "input-short"
        }
    }

    private static func type(_ kind: TextKind) -> StaticString {
        switch kind {
        case .password, .newPassword: "password"
        case .email: "email"
        case .search: "search"
        case .address: "url"
        case .text, .number, .oneTimeCode, .userName: "text"
        }
    }

    private static func autocomplete(_ kind: TextKind) -> StaticString? {
        switch kind {
        case .password: "current-password"
        case .newPassword: "new-password"
        case .oneTimeCode: "one-time-code"
        case .userName: "username"
        case .email: "email"
        case .number, .search, .text, .address: nil
        }
    }

    private static func mode(_ kind: TextKind) -> StaticString? {
        switch kind {
        case .number: "decimal"
        case .oneTimeCode: "numeric"
        default: nil
        }
    }
}
