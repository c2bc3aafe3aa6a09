import Foundation
import TestKit
import Testing

/// The built command beside a real OpenID Connect provider, asked as a browser would ask.
@Suite(
    "Signing in with a real provider", .serialized, .enabled(if: Command.binary != nil, Command.missing),
    .enabled(if: RealProvider.python != nil, Comment(rawValue: RealProvider.missing)))
struct RealProviderTests {
    private struct House: Sendable {
        let place: Place
        let provider: RealProvider
        let server: RunningServer

        /// A browser of its own.
        func visitor(_ name: String = "one") -> Visitor {
            Visitor(house: self, jar: place.folder.appending(path: "\(name).cookies").path)
        }
    }

    private struct Visitor: Sendable {
        let house: House
        let jar: String

        func get(_ address: String) async throws -> CurlReply {
            let full = address.hasPrefix("http") ? address : house.server.origin + address
            return try await CurlReply.asking(full, ["--cookie", jar, "--cookie-jar", jar])
        }

        func depart() async throws -> String {
            try #require(try await get("/sign-in/with/northshire").location)
        }

        /// From the provider's page back; where that leads.
        func prove(_ address: String, as person: String = "noor") async throws -> String {
            try #require(try await get(address + "&as=" + person).location)
        }

        func signIn(as person: String = "noor") async throws -> CurlReply {
            try await get(try await prove(try await depart(), as: person))
        }
    }

    private func open(_ body: (House) async throws -> Void) async throws {
        let (place, provider) = (try Place(), try await RealProvider.start())
        do {
            let file = try provider.configuration(in: place.folder)
            let server = try await RunningServer(place.data, arguments: ["--openid", file])
            try await provider.control("redirect", "uri=\(server.origin)/sign-in/with/northshire/back")
            try await body(House(place: place, provider: provider, server: server))
            #expect(try await server.stop().code == 0)
            #expect(try await place.json("verify")["sound"] == .bool(true))
            await provider.stop()
        } catch {
            await provider.stop()
            throw error
        }
    }

    @Test func `she comes in with the roles of her groups, and an answer counts once`() async throws {
        try await open { house in
            let noor = house.visitor()
            let back = try await noor.prove(try await noor.depart())
            let welcome = try await noor.get(back)
            #expect(welcome.status == 200 && welcome.text.contains("You are signed in"))
            #expect(try await noor.get("/").text.contains("Noor Example"))
            #expect(try await noor.get("/feeds").status == 200)
            #expect(try await noor.get("/accounts").status == 404)
            #expect(try await noor.get(back).status == 403, "code and state were used")
            let people = try await house.place.json("user", "list").list
            let person = try #require(people.first { $0["name"]?.text == "Noor Example" })
            #expect(person["roles"] == .list([.text("analyst")]) && person["agency"] == .text("police"))
            #expect(try await noor.signIn().status == 200)
            #expect(try await house.place.json("user", "list").list.count == people.count)
        }
    }

    @Test func `an answer is worth nothing in another browser, nor a code in another journey`() async throws {
        try await open { house in
            let (victim, thief) = (house.visitor("victim"), house.visitor("thief"))
            let back = try await victim.prove(try await victim.depart())
            #expect(try await thief.get(back).status == 403, "no journey of that browser")
            let own = try await thief.prove(try await thief.depart())
            let stolen = try #require(URLComponents(string: back)?.queryItems?.first { $0.name == "code" }?.value)
            var mixed = try #require(URLComponents(string: own))
            mixed.queryItems = mixed.queryItems?.map {
                $0.name == "code" ? URLQueryItem(name: "code", value: stolen) : $0
            }
            #expect(try await thief.get(try #require(mixed.string)).status == 403, "PKCE binds code and browser")
            #expect(house.server.command.err.contains("token answer: 400"))
            #expect(try await thief.get("/").location?.hasPrefix("/sign-in") == true)
            #expect(try await victim.get(back).status == 200)
        }
    }

    @Test func `the provider demands PKCE, and gets it`() async throws {
        try await open { house in
            let noor = house.visitor()
            let address = try await noor.depart()
            #expect(address.contains("code_challenge_method=S256"))
            let bare = address.replacingOccurrences(of: "code_challenge", with: "unknown")
            #expect(try await noor.get(bare + "&as=noor").status == 400)
        }
    }

    @Test func `the provider may change its key at any time`() async throws {
        try await open { house in
            #expect(try await house.visitor().signIn().status == 200)
            try await house.provider.control("rotate")
            #expect(try await house.visitor("two").signIn().status == 200)
        }
    }

    @Test func `a secret that is wrong is told as the administrator's business, and local sign-in stays`() async throws
    {
        try await open { house in
            try await house.provider.control("secret", "secret=another")
            let reply = try await house.visitor().signIn()
            #expect(reply.status == 503 && reply.text.contains("the client secret may have changed"))
            #expect(house.server.command.err.contains("client refused"))
            for secret in ["an-invented-secret", "another"] { #expect(!house.server.command.err.contains(secret)) }
            #expect(try await house.visitor().get("/sign-in").text.contains("Or with a Holdfast password"))
            try await house.provider.control("secret", "secret=an-invented-secret")
            #expect(try await house.visitor().signIn().status == 200)
        }
    }

    @Test func `without groups there is no way in, and when they go, so does she`() async throws {
        try await open { house in
            let (ola, noor) = (house.visitor("ola"), house.visitor("noor"))
            let refused = try await ola.signIn(as: "ola")
            #expect(refused.status == 403 && refused.text.contains("gives you nothing to do here"))
            #expect(try await house.place.json("user", "list").list.allSatisfy { $0["name"]?.text != "Ola Example" })
            #expect(try await noor.signIn().status == 200)
            #expect(try await noor.get("/").status == 200)
            try await house.provider.control("groups", "person=noor", "groups=/canteen")
            #expect(try await house.visitor("again").signIn().status == 403)
            #expect(try await noor.get("/").location?.hasPrefix("/sign-in") == true, "her session ended at once")
        }
    }

    @Test func `a mistake in the file stops the start, a provider that is away does not`() async throws {
        let (place, provider) = (try Place(), try await RealProvider.start())
        let file = try provider.configuration(in: place.folder)
        await provider.stop()
        let server = try await RunningServer(place.data, arguments: ["--openid", file])
        try await server.command.says("a provider cannot be used yet")
        #expect(try await server.get("/sign-in").body.contains("Sign in with Northshire Police"))
        #expect(try await CurlReply.asking(server.origin + "/sign-in/with/northshire").status == 503)
        #expect(try await server.stop().code == 0)
        let text = try String(contentsOfFile: file, encoding: .utf8)
        try text.replacingOccurrences(of: "[analyst]", with: "[analist]")
            .write(toFile: file, atomically: true, encoding: .utf8)
        let refused = try await place.run(["serve", "--port", "0", "--openid", file])
        #expect(
            refused.code == 1 && refused.err.contains("openid.yaml, line 10: “analist” is no role"), "\(refused.err)")
        #expect(try await place.run(["serve", "--port", "0", "--openid", file + ".absent"]).code == 1)
    }
}
