import Access
import Accounts
import Conduct
import HTTPTypes
import Kernel
import Ledger
import People
import TestKit
import Testing

@testable import Web

@Suite("Pages of matches")
struct MatchRouteTests {
    private func person(_ house: WebHouse, _ user: WebPerson, _ born: Int = 1987) async throws -> Identifier<Person> {
        try await house.site.people.create(
            Person(
                names: [KnownName(given: "Ama", family: "Mensah")], born: PartialDate(year: born, month: 3, day: 31),
                addresses: [PersonAddress(lines: "4 Quay Row", postcode: "TS1 1AA")], narrative: "zqsecret"),
            as: user.actor.working(on: .person))
    }

    @Test func `she opens the queue, sees both with parts that add up, links, and undoes it from the person's page`()
        async throws
    {
        try await WebHouse.open { house in
            let user = try await house.person([.safeguardingPractitioner], name: "Ana Example")
            #expect(try await house.get("/matches", as: user).text.contains("There is nothing to look at."))
            let (one, other) = (try await person(house, user), try await person(house, user))
            let match = PersonPair(one, other).match
            #expect(try await house.get("/matches", as: user).text.contains("/matches/\(match)"))
            let page = try await house.get("/matches/\(match)", as: user).text
            for word in ["same", "Date of birth", "Together", "accesskey=\"l\"", "Never link"] {
                #expect(page.contains(word), "\(word)")
            }
            #expect(!page.contains("zqsecret"))
            let empty = try await house.post("/matches/\(match)", ["step": "link", "version": "0"], as: user)
            #expect(empty.status == 422 && empty.text.contains("Enter why"))
            let linked = try await house.post(
                "/matches/\(match)", ["step": "link", "version": "0", "reason": "Same photo"], as: user)
            #expect(linked.status == 303)
            let shown = try await house.get("/persons/\(one)", as: user).text
            #expect(shown.contains("The same person elsewhere") && shown.contains("/persons/\(other)"))
            let known = try await house.get(
                "/persons/\(one)/known?at-day=26&at-month=10&at-year=2026&time=07:33", as: user)
            #expect(known.status == 200 && known.text.contains("linked with this one"))
            let late = try await house.post(
                "/matches/\(match)", ["step": "never", "version": "0", "reason": "Twins"], as: user)
            #expect(late.status == 409 && late.text.contains("Twins") && late.text.contains("Same photo"))
            let undone = try await house.post(
                "/matches/\(match)", ["step": "unlink", "version": "1", "reason": "A twin"], as: user)
            #expect(undone.status == 303)
            #expect(!(try await house.get("/persons/\(one)", as: user).text.contains("The same person elsewhere")))
            let log = try await house.audit().filter { $0.operation == .combination }
            #expect(log.count == 2 && log.allSatisfy { $0.record == match.text && $0.purpose == "safeguarding" })
        }
    }

    @Test func `whoever may not see both finds neither the match nor a trace of it`() async throws {
        try await WebHouse.open { house in
            let user = try await house.person([.safeguardingPractitioner])
            let partner = try await house.person([.partnerPractitioner], agency: "housing")
            let (one, other) = (try await person(house, user), try await person(house, partner))
            let match = PersonPair(one, other).match
            for visitor in [user, partner] {
                let list = try await house.get("/matches", as: visitor).text
                #expect(list.contains("There is nothing to look at.") && !list.contains(match.text))
                #expect(try await house.get("/matches/\(match)", as: visitor).status == 404)
                let reply = try await house.post(
                    "/matches/\(match)", ["step": "link", "version": "0", "reason": "x"], as: visitor)
                #expect(reply.status == 404)
            }
            let officer = try await house.person([.responseOfficer])
            #expect(try await house.get("/matches", as: officer).status == 404)
        }
    }

    @Test func `for whoever is close to one of the two, queue, page, decision and person are those of nothing`()
        async throws
    {
        try await WebHouse.open { house in
            let user = try await house.person([.safeguardingPractitioner])
            let party = try await house.person([.safeguardingPractitioner])
            let (one, other) = (try await person(house, user), try await person(house, user))
            let match = PersonPair(one, other).match
            #expect(try await house.get("/matches", as: party).text.contains(match.text))
            let born = Day(year: 1987, month: 3, day: 31)
            try await house.site.interests.say(
                .init(closeness: .sibling, identity: PartyIdentity(given: "Ama", family: "Mensah", born: born)),
                as: party.actor.working(on: .interest))
            let nothing = PersonPair(house.ledger.newIdentifier(), house.ledger.newIdentifier()).match
            for isLinked in [false, true] {
                if isLinked {
                    _ = try await house.post(
                        "/matches/\(match)", ["step": "link", "version": "0", "reason": "Same photo"], as: user)
                }
                let list = try await house.get("/matches", as: party).text
                #expect(list.contains("There is nothing to look at.") && !list.contains(match.text))
                let pages = try await [match, nothing].asyncMap { try await house.get("/matches/\($0)", as: party) }
                #expect(pages.allSatisfy { $0.status == 404 } && pages[0].body == pages[1].body)
                let sent: Pairs = ["step": "never", "version": "1", "reason": "x"]
                let replies = try await [match, nothing].asyncMap {
                    try await house.post("/matches/\($0)", sent, as: party)
                }
                #expect(replies.allSatisfy { $0.status == 404 } && replies[0].body == replies[1].body)
                for path in ["/persons/\(one)", "/persons/\(other)/chronology", "/persons/\(one)/known"] {
                    #expect(try await house.get(path, as: party).status == 404, "\(path)")
                }
                let found = try await house.get("/persons?name=Mensah", as: party).text
                #expect(!found.contains(one.text) && !found.contains("Mensah</a>"))
                let token = try await house.site.signIn.issueToken(
                    named: "t", scopes: [.persons], days: 1, as: party.actor)
                let program: Pairs = ["Authorization": "Bearer \(token.text)"]
                #expect(try await house.get("/api/v1/persons/\(one)", headers: program).status == 404)
                let listed = try await house.get("/api/v1/persons", headers: program).text
                #expect(!listed.contains(one.text) && !listed.contains(other.text))
            }
            #expect(try await house.get("/matches/\(match)", as: user).text.contains("31 March 1987"))
        }
    }
}

extension Array {
    fileprivate func asyncMap<Result>(_ make: (Element) async throws -> Result) async rethrows -> [Result] {
        var results: [Result] = []
        for element in self { results.append(try await make(element)) }
        return results
    }
}
