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
    /// The body, which has the shape of its route; null where it has none.
    var body = StrictJSON.null
    /// Parameters of the address, each of its shape.
    var query: [String: StrictJSON] = [:]

    var site: Site { call.site }
    var actor: Actor { token.actor(for: Visitor.purpose(token.roles)) }

    /// An answer as JSON with names in order.
    func json(
        _ value: StrictJSON, status: HTTPResponse.Status = .ok, headers: [(HTTPField.Name, String)] = []
    ) throws -> Answer {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        var answer = Answer.json(Array(try encoder.encode(APIText(json: value))), status: status)
        answer.headers += headers
        return answer
    }

    /// - Throws: `Problem.absent` when the address holds no identifier.
    func identifier<Subject>(
        _ name: String = "id", of type: Subject.Type = Subject.self
    ) throws -> Identifier<Subject> {
        guard let id = Identifier<Subject>(call.parameter(name)) else { throw Problem.absent }
        return id
    }
}

/// One address of the API: its door, what it takes, what it is for and the shape of its answer. The router and the
/// OpenAPI document are made from the same table, so neither can say what the other does not.
struct APIRoute: Sendable {
    struct Parameter: Sendable {
        let name: String
        let shape: APIShape
        let about: String
    }

    /// What a header says of versions or of repeating.
    enum Condition: Sendable {
        case none
        /// `If-None-Match` may be sent: nothing comes back when nothing changed.
        case versioned
        /// `If-Match` must be sent: what others changed meanwhile is not written over.
        case expecting
        /// `Idempotency-Key` must be sent: what is sent twice is done once.
        case once
    }

    var method = HTTPRequest.Method.get
    /// Below `/api/v1`, in the router's pattern.
    let path: String
    let title: String
    let scope: TokenScope
    var query: [Parameter] = []
    var condition = Condition.none
    /// What else 409 says than that the key was used, as the end of a sentence.
    var conflict: String?
    /// The answer is a version of a record, which its ETag names.
    var hasVersion = false
    /// Nil where no body is read.
    var body: APIShape?
    var status = HTTPResponse.Status.ok
    let answer: APIShape
    let handler: @Sendable (APIVisit) async throws -> Answer

    var route: Route { Route(method: method, path: APIRoutes.base + path, door: .program(scope, admit)) }

    /// The names in braces of the path.
    var names: [String] { path.split(separator: "/").filter { $0.hasPrefix(":") }.map { String($0.dropFirst()) } }

    /// What was sent is held to the table before anything is looked up: so this tells nobody what there is.
    @Sendable private func admit(_ visit: APIVisit) async throws -> Answer {
        var visit = visit
        visit.query = try APIQuery(query).read(visit.call.query)
        if condition == .expecting, visit.call.headers[.ifMatch] == nil { throw APIProblem.noVersion }
        if condition == .once { _ = try visit.onceKey() }
        if let body { visit.body = try await APIBody(body).read(visit.call) }
        return try await handler(visit)
    }
}
