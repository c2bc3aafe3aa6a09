import Accounts
import Foundation
import HTTPTypes

/// The OpenAPI 3.1 document, made from the table of routes.
enum APIDocument {
    static let bytes: [UInt8] = {
        let options: JSONSerialization.WritingOptions = [.sortedKeys, .withoutEscapingSlashes]
        return (try? JSONSerialization.data(withJSONObject: document, options: options)).map { Array($0) } ?? []
    }()

    private static var document: [String: any Sendable] {
        var paths: [String: [String: any Sendable]] = [:]
        for route in APIRoutes.table {
            paths[template(APIRoutes.base + route.path), default: [:]][route.method.rawValue.lowercased()] =
                APIOperation(route: route).content
        }
        return [
            "openapi": "3.1.0", "info": ["title": "Holdfast", "version": "1"], "paths": paths,
            "components": [
                "securitySchemes": ["token": ["type": "http", "scheme": "bearer"]],
                "schemas": ["Problem": APIProblem.shape.schema],
            ] as [String: any Sendable],
        ]
    }

    /// `/areas/:id` becomes `/areas/{id}`.
    static func template(_ path: String) -> String {
        path.split(separator: "/", omittingEmptySubsequences: false)
            .map { $0.hasPrefix(":") ? "{\($0.dropFirst())}" : String($0) }.joined(separator: "/")
    }
}

/// One operation of the document.
struct APIOperation {
    let route: APIRoute

    var content: [String: any Sendable] {
        var content: [String: any Sendable] = [
            "operationId": route.method.rawValue.lowercased()
                + route.path.split(separator: "/").map { "-" + $0.replacingOccurrences(of: ":", with: "") }.joined(),
            "summary": route.title, "description": "Needs the scope \(route.scope.rawValue).",
            "security": [["token": [String]()]], "parameters": parameters, "responses": responses,
        ]
        if let body = route.body {
            content["requestBody"] =
                ["required": true, "content": ["application/json": ["schema": body.schema]]] as [String: any Sendable]
        }
        return content
    }

    private var parameters: [[String: any Sendable]] {
        route.names.map { parameter($0, "path", .name("Which one."), required: true) }
            + route.query.map { parameter($0.name, "query", $0.shape, about: $0.about, required: false) } + conditions
    }

    private var conditions: [[String: any Sendable]] {
        switch route.condition {
        case .none: []
        case .versioned: [parameter("If-None-Match", "header", .text("A version you have."), required: false)]
        case .expecting: [parameter("If-Match", "header", .text("The ETag of the version you have."), required: true)]
        case .once:
            [
                parameter(
                    "Idempotency-Key", "header",
                    .pattern("Yours for this request; kept for a day.", APIVisit.keyPattern) { _ in true },
                    required: true)
            ]
        }
    }

    private func parameter(
        _ name: String, _ place: String, _ shape: APIShape, about: String? = nil, required: Bool
    ) -> [String: any Sendable] {
        var schema = shape.schema
        let said = about ?? schema["description"] as? String ?? ""
        schema["description"] = nil
        return ["name": name, "in": place, "description": said, "required": required, "schema": schema]
    }

    // MARK: Answers

    private var responses: [String: any Sendable] {
        var success: [String: any Sendable] = [
            "description": route.title, "content": ["application/json": ["schema": route.answer.schema]],
        ]
        if !headers.isEmpty { success["headers"] = headers }
        var responses: [String: any Sendable] = ["\(route.status.code)": success]
        if case .versioned = route.condition { responses["304"] = ["description": "You have this version."] }
        for (status, about) in refusals {
            let content = ["application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]]
            responses[status] = ["description": about, "content": content] as [String: any Sendable]
        }
        return responses
    }

    private var headers: [String: any Sendable] {
        let text: [String: any Sendable] = ["schema": ["type": "string"]]
        var headers: [String: any Sendable] = [:]
        if route.hasVersion { headers["ETag"] = text }
        if route.status == .created { headers["Location"] = text }
        if route.query.contains(where: { $0.name == "cursor" }) { headers["Link"] = text }
        return headers
    }

    /// Each status that the route may answer besides its own.
    private var refusals: [(String, String)] {
        var refusals = [
            ("400", "What was sent has another shape than this document gives."),
            ("401", "No token, or one that does not work."),
            ("404", "There is none, or it is not yours to see."),
            ("422", "What was sent cannot be used; the list of errors says where."),
            ("429", "Too many requests: wait as Retry-After says."),
            ("500", "A fault of ours; the reference finds it in the log of faults."), ("503", "It may work later."),
        ]
        if route.method != .get { refusals.append(("403", "It is not hers to do.")) }
        if route.body != nil {
            refusals.append(("413", "What was sent is too large."))
            refusals.append(("415", "Another Content-Type is wanted."))
        }
        switch route.condition {
        case .none, .versioned: break
        case .expecting:
            refusals.append(("412", "Somebody changed it meanwhile; the ETag is that of the version that stands."))
            refusals.append(("428", "If-Match is missing."))
        case .once: refusals.append(("409", "The key was used for another request\(route.conflict ?? "")."))
        }
        return refusals
    }
}
