import Access
import Foundation
import Kernel
import Ledger
import TestKit
import Testing

@testable import Accounts

@Suite("What signing in leaves behind")
struct TraceTests {
    private func told(_ desk: Desk) async throws -> [String] {
        try await desk.store.log().filter { ["session", "credential", "link"].contains($0.kind) }.map {
            "\($0.user) \($0.kind) \($0.operation.rawValue) \($0.wasAllowed ? "allowed" : "refused"): \($0.about)"
        }
    }

    @Test("The log says who did what, in identifiers only")
    func log() async throws {
        try await Desk.open { desk in
            let session = try await desk.setUp(desk.link)
            let (id, link, first) = (desk.administrator, desk.link.token.reference, session.token.reference)
            _ = try? await desk.begin("Secret Typed Name", "typed")
            _ = try? await desk.begin("administrator", "typed")
            desk.clock.advance(seconds: 30)
            let pending = try await desk.begin()
            _ = try? await desk.signIn.complete(pending: pending, code: "123")
            let second = try await desk.signIn.complete(pending: pending, code: try await desk.code(id))
            try await desk.signIn.revoke(second.token.reference, of: id, as: desk.command)
            try await desk.signIn.signOut(token: session.token)
            let expected = [
                "command-first-start link alteration allowed: issued \(link) for \(id)",
                "\(id) credential alteration allowed: password set \(link)",
                "\(id) credential alteration allowed: second factor set \(link)",
                "\(id) session consultation allowed: signed in \(first)",
                "unknown session consultation refused: sign-in refused",
                "\(id) session consultation refused: sign-in refused",
                "\(id) session consultation allowed: password accepted \(pending.reference)",
                "\(id) session consultation refused: code refused \(pending.reference)",
                "\(id) session consultation allowed: signed in \(second.token.reference)",
                "command-test session alteration allowed: revoked \(second.token.reference) of \(id)",
                "\(id) session consultation allowed: signed out \(first)",
            ]
            #expect(try await told(desk) == expected)
        }
    }

    @Test("The end of a session is told once, with its reason")
    func ends() async throws {
        try await Desk.open { desk in
            let session = try await desk.setUp(desk.link)
            desk.clock.advance(seconds: 3600)
            for _ in 0..<3 { #expect(try await !desk.isLive(session)) }
            let ends = try await told(desk).filter { $0.contains("ended") }
            #expect(
                ends == [
                    "\(desk.administrator) session consultation allowed: ended, idle \(session.token.reference)"
                ])
        }
    }

    @Test("Neither passwords nor secrets, nor names or addresses that were tried, are in the store's files")
    func files() async throws {
        try await Desk.open { desk in
            let session = try await desk.setUp(desk.link)
            let pending = try await desk.begin(from: "198.51.100.77")
            _ = try? await desk.begin("Typed In The Wrong Field", "another wrong guess", from: "198.51.100.77")
            let live = try #require(try await desk.signIn.session(token: session.token))
            let bytes = try bytes(of: desk.store.folder)
            #expect(bytes.range(of: Data("First administrator".utf8)) != nil)
            for secret in [
                Desk.password, session.token.text, pending.text, desk.link.token.text, live.csrf, "198.51.100.77",
                "Typed In The Wrong Field", "typed in the wrong field", "another wrong guess",
            ] {
                #expect(bytes.range(of: Data(secret.utf8)) == nil, "\(secret)")
            }
        }
    }

    @Test("A secret prints as dots")
    func dots() throws {
        let token = SecretToken(random: [UInt8](repeating: 9, count: 32))
        #expect("\(token)" == "•••" && String(reflecting: token) == "•••")
        #expect(SecretToken(token.text) == token)
    }

    private func bytes(of folder: URL) throws -> Data {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .reduce(into: Data()) { $0 += try Data(contentsOf: $1) }
    }
}
