import Access
import Accounts
import Federation
import Foundation
import HTTPTypes
import Kernel

/// A request of a program, by the token of a person.
struct APIVisit: Sendable {
    let call: Call
    let token: LiveToken

    var site: Site { call.site }
    var actor: Actor { token.actor(for: Visitor.purpose(token.roles)) }

    /// An answer as JSON with names in order.
    func json(_ value: some Encodable, headers: [(HTTPField.Name, String)] = []) throws -> Answer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var answer = Answer.json(Array(try encoder.encode(value)))
        answer.headers += headers
        return answer
    }
}

/// One address of the API: its door, what it is for and the shape of its answer. The router and the OpenAPI document are
/// made from the same table, so neither can say what the other does not.
struct APIRoute: Sendable {
    struct Parameter: Sendable {
        let name: String
        let about: String
    }

    /// Below `/api/v1`, in the router's pattern.
    let path: String
    let title: String
    let scope: TokenScope
    var query: [Parameter] = []
    var hasVersion = false
    let answer: APIShape
    let handler: @Sendable (APIVisit) async throws -> Answer

    var route: Route { .get(APIRoutes.base + path, .program(scope, handler)) }
}

/// A list, and the address of what follows.
struct APIList<Item: Encodable>: Encodable {
    let items: [Item]
    let next: String?

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Keys.self)
        try container.encode(items, forKey: .items)
        try container.encode(next, forKey: .next)
    }

    private enum Keys: CodingKey { case items, next }

    static func shape(_ item: APIShape) -> APIShape {
        .object([
            ("items", .list(item)),
            ("next", .optional(.text("The address of what follows; null at the end."))),
        ])
    }
}
