import Access
import Kernel
import Ledger
import TestKit
import Testing

@testable import Accounts

@Suite("Sessions", .onEveryEngine)
struct SessionTests {
    @Test("A session that rests for fifteen minutes is over")
    func idle() async throws {
        try await Desk.open { desk in
            let session = try await desk.setUp(desk.link)
            desk.clock.advance(seconds: 14 * 60)
            #expect(try await desk.isLive(session))
            desk.clock.advance(seconds: 14 * 60)
            #expect(try await desk.isLive(session))
            desk.clock.advance(seconds: 15 * 60)
            #expect(try await !desk.isLive(session))
        }
    }

    @Test("A session that is never at rest is over after twelve hours")
    func absolute() async throws {
        try await Desk.open { desk in
            let session = try await desk.setUp(desk.link)
            for _ in 0..<71 {
                desk.clock.advance(seconds: 600)
                #expect(try await desk.isLive(session))
            }
            desk.clock.advance(seconds: 600)
            #expect(try await !desk.isLive(session))
        }
    }

    @Test("A session found expired by a clock that ran ahead is not revived when the clock goes back")
    func clockAheadAndBack() async throws {
        try await Desk.open { desk in
            let session = try await desk.setUp(desk.link)
            let twoYears: Int64 = 2 * 365 * 86_400
            desk.clock.advance(seconds: twoYears)
            #expect(try await !desk.isLive(session))
            desk.clock.advance(seconds: -twoYears)
            #expect(try await !desk.isLive(session))
        }
    }

    @Test("A sign-in under a clock that ran ahead ends other sessions for good, and its own when the clock goes back")
    func clockAheadSignIn() async throws {
        try await Desk.open { desk in
            let old = try await desk.setUp(desk.link)
            desk.clock.advance(seconds: 86_400)
            let ahead = try await desk.enter()
            desk.clock.advance(seconds: -86_400)
            #expect(try await !desk.isLive(old))
            #expect(try await !desk.isLive(ahead))
            desk.clock.advance(seconds: 86_400)
            #expect(try await !desk.isLive(ahead))
        }
    }

    @Test("Signing out, or revoking one session or all, has effect on the next request")
    func revoked() async throws {
        try await Desk.open { desk in
            let first = try await desk.setUp(desk.link)
            let second = try await desk.enter()
            let third = try await desk.enter()
            let live = try #require(try await desk.signIn.session(token: first.token))
            let actor = live.actor(for: .administration)
            #expect(try await desk.signIn.sessions(of: desk.administrator, as: actor).count == 3)
            #expect(try await desk.signIn.revoke(second.token.reference, of: desk.administrator, as: actor) == 1)
            #expect(try await !desk.isLive(second))
            try await desk.signIn.signOut(token: third.token)
            #expect(try await !desk.isLive(third))
            #expect(try await desk.isLive(first))
            #expect(try await desk.signIn.revoke(nil, of: desk.administrator, as: actor) == 1)
            #expect(try await !desk.isLive(first))
        }
    }

    @Test("Nobody but an administrator sees or ends somebody else's sessions")
    func strangers() async throws {
        try await Desk.open { desk in
            let session = try await desk.setUp(desk.link)
            let noor = try await desk.newcomer()
            let actor = try #require(try await desk.signIn.session(token: noor.session.token)).actor(for: .analysis)
            await #expect(throws: Problem.absent) {
                try await desk.signIn.revoke(nil, of: desk.administrator, as: actor)
            }
            await #expect(throws: Problem.absent) {
                try await desk.signIn.sessions(of: desk.administrator, as: actor)
            }
            #expect(try await desk.isLive(session))
            #expect(try await desk.signIn.revoke(nil, of: noor.id, as: actor) == 1)
        }
    }

    @Test("A person whose account is closed in the middle of a session is out at the next request, and stays out")
    func disabled() async throws {
        try await Desk.open { desk in
            let noor = try await desk.newcomer()
            #expect(try await desk.isLive(noor.session))
            try await desk.directory.disable(noor.id, expecting: 1, because: "left the force", as: desk.command)
            #expect(try await !desk.isLive(noor.session))
            try await desk.directory.enable(noor.id, expecting: 2, as: desk.command)
            #expect(try await !desk.isLive(noor.session))
            #expect(try await desk.isLive(try await desk.enter("noor", noor.id)))
        }
    }

    @Test("An account whose last day is past is out at the next request")
    func lastDay() async throws {
        try await Desk.open { desk in
            let noor = try await desk.newcomer()
            var user = try await desk.directory.user(noor.id, as: desk.command).body
            user.activeUntil = LondonTime.day(of: desk.store.ledger.now).adding(days: -1)
            try await desk.directory.amend(noor.id, expecting: 1, user, as: desk.command)
            #expect(try await !desk.isLive(noor.session))
        }
    }

    @Test("A role given or taken away has effect on the next request")
    func roles() async throws {
        try await Desk.open { desk in
            let noor = try await desk.newcomer()
            var user = try await desk.directory.user(noor.id, as: desk.command).body
            user.roles = [.inspectionLead]
            try await desk.directory.amend(noor.id, expecting: 1, user, as: desk.command)
            #expect(try await desk.signIn.session(token: noor.session.token)?.roles == [.inspectionLead])
        }
    }

    @Test("Being seen is written at most once a minute")
    func marks() async throws {
        try await Desk.open { desk in
            let session = try await desk.setUp(desk.link)
            let seen = { @Sendable in
                try await desk.store.ledger.glance { try SessionRows.find(session.token.hash, $0)?.0.seen }
            }
            desk.clock.advance(seconds: 59)
            _ = try await desk.isLive(session)
            #expect(try await seen() == TestClock.start)
            desk.clock.advance(seconds: 1)
            _ = try await desk.isLive(session)
            #expect(try await seen() == TestClock.start.adding(seconds: 60))
        }
    }

    @Test("A form is accepted from its own session only")
    func csrf() async throws {
        try await Desk.open { desk in
            let first = try await desk.setUp(desk.link)
            let second = try await desk.enter()
            let one = try #require(try await desk.signIn.session(token: first.token))
            let other = try #require(try await desk.signIn.session(token: second.token))
            #expect(one.accepts(csrf: one.csrf) && !one.accepts(csrf: other.csrf))
            #expect(!one.accepts(csrf: "") && !one.accepts(csrf: one.csrf + "A") && one.csrf != first.token.text)
        }
    }

    @Test("A secret that is unknown or no secret at all opens nothing")
    func unknown() async throws {
        try await Desk.open { desk in
            let token = try #require(SecretToken(String(repeating: "A", count: 43)))
            #expect(try await desk.signIn.session(token: token) == nil)
            try await desk.signIn.signOut(token: token)
        }
        for text in ["", "A", String(repeating: "A", count: 44), String(repeating: "é", count: 43)] {
            #expect(SecretToken(text) == nil)
        }
    }
}
