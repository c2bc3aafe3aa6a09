import Access
import Foundation
import HTTPTypes
import Kernel
import Ledger
import TestKit
import Testing

@testable import Accounts
@testable import Web

@Suite struct SessionTests {
    @Test func theCookieIsTiedToTheHostOverHTTPSAndReadableByNoScript() {
        let (open, secure) = (SessionCookie(isSecure: false).issue("t"), SessionCookie(isSecure: true).issue("t"))
        #expect(open == "holdfast=t; Path=/; HttpOnly; SameSite=Strict")
        #expect(secure == "__Host-holdfast=t; Path=/; HttpOnly; SameSite=Strict; Secure")
    }

    @Test func aSessionEndsAfterAQuarterOfAnHourUnusedAndAfterTwelveHoursInAll() async throws {
        try await WebHouse.open { house in
            let idle = try await house.person([.analyst])
            house.clock.advance(seconds: 15 * 60)
            #expect(try await house.get("/", as: idle).location == "/sign-in")
            let busy = try await house.person([.analyst])
            for _ in 0..<71 {
                house.clock.advance(seconds: 600)
                #expect(try await house.get("/", as: busy).status == 200)
            }
            house.clock.advance(seconds: 600)
            #expect(try await house.get("/", as: busy).location == "/sign-in")
        }
    }

    @Test func whatAnAdministratorTakesAwayIsGoneAtTheNextRequest() async throws {
        try await WebHouse.open { house in
            let (lead, person) = (try await house.person([.administrator]), try await house.person([.analyst]))
            #expect(try await house.get("/feeds", as: person).status == 200)
            let roles = try await house.post(
                "/accounts/\(person.id)/roles", ["version": "1", "roles": "investigator"], as: lead)
            #expect(roles.location == "/accounts/\(person.id)?done=saved")
            #expect(try await house.get("/feeds", as: person).status == 404)
            let ended = try await house.post(
                "/accounts/\(person.id)/sessions/end", ["session": person.visitor.session], as: lead)
            #expect(ended.status == 303)
            #expect(try await house.get("/", as: person).location == "/sign-in")
            let again = try await house.session(of: person.id)
            _ = try await house.post("/accounts/\(person.id)/leaving", ["version": "2", "reason": "Left"], as: lead)
            #expect(try await house.get("/", as: again).location == "/sign-in")
        }
    }

    @Test func whatSheTypedWhileHerSessionEndedIsGivenBackAndNothingIsSaved() async throws {
        try await WebHouse.open { house in
            let person = try await house.person([.inspectionLead])
            house.clock.advance(seconds: 15 * 60)
            let typed: Pairs = ["title": "Read forty forms <b>a month</b>", "owner": "team-1", "password": "two words"]
            let late = try await house.post("/areas/area-1/actions", typed, as: person)
            #expect(late.status == 403)
            #expect(late.text.contains("You were signed out before this was sent, so it was not saved."))
            #expect(late.text.contains("Read forty forms &lt;b&gt;a month&lt;/b&gt;"))
            #expect(!late.text.contains("two words") && !late.text.contains("team-1"))
            #expect(!late.text.contains(person.visitor.formToken))
            let foreign = try await house.post(
                "/areas/area-1/actions", typed, as: person, headers: ["Origin": "https://elsewhere.example"])
            #expect(foreign.location == "/sign-in")
        }
    }

    @Test func signingOutEndsTheSession() async throws {
        try await WebHouse.open { house in
            let person = try await house.person([.analyst])
            let reply = try await house.post("/sign-out", as: person)
            #expect(reply.location == "/sign-in?done=signed-out")
            #expect(reply.cookies == ["holdfast=; Max-Age=0; Path=/; HttpOnly; SameSite=Strict"])
            #expect(try await house.get("/", as: person).location == "/sign-in")
        }
    }

