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

/// A house with an invented report in it, and a program that asks.
struct APIHouse: Sendable {
    let house: WebHouse
    let lead: WebPerson
    let header: Pairs

    static func open(_ body: (APIHouse) async throws -> Void) async throws {
        try await WebHouse.open { house in
            let lead = try await house.person([.inspectionLead, .privacyOfficer, .analyst, .administrator])
            for text in [InspectionText.report2017, InspectionText.report2018] {
                _ = try await house.site.inspection.importReport(Array(text.utf8), fileName: "a.txt", as: lead.actor)
            }
            try await body(APIHouse(house: house, lead: lead, header: try await token(house, lead)))
        }
    }

    /// A header with a token of her own.
    static func token(
        _ house: WebHouse, _ person: WebPerson, _ scopes: Set<TokenScope> = Set(TokenScope.allCases)
    ) async throws -> Pairs {
        let open = scopes.filter { $0.isOpen(to: person.actor) }
        let token = try await house.site.signIn.issueToken(named: "Test", scopes: open, days: 1, as: person.actor)
        return ["Authorization": "Bearer \(token.text)"]
    }

    func get(_ path: String, _ headers: Pairs = [:]) async throws -> APIReply {
        try await send(.get, path, headers: headers)
    }

    func send(
        _ method: HTTPRequest.Method, _ path: String, _ body: String? = nil, headers: Pairs = [:],
        as header: Pairs? = nil
    ) async throws -> APIReply {
        let type: Pairs = body == nil ? [:] : ["Content-Type": "application/json"]
        let reply = try await house.send(
            method, path.hasPrefix("/api/") ? path : "/api/v1" + path,
            headers: (header ?? self.header) + (headers.all.contains { $0.0 == "Content-Type" } ? [:] : type) + headers,
            body: Reply.body(Array((body ?? "").utf8)))
        return APIReply(reply: reply)
    }

    /// Every item of a list, page by page.
    func all(_ path: String) async throws -> [StrictJSON] {
        var (items, next) = ([StrictJSON](), Optional(path))
        while let address = next {
            let page = try await get(address)
            items += page.json["items"]?.list ?? []
            next = page.json["next"]?.text
            #expect(page.reply.header("Link") == next.map { "<\($0)>; rel=\"next\"" })
        }
        return items
    }

    func area(_ index: Int = 0) async throws -> String {
        try #require(try await all("/areas").dropFirst(index).first?["id"]?.text)
    }

    /// How often she is named in a version of that record.
    func versions(_ path: String) async throws -> Int { try await all(path + "/versions").count }
}

struct APIReply: Sendable {
    let reply: Reply

    var status: Int { reply.status }
    var json: StrictJSON { (try? StrictJSON(reply.body, limit: 1 << 20)) ?? .null }
    var tag: String { reply.header("ETag") ?? "" }
    /// Where something is wrong.
    var pointers: [String] {
        json["errors"]?.list?.compactMap { $0["pointer"]?.text ?? $0["parameter"]?.text } ?? []
    }
}
