import Access
import Federation
import Kernel
import Ledger
import TestKit
import Testing

@testable import Accounts

/// A desk beside an invented provider.
private struct Gate {
    static let back = "https://holdfast.example/sign-in/with/northshire/back"

    let desk: Desk
    let provider: InventedProvider
    let gate: ProviderSignIn

    static func open(_ more: String = "", _ body: (Gate) async throws -> Void) async throws {
        try await Desk.open { desk in
            let provider = InventedProvider(time: desk.clock.source)
            let settings = try InventedProvider.settings(more)
            let gate = ProviderSignIn(
                signIn: desk.signIn, directory: desk.directory,
                desks: [ProviderDesk(settings, provider, time: desk.clock.source)])
            try await body(Gate(desk: desk, provider: provider, gate: gate))
        }
    }

    /// There and back, as a browser does it.
    func come(
        _ subject: String = "noor", groups: [String] = ["/holdfast/analysts"],
        userName: String = "noor@northshire.example",
        in browser: SecretToken? = nil
    ) async throws -> OpenedSession {
        let departure = try await gate.begin("northshire", browser: browser, next: "/feeds", back: Gate.back)
        let came = provider.vouch(at: departure.address, subject: subject, groups: groups, userName: userName)
        let answer = AuthorisationAnswer(state: came.state, code: came.code, issuer: "", error: "")
        let arrival = try await gate.arrive("northshire", answer, browser: departure.browser, back: Gate.back)
        #expect(arrival.next == "/feeds")
        return try #require(arrival.opened)
    }

    func live(_ session: OpenedSession) async throws -> LiveSession? {
        try await desk.signIn.session(token: session.token)
    }

    func history(_ session: LiveSession) async throws -> [Record<User>] {
        try await desk.store.ledger.history(User.self, session.user, as: desk.command)
    }

    func logged() async throws -> [String] { try await desk.store.log().map(\.about) }
}

private func cause(_ work: () async throws -> Void) async -> String? {
    do {
        try await work()
        Issue.record("nothing was refused")
        return nil
    } catch {
        return (error as? FederationFault)?.cause ?? "\(error)"
    }
}

