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

@Suite("The API")
struct APIRouteTests {
    private func open(_ body: (WebHouse, WebPerson) async throws -> Void) async throws {
        try await WebHouse.open { house in
            let lead = try await house.person([.inspectionLead, .privacyOfficer, .analyst, .administrator])
            let text = Array(InspectionText.report2017.utf8)
            _ = try await house.site.inspection.importReport(text, fileName: "a.txt", as: lead.actor)
            try await body(house, lead)
        }
    }

    /// A header with a token of her own.
    private func token(
        _ house: WebHouse, _ person: WebPerson, _ scopes: Set<TokenScope> = Set(TokenScope.allCases)
    ) async throws -> Pairs {
        let open = scopes.filter { $0.isOpen(to: person.actor) }
        let token = try await house.site.signIn.issueToken(named: "Test", scopes: open, days: 1, as: person.actor)
        return ["Authorization": "Bearer \(token.text)"]
    }

    private func json(_ reply: Reply) throws -> StrictJSON { try StrictJSON(reply.body, limit: 1 << 20) }

    private func firstReport(_ house: WebHouse, _ header: Pairs) async throws -> String {
        let reply = try await house.get("/api/v1/reports", headers: header)
        return try #require(try json(reply)["items"]?.list?.first?["id"]?.text)
    }

    private func firstArea(_ house: WebHouse, _ header: Pairs) async throws -> String {
        let report = try await firstReport(house, header)
        let reply = try await house.get("/api/v1/reports/\(report)/areas", headers: header)
        return try #require(try json(reply)["items"]?.list?.first?["id"]?.text)
    }

    @Test func `answers each reading in the shape that its document gives`() async throws {
        try await open { house, lead in
            let header = try await token(house, lead)
            let area = try await firstArea(house, header)
            let named = [
                "/reports": try await firstReport(house, header), "/areas": area, "/measures": "recorded-crime",
            ]
            // `PersonAPITests` has persons.
            let table = APIRoutes.table.filter { $0.method == .get && $0.scope != .persons }
            for route in table where !route.path.contains(":batch") {
                let (root, isOne) = ("/" + route.path.split(separator: "/")[0], route.path.contains(":id"))
                guard !isOne || named[root] != nil else { continue }
                let path = route.path.replacingOccurrences(of: ":id", with: named[root] ?? "")
                let reply = try await house.get("/api/v1" + path, headers: header)
                #expect(reply.status == 200 && reply.header("Content-Type") == "application/json; charset=utf-8")
                let faults = route.answer.faults(in: try json(reply))
                #expect(faults == [], "\(path)")
            }
        }
    }

    @Test func `is described, every route of it and nothing else`() async throws {
        try await WebHouse.open { house in
            let reply = try await house.get("/api/v1/openapi.json")
            let document = try #require(try JSONSerialization.jsonObject(with: Data(reply.body)) as? [String: Any])
            #expect(document["openapi"] as? String == "3.1.0")
            let paths = try #require(document["paths"] as? [String: [String: [String: Any]]])
            let routes = House.routes.filter { $0.path.hasPrefix("/api/") && !$0.path.hasSuffix("openapi.json") }
            #expect(Set(paths.keys) == Set(routes.map { APIDocument.template($0.path) }))
            for route in routes {
                let method = route.method.rawValue.lowercased()
                let operation = try #require(paths[APIDocument.template(route.path)]?[method])
                let answers = operation["responses"] as? [String: Any]
                #expect(answers?["200"] != nil || answers?["201"] != nil)
                guard case .program(let scope, _) = route.door else { throw Problem.absent }
                #expect((operation["description"] as? String)?.contains(scope.rawValue) == true)
            }
        }
    }

    @Test func `a shape finds what is missing, undescribed or of another type`() throws {
        let shape = APIShape.object([("a", .integer("")), ("b", .optional(.text("")))])
        func faults(_ text: String) throws -> [String?] {
            shape.faults(in: try StrictJSON(Array(text.utf8), limit: 100)).map(\.pointer)
        }
        #expect(try faults(#"{"a":1,"b":null}"#) == [])
        #expect(try faults(#"{"a":1}"#) == ["/b"])
        #expect(try faults(#"{"a":1.5,"b":"x"}"#) == ["/a"])
        #expect(try faults(#"{"a":"1","b":2,"c/~":3}"#) == ["/a", "/b", "/c~1~0"])
    }

    @Test(
        arguments: [
            [:], ["Authorization": "Bearer"], ["Authorization": "Bearer " + String(repeating: "a", count: 43)],
            ["Authorization": "Basic aGE6aGE="],
        ] as [Pairs])
    func `takes nobody without a token that works, whatever the address`(_ headers: Pairs) async throws {
        try await WebHouse.open { house in
            let known = try await house.get("/api/v1/reports", headers: headers)
            let unknown = try await house.get("/api/v1/nowhere", headers: headers)
            #expect(known.status == 401 && known.body == unknown.body && unknown.status == 401)
            #expect(known.header("WWW-Authenticate") == "Bearer")
            #expect(known.header("Content-Type") == "application/problem+json")
            let faults = APIProblem.shape.faults(in: try json(known))
            #expect(faults == [])
        }
    }

