/// One of several things to choose from.
public struct Choice: Sendable {
    public var value: String
    public var label: String
    public var hint: String?

    public init(_ value: String, _ label: String, hint: String? = nil) {
        (self.value, self.label, self.hint) = (value, label, hint)
    }
}

/// A day as it was typed: nothing a person wrote is lost because it is not a date.
public struct TypedDate: Sendable, Equatable {
    public var day: String
    public var month: String
    public var year: String

    public init(day: String = "", month: String = "", year: String = "") {
        (self.day, self.month, self.year) = (day, month, year)
    }
}

/// Fields that are a group: radios, checkboxes, a date.
extension Html {
    public mutating func radios(
        _ name: String, _ legend: String, choices: [Choice], chosen: String? = nil, hint: String? = nil,
        error: String? = nil, inARow: Bool = false
    ) {
        group(name, legend, hint, error) { html in
            html.div(.class("choices", inARow ? "in-a-row" : nil)) { html in
                for (index, choice) in choices.enumerated() {
                    html.choice("radio", name, index, choice, choice.value == chosen)
                }
            }
        }
    }

    public mutating func checkboxes(
        _ name: String, _ legend: String, choices: [Choice], chosen: Set<String> = [], hint: String? = nil,
        error: String? = nil
    ) {
        group(name, legend, hint, error) { html in
            for (index, choice) in choices.enumerated() {
                html.choice("checkbox", name, index, choice, chosen.contains(choice.value))
            }
        }
    }

    /// Three inputs: `<name>-day`, `<name>-month`, `<name>-year`.
    public mutating func dateField(
        _ name: String, _ legend: String, value: TypedDate = TypedDate(), hint: String? = nil, error: String? = nil
    ) {
        group(name, legend, hint, error) { html in
            html.div(.class("date")) { html in
                html.datePart("Day", id: name, "\(name)-day", value.day, error != nil)
                html.datePart("Month", id: "\(name)-month", "\(name)-month", value.month, error != nil)
                html.datePart("Year", id: "\(name)-year", "\(name)-year", value.year, error != nil)
            }
        }
    }

    private mutating func datePart(_ label: String, id: String, _ name: String, _ value: String, _ isWrong: Bool) {
        div(.class("date-part")) { html in
            html.label(label, for: id)
            html.input(
                .class("input", label == "Year" ? "input-year" : "input-day"), .id(id), .name(name), .type("text"),
                .inputmode("numeric"), .value(value), .aria("invalid", isWrong ? "true" : nil))
        }
    }

    private mutating func choice(
        _ type: StaticString, _ name: String, _ index: Int, _ choice: Choice, _ isChosen: Bool
    ) {
        let id = index == 0 ? name : "\(name)-\(index + 1)"
        div(.class("choice")) { html in
            html.input(
                .type(type), .id(id), .name(name), .value(choice.value), .checked(isChosen),
                .aria("describedby", choice.hint.map { _ in "\(id)-hint" }))
            html.label(choice.label, for: id)
            if let hint = choice.hint { html.p(hint, .class("hint"), .id("\(id)-hint")) }
        }
    }

    private mutating func group(
        _ name: String, _ legend: String, _ hint: String?, _ error: String?, content: (inout Html) -> Void
    ) {
        // A first choice may have a hint of its own under `<name>-hint`, so the group's is named apart.
        let ids = [hint.map { _ in "\(name)-group-hint" }, error.map { _ in "\(name)-error" }].compactMap { $0 }
        fieldset(
            .class("field", error == nil ? nil : "field-error"),
            .aria("describedby", ids.isEmpty ? nil : ids.joined(separator: " "))
        ) { html in
            html.legend(legend, .class("label"))
            if let hint { html.p(hint, .class("hint"), .id("\(name)-group-hint")) }
            if let error { html.fieldError(name, error) }
            content(&html)
        }
    }
}
