import Access
import Conduct
import Foundation
import HTTPTypes
import Instruments
import Kernel
import Ledger
import People
import RiskAssessment
import TestKit
import Testing

@testable import Accounts
@testable import Web

/// A house with an occurrence that names a victim, a suspect and a child, and an officer who assesses.
struct AssessmentHouse {
    let web: WebHouse
    let officer: WebPerson
    let victim: Identifier<Person>
    let child: Identifier<Person>
    let occurrence: Identifier<Occurrence>

    static func open(_ body: (AssessmentHouse) async throws -> Void) async throws {
        try await WebHouse.open { web in try await body(try await AssessmentHouse(web)) }
    }

    private init(_ web: WebHouse) async throws {
        (self.web, officer) = (web, try await web.person([.responseOfficer], name: "Ola Example"))
        let actor = officer.actor.working(on: .person)
        victim = try await AssessmentHouse.person("Ama", Day(year: 1987, month: 3, day: 31), web, actor)
        let suspect = try await AssessmentHouse.person("Tom", nil, web, actor)
        child = try await AssessmentHouse.person("Kofi", nil, web, actor)
        let day = LondonTime.day(of: web.ledger.now)
        let parts = [(victim, RecordSubject.Capacity.victim), (suspect, .suspect), (child, .child)].map {
            Involvement(person: $0.0, capacity: $0.1, since: day, recordedBy: actor.user)
        }
        occurrence = try await web.site.people.create(
            Occurrence(
                what: "domestic-abuse", reference: "CR/1042/26", from: PartialDate(day), summary: "zqsummary",
                involved: parts), as: actor)
    }

    private static func person(
        _ name: String, _ born: Day?, _ web: WebHouse, _ actor: Actor
    ) async throws -> Identifier<Person> {
        try await web.site.people.create(
            Person(
                names: [KnownName(given: name, family: "Mensah")], born: born.map { PartialDate($0) },
                warnings: born == nil ? [] : [Warning("Codeword is set: ask for it")]), as: actor)
    }

