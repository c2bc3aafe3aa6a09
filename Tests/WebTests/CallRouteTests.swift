import Access
import Conduct
import Foundation
import HTTPTypes
import Kernel
import Ledger
import People
import RiskAssessment
import TestKit
import Testing

@testable import Accounts
@testable import Web

/// A house of assessments with a person who takes calls.
struct CallHouse {
    let base: AssessmentHouse
    let handler: WebPerson
    var web: WebHouse { base.web }
    var officer: WebPerson { base.officer }

    static func open(_ body: (CallHouse) async throws -> Void) async throws {
        try await AssessmentHouse.open { base in
            try await body(
                CallHouse(base: base, handler: try await base.web.person([.responseOfficer], name: "Hana Example")))
        }
    }

    func take() async throws -> String {
        let day = LondonTime.day(of: web.ledger.now)
        let form: Pairs = [
            "occurrence": base.occurrence.text, "caller": "A neighbour", "said": "zqsaid",
            "reported-day": "\(day.day)", "reported-month": "\(day.month)", "reported-year": "\(day.year)",
            "time": "00:01",
        ]
        let reply = try await web.post("/calls", form, as: handler)
        #expect(reply.status == 303, "\(reply.text)")
        return String(try #require(reply.location?.split(separator: "?").first?.split(separator: "/").last))
    }

    func post(_ id: String, _ part: String, _ form: Pairs, as person: WebPerson? = nil) async throws -> Reply {
        try await web.post("/calls/\(id)/\(part)", form, as: person ?? handler)
    }

    func page(_ path: String, as person: WebPerson? = nil) async throws -> String {
        try await web.get(path, as: person ?? handler).text
    }

    static let thrive: Pairs = Pairs(
        ["threat", "harm", "risk", "investigation", "vulnerability", "engagement"].map { ("answer-\($0)", "none-seen") }
    )
}

@Suite("Pages of calls")
struct CallRouteTests {
    @Test func `a handler takes a call, judges it, checks and flags, and what is typed wrongly is not lost`()
        async throws
    {
        try await CallHouse.open { house in
            let start = try await house.page("/calls/new?occurrence=\(house.base.occurrence)")
            for word in ["Take a call", "What is already known", "Ama Mensah", "Codeword is set", "Kofi Mensah"] {
                #expect(start.contains(word), "\(word)")
            }
            let empty = try await house.web.post(
                "/calls", ["occurrence": house.base.occurrence.text, "said": "zqkeep", "time": "25:00"],
                as: house.handler)
            #expect(empty.status == 422 && empty.text.contains("zqkeep") && empty.text.contains("25:00"))
            let id = try await house.take()
            let fresh = try await house.page("/calls/\(id)")
            for word in ["Nobody has checked yet", "It was not assessed yet", "zqsaid", "Hana Example", "CR/1042/26"] {
                #expect(fresh.contains(word), "\(word)")
            }
            let thin = try await house.post(id, "thrive", ["known": "0", "words-threat": "zqthin"])
            #expect(thin.status == 422 && thin.text.contains("zqthin") && thin.text.contains("Choose one for each"))
            let graded = try await house.post(
                id, "thrive", CallHouse.thrive + ["known": "0", "grade": "priority", "reason": "zqreason"])
            #expect(graded.status == 303)
            let again = try await house.page("/calls/\(id)/thrive")
            #expect(again.contains("Assess the call again") && again.contains("zqreason"))
            let wrong = try await house.post(id, "check", ["check-words": "zqcheck"])
            #expect(
                wrong.status == 422 && wrong.text.contains("zqcheck") && wrong.text.contains("Choose what you found"))
            let check: Pairs = ["outcome": "vulnerable", "looked": "caller", "check-words": "zqcheck"]
            #expect(try await house.post(id, "check", check).status == 303)
            let found = try await house.page("/calls/\(id)")
            #expect(found.contains("Somebody vulnerable was found, and there is no flag"))
            #expect(try await house.page("/calls").contains("Found, not flagged"))
            let waits = "Somebody vulnerable was found and not flagged"
            #expect(try await house.page("/").contains(waits))
            #expect(try await !house.page("/", as: house.officer).contains(waits), "it is hers who took the call")
            let flag: Pairs = ["kinds": "domestic-abuse", "kinds": "child", "flag-words": "zqflag"]
            #expect(try await house.post(id, "flag", flag).status == 303)
            let flagged = try await house.page("/calls/\(id)")
            #expect(try await !house.page("/").contains(waits))
            #expect(flagged.contains("Domestic abuse, A child at risk") && !flagged.contains("there is no flag"))
            let closed = try await house.post(id, "closing", ["step": "close"])
            #expect(closed.status == 303)
            let shut = try await house.post(id, "flag", ["kinds": "child", "flag-words": "zqlate"])
            #expect(shut.status == 409 && shut.text.contains("This call is closed"))
        }
    }