    @Test func `counts no session here, and no token elsewhere`() async throws {
        try await open { house, lead in
            #expect(try await house.get("/api/v1/reports", as: lead).status == 401)
            let header = try await token(house, lead)
            #expect(try await house.get("/inspections", headers: header).location?.hasPrefix("/sign-in") == true)
            #expect(try await house.get("/", headers: header).location == "/sign-in")
        }
    }

    @Test func `what a token or its person may not see is the same bytes as what is not there`() async throws {
        try await open { house, lead in
            let all = try await token(house, lead)
            let absent = try await house.get("/api/v1/areas/none", headers: all)
            let faults = APIProblem.shape.faults(in: try json(absent))
            #expect(absent.status == 404 && faults == [])
            let area = try await firstArea(house, all)
            let narrow = try await house.get("/api/v1/areas/\(area)", headers: try await token(house, lead, [.reports]))
            let stranger = try await house.person([.partnerPractitioner], agency: "housing")
            let theirs = try await house.get(
                "/api/v1/areas/\(area)", headers: try await token(house, stranger, [.areas]))
            let nowhere = try await house.get("/api/v1/nowhere", headers: all)
            for reply in [narrow, theirs, nowhere] { #expect(reply.status == 404 && reply.body == absent.body) }
            let door = try await house.audit().first { $0.kind == "door" }
            #expect(door?.wasAllowed == false && door?.user == lead.id.text)
        }
    }

    @Test func `writes down each reading under the person's name`() async throws {
        try await open { house, lead in
            let header = try await token(house, lead)
            let area = try await firstArea(house, header)
            _ = try await house.get("/api/v1/areas/\(area)", headers: header)
            let entry = try await house.audit().last
            #expect(entry?.user == lead.id.text && entry?.record == area && entry?.operation == .consultation)
        }
    }

    @Test func `says when nothing changed`() async throws {
        try await open { house, lead in
            let header = try await token(house, lead)
            let path = "/api/v1/areas/\(try await firstArea(house, header))"
            let tag = try #require(try await house.get(path, headers: header).header("ETag"))
            #expect(tag == "\"1\"")
            let again = try await house.get(path, headers: header + ["If-None-Match": tag])
            #expect(again.status == 304 && again.body.isEmpty)
            #expect(try await house.get(path, headers: header + ["If-None-Match": "\"2\""]).status == 200)
        }
    }

    @Test func `gives the log in pages that leave nothing out`() async throws {
        try await open { house, lead in
            let header = try await token(house, lead, [.log])
            var (numbers, next) = ([Double](), Optional("/api/v1/log?limit=5"))
            let newest = Double(try await house.audit().count)
            while let path = next {
                let page = try json(try await house.get(path, headers: header))
                numbers += page["items"]?.list?.compactMap { $0["number"]?.number } ?? []
                next = page["next"]?.text
            }
            #expect(numbers == numbers.sorted(by: >) && numbers.last == 1)
            #expect(numbers.count == Set(numbers).count && Double(numbers.count) >= newest)
        }
    }

    @Test func `slows a program that asks too often, and no other`() async throws {
        try await open { house, lead in
            let (eager, calm) = (try await token(house, lead), try await token(house, lead))
            var last: Reply?
            for _ in 0...Allowance.usual { last = try await house.get("/api/v1/nowhere", headers: eager) }
            #expect(last?.status == 429 && last?.header("Retry-After") == "60")
            #expect(try await house.get("/api/v1/measures", headers: calm).status == 200)
            house.clock.advance(seconds: 60)
            #expect(try await house.get("/api/v1/measures", headers: eager).status == 200)
        }
    }

    @Test func `a token is made on a page, shown once and ended there`() async throws {
        try await open { house, lead in
            let made = try await house.post(
                "/tokens", ["name": "Board", "scopes": "measures:read", "days": "30"], as: lead)
            let secret = try #require(made.text.components(separatedBy: "<code class=\"secret\">").last?.prefix(43))
            let header: Pairs = ["Authorization": "Bearer \(secret)"]
            #expect(try await house.get("/api/v1/measures", headers: header).status == 200)
            let page = try await house.get("/tokens", as: lead).text
            #expect(page.contains("Board") && !page.contains(secret))
            let reference = try #require(try await house.site.signIn.tokens(as: lead.actor).first?.reference)
            #expect(try await house.post("/tokens/end", ["token": reference], as: lead).status == 303)
            #expect(try await house.get("/api/v1/measures", headers: header).status == 401)
            let wrong = try await house.post("/tokens", ["name": "", "scopes": "measures:read", "days": "x"], as: lead)
            #expect(wrong.status == 422 && wrong.text.contains("Enter 1 to 365 days"))
            let analyst = try await house.person([.responseOfficer])
            let wide = try await house.post("/tokens", ["name": "A", "scopes": "log:read", "days": "1"], as: analyst)
            #expect(wide.status == 422)
        }
    }
}