    func begin() async throws -> String {
        let day = LondonTime.day(of: web.ledger.now)
        let form: Pairs = [
            "occurrence": occurrence.text, "victim": victim.text, "suspect": "", "instrument": "dash-2009",
            "reported-day": "\(day.day)", "reported-month": "\(day.month)", "reported-year": "\(day.year)",
            "time": "00:01",
        ]
        let reply = try await web.post("/assessments", form, as: officer)
        #expect(reply.status == 303, "\(reply.text)")
        return String(try #require(reply.location?.split(separator: "?").first?.split(separator: "/").last))
    }

    func answer(
        _ id: String, _ question: String, _ more: Pairs, seen: Int = 0, as person: WebPerson? = nil
    ) async throws -> Reply {
        try await web.post(
            "/assessments/\(id)/questions/\(question)", ["seen": "\(seen)"] + more, as: person ?? officer)
    }

    func page(_ path: String, as person: WebPerson? = nil) async throws -> String {
        try await web.get(path, as: person ?? officer).text
    }

    /// As a phone would go through it without a script: always where the answer leads.
    func fill(_ id: String, yes: [String: String] = [:]) async throws -> Int {
        var (taps, next) = (0, "/assessments/\(id)/questions/injury")
        while next.contains("/questions/"), taps < 200 {
            let question = String(try #require(next.split(separator: "/").last?.split(separator: "?").first))
            let version = try #require(web.site.instruments.shelf.inForce("dash-2009", on: Day(daysSince1970: 20_000)))
            let isText = version.question(question)?.kind == .text
            var (reply, seen) = (try await answer(id, question, ["reply": "no"]), 0)
            taps += 1
            if isText || yes[question] != nil {
                reply = try await answer(
                    id, question, ["reply": isText ? "declined" : "yes"], seen: reply.status == 422 ? 0 : 1)
                seen = isText ? 1 : 2
            }
            if let words = yes[question] {
                #expect(reply.location == "/assessments/\(id)/questions/\(question)", "a yes waits for its words")
                reply = try await answer(id, question, ["reply": "keep", "words-\(question)-1": words], seen: seen)
                taps += 1
            }
            #expect(reply.status == 303, "\(question)")
            next = try #require(reply.location)
        }
        #expect(next == "/assessments/\(id)/how")
        let how: Pairs = [
            "seen": "0", "victim-asked": "yes", "alone": "yes", "channel": "in-person", "interpreter": "not-needed",
            "children-seen": "yes", "history-checked": "yes", "history": "Two earlier calls.",
        ]
        #expect(try await web.post("/assessments/\(id)/how", how, as: officer).status == 303)
        return taps
    }

    func grade(_ id: String, _ grade: String = "standard", _ reason: String? = nil, seen: Int = 0) async throws -> Reply
    {
        let reason = reason ?? "No injury and no fear was told, she feels safe with her sister tonight."
        return try await web.post(
            "/assessments/\(id)/grade", ["seen": "\(seen)", "grade": grade, "reason": reason], as: officer)
    }
}

@Suite("Pages of assessments")
struct AssessmentRouteTests {
    @Test func `an officer begins from an occurrence, sees what is known, and answers question by question`()
        async throws
    {
        try await AssessmentHouse.open { house in
            #expect(try await house.page("/occurrences/\(house.occurrence)").contains("Begin an assessment"))
            let start = try await house.page("/assessments/new?occurrence=\(house.occurrence)")
            for word in ["Who is at risk", "Ama Mensah", "Codeword is set", "DASH 2009"] {
                #expect(start.contains(word), "\(word)")
            }
            let id = try await house.begin()
            #expect(try await house.begin() == id)
            let hub = try await house.page("/assessments/\(id)")
            for word in ["Being written", "0 of 27", "Go on", "/questions/injury", "CR/1042/26"] {
                #expect(hub.contains(word), "\(word)")
            }
            let first = try await house.page("/assessments/\(id)/questions/injury")
            for word in ["1. Injury now", "question 1 of 27", "Not known", "Declined", "Not asked", "assessment.js"] {
                #expect(first.contains(word), "\(word)")
            }
            #expect(!first.contains("zqsummary"))
            let no = try await house.answer(id, "injury", ["reply": "no"])
            #expect(no.location == "/assessments/\(id)/questions/fear")
            let reason = try await house.answer(id, "fear", ["reply": "not-asked:left"])
            #expect(reason.location == "/assessments/\(id)/questions/what-is-feared")
            let list = try await house.page("/assessments/\(id)/questions")
            #expect(list.contains("25 questions are open") && list.contains("Not asked"))
            let calls = try await house.answer(
                id, "children", ["reply": "yes", "words-children-1": "Kofi, 9", "observation-children-1": "Toys"])
            #expect(calls.location == "/assessments/\(id)/questions/child-there")
            let all = try await house.page("/assessments/\(id)/form")
            #expect(all.contains("ask-stalking-fear-1") && all.contains(#"data-called="stalking-1""#))
            let list2 = try await house.page("/assessments/\(id)/questions/child-there")
            #expect(list2.contains("Another one") && list2.contains("questions/child-there?round=2"))
            let second = try await house.web.post(
                "/assessments/\(id)/questions/child-there?round=2", ["seen": "0", "reply": "no"], as: house.officer)
            #expect(second.status == 303)
            #expect(try await house.web.get("/assessments/\(id)/questions/none", as: house.officer).status == 404)
        }
    }

    @Test func `the script is told how often the question was answered, and an answer that came twice counts once`()
        async throws
    {
        try await AssessmentHouse.open { house in
            let id = try await house.begin()
            let path = "/assessments/\(id)/questions/injury"
            for _ in 0..<2 {
                let reply = try await house.web.post(
                    path, ["seen": "0", "reply": "yes", "words-injury-1": "A cut"], as: house.officer,
                    headers: ["Accept": "application/json"])
                #expect(reply.status == 200 && reply.text == #"{"seen":1}"#)
            }
            let without = try await house.web.post(
                path, ["seen": "1", "reply": "no"], as: house.officer, token: .none,
                headers: ["Accept": "application/json"])
            #expect(without.status == 403)
            let signedOut = try await house.web.post(
                path, ["seen": "1", "reply": "yes", "words-injury-1": "A deep cut"])
            #expect(signedOut.status == 403 && signedOut.text.contains("A deep cut"))
        }
    }

    @Test func `a second device is told with both versions, and nothing typed is lost`() async throws {
        try await AssessmentHouse.open { house in
            let (id, phone) = (try await house.begin(), try await house.web.person([.responseOfficer]))
            _ = try await house.answer(id, "injury", ["reply": "yes", "words-injury-1": "zqtheirs"])
            let late = try await house.answer(
                id, "injury", ["reply": "no", "words-injury-1": "zqmine", "observation-injury-1": "zqseen"], as: phone)
            #expect(late.status == 409)
            for word in ["zqtheirs", "zqmine", "zqseen", #"name="seen" value="1""#] {
                #expect(late.text.contains(word), "\(word)")
            }
            let kept = try await house.answer(
                id, "injury", ["reply": "no", "words-injury-1": "zqmine"], seen: 1, as: phone)
            #expect(kept.status == 303)
            let wrong = try await house.answer(
                id, "fear", ["reply": "not-asked", "words-fear-1": "zqstay", "reason-fear-1": ""])
            #expect(wrong.status == 422 && wrong.text.contains("zqstay") && wrong.text.contains("Say why"))
            #expect(wrong.text.contains("href=\"#reason-fear-1\""))
        }
    }

    @Test func `before it is sent it says exactly what is thin, and it is sent with a reason`() async throws {
        try await AssessmentHouse.open { house in
            let id = try await house.begin()
            let taps = try await house.fill(id)
            #expect(taps <= 40)
            _ = try await house.answer(id, "threats-to-kill", ["reply": "yes"], seen: 1)
            let silent = try await house.grade(id)
            #expect(silent.status == 422 && silent.text.contains("Say how you weighed what was raised"))
            #expect(silent.text.contains("she feels safe with her sister"))
            let reason = "Question 17: a threat to kill, and she fears that he means what he says."
            #expect(try await house.grade(id, "high", reason).location == "/assessments/\(id)/send")
            let page = try await house.page("/assessments/\(id)/send")
            #expect(
                page.contains(
                    "Question 17, Threats to kill. You recorded a threat to kill and no words said, to whom or when."))
            #expect(page.contains("There was no arrest") == false && page.contains("whether there was an arrest"))
            let stopped = try await house.web.post("/assessments/\(id)/send", [:], as: house.officer)
            #expect(stopped.status == 422 && stopped.text.contains("#override-context"))
            let sent = try await house.web.post(
                "/assessments/\(id)/send", ["override-context": "zqwhy she would not repeat it"], as: house.officer)
            #expect(sent.status == 303)
            let read = try await house.page("/assessments/\(id)")
            for word in ["Waits for a review", "High", "A yes has words of its own", "Not met", "zqwhy", "Met"] {
                #expect(read.contains(word), "\(word)")
            }
            let after = try await house.answer(id, "injury", ["reply": "yes", "words-injury-1": "zqlate"], seen: 1)
            #expect(after.status == 409 && after.text.contains("zqlate"))
            let chronology = try await house.page("/persons/\(house.victim)/chronology")
            #expect(chronology.contains("Risk assessed: High"))
            let paper = try await house.page("/persons/\(house.victim)/chronology/paper")
            #expect(paper.contains("Risk assessed: High"))
        }
    }

    @Test func `the first response is kept as typed, and the safe contact is sealed with her record and nowhere else`()
        async throws
    {
        try await AssessmentHouse.open { house in
            let id = try await house.begin()
            let page = try await house.page("/assessments/\(id)/response")
            for word in ["Kofi Mensah", "DVPN", "Nothing is entered yet", "What the child said or showed"] {
                #expect(page.contains(word), "\(word)")
            }
            let form: Pairs = [
                "seen": "0", "child-0-person": house.child.text, "child-0-present": "yes", "child-0-voice": "zqvoice",
                "child-1-person": "", "child-1-who": "A baby", "household": "zqhouse", "arrest": "no",
                "steps": "idva", "contact": "yes", "sealed-version": "0", "sealed-contact": "zqsafe by text only",
            ]
            let saved = try await house.web.post("/assessments/\(id)/response", form, as: house.officer)
            #expect(saved.status == 303 && saved.location == "/assessments/\(id)/grade")
            for path in ["/assessments/\(id)", "/assessments/\(id)/response", "/assessments/\(id)/send"] {
                let text = try await house.page(path)
                #expect(!text.contains("zqsafe"), "\(path)")
                if !path.hasSuffix("send") { #expect(text.contains("zqvoice") && text.contains("A baby"), "\(path)") }
            }
            #expect(try await house.page("/assessments/\(id)/response").contains("Something was entered on"))
            let revealed = try await house.web.post(
                "/persons/\(house.victim)/sealed/safe-contact", ["reason": "safe-call"], as: house.officer)
            #expect(revealed.text.contains("zqsafe by text only"))
            let late = try await house.web.post(
                "/assessments/\(id)/response", ["seen": "0", "household": "zqmine", "sealed-contact": "zqother"],
                as: house.officer)
            #expect(late.status == 409 && late.text.contains("zqmine") && late.text.contains("zqhouse"))
            let entries = try await house.web.audit()
            #expect(!entries.contains { "\($0)".contains("zqsafe") || "\($0)".contains("zqvoice") })
            #expect(entries.contains { $0.kind == "people.person.sealed" && $0.operation == .alteration })
        }
    }

    @Test func `a sergeant reviews from her list, an officer has none, and who did what is told`() async throws {
        try await AssessmentHouse.open { house in
            let (id, sergeant) = (
                try await house.begin(), try await house.web.person([.supervisor], name: "Sam Example")
            )
            _ = try await house.fill(id)
            _ = try await house.grade(id)
            #expect(try await house.web.post("/assessments/\(id)/send", [:], as: house.officer).status == 303)
            let list = try await house.page("/assessments", as: sergeant)
            for word in ["To review (1)", "Assessment, CR/1042/26", "Ola Example", "To review by"] {
                #expect(list.contains(word), "\(word)")
            }
            #expect(try await house.page("/", as: sergeant).contains("Assessments to review (1)"))
            let own = try await house.page("/assessments")
            #expect(!own.contains("To review (") && own.contains("Waits for a review"))
            #expect(try await !house.page("/assessments/\(id)").contains("Your review"))
            let refused = try await house.web.post(
                "/assessments/\(id)/review", ["decision": "agreed", "words": "x"], as: house.officer)
            #expect(refused.status == 404)
            let silent = try await house.web.post("/assessments/\(id)/review", ["decision": "returned"], as: sergeant)
            #expect(silent.status == 422 && silent.text.contains("Give the reason"))
            let returned = try await house.web.post(
                "/assessments/\(id)/review", ["decision": "returned", "words": "zqreturn"], as: sergeant)
            #expect(returned.status == 303)
            #expect(try await house.page("/").contains("Assessments to finish (1)"))
            #expect(try await house.page("/assessments/\(id)").contains("zqreturn"))
            let again = try await house.web.post(
                "/assessments/\(id)/review", ["decision": "agreed", "words": "zqkeep"], as: sergeant)
            #expect(again.status == 409 && again.text.contains("zqkeep"))
        }
    }

    @Test func `a party finds nothing of it, and neither does another agency`() async throws {
        try await AssessmentHouse.open { house in
            let id = try await house.begin()
            _ = try await house.answer(id, "injury", ["reply": "yes", "words-injury-1": "zqcut"])
            let party = try await house.web.person([.responseOfficer])
            try await house.web.site.interests.say(
                .init(
                    closeness: .partner,
                    identity: PartyIdentity(given: "Ama", family: "Mensah", born: Day(year: 1987, month: 3, day: 31))),
                as: party.actor.working(on: .interest))
            let stranger = try await house.web.person([.supervisor], agency: "housing")
            for reader in [party, stranger] {
                for part in ["", "/questions", "/questions/injury", "/form", "/how", "/response", "/grade", "/send"] {
                    let known = try await house.web.get("/assessments/\(id)\(part)", as: reader)
                    let random = try await house.web.get("/assessments/0199aaaa\(part)", as: reader)
                    #expect(known.status == 404 && known.body == random.body, "\(part)")
                }
                #expect(try await !house.page("/assessments", as: reader).contains(id))
                #expect(try await !house.page("/occurrences/\(house.occurrence)", as: reader).contains(id))
            }
        }
    }

    @Test func `a measure opens onto its forms, and one that does not exist for her is counted nowhere`() async throws {
        try await AssessmentHouse.open { house in
            let (id, sergeant) = (
                try await house.begin(), try await house.web.person([.supervisor], name: "Sam Example")
            )
            _ = try await house.fill(id)
            _ = try await house.grade(id)
            let sent = try await house.web.post(
                "/assessments/\(id)/send", ["override-context": "x", "override-consistency": "x"], as: house.officer)
            #expect(sent.status == 303)
            let standards = try await house.page("/assessments/standards", as: sergeant)
            #expect(standards.contains("/assessments/standards/completeness") && standards.contains("Of the 1 that"))
            #expect(!standards.contains("/assessments/officers"))
            let measure = try await house.page("/assessments/standards/completeness?month=2026-10", as: sergeant)
            #expect(measure.contains("October 2026") && measure.contains("<svg"))
            #expect(
                try await house.page("/assessments/later", as: sergeant).contains("No assessment is a year old yet"))
            for path in ["/assessments/officers", "/assessments/standards/nonsense"] {
                #expect(try await house.web.get(path, as: sergeant).status == 404, "\(path)")
            }
            let party = try await house.web.person([.supervisor])
            try await house.web.site.interests.say(
                .init(
                    closeness: .partner,
                    identity: PartyIdentity(given: "Ama", family: "Mensah", born: Day(year: 1987, month: 3, day: 31))),
                as: party.actor.working(on: .interest))
            let hers = try await house.page("/assessments/standards", as: party)
            #expect(hers.contains("No assessment was sent yet") && !hers.contains(id))
        }
    }

    @Test func `on paper another agency gets what it was told as it stood then, and who got it is in the log`()
        async throws
    {
        try await AssessmentHouse.open { house in
            let id = try await house.begin()
            _ = try await house.web.person([.partnerPractitioner], agency: "housing")
            let stranger = try await house.web.person([.partnerPractitioner], agency: "health")
            _ = try await house.fill(id, yes: ["injury": "zqcut on her arm since this evening"])
            _ = try await house.grade(id, "standard", "zqreason: one injury, question 1, and no fear was told tonight.")
            let paper = "/assessments/\(id)/paper"
            #expect(try await house.web.get(paper, as: house.officer).status == 409)
            let before = try await told(house, "narrative")
            house.web.clock.advance(seconds: 60)
            let sent = try await house.web.post("/assessments/\(id)/send", ["override-context": "x"], as: house.officer)
            #expect(sent.status == 303)
            #expect(try await house.page("/assessments/\(id)").contains(paper))
            let own = try await house.page(paper)
            #expect(own.contains("zqcut") && own.contains("zqreason") && !own.contains(before))
            let words = try await told(house, "narrative")
            let theirs = try await house.page("\(paper)?for=\(words)")
            #expect(theirs.contains("zqcut") && !theirs.contains("Tom Mensah"))
            let narrow = try await told(house, "warnings")
            #expect(try await house.page("\(paper)?for=\(narrow)").contains("Nothing would be on it"))
            #expect(try await house.web.post(paper, ["for": narrow], as: house.officer).status == 422)
            let made = try await house.web.post(paper, ["for": words], as: house.officer)
            #expect(made.body.starts(with: Array("%PDF-".utf8)) || made.text.contains("WeasyPrint"))
            let log = try await house.web.audit().filter { $0.about.hasPrefix("paper by \(words)") }
            #expect(log.map(\.recipient) == ["housing"] && log.first?.record == id)
            #expect(log.allSatisfy { $0.operation == .disclosure && !$0.about.contains("zq") })
            #expect(try await house.web.get("\(paper)?for=\(before)", as: house.officer).status == 404)
            #expect(try await house.web.get(paper, as: stranger).status == 404)
        }
    }

    /// That housing was told of her; the disclosure.
    private func told(_ house: AssessmentHouse, _ fields: String) async throws -> String {
        house.web.clock.advance(seconds: 60)
        let reply = try await house.web.post(
            "/persons/\(house.victim)/tell",
            Pairs([
                ("version", "1"), ("recipient", "housing"), ("fields", fields), ("basis", "consent"),
                ("words", "A visit"),
            ]), as: house.officer)
        let place = try #require(reply.location?.split(separator: "?").first)
        return String(try #require(place.split(separator: "/").last))
    }
}
