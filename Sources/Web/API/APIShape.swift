import Federation
import Foundation

/// The shape of an answer: written into the OpenAPI document, and held against real answers by a test.
indirect enum APIShape: Sendable {
    case text(String)
    case integer(String)
    case boolean(String)
    case optional(APIShape)
    case list(APIShape)
    case object([(name: String, shape: APIShape)])

    /// As JSON Schema 2020-12, which OpenAPI 3.1 uses.
    var schema: [String: any Sendable] {
        switch self {
        case .text(let about): return ["type": "string", "description": about]
        case .integer(let about): return ["type": "integer", "description": about]
        case .boolean(let about): return ["type": "boolean", "description": about]
        case .optional(let shape):
            var schema = shape.schema
            if let type = schema["type"] as? String { schema["type"] = [type, "null"] }
            return schema
        case .list(let shape): return ["type": "array", "items": shape.schema]
        case .object(let members):
            return [
                "type": "object", "additionalProperties": false, "required": members.map(\.name),
                "properties": Dictionary(uniqueKeysWithValues: members.map { ($0.name, $0.shape.schema) }),
            ]
        }
    }

    /// Where `json` has another shape; empty when it has this one.
    func faults(in json: StrictJSON, at place: String = "answer") -> [String] {
        switch (self, json) {
        case (.text, .text), (.boolean, .bool), (.optional, .null): []
        case (.integer, .number(let number)): number == number.rounded() ? [] : ["\(place) is no whole number"]
        case (.optional(let shape), _): shape.faults(in: json, at: place)
        case (.list(let shape), .list(let values)):
            values.enumerated().flatMap { shape.faults(in: $1, at: "\(place)[\($0)]") }
        case (.object(let members), .object(let values)):
            members.flatMap { name, shape in
                values[name].map { shape.faults(in: $0, at: "\(place).\(name)") } ?? ["\(place).\(name) is missing"]
            }
                + Set(values.keys).subtracting(members.map(\.name)).sorted().map { "\(place).\($0) is not described" }
        default: ["\(place) is of another type"]
        }
    }
}
