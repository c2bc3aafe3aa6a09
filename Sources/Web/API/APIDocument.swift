import Accounts
import Foundation

/// The OpenAPI 3.1 document, made from the table of routes.
enum APIDocument {
    static let bytes: [UInt8] = {
        let options: JSONSerialization.WritingOptions = [.sortedKeys, .withoutEscapingSlashes]
        return (try? JSONSerialization.data(withJSONObject: document, options: options)).map { Array($0) } ?? []
    }()

    private static var document: [String: any Sendable] {
        var paths: [String: any Sendable] = [:]
        for route in APIRoutes.table { paths[template(APIRoutes.base + route.path)] = ["get": operation(route)] }
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

    private static func operation(_ route: APIRoute) -> [String: any Sendable] {
        let inPath = route.path.split(separator: "/").filter { $0.hasPrefix(":") }.map { name in
            parameter(String(name.dropFirst()), "path", "Which one.", required: true)
        }
        let inQuery = route.query.map { parameter($0.name, "query", $0.about, required: false) }
        let inHeader =
            route.hasVersion ? [parameter("If-None-Match", "header", "A version you have.", required: false)] : []
        var responses: [String: any Sendable] = [
            "200": ["description": route.title, "content": ["application/json": ["schema": route.answer.schema]]]
                as [String: any Sendable]
        ]
        if route.hasVersion { responses["304"] = ["description": "You have this version."] }
        for (status, about) in APIProblem.statuses {
            let content = ["application/problem+json": ["schema": ["$ref": "#/components/schemas/Problem"]]]
            responses[status] = ["description": about, "content": content] as [String: any Sendable]
        }
        return [
            "summary": route.title, "description": "Needs the scope \(route.scope.rawValue).",
            "security": [["token": [String]()]], "parameters": inPath + inQuery + inHeader, "responses": responses,
        ]
    }

    private static func parameter(
        _ name: String, _ place: String, _ about: String, required: Bool
    ) -> [String: any Sendable] {
        ["name": name, "in": place, "description": about, "required": required, "schema": ["type": "string"]]
    }
}
