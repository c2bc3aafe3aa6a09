import Access
import Conduct
import HTTPTypes
import Kernel
import Ledger
import People
import TestKit
import Testing

@testable import Accounts
@testable import Web

@Suite("Pages of conflicts of interest and of emergency access")
struct ConductRouteTests {
    private static let who: Pairs = [
        "given": "Ama", "family": "Mensah", "born-day": "31", "born-month": "3", "born-year": "1987",
    ]
    private static let emergency: Pairs = who + ["reason": "A neighbour reports screams next door."]

    private func person(_ house: WebHouse) async throws -> Identifier<Person> {
        try await house.site.people.create(
            Person(
                names: [KnownName(given: "Ama", family: "Mensah")], born: PartialDate(year: 1987, month: 3, day: 31),
                narrative: "zqsecret"), as: TestActor.practitioner("writer"))
    }

    @Test func `every page about her is to a party the page of an address that does not exist`() async throws {
        try await WebHouse.open { house in
            let (id, party) = (try await person(house), try await house.person([.responseOfficer]))
            #expect(try await house.get("/persons/\(id)", as: party).status == 200)
            let said = try await house.post("/interests", Self.who + ["closeness": "former-partner"], as: party)
            #expect(said.status == 303)
            for route in House.routes where route.path.hasPrefix("/persons/:id") {
                let path = route.path.replacing(":id", with: id.text).replacing(":field", with: "safe-contact")
                let random = path.replacing(id.text, with: "0199aaaa-0000-7000-8000-000000000000")
                let fields: Pairs = ["version": "1", "family": "X", "reason": "visit"]
                let known =
                    route.method == .get
                    ? try await house.get(path, as: party) : try await house.post(path, fields, as: party)
                let unknown =
                    route.method == .get
                    ? try await house.get(random, as: party) : try await house.post(random, fields, as: party)
                #expect(known.status == 404 && known.body == unknown.body, "\(route.method) \(route.path)")
            }
            let found = try await house.get("/persons?name=mensah", as: party).text
            #expect(found.contains("Nobody like this") && !found.contains(id.text))
        }
    }

    @Test func `standards are told, look at the names with a reason, and open the record again`() async throws {
        try await WebHouse.open { house in
            let (id, party) = (try await person(house), try await house.person([.responseOfficer], name: "Noor Party"))
            _ = try await house.post("/interests", Self.who + ["closeness": "oneself"], as: party)
            let standards = try await house.person([.professionalStandards])
            #expect(try await house.get("/", as: standards).text.contains("Closed, not yet looked at"))
            let page = try await house.get("/standards", as: standards).text
            #expect(page.contains("Noor Party") && page.contains("not yet looked at") && !page.contains("zqsecret"))
            let interest = try await house.site.interests.mine(as: party.actor).first?.id.text ?? ""
            let place = "/standards/likeness/\(interest)/\(id)"
            #expect(try await !house.get(place, as: standards).text.contains("Mensah"))
            let names = try await house.post(place, ["reveal": "1", "reason": "review"], as: standards)
            #expect(names.text.contains("Ama Mensah, born 31 March 1987"))
            let thin = try await house.post(place, ["same": "no"], as: standards)
            #expect(thin.status == 422 && thin.text.contains("Enter how you know"))
            _ = try await house.post(place, ["same": "no", "words": "Another passport"], as: standards)
            #expect(try await house.get("/persons/\(id)", as: party).status == 200)
            #expect(try await house.get(place, as: party).status == 404)
        }
    }

    @Test func `emergency access wants password and code again, opens for an hour and waits for its review`()
        async throws
    {
        try await WebHouse.open { house in
            let id = try await person(house)
            let partner = try await house.person([.partnerPractitioner], agency: "housing")
            #expect(try await house.get("/persons/\(id)", as: partner).status == 404)
            let without = try await house.post("/glass", Self.emergency, as: partner)
            #expect(without.status != 303)
            #expect(try await house.get("/persons/\(id)", as: partner).status == 404)
            // Her password and app are set up in `StepUpTests`; here what follows.
            try await house.site.glass.open(
                PartyIdentity(given: "Ama", family: "Mensah", born: Day(year: 1987, month: 3, day: 31)),
                reason: "A neighbour reports screams.", as: partner.actor.working(on: .glass))
            let page = try await house.get("/persons/\(id)", as: partner)
            #expect(page.status == 200 && page.text.contains("will be reviewed") && !page.text.contains("Sealed"))
            #expect(try await house.get("/glass", as: partner).text.contains("/persons/\(id)"))
            let reviewer = try await house.person([.privacyOfficer])
            let list = try await house.get("/standards", as: reviewer).text
            #expect(list.contains("Open until") && !list.contains("Conflicts of interest"))
            house.clock.advance(seconds: 3601)
            let late = try await house.session(of: partner.id)
            #expect(try await house.get("/persons/\(id)", as: late).status == 404)
        }
    }

    @Test func `a glass without words opens nothing and loses nothing`() async throws {
        try await WebHouse.open { house in
            let officer = try await house.person([.responseOfficer])
            let reply = try await house.post("/glass", Self.who + ["reason": "now"], as: officer)
            #expect(reply.status == 422 && reply.text.contains("Say in at least 20 characters"))
            #expect(reply.text.contains(#"value="Mensah""#))
        }
    }
}