    @Test func aNewPersonSetsUpByHerLinkAndThenSignsInWithPasswordAndCode() async throws {
        try await WebHouse.open { house in
            let person = try await house.person([.analyst])
            let link = try await house.site.signIn.issueLink(for: person.id, as: WebHouse.keeper).token.text
            #expect(try await house.get("/link/\(link)").status == 200)
            let words = "seven grey herons wade"
            let differ = try await house.post("/link/\(link)/password", ["password": words, "password-again": "x"])
            #expect(differ.status == 422)
            let set = try await house.post("/link/\(link)/password", ["password": words, "password-again": words])
            #expect(set.location == "/link/\(link)")
            #expect(try await house.get("/link/\(link)").status == 200)
            let wrong = try await house.post("/link/\(link)/app", ["code": "000"])
            #expect(wrong.status == 422)
            let entered = try await house.post("/link/\(link)/app", ["code": try await code(person, house)])
            #expect(entered.location == "/" && entered.cookies.count == 2)
            #expect(try await house.get("/link/\(link)").status == 403)

            house.clock.advance(seconds: 30)
            let name = try await house.site.directory.user(person.id, as: WebHouse.keeper).body.signInName
            let refused = try await house.post("/sign-in", ["user": name, "password": "something else"])
            #expect(refused.status == 403 && refused.cookies.isEmpty)
            let first = try await house.post("/sign-in", ["user": name, "password": words, "next": "/feeds?a=1"])
            #expect(first.location == "/sign-in/code?next=%2Ffeeds%3Fa%3D1")
            let pending = try #require(first.cookies.first?.split(separator: ";").first).description
            #expect(try await house.send(.get, "/", headers: ["Cookie": pending]).location == "/sign-in")
            let second = try await house.post(
                "/sign-in/code", ["code": try await code(person, house), "next": "/feeds?a=1"],
                headers: ["Cookie": pending])
            #expect(second.location == "/feeds?a=1")
            let session = try #require(second.cookies.first?.split(separator: ";").first).description
            #expect(try await house.send(.get, "/feeds", headers: ["Cookie": session]).status == 200)
        }
    }

    private func code(_ person: WebPerson, _ house: WebHouse) async throws -> String {
        let secrets = house.ledger.secrets
        let secret = try await house.ledger.glance { try CredentialRows.secret(of: person.id.text, secrets, $0) }
        return OneTimeCode.code(try #require(secret), step: OneTimeCode.step(at: house.ledger.now))
    }

    @Test(arguments: [
        "https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "/\u{9}/evil.example",
        "?a",
        "/\r\nSet-Cookie: a=b",
    ])
    func whereToGoAfterSigningInIsNeverAnotherSite(_ next: String) async throws {
        try await WebHouse.open { house in
            let page = try await house.get("/sign-in?next=\(Pairs.encoded(next))")
            #expect(page.status == 200 && page.text.contains("name=\"next\" value=\"/\""))
        }
    }

    @Test func aLinkWithASecretNeverLeadsToAHostThatARequestMadeUp() async throws {
        try await WebHouse.open { house in
            let (lead, person) = (try await house.person([.administrator]), try await house.person([.analyst]))
            let page = try await house.post("/accounts/\(person.id)/links", as: lead)
            #expect(page.status == 200 && page.text.contains("http://localhost/link/"))
            #expect(!page.text.contains("holdfast.test"))
        }
    }

    @Test func aFaultOfOursShowsAReferenceAndNothingElse() async throws {
        try await WebHouse.open { house in
            let person = try await house.person([.analyst])
            try await house.ledger.upkeep { try $0.run("DROP TABLE feed_batch") }
            let reply = try await house.get("/feeds/1", as: person)
            #expect(reply.status == 500)
            for word in ["feed_batch", "SQL", "sqlite", ".swift", "Error"] { #expect(!reply.text.contains(word)) }
            let line = try #require(house.faults.all.last)
            let reference = try #require(line.components(separatedBy: "reference\": ").last?.prefix(8))
            #expect(reply.text.contains(reference) && line.contains("feed_batch"))
        }
    }
}
