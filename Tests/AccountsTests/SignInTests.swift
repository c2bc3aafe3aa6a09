import Access
import Kernel
import Ledger
import TestKit
import Testing

@testable import Accounts

@Suite("Signing in", .onEveryEngine)
struct SignInTests {
    @Test("A newcomer chooses a password, confirms her app and is signed in; later she signs in with both")
    func wholeWay() async throws {
        try await Desk.open { desk in
            #expect(
                try await desk.signIn.openLink(desk.link.token)
                    == .choosePassword(name: "First administrator", signInName: "administrator"))
            let first = try await desk.setUp(desk.link)
            let live = try #require(try await desk.signIn.session(token: first.token))
            #expect(live.user == desk.administrator && live.agency.text == "police")
            #expect(live.roles == [.administrator, .inspectionLead, .analyst, .privacyOfficer, .recordsManager])
            #expect(live.expires == TestClock.start.adding(seconds: 12 * 3600) && !live.isSample)
            let actor = live.actor(for: .inspection)
            #expect(actor.user == desk.administrator.text && actor.purpose == .inspection)
            let second = try await desk.enter("  ADMINistrator ")
            #expect(second.token != first.token)
            #expect(try await desk.isLive(second))
        }
    }

    @Test("A wrong password and an unknown name are answered with the same words")
    func sameAnswer() async throws {
        try await Desk.open { desk in
            try await desk.setUp(desk.link)
            let wrong = await problem { _ = try await desk.begin("administrator", "not her password at all") }
            let unknown = await problem { _ = try await desk.begin("nobody", "not her password at all") }
            let giant = await problem {
                _ = try await desk.begin(String(repeating: "a", count: 100_000), String(repeating: "b", count: 100_000))
            }
            #expect(wrong == SignInProblem.wrong && unknown == wrong && giant == wrong)
        }
    }

    @Test("A person without a password yet is answered like an unknown name")
    func noPassword() async throws {
        try await Desk.open { desk in
            #expect(await problem { _ = try await desk.begin() } == SignInProblem.wrong)
            try await desk.signIn.setPassword(link: desk.link.token, password: Desk.password)
            #expect(await problem { _ = try await desk.begin() } == SignInProblem.notSetUp)
        }
    }

    @Test("The first step alone opens nothing, and lasts ten minutes")
    func firstStepAlone() async throws {
        try await Desk.open { desk in
            try await desk.setUp(desk.link)
            desk.clock.advance(seconds: 30)
            let pending = try await desk.begin()
            #expect(try await desk.signIn.session(token: pending) == nil)
            desk.clock.advance(seconds: 600)
            let code = try await desk.code(desk.administrator)
            #expect(
                await problem { _ = try await desk.signIn.complete(pending: pending, code: code) }
                    == SignInProblem.tooLate)
        }
    }

    @Test("A code works once, and no earlier code after it")
    func replay() async throws {
        try await Desk.open { desk in
            try await desk.setUp(desk.link)
            desk.clock.advance(seconds: 60)
            let code = try await desk.code(desk.administrator)
            let earlier = try await desk.code(desk.administrator, stepsAway: -1)
            _ = try await desk.signIn.complete(pending: try await desk.begin(), code: code)
            let pending = try await desk.begin()
            for used in [code, earlier] {
                #expect(
                    await problem { _ = try await desk.signIn.complete(pending: pending, code: used) }
                        == SignInProblem.usedCode)
            }
        }
    }

    @Test("A first step is spent by the second")
    func pendingReuse() async throws {
        try await Desk.open { desk in
            try await desk.setUp(desk.link)
            desk.clock.advance(seconds: 30)
            let pending = try await desk.begin()
            _ = try await desk.signIn.complete(pending: pending, code: try await desk.code(desk.administrator))
            desk.clock.advance(seconds: 30)
            let next = try await desk.code(desk.administrator)
            #expect(
                await problem { _ = try await desk.signIn.complete(pending: pending, code: next) }
                    == SignInProblem.tooLate)
        }
    }

    @Test("A clock half a minute off is forgiven, a whole minute is not", arguments: [-2, -1, 0, 1, 2])
    func window(stepsAway: Int64) async throws {
        try await Desk.open { desk in
            try await desk.setUp(desk.link)
            desk.clock.advance(seconds: 300)
            let pending = try await desk.begin()
            let code = try await desk.code(desk.administrator, stepsAway: stepsAway)
            if abs(stepsAway) <= 1 {
                #expect(try await desk.isLive(try await desk.signIn.complete(pending: pending, code: code)))
            } else {
                #expect(
                    await problem { _ = try await desk.signIn.complete(pending: pending, code: code) }
                        == SignInProblem.wrongCode)
            }
        }
    }

    @Test("A closed account is told so only after the right password")
    func closed() async throws {
        try await Desk.open { desk in
            let noor = try await desk.newcomer()
            try await desk.directory.disable(noor.id, expecting: 1, because: "left", as: desk.command)
            #expect(await problem { _ = try await desk.begin("noor", "a wrong password here") } == SignInProblem.wrong)
            #expect(await problem { _ = try await desk.begin("noor") } == SignInProblem.closed)
        }
    }

    @Test("A password hashed at a lower cost is hashed again at the next sign-in")
    func raised() async throws {
        try await Desk.open { desk in
            try await desk.setUp(desk.link)
            desk.clock.advance(seconds: 30)
            let dearer = PasswordCost(memory: 64, passes: 2)
            let signIn = SignIn(ledger: desk.store.ledger, cost: dearer)
            _ = try await signIn.begin(name: "administrator", password: Desk.password, source: "a")
            let kept = try await desk.store.ledger.glance {
                try CredentialRows.password(of: desk.administrator.text, $0)?.encoded
            }
            #expect(kept?.hasPrefix("$argon2id$v=19$m=64,t=2,p=1$") == true)
            _ = try await signIn.begin(name: "administrator", password: Desk.password, source: "a")
        }
    }

    @Test("She changes her password with the old one; other sessions end, and the old password no longer works")
    func change() async throws {
        try await Desk.open { desk in
            let other = try await desk.setUp(desk.link)
            let session = try await desk.enter()
            let (signIn, fresh) = (desk.signIn, "nine white geese fly")
            let wrong = await problem {
                try await signIn.changePassword(session: session.token, current: fresh, to: fresh)
            }
            #expect(wrong == SignInProblem.wrongPassword)
            let weak = await problem {
                try await signIn.changePassword(session: session.token, current: Desk.password, to: "short")
            }
            #expect(weak?.fields.map(\.name) == ["password"])
            try await signIn.changePassword(session: session.token, current: Desk.password, to: fresh)
            #expect(try await desk.isLive(session))
            #expect(try await !desk.isLive(other))
            #expect(await problem { _ = try await desk.begin() } == SignInProblem.wrong)
            _ = try await desk.begin("administrator", fresh)
            try await signIn.signOut(token: session.token)
            #expect(
                await problem {
                    try await signIn.changePassword(session: session.token, current: fresh, to: Desk.password)
                } == SignInProblem.tooLate)
        }
    }
}
