import Access
import Accounts
import Foundation
import HTTPTypes
import Kernel
import Ledger
import TestKit
import Testing

@testable import Web

@Suite("The access log on its pages")
struct LogRouteTests {
    private func officer(_ house: WebHouse) async throws -> WebPerson { try await house.person([.privacyOfficer]) }

    @Test func `a privacy officer sees who was shown an account, in a list too, and the log knows that she looked`()
        async throws
    {
        try await WebHouse.open { house in
            let officer = try await officer(house)
            let seen = try await house.person([.analyst], name: "Rahel Canary")
            let administrator = try await house.person([.administrator], name: "Ada Example")
            _ = try await house.get("/accounts", as: administrator)
            _ = try await house.get("/accounts/\(seen.id)", as: administrator)
            let page = try await house.get("/log?record=\(seen.id)", as: officer).text
            #expect(page.contains("Ada Example") && page.contains("records</summary>"))
            #expect(page.contains("Purpose") && page.contains("administration"))
            #expect(!page.contains("Rahel Canary"), "the log holds no names of those whose records were seen")
            let entry = try #require(try await house.audit().last { $0.kind == "audit" })
            #expect(entry.about == "record \(seen.id)" && entry.operation == .consultation)
        }
    }

    @Test func `a user is found by the name she signs in with`() async throws {
        try await WebHouse.open { house in
            let officer = try await officer(house)
            let analyst = try await house.person([.analyst], name: "Ana Example")
            _ = try await house.get("/measures", as: analyst)
            let user = try await house.site.directory.user(analyst.id, as: WebHouse.keeper)
            let page = try await house.get("/log?user=\(user.body.signInName)", as: officer).text
            #expect(page.contains("Ana Example") && !page.contains("the command line"))
        }
    }

    @Test func `what cannot be asked is said at its field, and is not in the log`() async throws {
        try await WebHouse.open { house in
            let officer = try await officer(house)
            for query in [
                "record=Not%20An%20Id", "person=a%3Cb", "operation=nothing", "from-day=31&from-month=2&from-year=2026",
                "until-day=x",
            ] {
                let reply = try await house.get("/log?\(query)", as: officer)
                #expect(reply.status == 422 && reply.text.contains("There is a problem"), "\(query)")
            }
            #expect(try await house.audit().filter { $0.about.contains("Not An Id") }.isEmpty)
        }
    }

    @Test func `all that matches comes as a file, and that is a disclosure`() async throws {
        try await WebHouse.open { house in
            let officer = try await officer(house)
            for number in 0..<70 {
                try await house.ledger.note(
                    Consultation(kind: "test", .fact, .consultation, about: "=\(number)"), as: officer.actor)
            }
            let csv = try await house.get(
                "/log/csv?user=\(officer.id)&operation=consultation&recipient=ICO", as: officer)
            #expect(csv.header("Content-Disposition") == "attachment; filename=\"access-log.csv\"")
            let lines = csv.text.split(separator: "\r\n")
            #expect(lines.first?.hasPrefix("entry,at,person,agency,purpose,operation,allowed") == true)
            #expect(lines.count { $0.contains(",test,") } == 70 && lines.contains { $0.contains(",'=7,") })
            let last = try #require(try await house.audit().last)
            #expect(last.kind == "audit" && last.operation == .disclosure && last.recipient == "ico")
            #expect(last.about == "user \(officer.id), operation consultation")
            let page = try await house.get("/log?user=\(officer.id)", as: officer).text
            #expect(page.contains("Older →"))
        }
    }

    @Test func `an entry opens to its proof, and an unknown one looks like any unknown address`() async throws {
        try await WebHouse.open { house in
            let officer = try await officer(house)
            let reply = try await house.get("/log/entries/1", as: officer)
            let proof = try #require(try JSONSerialization.jsonObject(with: Data(reply.body)) as? [String: Any])
            #expect(proof["format"] as? String == "holdfast-inclusion/1" && proof["leaf"] as? Int == 0)
            #expect((proof["entry"] as? [String: Any])?["recipient"] is NSNull)
            for number in ["99999", "0", "-1", "x"] {
                #expect(try await house.get("/log/entries/\(number)", as: officer).status == 404)
            }
            let analyst = try await house.person([.analyst])
            for path in ["/log", "/log/csv", "/log/entries/1", "/log/heads"] {
                #expect(try await house.get(path, as: analyst).status == 404, "\(path)")
            }
        }
    }
}

@Suite("What partners get of the log, without signing in")
struct LogHeadRouteTests {
    private func signer() throws -> NoteSigner {
        try NoteSigner(name: "holdfast.test/log", kind: .log, seed: Array(1...32))
    }

    @Test func `heads, keys and proofs are open, and nothing else of the log is`() async throws {
        try await WebHouse.open { house in
            #expect(try await house.get("/log/head").status == 404)
            let head = try #require(try await house.ledger.signHead(with: signer()))
            let reply = try await house.get("/log/head")
            #expect(reply.status == 200 && reply.text == head.note.text)
            #expect(reply.header("Content-Type") == "text/plain; charset=utf-8")
            #expect(try await house.get("/log/heads/\(head.head.size)").body == reply.body)
            for path in ["/log/heads/0", "/log/heads/x", "/log/heads/99999"] {
                #expect(try await house.get(path).status == 404)
            }
            let proof = try await house.get("/log/consistency/1/\(head.head.size)")
            let decoded = try JSONDecoder().decode(ConsistencyProof.self, from: Data(proof.body))
            #expect(decoded.holds && decoded.to == head.head)
            for path in ["/log/consistency/0/1", "/log/consistency/2/1", "/log/consistency/1/99999"] {
                #expect(try await house.get(path).status == 422, "\(path)")
            }
            let guests = try await house.audit().filter { $0.kind == "audit" }
            #expect(guests.isEmpty, "hashes show nobody anything")
            #expect(try await house.get("/log/entries/1").status == 303)
        }
    }

    @Test func `a countersignature of a registered key is published and told on the page`() async throws {
        try await WebHouse.open { house in
            let partner = try NoteSigner(
                name: "council.test/holdfast", kind: .countersignature, seed: Array(33...64))
            try await house.ledger.trust(partner.key.text, of: "council", as: WebHouse.keeper)
            let head = try #require(try await house.ledger.signHead(with: signer()))
            var note = head.note
            note.signatures.append(try partner.sign(note.body, at: house.ledger.now))
            let path = "/log/head/countersignature"
            let before = try await house.audit().count
            #expect(try await house.post(path, bytes: Array(head.note.text.utf8)).status == 403)
            #expect(try await house.post(path, bytes: Array("x".utf8)).status == 403)
            #expect(try await house.post(path, bytes: Array(repeating: 65, count: 70_000)).status == 413)
            let foreign = try await house.post(
                path, bytes: Array(note.text.utf8), headers: ["Sec-Fetch-Site": "cross-site"])
            #expect(foreign.status == 403)
            let reply = try await house.post(path, bytes: Array(note.text.utf8))
            #expect(reply.status == 200 && reply.text == note.text)
            #expect(try await house.get("/log/head").text == note.text)
            #expect(try await house.audit().count == before, "the log would grow by its own heads")
            let officer = try await house.person([.privacyOfficer])
            let page = try await house.get("/log/heads", as: officer).text
            #expect(page.contains("This log, and council") && page.contains(partner.key.text.prefix(20)))
            #expect(page.contains(head.head.root.hexadecimal))
        }
    }
}
