import Access
import Foundation
import Kernel
import TestKit
import Testing

@testable import Federation

@Suite("A provider, asked")
struct ProviderDeskTests {
    private let clock = TestClock()
    private let provider: InventedProvider
    private let back = "https://holdfast.example/sign-in/with/northshire/back"

    init() { provider = InventedProvider(time: clock.source) }

    private func desk(_ more: String = "") throws -> ProviderDesk {
        ProviderDesk(try InventedProvider.settings(more), provider, time: clock.source)
    }

    private func journey(
        _ desk: ProviderDesk, groups: [String] = ["/holdfast/analysts"], browser: String = "b", issuer: String = "",
        error: String = "", anew: Bool = false
    ) async throws -> ProviderIdentity {
        let request = AuthorisationRequest(browser: "b", state: "s")
        let address = request.address(try await desk.describe(), desk.settings, back: back, anew: anew)
        let came = provider.vouch(at: address, subject: "noor", groups: groups)
        let answer = AuthorisationAnswer(state: came.state, code: came.code, issuer: issuer, error: error)
        return try await desk.identity(
            from: answer, to: AuthorisationRequest(browser: browser, state: came.state), back: back)
    }

    private func fault(_ work: () async throws -> ProviderIdentity) async -> FederationFault? {
        do {
            _ = try await work()
            return nil
        } catch {
            return error as? FederationFault
        }
    }

    @Test func `says who came and in which groups, in one spelling`() async throws {
        let who = try await journey(try desk(), groups: ["/holdfast/analysts", "holdfast/leads"])
        #expect(who.subject == "noor" && who.name == "Noor Example" && who.userName == "noor@northshire.example")
        #expect(who.groups == ["holdfast/analysts", "holdfast/leads"] && who.provedAt == nil)
    }

    @Test func `is asked with PKCE, state and nonce, and nothing else that could finish the journey`() async throws {
        let desk = try desk()
        let request = AuthorisationRequest(browser: "b", state: "s")
        let address = request.address(try await desk.describe(), desk.settings, back: back)
        #expect(address.hasPrefix(InventedProvider.issuer + "/authorise?response_type=code&client_id=holdfast&"))
        #expect(address.contains("code_challenge_method=S256") && address.contains("nonce=\(request.nonce)"))
        #expect(!address.contains(request.verifier) && !address.contains("prompt") && request.verifier.count == 43)
        #expect(AuthorisationRequest(browser: "c", state: "s").verifier != request.verifier)
        #expect(AuthorisationRequest(browser: "b", state: "t").nonce != request.nonce)
    }

    @Test func `refuses another browser's verifier`() async throws {
        let desk = try desk()
        #expect(await fault { try await journey(desk, browser: "thief") }?.cause == "code refused")
    }

    @Test func `is asked for its keys again when one is unknown, at most once a minute`() async throws {
        let desk = try desk()
        _ = try await journey(desk)
        #expect(provider.requests.filter { $0 == "/keys" }.count == 1)
        provider.rotate(to: "second")
        _ = try await journey(desk)
        #expect(provider.requests.filter { $0 == "/keys" }.count == 2)
        provider.rotate(to: "third", isPublished: false)
        for _ in 0..<3 {
            #expect(await fault { try await journey(desk) }?.cause == "token: unknown key")
        }
        #expect(provider.requests.filter { $0 == "/keys" }.count == 2)
        clock.advance(seconds: 61)
        #expect(await fault { try await journey(desk) }?.cause == "token: unknown key")
        #expect(provider.requests.filter { $0 == "/keys" }.count == 3)
    }

    @Test func `is believed for an hour and then asked again`() async throws {
        let desk = try desk()
        _ = try await journey(desk)
        clock.advance(seconds: 3599)
        _ = try await journey(desk)
        #expect(provider.requests.filter { $0 != "/token" }.count == 2)
        clock.advance(seconds: 1)
        _ = try await journey(desk)
        #expect(provider.requests.filter { $0 != "/token" }.count == 4)
    }

    @Test func `that does not answer is told plainly and not asked again at once`() async throws {
        let desk = try desk()
        provider.goDown()
        let first = await fault { try await journey(desk) }
        #expect(first?.cause == "unreachable: no answer" && first?.problem.code == .unavailable)
        #expect(await fault { try await journey(desk) }?.cause == "unreachable: failed a moment ago")
        #expect(provider.requests.count == 1)
        provider.goDown(false)
        clock.advance(seconds: 10)
        #expect(try await journey(desk).subject == "noor")
    }

    @Test func `that does not know our secret is the administrator's business`() async throws {
        let desk = try desk()
        provider.change(secret: "rotated")
        let found = await fault { try await journey(desk) }
        #expect(found?.cause == "client refused" && found?.problem.next.contains("client secret") == true)
    }

    @Test func `may not answer for another, nor say no in silence`() async throws {
        let desk = try desk()
        #expect(
            await fault { try await journey(desk, issuer: "https://elsewhere.example") }?.cause
                == "answer: another issuer")
        #expect(try await journey(desk, issuer: InventedProvider.issuer).subject == "noor")
        #expect(await fault { try await journey(desk, error: "access_denied") }?.cause == "declined by provider")
        #expect(await fault { try await journey(desk, error: "temporarily_unavailable") }?.problem.code == .unavailable)
    }

    @Test(arguments: [
        ["_claim_names": #"{"groups":"src1"}"#, "groups": "null"], ["hasgroups": "true", "groups": "null"],
    ])
    func `that leaves groups out is a matter of its configuration`(_ claims: [String: String]) async throws {
        let desk = try desk()
        provider.say(claims)
        let found = await fault { try await journey(desk) }
        #expect(found?.cause == "groups left out" && found?.problem.next.contains("Entra ID") == true)
    }

    @Test func `may name groups elsewhere in its token`() async throws {
        provider.say(["realm_access": #"{"roles":["holdfast-analyst"]}"#])
        #expect(try await journey(try desk("    groups-claim: realm_access.roles")).groups == ["holdfast-analyst"])
        provider.say(["roles": #"["Analyst"]"#])
        #expect(try await journey(try desk("    groups-claim: roles")).groups == ["Analyst"])
    }

    @Test func `must have seen the proof that is demanded`() async throws {
        let desk = try desk("    required-amr: [mfa]\n    accepted-acr: [\"2\"]")
        #expect(await fault { try await journey(desk) }?.cause == "proof weaker than required")
        provider.say(["amr": #"["pwd","mfa"]"#])
        #expect(await fault { try await journey(desk) }?.cause == "proof weaker than required")
        provider.say(["amr": #"["pwd","mfa <b>"]"#, "acr": #""2""#])
        #expect(await fault { try await journey(desk) }?.cause == "proof weaker than required")
        provider.say(["amr": #"["pwd","mfa","<b>x"]"#, "acr": #""2""#])
        #expect(try await journey(desk).methodsForTheLog == "bx mfa pwd")
    }

    @Test func `asked anew says when it was proved`() async throws {
        #expect(try await journey(try desk(), anew: true).provedAt == clock.source.now())
    }
}
