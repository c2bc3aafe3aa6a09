/// New evidence: a claim, and a figure, a document or a test that bears it out.
public struct NewEvidencePage: PageModel {
    public struct Fields: Sendable {
        public var claim: String
        /// The measure and the period of the figure chosen.
        public var figure: String
        public var on: TypedDate
        public var marking: String
        public var realityTest: String

        public init(
            claim: String = "", figure: String = "", on: TypedDate, marking: String = "OFFICIAL",
            realityTest: String = ""
        ) {
            (self.claim, self.figure, self.on) = (claim, figure, on)
            (self.marking, self.realityTest) = (marking, realityTest)
        }
    }

    public var place: AreaPlace
    public var figures: [Choice]
    public var fields: Fields
    public var errors: FieldErrors

    public init(place: AreaPlace, figures: [Choice], fields: Fields, errors: FieldErrors = .none) {
        (self.place, self.figures, self.fields, self.errors) = (place, figures, fields, errors)
    }

    public var title: String { "Add evidence" }
    public var breadcrumbs: [Breadcrumb] { place.breadcrumbs }

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading(title, caption: place.title)
        html.p("Evidence needs a claim, and at least one of: a figure, a document, or how you tested it.")
        html.form(to: "\(place.address)/evidence", frame.token, isUpload: true, isGuarded: true) { html in
            html.textArea(
                "claim", "What this shows", hint: "One sentence that somebody could check.", value: fields.claim,
                error: errors["claim"], rows: 3, limit: 1000)
            figure(&html)
            html.fileField(
                "document", "A document",
                hint: "PDF, picture, text, CSV, Word, Excel or OpenDocument, up to 10 MB. "
                    + "If there is a problem on this page, choose the file again.",
                error: errors["document"], accept: ".pdf,.png,.jpg,.jpeg,.txt,.csv,.docx,.xlsx,.pptx,.odt,.ods,.md")
            html.dateField(
                "on", "The day it speaks of", value: fields.on, hint: "For example 27 3 2026", error: errors["on"])
            html.radios(
                "marking", "Marking",
                choices: [
                    Choice("OFFICIAL", "OFFICIAL"),
                    Choice(
                        "OFFICIAL-SENSITIVE", "OFFICIAL-SENSITIVE", hint: "When loss or misuse could harm somebody."),
                ], chosen: fields.marking)
            html.textArea(
                "reality-test", "How you tested it against what really happens",
                hint: "For example: how many cases were read, by whom, and what they showed.",
                value: fields.realityTest, error: errors["reality-test"], limit: 4000)
            html.buttonGroup { html in
                html.submit("Add this evidence")
                html.a("Add nothing", to: place.address)
            }
        }
    }

    private func figure(_ html: inout Html) {
        if figures.isEmpty {
            html.p("Link a measure to this area first when you want to quote a figure.", .class("hint"))
        } else {
            html.select(
                "figure", "A figure", options: [Choice("", "No figure")] + figures, chosen: fields.figure,
                hint: "It is kept as it stands today, with its definition. Counts too small to leave the house are not "
                    + "offered.", error: errors["figure"])
        }
    }
}