    @Test
    func `an officer who is sent finds it on her home page, reads the flag first and says with one press that she has`()
        async throws
    {
        try await CallHouse.open { house in
            let id = try await house.take()
            let seal = try await house.web.site.people.mask(
                Person.safeContact, of: house.base.victim, as: house.officer.actor.working(on: .person))
            try await house.web.site.people.seal(
                "zqcodeword", Person.safeContact, of: house.base.victim, expecting: seal?.version ?? 0,
                as: house.officer.actor.working(on: .person))
            _ = try await house.post(id, "flag", ["kinds": "domestic-abuse", "flag-words": "zqflag"])
            let sent = try await house.post(id, "attending", ["step": "send", "who": house.officer.id.text])
            #expect(sent.status == 303)
            let home = try await house.page("/", as: house.officer)
            #expect(home.contains("Calls you are sent to") && home.contains("Flagged: read it first"))
            #expect(try await house.page("/calls").contains("has not seen the flag"))
            let page = try await house.page("/calls/\(id)/attend", as: house.officer)
            let (flag, said) = (try #require(page.range(of: "zqflag")), try #require(page.range(of: "zqsaid")))
            #expect(flag.lowerBound < said.lowerBound)
            for word in [
                "I have seen this", "I have arrived", "A safe way to reach her is sealed",
                "/persons/\(house.base.victim)/sealed/safe-contact", "Holdfast does not hold them", "Kofi Mensah",
            ] { #expect(page.contains(word), "\(word)") }
            #expect(!page.contains("zqcodeword"))
            // On the assessment of the same occurrence too.
            let form = try await house.base.begin()
            #expect(try await house.page("/assessments/\(form)", as: house.officer).contains("zqflag"))
            let seen = try await house.post(
                id, "attending", ["step": "seen", "flag": "1", "assessment": form], as: house.officer)
            #expect(seen.location?.hasPrefix("/assessments/\(form)") == true)
            let after = try await house.page("/assessments/\(form)", as: house.officer)
            #expect(after.contains("that you have seen this") && !after.contains("I have seen this"))
            let there = try await house.post(id, "attending", ["step": "arrived"], as: house.officer)
            #expect(there.location?.hasPrefix("/calls/\(id)/attend") == true)
            #expect(try await house.page("/calls/\(id)/attend", as: house.officer).contains("You arrived"))
            #expect(try await house.page("/occurrences/\(house.base.occurrence)").contains("zqflag"))
            let crew = try await house.web.person([.responseOfficer], name: "Cora Example")
            _ = try await house.post(id, "attending", ["step": "send", "who": crew.id.text])
            let early = try await house.post(
                id, "attending", ["step": "arrival", "arrived-who": crew.id.text, "arrived-time": "99"])
            #expect(early.status == 422 && early.text.contains(#"value="99""#))
            let noted = try await house.post(
                id, "attending", ["step": "arrival", "arrived-who": crew.id.text, "arrived-time": "00:03"])
            #expect(noted.status == 303)
            #expect(try await house.page("/calls/\(id)").contains("Arrived: Cora Example"))
            let log = try await house.web.store.log().filter {
                $0.kind == "risk.call" && $0.user == house.officer.id.text
            }
            #expect(log.count { $0.operation == .alteration } == 2 && !log.contains { "\($0)".contains("zq") })
        }
    }

    @Test
    func `a supervisor sees each share with what it is of, the calls behind it, and reviews without seeing the flag`()
        async throws
    {
        try await CallHouse.open { house in
            let sergeant = try await house.web.person([.supervisor], name: "Sam Example")
            #expect(try await house.page("/calls/measures", as: sergeant).contains("No call was taken"))
            let id = try await house.take()
            _ = try await house.post(
                id, "check", ["outcome": "vulnerable", "looked": "caller", "check-words": "zqcheck"])
            let page = try await house.page("/calls/measures", as: sergeant)
            for word in ["1 of 1: 100% (21% to 100%)", "0 of 1: 0% (0% to 79%)", "None to judge", "See these calls"] {
                #expect(page.contains(word), "\(word)")
            }
            let behind = try await house.page("/calls/measures/flagged", as: sergeant)
            #expect(behind.contains("/calls/\(id)") && behind.contains("Found, not flagged"))
            #expect(try await !house.page("/calls/measures/flagged?month=2020-01", as: sergeant).contains(id))
            #expect(try await house.web.get("/calls/measures/none", as: sergeant).status == 404)
            _ = try await house.post(id, "flag", ["kinds": "child", "flag-words": "zqflag"])
            #expect(try await house.page("/calls/sample", as: sergeant).contains("/calls/\(id)/review"))
            let review = try await house.page("/calls/\(id)/review", as: sergeant)
            #expect(review.contains("zqsaid") && !review.contains("zqflag") && !review.contains("zqcheck"))
            let silent = try await house.post(id, "review", ["should": "yes"], as: sergeant)
            #expect(silent.status == 422)
            let done = try await house.post(id, "review", ["should": "yes", "review-words": "zqwhy"], as: sergeant)
            #expect(done.status == 303)
            #expect(try await house.page("/calls/sample", as: sergeant).contains("Reviewed"))
            #expect(try await house.page("/calls/\(id)").contains("zqwhy"))
        }
    }

    @Test func `whoever is close to a person who is named later no longer finds the call`() async throws {
        try await CallHouse.open { house in
            let id = try await house.take()
            let actor = house.handler.actor.working(on: .person)
            let yaw = try await house.web.site.people.create(
                Person(
                    names: [KnownName(given: "Yaw", family: "Boateng")],
                    born: PartialDate(year: 1980, month: 5, day: 17)), as: actor)
            let close = try await house.web.person([.responseOfficer])
            try await house.web.site.interests.say(
                .init(
                    closeness: .sibling,
                    identity: PartyIdentity(
                        given: "Yaw", family: "Boateng", born: Day(year: 1980, month: 5, day: 17))),
                as: close.actor.working(on: .interest))
            #expect(try await house.web.get("/calls/\(id)", as: close).status == 200)
            let named = try await house.web.post(
                "/occurrences/\(house.base.occurrence)/parts",
                ["version": "1", "person": yaw.text, "capacity": "suspect"], as: house.handler)
            #expect(named.status == 303)
            #expect(try await house.web.get("/calls/\(id)", as: close).status == 404)
            #expect(try await house.page("/calls/\(id)").contains("Suspect: Yaw Boateng"))
        }
    }

    @Test func `a party finds nothing of a call, and neither does another agency`() async throws {
        try await CallHouse.open { house in
            let id = try await house.take()
            _ = try await house.post(id, "flag", ["kinds": "child", "flag-words": "zqflag"])
            let party = try await house.web.person([.supervisor])
            try await house.web.site.interests.say(
                .init(
                    closeness: .partner,
                    identity: PartyIdentity(given: "Ama", family: "Mensah", born: Day(year: 1987, month: 3, day: 31))),
                as: party.actor.working(on: .interest))
            let stranger = try await house.web.person([.supervisor], agency: "housing")
            for reader in [party, stranger] {
                for part in ["", "/thrive", "/attend", "/review"] {
                    let known = try await house.web.get("/calls/\(id)\(part)", as: reader)
                    let random = try await house.web.get("/calls/0199aaaa\(part)", as: reader)
                    #expect(known.status == 404 && known.body == random.body, "\(part)")
                }
                for part in ["thrive", "check", "flag", "orders", "closing", "attending", "review"] {
                    #expect(try await house.post(id, part, ["step": "seen"], as: reader).status == 404, "\(part)")
                }
                for path in ["/calls", "/calls/measures", "/calls/measures/checked", "/calls/sample"] {
                    #expect(try await !house.page(path, as: reader).contains(id), "\(path)")
                }
            }
        }
    }
}
