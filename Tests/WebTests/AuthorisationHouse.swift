import Access
import Actions
import Conduct
import Foundation
import HTTPTypes
import Inspection
import Kernel
import Ledger
import Measures
import People
import Retention
import RiskAssessment
import TestKit
import Testing
import Webhooks

@testable import Accounts
@testable import Web

/// A house with one thing of each kind, and what to send to each of its addresses.
struct AuthorisationHouse: Sendable {
    /// Words that only those may read who may see the force's work.
    static let marker = "zqlantern"

    let web: WebHouse
    let lead: WebPerson
    /// Somebody of the force about whom others ask.
    let victim: WebPerson
    let report: String
    let area: Identifier<AreaForImprovement>
    let action: Identifier<Actions.Action>
    let digest: String
    let rebase: String
    /// A person anybody of the agency may work with, and one who is kept to her lead.
    let persons: (open: AboutPerson, kept: AboutPerson)
    let glass: String
    let interest: String
    let hold: String
    let agreement: String
    let load: String

    /// A person, and what another agency was told of her.
    struct AboutPerson: Sendable {
        let id: Identifier<Person>
        let disclosure: String
        /// Her record and another of the same agency.
        let match: String
        let occurrence: Identifier<Occurrence>
        let place: String
        let link: String
        let assessment: String
        let call: String
    }

    static let identity = PartyIdentity(given: "Ama", family: "Mensah", born: Day(year: 1987, month: 3, day: 31))
    static let personMarker = "zqharbour"
    private static let writer = TestActor.practitioner("writer")

    static func open(_ body: (AuthorisationHouse) async throws -> Void) async throws {
        try await MeasureHouse.open { house in try await body(try await AuthorisationHouse(house.web)) }
    }

    private init(_ web: WebHouse) async throws {
        self.web = web
        lead = try await web.person([.inspectionLead, .analyst], name: "Lea Example")
        victim = try await web.person([.responseOfficer], name: "Vera Example")
        let (desk, actor) = (web.site.inspection, lead.actor)
        let record = try await desk.importReport(
            Array(InspectionText.report2017.utf8), fileName: "r.txt", as: actor
        ).record
        report = record.id.text
        area = try #require(try await desk.areas(of: record.id, as: actor).first).id
        let document = Inspection.UploadedFile(name: "\(AuthorisationHouse.marker).txt", bytes: Array("A list.".utf8))
        try await desk.addEvidence(
            EvidenceDraft(claim: "\(AuthorisationHouse.marker) claim", on: LondonTime.day(of: web.ledger.now)),
            file: document, to: area, as: actor)
        let shown = try await desk.area(area, as: actor)
        digest = try #require(shown.body.evidence.compactMap(\.document).first).digest
        action = try await ActionDesk(ledger: web.ledger).give(
            "\(AuthorisationHouse.marker) action", about: AreaForImprovement.subject(area),
            to: Assignee(id: lead.id.text, name: "Lea Example"), due: Day(daysSince1970: 40_000), as: actor)
        rebase = try await web.site.measures.rebase(
            "recorded-crime", from: Month(index: 2024 * 12 + 8), reason: "A new way of counting", as: actor
        ).text
        persons = (
            try await AuthorisationHouse.person(web, kept: false), try await AuthorisationHouse.person(web, kept: true)
        )
        // Of the force, and no relation of anybody who asks.
        let herself = victim.actor.working(on: .interest)
        interest = try await web.site.interests.say(
            .init(closeness: .sibling, identity: AuthorisationHouse.identity), as: herself
        ).text
        glass = try await web.site.glass.open(
            AuthorisationHouse.identity, reason: "A neighbour reports screams next door.", as: AuthorisationHouse.writer
        ).id.text
        hold = try await web.site.retention.hold(
            "Inquiry", why: "Its letter", .record("none"), as: TestActor.police([.recordsManager])
        ).text
        (agreement, load) = try await AuthorisationHouse.shared(web)
    }

    private static func shared(_ web: WebHouse) async throws -> (agreement: String, load: String) {
        let desk = IntakeDesk(people: web.site.people)
        let loader = TestActor.practitioner("loader", roles: [.safeguardingPractitioner])
        let agreement = try await desk.agree(
            .init(
                agency: "health", title: "zqshared", basis: "children-47", until: Day(daysSince1970: 40_000)),
            as: loader)
        let file = IntakeFile(name: "zqshared.csv") {
            var rows = [IntakeTable.Line(number: 2, values: ["1", "Quill"], flaw: nil)]
            return IntakeTable(header: ["ID", "Surname"], form: "Text") { rows.popLast() }
        }
        let plan = IntakePlan(
            agency: "health", agreement: agreement, mapping: ColumnGuess.mapping(of: ["ID", "Surname"]))
        return (agreement.text, try await desk.load(file, plan, as: loader).id.text)
    }

