import Access
import HTTPTypes
import Instruments
import Kernel
import Ledger
import Pages
import People
import RiskAssessment

/// What was found and done at the initial response.
enum AssessmentResponse {
    @Sendable static func show(_ visit: Visit) async throws -> Web.Answer {
        let record = try await visit.openAssessment()
        return visit.show(try await page(record, ResponseFields(record.body.response), visit))
    }

    /// The safe contact goes with the victim's own record, sealed; it is never part of the assessment.
    @Sendable static func save(_ visit: Visit) async throws -> Web.Answer {
        let (form, record) = (try await visit.form(), try await visit.ownAssessment())
        let fields = ResponseFields(form)
        do {
            try await visit.assessments.respond(
                InitialResponse(fields), seen: Int(form["seen"]) ?? 0, in: record.id, as: visit.actor)
            try await seal(fields.sealed, form, record, visit)
            return .redirect("/assessments/\(record.id)/grade")
        } catch is Overtaken {
            let now = try await visit.assessment()
            var page = try await page(now, fields, visit)
            page.place.theirs = ResponseTelling.rows(now.body.response)
            page.errors = FieldErrors(AssessmentGrading.overtaken)
            return visit.show(page, status: .conflict)
        } catch let problem as Problem where problem.code == .invalid || problem.code == .conflict {
            let now = try await visit.assessment()
            var page = try await page(now, fields, visit)
            page.errors = FieldErrors(problem)
            return visit.show(page, status: Failures.status(of: problem.code))
        }
    }

    private static func seal(
        _ text: String, _ form: FormValues, _ record: Record<Assessment>, _ visit: Visit
    ) async throws {
        guard !text.trimmed().isEmpty, let victim = record.body.victim else { return }
        do {
            try await visit.site.people.seal(
                text, Person.safeContact, of: victim, expecting: Int(form["sealed-version"]) ?? 0, as: visit.actor)
        } catch let problem as Problem where problem.code == .invalid || problem.code == .conflict {
            throw Problem(
                problem.code, problem.message, next: problem.next,
                fields: [.init("sealed-contact", "\(problem.message) The rest of this page is saved.")])
        }
    }

    private static func page(
        _ record: Record<Assessment>, _ fields: ResponseFields, _ visit: Visit
    ) async throws -> ResponsePage {
        let (words, body) = (try AssessmentWords.bundled(), record.body)
        let day = body.happened.day ?? body.day
        let choices = { (list: [Dated<AssessmentWord>]) in
            list.holding(on: day).map { word in
                Choice(word.code, word.title + (word.note.hasPrefix("†") ? " †" : ""))
            }
        }
        var fields = fields
        let children = body.parties.filter { $0.capacity == .child }.map(\.person)
        let known = try await visit.site.people.persons(children, as: visit.actor)
        fields.place(known.map { ($0.id.text, PersonWords.name($0.body)) })
        return ResponsePage(
            place: AssessmentFormPlace(
                id: record.id.text, name: AssessmentTelling.name(body), seen: body.responded.times),
            fields: fields, steps: choices(words.steps), evidence: choices(words.evidence),
            notices: choices(words.notices), sealed: try await sealed(body, visit))
    }

    /// That there is a value, for whoever could see it with a reason.
    private static func sealed(_ body: Assessment, _ visit: Visit) async throws -> (words: String, version: Int)? {
        guard let victim = body.victim, visit.may(.alteration, .safeContact) else { return nil }
        do {
            let mask = try await visit.site.people.mask(Person.safeContact, of: victim, as: visit.actor)
            return (
                mask.map { "Something was entered on \(LondonTime.inWords($0.setAt)); what you type takes its place." }
                    ?? "Nothing is entered yet.", mask?.version ?? 0
            )
        } catch let problem as Problem where problem.code == .absent {
            return nil
        }
    }
}

extension ResponseFields {
    init(_ form: FormValues) {
        self.init()
        let told = { (name: String) in Told(form[name], form.text("\(name)-words").trimmed()) }
        (household, sealed) = (form.text("household").trimmed(), form.text("sealed-contact"))
        (contact, injuries, photographs) = (told("contact"), told("injuries"), told("photographs"))
        (video, arrest, notice, consent) = (told("video"), told("arrest"), told("notice"), told("consent"))
        (steps, evidence) = (Set(form.all("steps")), Set(form.all("evidence")))
        (stepsWords, evidenceWords) = (form.text("steps-words").trimmed(), form.text("evidence-words").trimmed())
        (refused, noticeKind) = (form.text("refused").trimmed(), form["notice-kind"])
        children = (0..<20).compactMap { number in
            let start = "child-\(number)"
            guard form.has("\(start)-person") else { return nil }
            var child = Child()
            (child.person, child.who) = (form["\(start)-person"], form["\(start)-who"])
            (child.present, child.whereabouts) = (form["\(start)-present"], form["\(start)-where"])
            (child.seen, child.spokenTo) = (form["\(start)-seen"], form["\(start)-spoken"])
            child.voice = form.text("\(start)-voice").trimmed()
            return child
        }
    }

