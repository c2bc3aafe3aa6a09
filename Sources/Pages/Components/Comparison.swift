/// One field that two people changed, or that one of them did.
public struct ComparedField: Sendable {
    public var name: String
    public var label: String
    /// What both started from.
    public var base: String
    public var mine: String
    public var theirs: String

    public init(name: String, label: String, base: String, mine: String, theirs: String) {
        (self.name, self.label, self.base, self.mine, self.theirs) = (name, label, base, mine, theirs)
    }

    var differs: Bool { mine != theirs }

    /// Theirs when only they changed it: keeping an untouched old value would undo their work.
    var suggestion: String { mine == base ? "theirs" : "mine" }

    var words: String {
        if mine == base { return "They changed this. You did not." }
        return theirs == base ? "You changed this. They did not." : "You both changed this."
    }
}

/// What came back for one field of a comparison.
public enum ChosenVersion: Sendable, Equatable {
    case text(String)
    /// A new version was typed, but another one was chosen: ask, because taking either would lose words.
    case unclear
    /// The form did not hold this field.
    case missing

    /// Reads what `Html.comparison` sends. `form` gives the value of a field by name, or nil.
    public static func read(_ name: String, _ form: (String) -> String?) -> ChosenVersion {
        func value(_ suffix: String) -> String? { form(name + suffix).map { normalised($0) } }
        guard let choice = value("-choice") else { return value("").map { .text($0) } ?? .missing }
        guard let mine = value("-mine"), let theirs = value("-theirs"), let edit = value("-edit") else {
            return .missing
        }
        if choice == "edit" { return .text(edit) }
        if edit != mine, edit != theirs, !edit.isEmpty { return .unclear }
        return .text(choice == "theirs" ? theirs : mine)
    }

    /// Browsers send each line end as two characters.
    private static func normalised(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        var previous: Unicode.Scalar?
        for scalar in text.unicodeScalars {
            if scalar == "\r" {
                scalars.append("\n")
            } else if scalar != "\n" || previous != "\r" {
                scalars.append(scalar)
            }
            previous = scalar
        }
        return String(scalars)
    }
}

extension Html {
    /// Two versions field by field. For each field that differs the form sends `<name>-choice` (`mine`, `theirs` or
    /// `edit`), `<name>-edit`, and both texts, so that nothing typed is lost whatever is chosen. A field that is the
    /// same in both is sent as `<name>`.
    public mutating func comparison(_ fields: [ComparedField], theirName: String) {
        for field in fields {
            if field.differs {
                compared(field, theirName)
            } else {
                hiddenField(field.name, field.mine)
            }
        }
    }

    private mutating func compared(_ field: ComparedField, _ theirName: String) {
        fieldset(.class("compared")) { html in
            html.legend(field.label, .class("label"))
            html.p(field.words, .class("hint"))
            html.div(.class("sides")) { html in
                html.side(field, "mine", "Your version", field.mine)
                html.side(field, "theirs", "\(theirName)’s version", field.theirs)
            }
            html.div(.class("choice")) { html in
                html.input(.type("radio"), .id("\(field.name)-3"), .name("\(field.name)-choice"), .value("edit"))
                html.label("Write a new version", for: "\(field.name)-3")
            }
            html.div(.class("field")) { html in
                html.label("New version of “\(field.label)”", for: "\(field.name)-edit", .class("label"))
                html.textarea(
                    field.mine, .class("input"), .id("\(field.name)-edit"), .name("\(field.name)-edit"), .rows(4),
                    .data("chooses", "\(field.name)-3"))
            }
        }
    }

    private mutating func side(_ field: ComparedField, _ value: StaticString, _ title: String, _ text: String) {
        let id = "\(field.name)-\(value)"
        div(.class("side")) { html in
            html.div(.class("choice")) { html in
                html.input(
                    .type("radio"), .id(value.description == "mine" ? field.name : id),
                    .name("\(field.name)-choice"), .value(value.description),
                    .checked(field.suggestion == value.description))
                html.label(
                    "Keep \(title.lowercased(firstOf: "Your"))", for: value.description == "mine" ? field.name : id)
            }
            html.blockquote { html in
                if text.isEmpty { html.em("Left empty") } else { html.lines(text) }
            }
            html.hiddenField("\(field.name)-\(value)", text)
        }
    }
}

extension String {
    /// Lower-cases a leading word that only stood high because it began a line.
    fileprivate func lowercased(firstOf word: String) -> String {
        hasPrefix(word) ? word.lowercased() + dropFirst(word.count) : self
    }
}
