/// Forms and buttons. A form that posts needs a token: the compiler asks for it.
extension Html {
    /// A form that changes something. `isUpload` sends files. `isGuarded` asks before text that was typed is left
    /// behind, and `isUnsaved` says that some was typed before this page; both need JavaScript.
    public mutating func form(
        to address: WebAddress, _ token: FormToken, isUpload: Bool = false, isGuarded: Bool = false,
        isUnsaved: Bool = false, content: (inout Html) -> Void
    ) {
        var attributes: [Attribute] = [.method("post"), .action(address), .novalidate()]
        if isUpload { attributes.append(.enctype("multipart/form-data")) }
        if isGuarded { attributes.append(.data("guard", isUnsaved ? "unsaved" : "")) }
        element("form", attributes) { html in
            html.hiddenField(FormToken.field, token.text)
            content(&html)
        }
    }

    /// A form that only asks: filters and searches. It changes nothing, so it carries no token.
    public mutating func searchForm(to address: WebAddress, label: String, content: (inout Html) -> Void) {
        element("form", [.method("get"), .action(address), .class("search"), .aria("label", label)], content)
    }

    public mutating func hiddenField(_ name: String, _ value: String) {
        input(.type("hidden"), .name(name), .value(value))
    }

    public enum ButtonKind: Sendable { case primary, secondary, warning }

    /// A button that sends its form; `name` and `value` say which of several it was, and `accessKey` presses it.
    public mutating func submit(
        _ text: String, _ kind: ButtonKind = .primary, name: String? = nil, value: String = "1",
        to address: WebAddress? = nil, accessKey: String? = nil
    ) {
        var attributes: [Attribute] = [.type("submit"), .class("button", Html.look(kind))]
        if let accessKey { attributes.append(.accessKey(accessKey)) }
        if let name { attributes += [.name(name), .value(value)] }
        if let address { attributes.append(.formAction(address)) }
        element("button", attributes, text)
    }

    /// A link that looks like a button: it starts something and changes nothing.
    public mutating func buttonLink(_ text: String, to address: WebAddress, _ kind: ButtonKind = .primary) {
        a(text, to: address, .class("button", Html.look(kind)))
    }

    /// Buttons that belong together, and a link beside them.
    public mutating func buttonGroup(content: (inout Html) -> Void) {
        div(.class("button-group"), content: content)
    }

    private static func look(_ kind: ButtonKind) -> StaticString? {
        switch kind {
        case .primary: nil
        case .secondary: "button-secondary"
        case .warning: "button-warning"
        }
    }

    /// A form with one button: for a change of state that needs no field.
    public mutating func postButton(
        _ text: String, to address: WebAddress, _ token: FormToken, _ kind: ButtonKind = .secondary,
        hidden: [(name: String, value: String)] = []
    ) {
        form(to: address, token) { html in
            for field in hidden { html.hiddenField(field.name, field.value) }
            html.submit(text, kind)
        }
    }
}
