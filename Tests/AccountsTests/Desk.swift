import Access
import Foundation
import Kernel
import Ledger
import TestKit
import Testing

@testable import Accounts

/// A store with a first administrator, and hands to sign in with.
struct Desk {
    static let password = "seven grey herons wade"
    static let cheap = PasswordCost(memory: 8, passes: 1)

    let store: TemporaryStore
    let signIn: SignIn
    let directory: Accounts.Directory
    let link: OneTimeLink

    var clock: TestClock { store.clock }
    var administrator: Identifier<User> { link.user }
    var command: Actor { Actor.command(user: "test") }

    static func open(
        demo: Bool = false, line: HashingLine = HashingLine(), _ body: (Desk) async throws -> Void
    ) async throws {
        let store = try await TemporaryStore(AccountsSchema.migrations)
        let directory = Accounts.Directory(ledger: store.ledger)
        let link = try #require(try await directory.bootstrap(forceName: "Anytown Constabulary", demo: demo))
        let signIn = SignIn(ledger: store.ledger, line: line, cost: cheap)
        try await body(Desk(store: store, signIn: signIn, directory: directory, link: link))
        #expect(try await store.ledger.verify().faults == [])
        try await store.remove()
    }

    func code(_ user: Identifier<User>, stepsAway: Int64 = 0) async throws -> String {
        let secrets = store.ledger.secrets
        let found = try await store.ledger.glance { try CredentialRows.secret(of: user.text, secrets, $0) }
        let secret = try #require(found)
        return OneTimeCode.code(secret, step: OneTimeCode.step(at: store.ledger.now) + stepsAway)
    }

    /// From a link to a session, as a newcomer does it.
    @discardableResult
    func setUp(_ link: OneTimeLink, password: String = Desk.password) async throws -> OpenedSession {
        try await signIn.setPassword(link: link.token, password: password)
        _ = try await signIn.secondFactor(link: link.token)
        return try await signIn.confirmSecondFactor(link: link.token, code: try await code(link.user))
    }

    func begin(_ name: String = "administrator", _ password: String = Desk.password, from source: String = "10.0.0.1")
        async throws -> SecretToken
    {
        try await signIn.begin(name: name, password: password, source: source)
    }

    /// Half a minute later, so that the code is a fresh one.
    func enter(_ name: String = "administrator", _ user: Identifier<User>? = nil) async throws -> OpenedSession {
        clock.advance(seconds: 30)
        let pending = try await begin(name)
        return try await signIn.complete(pending: pending, code: try await code(user ?? administrator))
    }

    /// A second person, set up.
    func newcomer(_ name: String = "Noor Example", _ signInName: String = "noor", _ roles: Set<Role> = [.analyst])
        async throws -> (id: Identifier<User>, session: OpenedSession)
    {
        let police = try #require(Identifier<Agency>("police"))
        let id = try await directory.create(
            User(name: name, signInName: signInName, agency: police, roles: roles), as: command)
        return (id, try await setUp(try await signIn.issueLink(for: id, as: command)))
    }

    func isLive(_ session: OpenedSession) async throws -> Bool {
        try await signIn.session(token: session.token) != nil
    }
}

/// The problem that `body` threw; nil, and a failed test, when it threw none.
func problem(_ body: () async throws -> Void) async -> Problem? {
    do {
        try await body()
        Issue.record("nothing was refused")
        return nil
    } catch {
        return error as? Problem
    }
}
