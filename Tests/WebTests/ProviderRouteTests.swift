import Accounts
import Federation
import Foundation
import TestKit
import Testing

@testable import Web

@Suite("The routes of a force's own sign-in")
struct ProviderRouteTests {
    private func open(
        publicOrigin: String? = "https://holdfast.example", _ body: (WebHouse, InventedProvider) async throws -> Void
    ) async throws {
        try await WebHouse.open(publicOrigin: publicOrigin, provided: true) { house in
            try await body(house, try #require(house.provider))
        }
    }

    /// The cookie that a reply sets, as a browser sends it back.
    private func cookie(_ reply: Reply, _ name: String) -> String? {
        reply.cookies.first { $0.hasPrefix(name + "=") && !$0.contains("Max-Age=0") }?.split(separator: ";").first
            .map(String.init)
    }

    private func arrive(
        _ house: WebHouse, _ provider: InventedProvider, groups: [String] = ["/holdfast/analysts"], next: String = "",
        cookies: Bool = true
    ) async throws -> Reply {
        let departure = try await house.get("/sign-in/with/northshire" + next)
        let came = provider.vouch(at: try #require(departure.location), subject: "noor", groups: groups)
        let journey = try #require(cookie(departure, "__Host-holdfast-journey"))
        return try await house.get(
            "/sign-in/with/northshire/back?code=\(came.code)&state=\(came.state)",
            headers: cookies ? ["Cookie": journey] : [:])
    }

    @Test func `the page offers it first and the password after it`() async throws {
        try await open { house, _ in
            let page = try await house.get("/sign-in?next=%2Ffeeds").text
            let link = try #require(page.firstRange(of: "href=\"/sign-in/with/northshire?next=%2Ffeeds\""))
            let form = try #require(page.firstRange(of: "name=\"password\""))
            #expect(link.lowerBound < form.lowerBound && page.contains("Sign in with Northshire Police"))
        }
        try await WebHouse.open { house in
            let plain = try await house.get("/sign-in")
            #expect(!plain.text.contains("/sign-in/with/"))
            #expect(try await house.get("/sign-in/with/northshire").status == 404)
            #expect(try await house.get("/sign-in/with/northshire/back?code=a&state=b").status == 404)
        }
    }

    @Test func `a person is sent to her provider with a cookie that comes back from there`() async throws {
        try await open { house, _ in
            let departure = try await house.get("/sign-in/with/northshire")
            #expect(departure.status == 303)
            #expect(departure.location?.hasPrefix(InventedProvider.issuer + "/authorise?") == true)
            let back = "redirect_uri=https%3A%2F%2Fholdfast.example%2Fsign-in%2Fwith%2Fnorthshire%2Fback"
            #expect(departure.location?.contains(back) == true)
            let cookie = try #require(departure.cookies.first)
            #expect(cookie.hasPrefix("__Host-holdfast-journey="))
            #expect(cookie.hasSuffix("; Path=/; HttpOnly; SameSite=Lax; Max-Age=600; Secure"))
        }
    }

    @Test func `she comes back signed in, and our own page leads her on`() async throws {
        try await open { house, provider in
            let reply = try await arrive(house, provider, next: "?next=%2Ffeeds")
            #expect(reply.status == 200 && reply.header("Refresh") == "0;url=/feeds")
            #expect(reply.text.contains("You are signed in") && reply.header("Cache-Control") == "no-store")
            let session = try #require(reply.cookies.first { $0.hasPrefix("__Host-holdfast=") })
            #expect(session.hasSuffix("; Path=/; HttpOnly; SameSite=Strict; Secure"))
            #expect(reply.cookies.contains { $0.hasPrefix("__Host-holdfast-journey=; Max-Age=0") })
            let home = try await house.get("/feeds", headers: ["Cookie": cookie(reply, "__Host-holdfast") ?? ""])
            #expect(home.status == 200 && home.text.contains("Noor Example"))
        }
    }

    @Test func `what goes wrong is told in plain words with a reference, and its cause is in the log of faults`()
        async throws
    {
        try await open { house, provider in
            let cases: [(Reply, Int, String)] = [
                (try await arrive(house, provider, groups: []), 403, "no role from groups"),
                (try await arrive(house, provider, cookies: false), 403, FederationFault.staleJourney.cause),
            ]
            for ((reply, status, _), line) in zip(cases, house.faults.all) {
                #expect(reply.status == status && reply.cookies.isEmpty)
                let reference = try #require(line.components(separatedBy: "reference\": ").last?.prefix(8))
                #expect(reply.text.contains(reference) && reply.text.contains("Back to the sign-in page"))
            }
            for ((_, _, cause), line) in zip(cases, house.faults.all) { #expect(line.contains(cause)) }
            provider.goDown()
            house.clock.advance(seconds: 3600)
            let down = try await house.get("/sign-in/with/northshire")
            #expect(down.status == 503 && down.text.contains("Your force’s sign-in does not answer."))
            #expect(down.text.contains("Holdfast password") && down.cookies.isEmpty)
            #expect(try await house.get("/sign-in").status == 200)
        }
    }

    @Test func `signing out offers to sign out at the provider, by a link`() async throws {
        try await open { house, provider in
            let reply = try await arrive(house, provider)
            let secret = try #require(cookie(reply, "__Host-holdfast")?.split(separator: "=").last)
            let token = try #require(SecretToken(String(secret)))
            let live = try #require(try await house.site.signIn.session(token: token))
            let person = WebPerson(id: live.user, token: token, visitor: Visitor(live))
            let out = try await house.post("/sign-out", as: person)
            #expect(out.location == "/sign-in?with=northshire&done=signed-out")
            let page = try await house.get("/sign-in?with=northshire&done=signed-out")
            #expect(page.text.contains("href=\"/sign-out/with/northshire\""))
            let foreign = try await house.get("/sign-in?with=elsewhere")
            #expect(!foreign.text.contains("/sign-out/with/"))
            let leaving = try await house.get("/sign-out/with/northshire")
            #expect(
                leaving.location == InventedProvider.issuer + "/leave?client_id=holdfast"
                    + "&post_logout_redirect_uri=https%3A%2F%2Fholdfast.example%2Fsign-in")
        }
    }

    @Test func `on this machine the way back is the address she came by, never one a request made up`() async throws {
        try await open(publicOrigin: nil) { house, _ in
            let departure = try await house.get("/sign-in/with/northshire")
            #expect(departure.location?.contains("redirect_uri=http%3A%2F%2Flocalhost%2Fsign-in") == true)
        }
    }
}