    private static func person(_ web: WebHouse, kept: Bool) async throws -> AboutPerson {
        var person = Person(
            names: [KnownName(given: identity.given, family: identity.family)],
            born: identity.born.map { PartialDate($0) }, narrative: personMarker)
        (person.isKept, person.given) = (kept, [writer.user])
        let id = try await web.site.people.create(person, as: writer)
        let told = try await web.site.people.disclose(
            .init(
                recipient: "health", fields: [.identity, .narrative], basis: "consent", words: "A visit", until: nil),
            of: id, expecting: 1, as: writer)
        let twin = try await web.site.people.create(person, as: writer)
        let match = PersonPair(id, twin).match
        _ = try await web.site.people.matches(as: writer)
        let desk = web.site.people
        let place = try await desk.create(
            Place(name: "\(personMarker) house", what: "dwelling", isRefuge: kept), as: writer)
        let part = Involvement(
            person: id, capacity: .victim, since: Day(daysSince1970: 20_000), recordedBy: writer.user)
        let when = try #require(PartialDate(year: 2026, month: 3, day: nil))
        let occurrence = try await desk.create(
            Occurrence(what: "visit", from: when, summary: personMarker, involved: [part]), as: writer)
        let link = try await desk.link(id, "lives", to: .place(place), as: writer)
        let assessment = try await web.site.assessments.begin(
            .init(occurrence: occurrence, instrument: "dash-2009", victim: id, reportedAt: web.ledger.now), as: writer)
        let call = try await web.site.calls.take(
            .init(occurrence: occurrence, reportedAt: web.ledger.now, caller: "x", said: personMarker), as: writer)
        return AboutPerson(
            id: id, disclosure: told.text, match: match.text, occurrence: occurrence, place: place.text,
            link: link.text, assessment: assessment.text, call: call.text)
    }

    /// Somebody with this role who stands so; nil for a guest.
    func person(_ role: Role, _ standing: Standing) async throws -> WebPerson? {
        switch standing {
        case .signedOut: return nil
        case .ownAgency, .closed: return try await web.person([role])
        case .conflicted:
            let person = try await web.person([role])
            try await web.site.interests.say(
                .init(closeness: .partner, identity: AuthorisationHouse.identity),
                as: person.actor.working(on: .interest))
            return person
        case .otherAgency: return try await web.person([role], agency: "housing")
        case .assigned:
            let person = try await web.person([role], agency: "housing")
            try await give(to: person)
            try await give(persons.open, to: person)
            return person
        }
    }

    private func give(to person: WebPerson) async throws {
        let owner = Assignee(id: person.id.text, name: "Noor Example")
        let record = try await web.site.inspection.area(area, as: lead.actor)
        try await web.site.inspection.amend(
            area, expecting: record.version, .plan(owner: owner, due: nil), as: lead.actor)
        let known = try await ActionDesk(ledger: web.ledger).action(action, as: lead.actor)
        var next = known.body
        next.owner = owner
        try await web.ledger.commit([try .amend(action, expecting: known.version, next)], as: lead.actor)
    }

    private func give(_ about: AboutPerson, to person: WebPerson) async throws {
        let record = try await web.site.people.person(about.id, as: AuthorisationHouse.writer)
        var next = record.body
        next.given.insert(person.id.text)
        try await web.site.people.amend(about.id, expecting: record.version, next, as: AuthorisationHouse.writer)
    }

    // MARK: What to send

    /// The address with the things of this house in it.
    func address(_ route: Route, for person: WebPerson?, _ standing: Standing) -> String {
        let path = route.path
        let about = standing == .closed ? persons.kept : persons.open
        let id =
            switch path.split(separator: "/").first {
            case "inspections": report
            case "areas": area.text
            case "actions": action.text
            case "measures": "recorded-crime"
            case "instruments": "dash-2009"
            case "accounts": victim.id.text
            case "persons" where path.hasPrefix("/persons/agreements"): agreement
            case "persons" where path.hasPrefix("/persons/import"): load
            case "persons": about.id.text
            case "disclosures": about.disclosure
            case "matches": about.match
            case "occurrences": about.occurrence.text
            case "places": about.place
            case "assessments": about.assessment
            case "calls": about.call
            case "standards": glass
            case "retention": path.contains("/holds") ? hold : path.contains("/records") ? area.text : "none"
            case "api": path.contains("/v1/persons") ? about.id.text : programID(path)
            default: web.site.arrivals.add(user: person?.id.text ?? "", name: "1 file")
            }
        let parts = [
            ":id": id, ":strand": "force", ":digest": digest, ":rebase": rebase, ":batch": "1", ":number": "1",
            ":field": "safe-contact", ":interest": interest, ":person": about.id.text, ":kind": "inspection.area",
            ":measure": "recorded-crime", ":question": "injury", ":figure": "checked", ":standard": "completeness",
            ":reference": "none",
            ":size": "1", ":from": "1",
            ":to": "1",
            ":provider": "none", ":token": "none", ":name": "holdfast.css",
        ]
        let filled = path.split(separator: "/", omittingEmptySubsequences: false)
            .map { parts[String($0)] ?? String($0) }.joined(separator: "/")
        return filled + (path.hasSuffix("/rows") ? "?period=2024-03" : path.hasSuffix("/pack") ? "?as=page" : "")
    }

