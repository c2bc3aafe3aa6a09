/// What is typed of a person, as it was typed.
public struct PersonFields: Sendable, Equatable {
    public var given = ""
    public var family = ""
    public var otherNames = ""
    public var born = TypedDate()
    public var sex = ""
    public var address = ""
    public var postcode = ""
    public var phones = ""
    public var identifiers = ""
    public var warnings = ""
    public var narrative = ""
    public var isKept = false
    public var keptTo = ""
    public var alsoTo = ""
    public var more = PersonMoreFields()

    public init() {}
}

/// A person, new or changed. Before a new one is added, those who may be the same are shown.
public struct PersonFormPage: PageModel {
    /// Nil for a new person.
    public var id: String?
    public var version: Int
    public var fields: PersonFields
    public var sexes: [Choice]
    public var colleagues: [Choice]
    public var more: PersonMoreChoices
    /// Those already held who may be the same.
    public var alike: [PersonListPage.Line]
    /// What somebody else saved meanwhile.
    public var theirs: [SummaryRow]
    public var errors: FieldErrors

    public init(
        id: String? = nil, version: Int = 0, fields: PersonFields, sexes: [Choice], colleagues: [Choice],
        more: PersonMoreChoices = PersonMoreChoices(), alike: [PersonListPage.Line] = [], theirs: [SummaryRow] = [],
        errors: FieldErrors = .none
    ) {
        self.more = more
        (self.id, self.version, self.fields, self.sexes) = (id, version, fields, sexes)
        (self.colleagues, self.alike, self.theirs, self.errors) = (colleagues, alike, theirs, errors)
    }

    public var title: String { id == nil ? "Add a person" : "Change a person" }
    public var breadcrumbs: [Breadcrumb] {
        [.home, Breadcrumb("Persons", "/persons")] + (id.map { [Breadcrumb("Person", "/persons/\($0)")] } ?? [])
    }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title)
        if !theirs.isEmpty {
            html.h2("What they saved")
            html.summaryList(theirs)
        }
        if !alike.isEmpty {
            html.h2("Is it one of these?")
            html.p("These are held already. Open one instead, or save below if none of them is the person.")
            html.table(
                caption: Figure.count(alike.count, "person", "people") + " held already",
                columns: PersonListPage.columns, rows: alike, narrow: .stacks)
        }
        html.form(to: id.map { "/persons/\($0)" } ?? "/persons", frame.token, isGuarded: true) { html in
            html.hiddenField("version", String(version))
            if !alike.isEmpty { html.hiddenField("none-of-these", "1") }
            form(&html)
            html.submit(id == nil ? (alike.isEmpty ? "Add" : "None of these: add") : "Save")
        }
    }

    private func form(_ html: inout Html) {
        html.textField("given", "First names", value: fields.given, error: errors["given"], width: .long)
        html.textField("family", "Family name", value: fields.family, error: errors["family"], width: .long)
        html.textArea(
            "other-names", "Other names", hint: "One on each line: a name at birth, a married name, a nickname",
            value: fields.otherNames, error: errors["other-names"], rows: 2)
        html.dateField(
            "born", "Date of birth", value: fields.born, hint: "Leave out what is not known",
            error: errors["born"])
        html.select("sex", "Sex, as recorded by us", options: sexes, chosen: fields.sex, error: errors["sex"])
        html.h2("Where")
        html.warning("Never write an address here that somebody must not find. Seal it: see the person’s page.")
        html.textArea("address", "Address", value: fields.address, error: errors["address"], rows: 3)
        html.textField("postcode", "Postcode", value: fields.postcode, error: errors["postcode"], width: .short)
        html.textArea("phones", "Telephones", hint: "One on each line", value: fields.phones, rows: 2)
        html.personMore(fields.more, more, errors)
        html.textArea(
            "identifiers", "Numbers of other bodies", hint: "One on each line, such as PNC 1987/123456P",
            value: fields.identifiers, error: errors["identifiers"], rows: 2)
        html.h2("What to know")
        html.textArea(
            "warnings", "Warnings", hint: "One on each line: what an officer must know before she knocks",
            value: fields.warnings, rows: 2)
        html.textArea(
            "narrative", "What we know", value: fields.narrative, error: errors["narrative"], limit: 20_000)
        html.checkboxes(
            "kept", "Who may see this", choices: [Choice("yes", "Keep it to those named here")],
            chosen: fields.isKept ? ["yes"] : [])
        html.select("kept-to", "Give to", options: colleagues, chosen: fields.keptTo, error: errors["kept-to"])
        html.select(
            "also-to", "Also give to", options: colleagues, chosen: fields.alsoTo,
            hint: "For example to a case reviewer", error: errors["also-to"])
    }
}
