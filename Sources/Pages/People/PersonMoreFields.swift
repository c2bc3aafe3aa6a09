/// What is seldom typed of a person, behind a line that opens it.
public struct PersonMoreFields: Sendable, Equatable {
    public var gender = ""
    /// Of the address above.
    public var uprn = ""
    public var otherKind = ""
    public var otherAddress = ""
    public var otherPostcode = ""
    public var otherUPRN = ""
    public var otherFrom = TypedDate()
    public var otherUntil = TypedDate()
    /// Other addresses that she is said not to be at any more, by their choice.
    public var ended: Set<String> = []

    public init() {}
}

/// What can be chosen there.
public struct PersonMoreChoices: Sendable {
    public var genders: [Choice]
    public var addressKinds: [Choice]
    /// Where else she is found now.
    public var others: [Choice]

    public init(genders: [Choice] = [], addressKinds: [Choice] = [], others: [Choice] = []) {
        (self.genders, self.addressKinds, self.others) = (genders, addressKinds, others)
    }
}

extension Html {
    /// Closed unless something is in it or wrong with it.
    mutating func personMore(_ fields: PersonMoreFields, _ choices: PersonMoreChoices, _ errors: FieldErrors) {
        let names = ["gender", "uprn", "other-kind", "other-address", "other-uprn", "other-from", "other-until"]
        let isOpen = fields != PersonMoreFields() || names.contains { errors[$0] != nil }
        details("Add another address, an exact place or gender", isOpen: isOpen) { html in
            html.select(
                "gender", "Gender, as she or he told us", options: choices.genders, chosen: fields.gender,
                hint: "Only if it was said. Sex is above.", error: errors["gender"])
            html.textField(
                "uprn", "UPRN of the address above", hint: "Unique Property Reference Number, 1 to 12 digits",
                value: fields.uprn, error: errors["uprn"], kind: .number, width: .medium)
            if !choices.others.isEmpty {
                html.checkboxes(
                    "other-ended", "Also found at", choices: choices.others, chosen: fields.ended,
                    hint: "Mark where that is no longer so")
            }
            html.anotherAddress(fields, choices, errors)
        }
    }

    private mutating func anotherAddress(
        _ fields: PersonMoreFields, _ choices: PersonMoreChoices, _ errors: FieldErrors
    ) {
        select(
            "other-kind", "Another address: what is it?", options: choices.addressKinds, chosen: fields.otherKind,
            error: errors["other-kind"])
        textArea("other-address", "Its lines", value: fields.otherAddress, error: errors["other-address"], rows: 3)
        textField(
            "other-postcode", "Its postcode", value: fields.otherPostcode, error: errors["other-postcode"],
            width: .short)
        textField(
            "other-uprn", "Its UPRN", value: fields.otherUPRN, error: errors["other-uprn"], kind: .number,
            width: .medium)
        dateField("other-from", "From", value: fields.otherFrom, error: errors["other-from"])
        dateField("other-until", "Until, if it has ended", value: fields.otherUntil, error: errors["other-until"])
    }
}
