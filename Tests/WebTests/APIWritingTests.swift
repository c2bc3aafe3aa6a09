import Access
import Accounts
import Federation
import Foundation
import HTTPTypes
import Inspection
import Kernel
import Ledger
import TestKit
import Testing

@testable import Web

@Suite("What programs change")
struct APIWritingTests {
    @Test func `an area is changed on the version that the program has, and nothing is written over`() async throws {
        try await APIHouse.open { api in
            let path = "/areas/\(try await api.area())"
            let tag = try await api.get(path).tag
            let body = #"{"owner":"\#(api.lead.id)","due":"2030-03-31"}"#
            let changed = try await api.send(.patch, path, body, headers: ["If-Match": tag])
            #expect(changed.status == 200 && changed.tag == "\"2\"")
            #expect(changed.json["owner"]?.text == api.lead.id.text && changed.json["due"]?.text == "2030-03-31")
            let late = try await api.send(.patch, path, #"{"due":null}"#, headers: ["If-Match": tag])
            #expect(late.status == 412 && late.tag == "\"2\"")
            #expect(late.reply.header("Content-Type") == "application/problem+json")
            #expect(try await api.get(path).json["due"]?.text == "2030-03-31")
            let cleared = try await api.send(.patch, path, #"{"due":null}"#, headers: ["If-Match": late.tag])
            #expect(cleared.json["due"] == .null && cleared.json["owner"]?.text == api.lead.id.text)
            let entry = try await api.house.audit().last { $0.operation == .alteration }
            #expect(entry?.user == api.lead.id.text && entry?.version == 3)
        }
    }

    @Test func `no version, another type, another shape, too much: each has its own answer`() async throws {
        try await APIHouse.open { api in
            let path = "/areas/\(try await api.area())"
            let known: Pairs = ["If-Match": "\"1\""]
            #expect(try await api.send(.patch, path, "{}").status == 428)
            let form = try await api.send(
                .patch, path, "due=1", headers: known + ["Content-Type": "application/x-www-form-urlencoded"])
            #expect(form.status == 415)
            let strange = try await api.send(
                .patch, path, #"{"version":9,"due":"2030-02-30","owner":7}"#, headers: known)
            #expect(strange.status == 400 && strange.pointers == ["/owner", "/due", "/version"])
            #expect(try await api.send(.patch, path, #"{"due":null,"due":null}"#, headers: known).status == 400)
            let long = String(repeating: " ", count: APIBody.most + 1)
            #expect(try await api.send(.patch, path, long, headers: known).status == 413)
            let nobody = try await api.send(.patch, path, #"{"owner":"nobody"}"#, headers: known)
            #expect(nobody.status == 422 && nobody.pointers == ["/owner"])
            let past = try await api.send(
                .patch, path, #"{"owner":"\#(api.lead.id)","due":"2001-01-01"}"#, headers: known)
            #expect(past.status == 422 && past.pointers == ["/due"])
            #expect(try await api.versions(path) == 1)
        }
    }

    @Test func `another method is refused with those that there are, and only with a token`() async throws {
        try await APIHouse.open { api in
            let path = "/areas/\(try await api.area())"
            let reply = try await api.send(.delete, path)
            #expect(reply.status == 405 && reply.reply.header("Allow") == "GET, HEAD, PATCH")
            #expect(try await api.send(.delete, path, as: [:]).status == 401)
            #expect(try await api.send(.delete, "/nowhere").status == 404)
            let unknown = try await api.get("/areas?color=red&limit=0")
            #expect(unknown.status == 400 && Set(unknown.pointers) == ["color", "limit"])
        }
    }

    @Test func `what may only be read by a token, or by its person, is not there to be written`() async throws {
        try await APIHouse.open { api in
            let path = "/areas/\(try await api.area())"
            let known: Pairs = ["If-Match": "\"1\""]
            let absent = try await api.send(.patch, "/areas/none", "{}", headers: known)
            let narrow = try await APIHouse.token(api.house, api.lead, [.areas])
            let analyst = try await api.house.person([.analyst])
            let stranger = try await api.house.person([.inspectionLead], agency: "housing")
            for header in [
                narrow, try await APIHouse.token(api.house, analyst), try await APIHouse.token(api.house, stranger),
            ] {
                let reply = try await api.send(.patch, path, "{}", headers: known, as: header)
                #expect(reply.status == 404 && reply.reply.body == absent.reply.body)
            }
            #expect(try await api.versions(path) == 1)
        }
    }

    @Test func `a token whose person left stops at the next request`() async throws {
        try await APIHouse.open { api in
            let leaver = try await api.house.person([.inspectionLead])
            let header = try await APIHouse.token(api.house, leaver)
            let path = "/areas/\(try await api.area())"
            let first = try await api.send(.patch, path, #"{"due":null}"#, headers: ["If-Match": "\"1\""], as: header)
            #expect(first.status == 200)
            let record = try await api.house.site.directory.user(leaver.id, as: WebHouse.keeper)
            try await api.house.site.directory.disable(
                leaver.id, expecting: record.version, because: "Left", as: WebHouse.keeper)
            let second = try await api.send(.patch, path, #"{"due":null}"#, headers: ["If-Match": "\"1\""], as: header)
            #expect(second.status == 401)
        }
    }

    @Test func `statuses and linked measures follow the version too`() async throws {
        try await APIHouse.open { api in
            let path = "/areas/\(try await api.area())"
            let status = try #require(api.house.site.inspection.statuses.of(.force).first { !$0.closes })
            let body = #"{"strand":"force","status":"\#(status.id)","on":"\#(status.from)","words":"Begun"}"#
            let said = try await api.send(.post, path + "/statuses", body, headers: ["If-Match": "\"1\""])
            #expect(said.status == 200 && said.json["statusOfForce"]?.text == status.id)
            let linked = try await api.send(.put, path + "/measures/recorded-crime", headers: ["If-Match": "\"1\""])
            #expect(linked.status == 412)
            let again = try await api.send(.put, path + "/measures/recorded-crime", headers: ["If-Match": linked.tag])
            #expect(again.status == 200 && again.json["measures"]?.texts == ["recorded-crime"])
            let off = try await api.send(.delete, path + "/measures/recorded-crime", headers: ["If-Match": again.tag])
            #expect(off.status == 200 && off.json["measures"]?.texts == [])
            let bare = try await api.send(.post, path + "/statuses", body)
            #expect(bare.status == 428)
        }
    }

    @Test func `an action that is sent twice with one key is given once`() async throws {
        try await APIHouse.open { api in
            let path = "/areas/\(try await api.area())/actions"
            let body = #"{"title":"Look at bail","owner":"\#(api.lead.id)","due":"2030-01-31"}"#
            let key: Pairs = ["Idempotency-Key": "request-0001"]
            let given = try await api.send(.post, path, body, headers: key)
            #expect(given.status == 201 && given.tag == "\"1\"")
            let address = try #require(given.reply.location)
            let again = try await api.send(.post, path, body, headers: key)
            #expect(again.status == 201 && again.reply.body == given.reply.body && again.reply.location == address)
            #expect(try await api.all(path).count == 1)
            let other = try await api.send(
                .post, path, body.replacingOccurrences(of: "bail", with: "cells"), headers: key)
            #expect(other.status == 409)
            #expect(try await api.send(.post, path, body).status == 400)
            let done = try await api.send(
                .post, address + "/events", #"{"what":"done"}"#, headers: ["If-Match": "\"1\""])
            #expect(done.status == 200 && done.json["state"]?.text == "done" && done.tag == "\"2\"")
            #expect(try await api.send(.post, path, body, headers: key).reply.body == given.reply.body)
            api.house.clock.advance(seconds: 86_401)
            let header = try await APIHouse.token(api.house, api.lead)
            #expect(try await api.send(.post, path, body, headers: key, as: header).reply.location != address)
        }
    }

    @Test func `evidence, a later sentence and a followed finding are added once`() async throws {
        try await APIHouse.open { api in
            let path = "/areas/\(try await api.area())"
            let body = #"{"claim":"Bail is checked","on":"2024-01-31","realityTest":"Forty files read"}"#
            for _ in 0..<2 {
                let added = try await api.send(
                    .post, path + "/evidence", body, headers: ["Idempotency-Key": "evidence-1"])
                #expect(added.status == 201 && added.tag == "\"2\"")
                #expect(added.json["evidence"]?.list?.count == 1)
            }
            let empty = try await api.send(
                .post, path + "/evidence", #"{"claim":"X","on":"2024-01-31"}"#,
                headers: ["Idempotency-Key": "evidence-2"])
            #expect(empty.status == 422)
            let reports = try await api.all("/reports")
            let (new, old) = (try #require(reports.first?["id"]?.text), try #require(reports.last?["id"]?.text))
            let later = #"{"report":"\#(new)","statement":"Each investigation now has one named officer."}"#
            let linked = try await api.send(.post, path + "/later", later, headers: ["Idempotency-Key": "later-0001"])
            #expect([201, 422].contains(linked.status))
            let followed = try await api.send(
                .post, "/reports/\(old)/followed", #"{"question":0,"finding":99}"#,
                headers: ["Idempotency-Key": "follow-001"])
            #expect(followed.status == 404)
        }
    }

    @Test func `lists come in pages that leave nothing out, and a foreign cursor is refused`() async throws {
        try await APIHouse.open { api in
            let areas = try await api.all("/areas")
            #expect(areas.count > 1)
            #expect(try await api.all("/areas?limit=1") == areas)
            #expect(try await api.all("/measures?limit=3") == (try await api.all("/measures")))
            #expect(try await api.get("/areas?cursor=AAAA").status == 422)
            #expect(try await api.get("/areas?cursor=%2F").status == 400)
            #expect(try await api.get("/log?cursor=AAAA").status == 422)
        }
    }

    @Test func `an area is read as it was known at a moment`() async throws {
        try await APIHouse.open { api in
            let path = "/areas/\(try await api.area())"
            let before = api.house.clock.source.now()
            api.house.clock.advance(seconds: 60)
            _ = try await api.send(
                .patch, path, #"{"owner":"\#(api.lead.id)"}"#, headers: ["If-Match": "\"1\""])
            let stamp = String(before.adding(seconds: 1).description.prefix(19)) + "Z"
            let known = try await api.get("\(path)?at=\(stamp)")
            #expect(known.status == 200 && known.tag == "\"1\"" && known.json["owner"] == .null)
            #expect(try await api.get("\(path)?at=2001-01-01T00:00:00Z").status == 404)
            #expect(try await api.versions(path) == 2)
        }
    }

    @Test func `an administrator sees everybody's tokens and ends one`() async throws {
        try await APIHouse.open { api in
            let other = try await api.house.person([.analyst])
            let header = try await APIHouse.token(api.house, other)
            let held = try await api.all("/tokens").first { $0["person"]?.text == other.id.text }
            let reference = try #require(held?["reference"]?.text)
            #expect(try await api.send(.delete, "/tokens/\(reference)", as: header).status == 404)
            let ended = try await api.send(.delete, "/tokens/\(reference)")
            #expect(ended.status == 200 && ended.json["reference"]?.text == reference)
            #expect(try await api.send(.get, "/measures", as: header).status == 401)
            #expect(try await api.send(.delete, "/tokens/\(reference)").status == 404)
        }
    }

    @Test func `an administrator sees tokens of others on the page, and nobody else does`() async throws {
        try await APIHouse.open { api in
            let other = try await api.house.person([.analyst], name: "Ola Example")
            let header = try await APIHouse.token(api.house, other)
            let reference = try #require(try await api.house.site.signIn.tokens(as: other.actor).first?.reference)
            #expect(try await api.house.get("/tokens", as: api.lead).text.contains("Ola Example"))
            #expect(try await api.house.get("/tokens", as: other).text.contains("Tokens of others") == false)
            let sent: Pairs = ["token": reference]
            #expect(try await api.house.post("/tokens/others/end", sent, as: other).status == 404)
            #expect(try await api.house.post("/tokens/others/end", sent, as: api.lead).status == 303)
            #expect(try await api.send(.get, "/measures", as: header).status == 401)
        }
    }

    @Test func `a webhook is made once by a program and on a page, on listed hosts alone`() async throws {
        try await APIHouse.open { api in
            let body = #"{"address":"https://board.example/in","topics":["inspection.area"]}"#
            let key: Pairs = ["Idempotency-Key": "webhook-01"]
            let made = try await api.send(.post, "/webhooks", body, headers: key)
            #expect(made.status == 201 && made.json["secret"]?.text?.hasPrefix("whsec_") == true)
            let again = try await api.send(.post, "/webhooks", body, headers: key)
            #expect(again.json["secret"] == .null && again.json["id"] == made.json["id"])
            #expect(try await api.all("/webhooks").count == 1)
            let elsewhere = try await api.send(
                .post, "/webhooks", body.replacingOccurrences(of: "board", with: "other"),
                headers: ["Idempotency-Key": "webhook-02"])
            #expect(elsewhere.status == 422 && elsewhere.pointers == ["/address"])
            let page = try await api.house.post(
                "/webhooks", ["address": "https://board.example/b", "topics": "action"], as: api.lead)
            #expect(page.status == 200 && page.text.contains("whsec_"))
            let list = try await api.house.get("/webhooks", as: api.lead).text
            #expect(list.contains("https://board.example/b") && !list.contains("whsec_"))
            let partner = try await api.house.person([.partnerPractitioner], agency: "housing")
            #expect(try await api.house.get("/webhooks", as: partner).status == 404)
            let address = try #require(made.reply.location)
            #expect(try await api.send(.post, address + "/attempts").status == 200)
            #expect(try await api.send(.delete, address).status == 200)
            #expect(try await api.get(address).status == 404)
        }
    }
}