    init(_ response: InitialResponse) {
        self.init()
        let told = { (told: InitialResponse.Told) in Told(told.answer.rawValue, told.words) }
        (household, stepsWords, evidenceWords) = (response.household, response.stepsWords, response.evidenceWords)
        (contact, injuries) = (told(response.safeContactAsked), told(response.injuries))
        (photographs, video) = (told(response.photographs), told(response.video))
        (arrest, notice, consent) = (told(response.arrest), told(response.notice), told(response.consent))
        (steps, evidence) = (Set(response.steps), Set(response.evidence))
        (refused, noticeKind) = (response.refused, response.noticeKind)
        children = response.children.map { told in
            var child = Child()
            (child.person, child.who, child.whereabouts) = (told.person?.text ?? "", told.who, told.whereabouts)
            (child.present, child.seen) = (told.present.rawValue, told.seen.rawValue)
            (child.spokenTo, child.voice) = (told.spokenTo.rawValue, told.voice)
            return child
        }
    }

    /// A row for each child whom the occurrence names, and one more for another.
    mutating func place(_ known: [(id: String, name: String)]) {
        for (id, name) in known {
            if let place = children.firstIndex(where: { $0.person == id }) {
                children[place].name = name
            } else {
                var child = Child()
                (child.person, child.name) = (id, name)
                children.append(child)
            }
        }
        if children.count < 20, children.last.map({ !$0.person.isEmpty || !$0.who.isEmpty }) ?? true {
            children.append(Child())
        }
    }
}

extension InitialResponse {
    init(_ fields: ResponseFields) {
        self.init()
        let spoken = { (text: String) in Spoken(rawValue: text) ?? .notRecorded }
        let told = { (told: ResponseFields.Told) in Told(spoken(told.answer), told.words) }
        let lists = try? AssessmentWords.bundled()
        let known = { (codes: Set<String>, list: [Dated<AssessmentWord>]?) in
            (list ?? []).map(\.value.code).filter(codes.contains)
        }
        (household, stepsWords, evidenceWords) = (fields.household, fields.stepsWords, fields.evidenceWords)
        (safeContactAsked, injuries, photographs) = (
            told(fields.contact), told(fields.injuries), told(fields.photographs)
        )
        (video, arrest) = (told(fields.video), told(fields.arrest))
        (notice, consent, refused) = (told(fields.notice), told(fields.consent), fields.refused)
        steps = known(fields.steps, lists?.steps)
        evidence = known(fields.evidence, lists?.evidence)
        noticeKind = known([fields.noticeKind], lists?.notices).first ?? ""
        children = fields.children.map { typed in
            var child = Child()
            (child.person, child.who, child.whereabouts) = (Identifier(typed.person), typed.who, typed.whereabouts)
            (child.present, child.seen) = (spoken(typed.present), spoken(typed.seen))
            (child.spokenTo, child.voice) = (spoken(typed.spokenTo), typed.voice)
            return child
        }.filter { !$0.isBlank }
    }
}

extension InitialResponse.Child {
    /// A row of the form that nobody touched.
    fileprivate var isBlank: Bool {
        var nameless = self
        nameless.person = nil
        return nameless.isEmpty
    }
}

/// The first response in rows.
enum ResponseTelling {
    static func parts(_ body: Assessment) -> [AssessmentPage.Part] {
        var parts: [AssessmentPage.Part] = []
        if body.how.times > 0 {
            parts.append(AssessmentPage.Part("How it was asked", AssessmentHow.rows(body.answers.circumstances)))
        }
        if body.responded.times > 0 { parts.append(AssessmentPage.Part("At the scene", rows(body.response))) }
        return parts
    }

    static func rows(_ response: InitialResponse) -> [SummaryRow] {
        let told = { (key: String, told: InitialResponse.Told) in
            SummaryRow(
                key, [AssessmentTelling.spoken(told.answer), told.words].filter { !$0.isEmpty }.joined(separator: ": "))
        }
        let list = { (codes: [String], path: KeyPath<AssessmentWords, [Dated<AssessmentWord>]>, words: String) in
            (codes.map { AssessmentWords.title($0, in: path) } + [words]).filter { !$0.isEmpty }.joined(separator: "\n")
        }
        let rows =
            response.children.enumerated().map { number, child in row(child, number + 1) } + [
                SummaryRow("Who else is in the house", response.household),
                told("Asked how she may safely be reached", response.safeContactAsked),
                told("Anybody hurt", response.injuries), told("Photographs", response.photographs),
                told("Body-worn video", response.video),
                SummaryRow(
                    "Evidence without her account", list(response.evidence, \.evidence, response.evidenceWords)),
                told("Arrest", response.arrest),
                SummaryRow("First steps", list(response.steps, \.steps, response.stepsWords)),
                SummaryRow("Thought of and not done", response.refused),
                told("Protective notice", response.notice),
                SummaryRow("Which", list([response.noticeKind].filter { !$0.isEmpty }, \.notices, "")),
                told("She agrees that others are told", response.consent),
            ]
        return rows.filter { !$0.value.isEmpty }
    }

    private static func row(_ child: InitialResponse.Child, _ number: Int) -> SummaryRow {
        let lines = [
            child.who, "There: \(AssessmentTelling.spoken(child.present))", child.whereabouts,
            "Seen: \(AssessmentTelling.spoken(child.seen))", "Spoken to: \(AssessmentTelling.spoken(child.spokenTo))",
            child.voice,
        ]
        return SummaryRow("Child \(number)", lines.filter { !$0.isEmpty }.joined(separator: "\n"))
    }
}
