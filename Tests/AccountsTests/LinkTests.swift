import Access
import Kernel
import Ledger
import TestKit
import Testing

@testable import Accounts

@Suite("One-time links", .onEveryEngine)
struct LinkTests {
    @Test("A link that was used does nothing more")
    func reuse() async throws {
        try await Desk.open { desk in
            let session = try await desk.setUp(desk.link)
            let token = desk.link.token
            #expect(await problem { _ = try await desk.signIn.openLink(token) } == SignInProblem.deadLink)
            #expect(
                await problem { try await desk.signIn.setPassword(link: token, password: Desk.password) }
                    == SignInProblem.deadLink)
            #expect(await problem { _ = try await desk.signIn.secondFactor(link: token) } == SignInProblem.deadLink)
            #expect(
                await problem { _ = try await desk.signIn.confirmSecondFactor(link: token, code: "000000") }
                    == SignInProblem.deadLink)
            #expect(try await desk.isLive(session))
        }
    }

    @Test("A link works for 24 hours, and a clock put back does not lengthen that")
    func expiry() async throws {
        try await Desk.open { desk in
            desk.clock.advance(seconds: 24 * 3600 - 1)
            _ = try await desk.signIn.openLink(desk.link.token)
            desk.clock.advance(seconds: 1)
            #expect(await problem { _ = try await desk.signIn.openLink(desk.link.token) } == SignInProblem.deadLink)
            for back: Int64 in [3600, 12 * 3600, 2 * 86_400] {
                desk.clock.advance(seconds: -back)
                #expect(
                    await problem { _ = try await desk.signIn.openLink(desk.link.token) } == SignInProblem.deadLink)
            }
        }
    }

    @Test("The first start may be repeated until somebody has signed in; each new link voids the older")
    func bootstrapAgain() async throws {
        try await Desk.open { desk in
            let again = try #require(try await desk.directory.bootstrap(forceName: "Other"))
            #expect(again.user == desk.administrator && !again.opensDirectly)
            #expect(await problem { _ = try await desk.signIn.openLink(desk.link.token) } == SignInProblem.deadLink)
            try await desk.setUp(again)
            #expect(try await desk.directory.bootstrap(forceName: "Other") == nil)
            #expect(try await desk.directory.forceName() == "Anytown Constabulary")
        }
    }

    @Test("The second factor comes after the password, and its secret stays the same until it is confirmed")
    func order() async throws {
        try await Desk.open { desk in
            let token = desk.link.token
            #expect(
                await problem { _ = try await desk.signIn.secondFactor(link: token) } == SignInProblem.passwordFirst)
            try await desk.signIn.setPassword(link: token, password: Desk.password)
            #expect(try await desk.signIn.openLink(token) == .setUpSecondFactor(name: "First administrator"))
            let setup = try await desk.signIn.secondFactor(link: token)
            #expect(try await desk.signIn.secondFactor(link: token).secret == setup.secret)
            let plain = setup.secret.filter { $0 != " " }
            #expect(plain.count == 32)
            #expect(setup.address.hasPrefix("otpauth://totp/Holdfast:administrator?secret=\(plain)&"))
            #expect(
                await problem { _ = try await desk.signIn.confirmSecondFactor(link: token, code: "12345") }
                    == SignInProblem.wrongCode)
        }
    }

    @Test("A new link for somebody who lost her phone resets password and second factor and ends her sessions")
    func recovery() async throws {
        try await Desk.open { desk in
            let noor = try await desk.newcomer()
            let link = try await desk.signIn.issueLink(for: noor.id, as: desk.command)
            #expect(try await desk.isLive(noor.session))
            try await desk.signIn.setPassword(link: link.token, password: "ten brown otters sleep")
            #expect(try await !desk.isLive(noor.session))
            #expect(await problem { _ = try await desk.begin("noor") } == SignInProblem.wrong)
            _ = try await desk.signIn.secondFactor(link: link.token)
            let session = try await desk.signIn.confirmSecondFactor(
                link: link.token, code: try await desk.code(noor.id))
            #expect(try await desk.isLive(session))
        }
    }

    @Test("Only an administrator issues links, and to nobody whose account is closed")
    func issuing() async throws {
        try await Desk.open { desk in
            let noor = try await desk.newcomer()
            for roles in [Set<Role>([.privacyOfficer, .inspectionLead, .analyst]), []] {
                let actor = Actor(user: noor.id.text, agency: "police", roles: roles, purpose: .administration)
                await #expect(throws: Problem.absent) { try await desk.signIn.issueLink(for: noor.id, as: actor) }
            }
            let unknown = desk.store.ledger.newIdentifier(User.self)
            await #expect(throws: Problem.absent) { try await desk.signIn.issueLink(for: unknown, as: desk.command) }
            let link = try await desk.signIn.issueLink(for: noor.id, as: desk.command)
            try await desk.directory.disable(noor.id, expecting: 1, because: "left", as: desk.command)
            #expect(await problem { _ = try await desk.signIn.openLink(link.token) } == SignInProblem.deadLink)
            #expect(
                await problem { _ = try await desk.signIn.issueLink(for: noor.id, as: desk.command) }
                    == SignInProblem.closed)
        }
    }

    @Test("In a sample store the link opens a session at once, once, and every start gives a new one")
    func sample() async throws {
        try await Desk.open(demo: true) { desk in
            #expect(try await desk.directory.isSample())
            #expect(desk.link.opensDirectly)
            #expect(try await desk.signIn.openLink(desk.link.token) == .enter(name: "First administrator"))
            let session = try await desk.signIn.enter(link: desk.link.token)
            #expect(try await desk.signIn.session(token: session.token)?.isSample == true)
            #expect(await problem { _ = try await desk.signIn.enter(link: desk.link.token) } == SignInProblem.deadLink)
            #expect(try await desk.directory.bootstrap(forceName: "x")?.opensDirectly == true)
            #expect(await problem { _ = try await desk.begin() } == SignInProblem.wrong)
        }
    }

    @Test("A store that was not made as a sample never becomes one")
    func neverSample() async throws {
        try await Desk.open { desk in
            let link = try #require(try await desk.directory.bootstrap(forceName: "x", demo: true))
            #expect(!link.opensDirectly)
            #expect(try await !desk.directory.isSample())
            #expect(await problem { _ = try await desk.signIn.enter(link: link.token) } == SignInProblem.deadLink)
            let now = desk.store.ledger.now
            try await desk.store.ledger.upkeep { writing in
                try LinkRows.issue(link.token.other, for: link.user.text, .sample, at: now, writing)
            }
            #expect(await problem { _ = try await desk.signIn.enter(link: link.token.other) } == SignInProblem.deadLink)
        }
    }
}

extension SecretToken {
    /// A second secret that depends on nothing but the first.
    fileprivate var other: SecretToken { SecretToken(random: hash) }
}
