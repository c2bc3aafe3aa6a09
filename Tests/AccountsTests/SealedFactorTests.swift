import Access
import Foundation
import Kernel
import Ledger
import TestKit
import Testing

@testable import Accounts

@Suite("Second factors lie sealed")
struct SealedFactorTests {
    @Test func `the key of an app is in no file of the store, in any form`() async throws {
        try await Desk.open { desk in
            try await desk.setUp(desk.link)
            let secret = try await secret(of: desk.administrator.text, desk)
            try expectAbsent(secret, in: desk.store.folder)
        }
    }

    @Test func `one that lay in plain bytes is sealed at the next start, leaves no trace and goes on to work`()
        async throws
    {
        try await Desk.open { desk in
            try await desk.setUp(desk.link)
            let (person, secret) = (desk.administrator.text, try await secret(of: desk.administrator.text, desk))
            let secrets = desk.store.ledger.secrets
            try await desk.store.ledger.upkeep { writing in
                try secrets.forget("second-factor", of: person, writing)
                try writing.run(
                    "UPDATE account_second_factor SET secret = $2 WHERE person = $1", [.text(person), .blob(secret)])
            }
            #expect(try bytes(of: desk.store.folder).range(of: Data(secret)) != nil)
            try await desk.signIn.sealPlainSecrets()
            try expectAbsent(secret, in: desk.store.folder)
            #expect(try await desk.isLive(try await desk.enter()))
            let told = try await desk.store.log().filter { $0.about.hasPrefix("sealed") }.map(\.about)
            try await desk.signIn.sealPlainSecrets()
            #expect(told == ["sealed 1 second factors"])
        }
    }

    @Test func `a sealed key moved to another person opens for nobody`() async throws {
        try await Desk.open { desk in
            try await desk.setUp(desk.link)
            let other = try await desk.newcomer()
            let first = desk.administrator.text
            try await desk.store.ledger.upkeep { writing in
                for (table, column) in [("sealed_value", "sealed"), ("sealed_key", "wrapped")] {
                    let moved = try writing.rows(
                        "SELECT \(column) FROM \(table) WHERE record = $1", [.text(first)])[0].blob(0)
                    try writing.run(
                        "UPDATE \(table) SET \(column) = $2 WHERE record = $1",
                        [.text(other.id.text), .blob(moved)])
                }
            }
            let found = await problem { _ = try await desk.enter("noor", other.id) }
            #expect(found?.code == .failed)
            #expect(try await desk.isLive(try await desk.enter()))
        }
    }

    @Test func `a new password forgets the app, and its key is destroyed`() async throws {
        try await Desk.open { desk in
            try await desk.setUp(desk.link)
            let link = try await desk.signIn.issueLink(for: desk.administrator, as: desk.command)
            try await desk.signIn.setPassword(link: link.token, password: "eight brown owls call")
            let left = try await desk.store.ledger.glance { try $0.integer("SELECT COUNT(*) FROM sealed_key") }
            #expect(left == 0)
        }
    }

    @Test func `nothing that opens the house comes back to life with a copy`() async throws {
        try await Desk.open { desk in
            let session = try await desk.setUp(desk.link)
            let other = try await desk.newcomer()
            let unused = try await desk.signIn.issueLink(for: other.id, as: desk.command)
            let ended = try await Revival.prevent(in: desk.store.ledger)
            #expect(ended.sessions == 2 && ended.links == 1)
            #expect(try await !desk.isLive(session))
            #expect(try await !desk.isLive(other.session))
            let dead = await problem { _ = try await desk.signIn.openLink(unused.token) }
            #expect(dead == SignInProblem.deadLink)
            let pending = try await desk.begin()
            for step: Int64 in [-1, 0, 1] {
                let used = await problem {
                    _ = try await desk.signIn.complete(
                        pending: pending, code: try await desk.code(desk.administrator, stepsAway: step))
                }
                #expect(used == SignInProblem.usedCode)
            }
            desk.clock.advance(seconds: 60)
            #expect(try await desk.isLive(try await desk.enter()))
        }
    }

    private func secret(of person: String, _ desk: Desk) async throws -> [UInt8] {
        let secrets = desk.store.ledger.secrets
        let found = try await desk.store.ledger.glance { try CredentialRows.secret(of: person, secrets, $0) }
        return try #require(found)
    }

    private func expectAbsent(_ secret: [UInt8], in folder: URL) throws {
        let (bytes, data) = (try bytes(of: folder), Data(secret))
        for form in [
            data, Data(data.base64EncodedString().utf8), Data(Base32.encode(secret).utf8),
            Data(Hex.encode(secret).utf8),
        ] {
            #expect(bytes.range(of: form) == nil)
        }
    }

    private func bytes(of folder: URL) throws -> Data {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .reduce(into: Data()) { $0 += try Data(contentsOf: $1) }
    }
}
