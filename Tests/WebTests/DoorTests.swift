import Access
import Foundation
import HTTPTypes
import Ledger
import Testing

@testable import Web

@Suite struct DoorTests {
    @Test func everyRouteOfTheHouseIsInTheTableWithItsDoor() {
        let told = House.routes.map { "\($0.method.rawValue) \($0.path): \($0.door.words)" }
        #expect(told.sorted() == DoorTable.lines.sorted())
    }

    @Test func aGuestIsSentToSignInFromEveryAddressWhetherItExistsOrNot() async throws {
        try await WebHouse.open { house in
            for route in House.routes where route.door.words != "anybody" && !route.path.hasPrefix("/api/") {
                let known = try await house.send(route.method, DoorTests.filled(route.path))
                let unknown = try await house.send(route.method, "/nowhere")
                #expect(known.status == 303 && known.body == unknown.body, "\(route.path)")
                guard route.method == .get, route.path != "/" else { continue }
                let next = Pairs.encodedPath(DoorTests.filled(route.path))
                #expect(known.location == "/sign-in?next=\(next)", "\(route.path)")
            }
            #expect(try await house.get("/nowhere?a=1").location == "/sign-in?next=%2Fnowhere%3Fa%3D1")
        }
    }

    @Test(arguments: Role.allCases)
    func whatARoleMayNotDoLooksLikeAnUnknownAddressAndIsInTheLog(_ role: Role) async throws {
        try await WebHouse.open { house in
            let person = try await house.person([role])
            for route in House.routes {
                guard case .signedIn(let operation, let resource, _) = route.door else { continue }
                let decision = decide(
                    person.actor.working(on: resource), operation, on: resource, standing: Relation.helping)
                guard !decision.isAllowed else { continue }
                // Beside the forbidden one, so that the navigation marks the same place.
                let unknown = try await house.send(route.method, DoorTests.filled(route.path) + "/x/y/z", as: person)
                let forbidden = try await house.send(route.method, DoorTests.filled(route.path), as: person)
                #expect(forbidden.status == 404 && forbidden.body == unknown.body, "\(route.path)")
                let entry = try await house.audit().last
                #expect(entry?.kind == "door" && entry?.about == route.path && entry?.wasAllowed == false)
            }
        }
    }

    @Test func everyAnswerCarriesTheSecurityHeaders() async throws {
        try await WebHouse.open(publicOrigin: "https://holdfast.test") { house in
            let person = try await house.person([.administrator, .analyst])
            let paths = ["/", "/sign-in", "/nowhere", "/assets/holdfast.css", "/assets/none", "/healthz", "/feeds/9"]
            for path in paths {
                for person in [person, nil] {
                    let reply = try await house.get(path, as: person)
                    for (name, value) in SecurityHeaders.all { #expect(reply.headers[name] == value, "\(path)") }
                    #expect(reply.header("Strict-Transport-Security") != nil)
                }
            }
            let policy = try await house.get("/").header("Content-Security-Policy") ?? ""
            #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"))
        }
    }

    @Test func noPageHoldsStyleOrScriptOfItsOwn() async throws {
        try await WebHouse.open { house in
            let person = try await house.person(Set(Role.allCases))
            for route in House.routes where route.method == .get && !route.path.contains(":") {
                let text = try await house.get(route.path, as: person).text
                #expect(!text.contains(" style=") && !text.contains("<style"), "\(route.path)")
                for event in [" onclick=", " onload=", " onsubmit=", " onchange=", "javascript:"] {
                    #expect(!text.contains(event), "\(route.path)")
                }
                for piece in text.components(separatedBy: "<script").dropFirst() {
                    #expect(piece.contains("></script>"), "\(route.path)")
                }
            }
        }
    }

    @Test func aHeadRequestGetsTheHeadAndNoBody() async throws {
        try await WebHouse.open { house in
            let person = try await house.person([.analyst])
            for path in ["/", "/feeds", "/nowhere", "/accounts"] {
                let (head, full) = (
                    try await house.send(.head, path, as: person), try await house.get(path, as: person)
                )
                #expect(head.status == full.status && head.body.isEmpty, "\(path)")
            }
        }
    }

    @Test(arguments: ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"])
    func anUnknownMethodFindsNothing(_ name: String) async throws {
        try await WebHouse.open { house in
            let person = try await house.person([.analyst])
            let method = try #require(HTTPRequest.Method(name))
            #expect(try await house.send(method, "/feeds", as: person).status == 404)
            #expect(try await house.send(method, "/feeds").location == "/sign-in")
        }
    }

    static func filled(_ path: String) -> String {
        path.split(separator: "/", omittingEmptySubsequences: false)
            .map { $0.hasPrefix(":") ? "7" : String($0) }.joined(separator: "/")
    }
}
