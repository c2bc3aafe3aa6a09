import Access
import Accounts
import Federation
import Foundation
import HTTPTypes
import Kernel
import Ledger
import People
import TestKit
import Testing

@testable import Web

@Suite("Persons for programs")
struct PersonAPITests {
    private static let ama =
        #"{"names":[{"given":"Ama","family":"Mensah","use":"known"}],"born":{"year":1987,"month":3,"day":31},"#
        + #""identifiers":[{"scheme":"nhs","value":"9434765919"}],"narrative":"Seen on Sunday."}"#

    private static let sameAgain = ama.dropLast() + #","noneOfThese":true}"#

    private func open(_ body: (APIHouse) async throws -> Void) async throws {
        try await WebHouse.open { house in
            let officer = try await house.person([.responseOfficer, .inspectionLead])
            try await body(APIHouse(house: house, lead: officer, header: try await APIHouse.token(house, officer)))
        }
    }

    private func add(_ api: APIHouse, _ body: String = ama, key: String = "person-0001") async throws -> APIReply {
        try await api.send(.post, "/persons", body, headers: ["Idempotency-Key": key])
    }

    @Test func `a person is added once, found, read, and changed on the version that the program has`() async throws {
        try await open { api in
            let added = try await add(api)
            #expect(added.status == 201 && added.tag == "\"1\"")
            #expect(try await add(api).reply.body == added.reply.body)
            let path = try #require(added.reply.location)
            let found = try await api.get("/persons?name=mensah&born=1987-03-31")
            #expect(found.status == 200 && found.json["items"]?.list?.count == 1)
            #expect(found.json["items"]?.list?.first?["person"]?["id"] == added.json["id"])
            let read = try await api.get(path)
            #expect(read.json["identifiers"]?.list?.first?["scheme"]?.text == "NHS" && read.json["sex"] == .null)
            let shapes = PersonItem.shape.faults(in: read.json) + PersonItem.shape.faults(in: added.json)
            #expect(shapes == [])
            let body = #"{"names":[{"given":"Ama","family":"Quaye","use":"married"}],"warnings":["A dog"]}"#
            let changed = try await api.send(.put, path, body, headers: ["If-Match": read.tag])
            #expect(changed.status == 200 && changed.tag == "\"2\"" && changed.json["narrative"]?.text == "")
            let late = try await api.send(.put, path, body, headers: ["If-Match": read.tag])
            #expect(late.status == 412 && late.tag == "\"2\"")
            #expect(try await api.send(.put, path, body).status == 428)
            #expect(try await api.send(.get, path, headers: ["If-None-Match": "\"2\""]).status == 304)
            let log = try await api.house.audit().filter { $0.kind == "people.person" }
            #expect(Set(log.map(\.operation)) == [.collection, .alteration, .consultation])
            #expect(log.allSatisfy { $0.user == api.lead.id.text && $0.purpose == "safeguarding" })
            #expect(!log.contains { "\($0)".lowercased().contains("mensah") })
        }
    }

    @Test func `somebody like one who is held is not added before the program says that it is none of them`()
        async throws
    {
        try await open { api in
            let first = try await add(api)
            let refused = try await add(api, key: "person-0002")
            #expect(refused.status == 409 && refused.json["likely"]?.list?.first?["id"] == first.json["id"])
            #expect(refused.json["likely"]?.list?.first?["why"]?.text?.contains("date of birth") == true)
            #expect(refused.reply.header("Content-Type") == "application/problem+json")
            let faults = APIProblem.shape.faults(in: refused.json)
            #expect(faults == [])
            #expect(try await api.get("/persons?name=mensah").json["items"]?.list?.count == 1)
            let added = try await add(api, String(Self.sameAgain), key: "person-0003")
            #expect(added.status == 201 && added.json["id"] != first.json["id"])
            #expect(try await add(api, String(Self.sameAgain), key: "person-0003").reply.body == added.reply.body)
            #expect(try await api.get("/persons?name=mensah").json["items"]?.list?.count == 2)
        }
    }

    @Test func `what is sealed, and whoever is of another agency, is not there`() async throws {
        try await open { api in
            let added = try await add(api)
            let (path, id) = (try #require(added.reply.location), try #require(added.json["id"]?.text))
            let worker = api.lead.actor.working(on: .person)
            try await api.house.site.people.seal(
                "07700 900999", Person.safeContact, of: try #require(Identifier<Person>(id)), expecting: 0, as: worker)
            for address in [path, "/persons?name=mensah"] {
                #expect(try await api.get(address).reply.text.contains("900999") == false)
            }
            let stranger = try await api.house.person([.partnerPractitioner], agency: "housing")
            let header = try await APIHouse.token(api.house, stranger)
            let theirs = try await api.send(.get, path, as: header)
            let absent = try await api.send(.get, "/persons/none", as: header)
            #expect(theirs.status == 404 && theirs.reply.body == absent.reply.body)
            #expect(try await api.send(.get, "/persons?name=mensah", as: header).json["items"]?.list?.isEmpty == true)
            let change = try await api.send(.put, path, Self.ama, headers: ["If-Match": "\"1\""], as: header)
            #expect(change.status == 404)
        }
    }

    @Test func `nothing asked for, a date that is none and another shape each say what to send`() async throws {
        try await open { api in
            #expect(try await api.get("/persons").status == 422)
            let date = Self.ama.replacingOccurrences(of: "\"month\":3", with: "\"month\":2")
            let wrong = try await add(api, date)
            #expect(wrong.status == 422 && wrong.pointers == ["/born"])
            let strange = try await add(api, #"{"names":[],"sealed":"x"}"#, key: "person-0009")
            #expect(strange.status == 400 && strange.pointers == ["/sealed"])
            #expect(try await api.send(.post, "/persons", Self.ama).status == 400)
        }
    }
}