    private func programID(_ path: String) -> String {
        if path.contains("/reports/") { return report }
        if path.contains("/v1/measures/") { return "recorded-crime" }
        return path.contains("/v1/actions/") ? action.text : area.text
    }

    /// A form that asks for a change and, where there is a version, names an old one: it is refused as outdated after
    /// it was allowed, so that nothing changes while the table is tried.
    func fields(_ route: Route, for person: WebPerson?) async throws -> Pairs {
        switch route.path {
        case "/inspections":
            return [
                "name": "r.txt", "text": Data(InspectionText.report2017.utf8).base64EncodedString(), "step": "keep",
            ]
        case "/inspections/read": return ["text": InspectionText.report2017]
        case "/inspections/:id/followed": return ["question": "0", "finding": "0"]
        case "/areas/:id/actions":
            return [
                "title": "Lamps", "owner": lead.id.text, "due-day": "1", "due-month": "3",
                "due-year": "2030",
            ]
        case "/areas/:id/measures": return ["version": "1", "step": "unlink", "measure": "recorded-crime"]
        case "/areas/:id/later": return ["report": report, "statement": "none"]
        case "/areas/:id/plan", "/areas/:id/status/:strand":
            return ["version": "1", "owner": lead.id.text, "on-day": "1", "on-month": "3", "on-year": "2026"]
        case "/actions/:id": return ["version": "1", "what": "done", "words": "Lit."]
        case "/persons/:id": return ["version": "0", "family": "X"]
        case "/persons/:id/sealed/:field/change": return ["version": "9", "sealed-value": "x"]
        case "/accounts/:id/roles": return ["version": "0", "roles": "analyst"]
        case "/accounts/:id/leaving": return ["version": "0", "reason": "Left"]
        case "/accounts/:id/sessions/end":
            return ["session": try await web.session(of: victim.id).visitor.session]
        case "/measures/:id/rebase/:rebase/withdraw": return ["version": "0", "reason-\(rebase)": "Counted as before"]
        case "/tokens/end":
            guard let person else { return [:] }
            let token = try await web.site.signIn.issueToken(
                named: "t", scopes: [.reports], days: 1, as: person.actor)
            return ["token": token.reference]
        case "/tokens/others/end":
            let token = try await web.site.signIn.issueToken(named: "t", scopes: [.reports], days: 1, as: lead.actor)
            return ["token": token.reference]
        case "/webhooks/end", "/webhooks/again":
            let made = try await web.site.webhooks.subscribe(
                "https://board.example/in", to: ["inspection.area"], as: lead.actor)
            return ["webhook": made.webhook.id.text]
        default: return occurrenceFields(route)
        }
    }

    private func occurrenceFields(_ route: Route) -> Pairs {
        switch route.path {
        case "/assessments/:id/questions/:question": return ["seen": "9", "reply": "no"]
        case "/assessments/:id/grade": return ["seen": "9", "grade": "high", "reason": "x"]
        case "/persons/:id/links/end": return ["link": persons.open.link]
        case "/occurrences/:id":
            return ["version": "0", "what": "visit", "from-year": "2026", "summary": "x"]
        case "/occurrences/:id/parts", "/occurrences/:id/parts/end":
            return [
                "version": "0", "person": persons.open.id.text,
                "capacity": route.path.hasSuffix("end") ? "victim" : "child",
            ]
        case "/places/:id": return ["version": "0", "what": "dwelling", "name": "X"]
        default: return [:]
        }
    }

    func send(_ route: Route, to address: String, as person: WebPerson?, _ fields: Pairs = [:]) async throws -> Reply {
        if route.path.hasPrefix("/api/"), let person {
            let scopes = Set(TokenScope.allCases.filter { $0.isOpen(to: person.actor) })
            let token = try await web.site.signIn.issueToken(named: "t", scopes: scopes, days: 1, as: person.actor)
            return try await web.send(route.method, address, headers: ["Authorization": "Bearer \(token.text)"])
        }
        guard route.method == .post else { return try await web.send(route.method, address, as: person) }
        return route.takesFiles
            ? try await web.upload(address, fields, files: [], as: person)
            : try await web.post(address, fields, as: person)
    }
}
