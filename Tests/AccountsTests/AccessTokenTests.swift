import Access
import Kernel
import Ledger
import TestKit
import Testing

@testable import Accounts

@Suite("A token of a person's own program")
struct AccessTokenTests {
    private func actor(_ id: Identifier<User>, _ roles: Set<Role>) -> Actor {
        Actor(user: id.text, agency: "police", roles: roles, purpose: .analysis)
    }

    @Test func `works until it is ended, and only its person can end it`() async throws {
        try await Desk.open { desk in
            let (noor, ola) = (try await desk.newcomer(), try await desk.newcomer("Ola Example", "ola"))
            let (hers, his) = (actor(noor.id, [.analyst]), actor(ola.id, [.analyst]))
            let token = try await desk.signIn.issueToken(named: " Board ", scopes: [.measures], days: 90, as: hers)
            let live = try #require(try await desk.signIn.bearer(token))
            #expect(live.user == noor.id && live.scopes == [.measures])
            let listed = try await desk.signIn.tokens(as: hers)
            #expect(listed.map(\.name) == ["Board"] && listed[0].seen == desk.clock.source.now())
            #expect(try await desk.signIn.tokens(as: his).isEmpty)
            #expect(await problem { try await desk.signIn.endToken(live.reference, as: his) } == .absent)
            #expect(try await desk.signIn.bearer(token) != nil)
            try await desk.signIn.endToken(live.reference, as: hers)
            #expect(try await desk.signIn.bearer(token) == nil)
        }
    }

    @Test func `is never wider than its person, nor outlives her`() async throws {
        try await Desk.open { desk in
            let noor = try await desk.newcomer()
            let hers = actor(noor.id, [.analyst])
            let wide = await problem {
                _ = try await desk.signIn.issueToken(named: "Wide", scopes: [.log], days: 1, as: hers)
            }
            #expect(wide?.fields.map(\.name) == ["scopes"])
            let token = try await desk.signIn.issueToken(named: "Board", scopes: [.areas], days: 90, as: hers)
            let record = try await desk.directory.user(noor.id, as: desk.command)
            var less = record.body
            less.roles = []
            try await desk.directory.amend(noor.id, expecting: record.version, less, as: desk.command)
            #expect(try await desk.signIn.bearer(token)?.roles.isEmpty == true, "roles are read anew")
            try await desk.directory.disable(noor.id, expecting: record.version + 1, because: "Left", as: desk.command)
            #expect(try await desk.signIn.bearer(token) == nil)
        }
    }

    @Test func `is not revived by a clock that ran ahead and is put back, nor does it work before it was made`()
        async throws
    {
        try await Desk.open { desk in
            let hers = actor(try await desk.newcomer().id, [.analyst])
            let token = try await desk.signIn.issueToken(named: "Board", scopes: [.reports], days: 365, as: hers)
            let twoYears: Int64 = 2 * 365 * 86_400
            desk.clock.advance(seconds: -twoYears)
            #expect(try await desk.signIn.bearer(token) == nil)
            desk.clock.advance(seconds: twoYears)
            #expect(try await desk.signIn.bearer(token) != nil)
            desk.clock.advance(seconds: twoYears)
            #expect(try await desk.signIn.bearer(token) == nil)
            desk.clock.advance(seconds: -twoYears)
            #expect(try await desk.signIn.bearer(token) == nil)
        }
    }

    @Test func `ends on its day`() async throws {
        try await Desk.open { desk in
            let noor = try await desk.newcomer()
            let token = try await desk.signIn.issueToken(
                named: "Board", scopes: [.reports], days: 1, as: actor(noor.id, [.analyst]))
            desk.clock.advance(seconds: 86_399)
            #expect(try await desk.signIn.bearer(token) != nil)
            desk.clock.advance(seconds: 1)
            #expect(try await desk.signIn.bearer(token) == nil)
        }
    }

    private static let impossible: [(String, Int, Set<TokenScope>, String)] = [
        ("", 90, [.areas], "name"), ("A", 0, [.areas], "days"), ("A", 366, [.areas], "days"), ("A", 90, [], "scopes"),
    ]

    @Test(arguments: impossible)
    func `is made only of what can be`(_ name: String, _ days: Int, _ scopes: Set<TokenScope>, _ field: String)
        async throws
    {
        try await Desk.open { desk in
            let actor = actor(desk.administrator, [.administrator, .inspectionLead])
            let found = await problem {
                _ = try await desk.signIn.issueToken(named: name, scopes: scopes, days: days, as: actor)
            }
            #expect(found?.fields.map(\.name) == [field])
        }
    }

    @Test func `leaves only its digest in the store and only its reference in the log`() async throws {
        try await Desk.open { desk in
            let noor = try await desk.newcomer()
            let token = try await desk.signIn.issueToken(
                named: "Board", scopes: [.reports], days: 1, as: actor(noor.id, [.analyst]))
            let rows = try await desk.store.ledger.glance { try $0.rows("SELECT * FROM account_token") }
            #expect(rows.flatMap(\.values).allSatisfy { $0 != .text(token.text) })
            let entries = try await desk.store.log().filter { $0.kind == "token" }
            #expect(entries.map(\.about) == ["made \(token.reference)"])
        }
    }
}