@Suite("Signing in by a force's own provider")
struct ProviderSignInTests {
    @Test func `makes an account at the first sign-in and knows it by subject at the next`() async throws {
        try await Gate.open { gate in
            let first = try #require(try await gate.live(try await gate.come()))
            #expect(first.name == "Noor Example" && first.roles == [.analyst] && first.agency.text == "police")
            gate.provider.say(["name": #""Noor Married""#, "preferred_username": #""other@northshire.example""#])
            let second = try #require(try await gate.live(try await gate.come()))
            #expect(second.user == first.user && second.name == "Noor Example")
            let user = try await gate.history(second)
            #expect(user.count == 1 && user[0].author == "provider-northshire" && user[0].body.provider == "northshire")
            #expect(user[0].body.signInName == "noor@northshire.example")
            #expect(second.expires == gate.desk.clock.source.now().adding(seconds: 12 * 3600))
        }
    }

    @Test func `never takes somebody for the holder of a name`() async throws {
        try await Gate.open { gate in
            let local = try await gate.desk.newcomer("Noor Local", "noor@northshire.example")
            let live = try #require(try await gate.live(try await gate.come()))
            #expect(live.user != local.id)
            let name = try await gate.history(live)[0].body.signInName
            #expect(name.hasPrefix("noor@northshire.example-") && name.count == 24 + 12)
            let other = try #require(try await gate.live(try await gate.come("another")))
            #expect(other.user != live.user && other.user != local.id)
        }
    }

    @Test func `with groups that give nothing makes no account and says whom to ask`() async throws {
        try await Gate.open { gate in
            let before = try await gate.desk.directory.users(limit: 500, as: gate.desk.command).records.count
            for groups in [[], ["/canteen"], ["holdfast"]] {
                #expect(await cause { _ = try await gate.come(groups: groups) } == "no role from groups")
            }
            let after = try await gate.desk.directory.users(limit: 500, as: gate.desk.command).records
            #expect(after.count == before)
            let entry = try await gate.desk.store.log().last { $0.kind == "session" }
            #expect(entry?.about == "provider northshire refused, no role from groups" && entry?.wasAllowed == false)
        }
    }

    @Test func `maps roles anew each time, and keeps when they changed`() async throws {
        try await Gate.open { gate in
            let analyst = try await gate.come()
            gate.desk.clock.advance(seconds: 60)
            let lead = try #require(try await gate.live(try await gate.come(groups: ["holdfast/leads"])))
            #expect(lead.roles == [.inspectionLead, .supervisor])
            #expect(try await gate.live(analyst)?.roles == [.inspectionLead, .supervisor])
            let history = try await gate.history(lead)
            #expect(history.map(\.body.roles) == [[.analyst], [.inspectionLead, .supervisor]])
            #expect(history[1].at == gate.desk.clock.source.now() && history[1].author == "provider-northshire")
        }
    }

    @Test func `takes everything away when the groups are gone, and gives it back with them`() async throws {
        try await Gate.open { gate in
            let session = try await gate.come()
            let live = try #require(try await gate.live(session))
            let link = try await gate.desk.signIn.issueLink(for: live.user, as: gate.desk.command)
            #expect(await cause { _ = try await gate.come(groups: []) } == "no role from groups")
            #expect(try await gate.live(session) == nil)
            let gone = try await gate.history(live)[1].body
            #expect(gone.roles.isEmpty && gone.isWithdrawn && !gone.isActive(at: gate.desk.clock.source.now()))
            #expect(await problem { _ = try await gate.desk.signIn.openLink(link.token) }?.code == .refused)
            let again = try #require(try await gate.live(try await gate.come()))
            #expect(again.user == live.user && again.roles == [.analyst])
        }
    }

    @Test func `does not open an account that was closed here`() async throws {
        try await Gate.open { gate in
            let session = try await gate.come()
            let live = try #require(try await gate.live(session))
            try await gate.desk.directory.disable(live.user, expecting: 1, because: "Suspended", as: gate.desk.command)
            #expect(await cause { _ = try await gate.come(groups: ["holdfast/leads"]) } == "account closed here")
            #expect(try await gate.live(session) == nil)
            #expect(try await gate.history(live).last?.body.roles == [.analyst], "a closed account is not re-mapped")
        }
    }

    @Test func `of one new person in two windows makes one account`() async throws {
        try await Gate.open { gate in
            async let one = gate.come()
            async let two = gate.come()
            let sessions = [try await gate.live(try await one), try await gate.live(try await two)]
            #expect(sessions[0] != nil && sessions[0]?.user == sessions[1]?.user)
            let users = try await gate.desk.directory.users(limit: 500, as: gate.desk.command).records
            #expect(users.filter { $0.body.provider == "northshire" }.count == 1)
        }
    }

    @Test func `into an agency that is not here is the administrator's business`() async throws {
        try await Gate.open("") { gate in
            let text = """
                providers: [{id: other, name: Other, issuer: "\(InventedProvider.issuer)", client-id: holdfast,
                client-secret-environment: X, agency: elsewhere,
                groups: [{group: holdfast/analysts, from: 2020-01-01, roles: [analyst]}]}]
                """
            let settings = try ProviderFile.providers(in: text, named: "x") { _ in InventedProvider.secret }
            let other = ProviderSignIn(
                signIn: gate.desk.signIn, directory: gate.desk.directory,
                desks: [ProviderDesk(settings[0], gate.provider, time: gate.desk.clock.source)])
            let departure = try await other.begin("other", browser: nil, next: "/", back: Gate.back)
            let came = gate.provider.vouch(at: departure.address, subject: "noor", groups: ["holdfast/analysts"])
            let answer = AuthorisationAnswer(state: came.state, code: came.code, issuer: "", error: "")
            let found = await cause {
                _ = try await other.arrive("other", answer, browser: departure.browser, back: Gate.back)
            }
            #expect(found == "agency or team of the configuration is not here")
        }
    }

    @Test func `leaves no secret and no name of hers in the log`() async throws {
        try await Gate.open { gate in
            gate.provider.say(["amr": #"["mfa"]"#])
            _ = try await gate.come()
            let about = try await gate.logged()
            #expect(about.contains { $0.hasPrefix("provider northshire vouched for ") && $0.hasSuffix(" mfa") })
            for entry in about {
                #expect(!entry.contains("Noor") && !entry.contains("@") && !entry.contains("code-"), "\(entry)")
            }
        }
    }
}

@Suite("A journey to a provider")
struct JourneyTests {
    private func journey(_ gate: Gate) async throws -> (ProviderSignIn.Departure, AuthorisationAnswer) {
        let departure = try await gate.gate.begin("northshire", browser: nil, next: "/", back: Gate.back)
        let came = gate.provider.vouch(at: departure.address, subject: "noor", groups: ["holdfast/analysts"])
        return (departure, AuthorisationAnswer(state: came.state, code: came.code, issuer: "", error: ""))
    }

    private func end(_ gate: Gate, _ answer: AuthorisationAnswer, _ browser: SecretToken?) async -> String? {
        await cause { _ = try await gate.gate.arrive("northshire", answer, browser: browser, back: Gate.back) }
    }

    private static let stale = FederationFault.staleJourney.cause

    @Test func `ends once`() async throws {
        try await Gate.open { gate in
            let (departure, answer) = try await journey(gate)
            _ = try await gate.gate.arrive("northshire", answer, browser: departure.browser, back: Gate.back)
            #expect(await end(gate, answer, departure.browser) == Self.stale)
        }
    }

    @Test func `ends only in the browser in which it was begun`() async throws {
        try await Gate.open { gate in
            let (departure, answer) = try await journey(gate)
            #expect(await end(gate, answer, nil) == Self.stale)
            let (other, _) = try await journey(gate)
            #expect(await end(gate, answer, other.browser) == Self.stale, "login forced by another site")
            _ = try await gate.gate.arrive("northshire", answer, browser: departure.browser, back: Gate.back)
        }
    }

    @Test func `ends within ten minutes, and not without a state of ours`() async throws {
        try await Gate.open { gate in
            let (departure, answer) = try await journey(gate)
            let forged = AuthorisationAnswer(
                state: String(repeating: "a", count: 43), code: answer.code, issuer: "", error: "")
            #expect(await end(gate, forged, departure.browser) == Self.stale)
            gate.desk.clock.advance(seconds: 600)
            #expect(await end(gate, answer, departure.browser) == Self.stale)
        }
    }

    @Test func `is spent by a refusal too`() async throws {
        try await Gate.open { gate in
            let (departure, answer) = try await journey(gate)
            let no = AuthorisationAnswer(state: answer.state, code: "", issuer: "", error: "access_denied")
            #expect(await end(gate, no, departure.browser) == "declined by provider")
            #expect(await end(gate, answer, departure.browser) == Self.stale)
        }
    }

    @Test func `can be under way in two windows of one browser`() async throws {
        try await Gate.open { gate in
            let (departure, answer) = try await journey(gate)
            _ = try await gate.come("ola", userName: "ola", in: departure.browser)
            _ = try await gate.gate.arrive("northshire", answer, browser: departure.browser, back: Gate.back)
        }
    }

    @Test func `cannot be finished with what the database holds`() async throws {
        try await Gate.open { gate in
            let (departure, answer) = try await journey(gate)
            let rows = try await gate.desk.store.ledger.glance { try $0.rows("SELECT * FROM account_journey") }
            let request = AuthorisationRequest(browser: departure.browser.text, state: answer.state)
            for value in rows.flatMap(\.values) {
                for secret in [departure.browser.text, answer.state, request.nonce, request.verifier] {
                    #expect(value != .text(secret) && value != .blob(Array(secret.utf8)))
                }
            }
            #expect(rows.count == 1)
        }
    }

    @Test func `begun to prove again who she is must bring a fresh proof of the same person`() async throws {
        try await Gate.open { gate in
            let live = try #require(try await gate.live(try await gate.come()))
            let first = try await gate.gate.lastProof(in: live)
            gate.desk.clock.advance(seconds: 600)
            func renew(_ subject: String, _ claims: [String: String] = [:]) async throws {
                gate.provider.say(claims)
                let departure = try await gate.gate.reauthenticate(live, next: "/feeds") { _ in Gate.back }
                #expect(departure.address.contains("prompt=login&max_age=0"))
                let came = gate.provider.vouch(at: departure.address, subject: subject, groups: [])
                let answer = AuthorisationAnswer(state: came.state, code: came.code, issuer: "", error: "")
                let arrival = try await gate.gate.arrive(
                    "northshire", answer, browser: departure.browser, back: Gate.back)
                #expect(arrival.opened == nil && arrival.next == "/feeds")
            }
            let old = gate.desk.clock.source.now().milliseconds / 1000 - 300
            #expect(await cause { try await renew("noor", ["auth_time": "\(old)"]) } == "proof not fresh")
            #expect(await cause { try await renew("noor", ["auth_time": "null"]) } == "proof not fresh")
            #expect(await cause { try await renew("ola") } == "proof of another person")
            #expect(try await gate.gate.lastProof(in: live) == first)
            try await renew("noor")
            #expect(try await gate.gate.lastProof(in: live) == gate.desk.clock.source.now())
        }
    }
}
