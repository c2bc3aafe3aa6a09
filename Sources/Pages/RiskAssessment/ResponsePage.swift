/// What was found and done at the initial response, as it was typed.
public struct ResponseFields: Sendable, Equatable {
    public struct Child: Sendable, Equatable {
        /// Where the occurrence names her; empty for one who was only told of.
        public var person = ""
        public var name = ""
        public var who = ""
        public var present = ""
        public var whereabouts = ""
        public var seen = ""
        public var spokenTo = ""
        public var voice = ""

        public init() {}
    }

    /// A yes or a no, with words.
    public struct Told: Sendable, Equatable {
        public var answer = ""
        public var words = ""

        public init(_ answer: String = "", _ words: String = "") { (self.answer, self.words) = (answer, words) }
    }

    public var children: [Child] = []
    public var household = ""
    public var contact = Told()
    /// Typed just now and not sealed yet. What is sealed is never shown here.
    public var sealed = ""
    public var injuries = Told()
    public var photographs = Told()
    public var video = Told()
    public var arrest = Told()
    public var steps: Set<String> = []
    public var stepsWords = ""
    public var refused = ""
    public var notice = Told()
    public var noticeKind = ""
    public var evidence: Set<String> = []
    public var evidenceWords = ""
    public var consent = Told()

    public init() {}
}

/// One calm page for the first response.
public struct ResponsePage: PageModel {
    public var place: AssessmentFormPlace
    public var fields: ResponseFields
    public var steps: [Choice]
    public var evidence: [Choice]
    public var notices: [Choice]
    /// That something is sealed, and since when; nil where it may not be entered.
    public var sealed: (words: String, version: Int)?
    public var errors: FieldErrors

    public init(
        place: AssessmentFormPlace, fields: ResponseFields, steps: [Choice], evidence: [Choice], notices: [Choice],
        sealed: (words: String, version: Int)?, errors: FieldErrors = .none
    ) {
        (self.place, self.fields, self.steps, self.evidence) = (place, fields, steps, evidence)
        (self.notices, self.sealed, self.errors) = (notices, sealed, errors)
    }

    public var title: String { "At the scene – \(place.name)" }
    public var breadcrumbs: [Breadcrumb] { place.breadcrumbs }

    static let answers = [Choice("yes", "Yes"), Choice("no", "No"), Choice("not-recorded", "Not recorded")]

    public func main(_ html: inout Html, in frame: Frame) {
        html.heading("At the scene", caption: place.name)
        place.writeTheirs(&html)
        html.p("Save as often as you like. Nothing here has to be complete before it is kept.")
        html.form(to: "/assessments/\(place.id)/response", frame.token, isGuarded: true) { html in
            html.hiddenField("seen", String(place.seen))
            children(&html)
            html.h2("The house")
            html.textArea(
                "household", "Who else is in the house", value: fields.household, error: errors["household"], rows: 2)
            contact(&html)
            evidence(&html)
            safety(&html)
            html.submit("Save and go on")
        }
    }

    private func children(_ html: inout Html) {
        html.h2("Children")
        for (number, child) in fields.children.enumerated() {
            let start = "child-\(number)"
            let isOpen = !child.person.isEmpty || child != ResponseFields.Child() || number == 0
            html.details(child.name.isEmpty ? "Child \(number + 1)" : child.name, isOpen: isOpen) { html in
                html.hiddenField("\(start)-person", child.person)
                if child.person.isEmpty {
                    html.textField(
                        "\(start)-who", "Name and age, as told", value: child.who, error: errors["\(start)-who"])
                }
                html.radios(
                    "\(start)-present", "There at the time", choices: ResponsePage.answers, chosen: child.present,
                    inARow: true)
                html.textField(
                    "\(start)-where", "Where the child was", value: child.whereabouts, error: errors["\(start)-where"])
                html.radios(
                    "\(start)-seen", "Seen by you", choices: ResponsePage.answers, chosen: child.seen, inARow: true)
                html.radios(
                    "\(start)-spoken", "Spoken to without the adults", choices: ResponsePage.answers,
                    chosen: child.spokenTo, inARow: true)
                html.textArea(
                    "\(start)-voice", "What the child said or showed", value: child.voice,
                    error: errors["\(start)-voice"], rows: 2)
            }
        }
    }

    private func contact(_ html: inout Html) {
        html.h2("How she may safely be reached")
        told("contact", "Asked how she may safely be reached", fields.contact, &html)
        guard let sealed else { return }
        html.hiddenField("sealed-version", String(sealed.version))
        html.textArea(
            "sealed-contact", "What she said",
            hint: "It is encrypted with her record, and in no search, list, message or copy. \(sealed.words)",
            value: fields.sealed, error: errors["sealed-contact"], rows: 2)
    }

    private func evidence(_ html: inout Html) {
        html.h2("Injuries and evidence")
        told("injuries", "Was anybody hurt", fields.injuries, &html, words: "Who, where on the body, how")
        told("photographs", "Photographs taken", fields.photographs, &html)
        told("video", "Body-worn video on", fields.video, &html)
        html.checkboxes(
            "evidence", "Evidence that stands without her account", choices: evidence, chosen: fields.evidence)
        html.textArea(
            "evidence-words", "Where it is", value: fields.evidenceWords, error: errors["evidence-words"], rows: 2)
    }

    private func safety(_ html: inout Html) {
        html.h2("What was done")
        told("arrest", "Arrested", fields.arrest, &html, words: "If not: why")
        html.checkboxes("steps", "First steps to keep her safe", choices: steps, chosen: fields.steps)
        html.textArea("steps-words", "What else", value: fields.stepsWords, error: errors["steps-words"], rows: 2)
        html.textArea(
            "refused", "What was thought of or offered and not done, and why", value: fields.refused,
            error: errors["refused"], rows: 2)
        told("notice", "A protective notice was thought of", fields.notice, &html, words: "Who decided, and why")
        html.radios("notice-kind", "Which", choices: notices + [Choice("", "None")], chosen: fields.noticeKind)
        told(
            "consent", "She agrees that others are told", fields.consent, &html,
            words: "If not: whether you share all the same, and why")
    }

    private func told(
        _ name: String, _ legend: String, _ told: ResponseFields.Told, _ html: inout Html,
        words: String = "If not: why"
    ) {
        html.radios(name, legend, choices: ResponsePage.answers, chosen: told.answer, inARow: true)
        html.textArea(
            "\(name)-words", "\(words) (\(legend.lowercased()))", value: told.words, error: errors["\(name)-words"],
            rows: 2)
    }
}
