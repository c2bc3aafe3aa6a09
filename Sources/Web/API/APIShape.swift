import Federation
import Foundation
import Kernel

/// The shape of what is sent or answered: written into the OpenAPI document; what is sent must have it, and a test holds
/// real answers to it.
indirect enum APIShape: Sendable {
    /// - Parameter length: in characters of Unicode.
    case text(String, ClosedRange<Int>? = nil)
    /// Text that matches a pattern: the pattern is for the document, the function decides.
    case pattern(String, String, @Sendable (String) -> Bool)
    case choice(String, [String])
    case integer(String, ClosedRange<Int>? = nil)
    case number(String)
    case boolean(String)
    /// Null says that there is none.
    case optional(APIShape)
    /// A member that may be left out, which says nothing.
    case maybe(APIShape)
    case list(APIShape)
    case object([(name: String, shape: APIShape)])

    /// A name of something here, as `Identifier` has it.
    static func name(_ about: String) -> APIShape {
        .pattern(about, "^[a-z0-9-]{1,64}$") { Identifier<APIShape>($0) != nil }
    }

    /// `2026-12-01`.
    static func day(_ about: String) -> APIShape {
        .pattern(about, dayPattern) { Day($0) != nil }
    }

    /// `2026-03-03T14:00:00Z`.
    static func moment(_ about: String) -> APIShape {
        .pattern(about, momentPattern) { $0.utf8.count == 20 && $0.hasSuffix("Z") && Moment(iso8601: $0) != nil }
    }

    private static let momentPattern =
        "^(?!0000)[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z$"
    private static let dayPattern = "^(?!0000)[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
}

/// Where something that was sent, or answered, has another shape.
struct APIFault: Sendable, Equatable {
    /// A JSON Pointer (RFC 6901) into the body; nil for what stands in the address or a header.
    var pointer: String?
    /// The parameter, where it is one.
    var parameter: String?
    let detail: String

    static let shape = APIShape.object([
        ("detail", .text("What is wrong with it.")),
        ("parameter", .optional(.text("The name in the address or the header."))),
        ("pointer", .optional(.text("Where in the body, as a JSON Pointer."))),
    ])
}

extension APIShape {
    /// As JSON Schema 2020-12, which OpenAPI 3.1 uses.
    var schema: [String: any Sendable] {
        switch self {
        case .text(let about, let length): return described("string", about, ("Length", length))
        case .pattern(let about, let pattern, _):
            var schema: [String: any Sendable] = ["type": "string", "description": about, "pattern": pattern]
            if pattern == APIShape.dayPattern { schema["format"] = "date" }
            if pattern == APIShape.momentPattern { schema["format"] = "date-time" }
            return schema
        case .choice(let about, let words): return ["type": "string", "description": about, "enum": words]
        case .integer(let about, let range): return described("integer", about, ("imum", range))
        case .number(let about): return ["type": "number", "description": about]
        case .boolean(let about): return ["type": "boolean", "description": about]
        case .optional(let shape): return orNull(shape.schema)
        case .maybe(let shape): return shape.schema
        case .list(let shape): return ["type": "array", "items": shape.schema]
        case .object(let members):
            return [
                "type": "object", "additionalProperties": false,
                "required": members.filter { !$0.shape.mayBeLeftOut }.map(\.name),
                "properties": Dictionary(uniqueKeysWithValues: members.map { ($0.name, $0.shape.schema) }),
            ]
        }
    }

    var mayBeLeftOut: Bool {
        if case .maybe = self { return true }
        return false
    }

    private func described(
        _ type: String, _ about: String, _ bound: (name: String, range: ClosedRange<Int>?)
    ) -> [String: any Sendable] {
        var schema: [String: any Sendable] = ["type": type, "description": about]
        guard let range = bound.range else { return schema }
        (schema["min\(bound.name)"], schema["max\(bound.name)"]) = (range.lowerBound, range.upperBound)
        return schema
    }

    private func orNull(_ schema: [String: any Sendable]) -> [String: any Sendable] {
        var schema = schema
        if let type = schema["type"] as? String { schema["type"] = [type, "null"] }
        if let words = schema["enum"] as? [String] { schema["enum"] = words as [any Sendable] + [NSNull()] }
        return schema
    }
}

extension APIShape {
    /// Where `json` has another shape; empty when it has this one.
    func faults(in json: StrictJSON, at pointer: String = "") -> [APIFault] {
        switch (self, json) {
        case (.optional, .null), (.boolean, .bool), (.number, .number): []
        case (.optional(let shape), _), (.maybe(let shape), _): shape.faults(in: json, at: pointer)
        case (.text(_, let length), .text(let text)):
            length?.contains(text.unicodeScalars.count) == false ? [fault(pointer)] : []
        case (.pattern(_, _, let matches), .text(let text)): matches(text) ? [] : [fault(pointer)]
        case (.choice(_, let words), .text(let text)): words.contains(text) ? [] : [fault(pointer)]
        case (.integer(_, let range), .number(let number)):
            Int(exactly: number).map { range?.contains($0) ?? true } == true ? [] : [fault(pointer)]
        case (.list(let shape), .list(let values)):
            values.enumerated().flatMap { shape.faults(in: $1, at: "\(pointer)/\($0)") }
        case (.object(let members), .object(let values)): faults(in: values, members, pointer)
        default: [fault(pointer)]
        }
    }

    private func faults(
        in values: [String: StrictJSON], _ members: [(name: String, shape: APIShape)], _ pointer: String
    ) -> [APIFault] {
        let known = members.flatMap { name, shape -> [APIFault] in
            if let value = values[name] { return shape.faults(in: value, at: "\(pointer)/\(name)") }
            return shape.mayBeLeftOut ? [] : [APIFault(pointer: "\(pointer)/\(name)", detail: "This is missing.")]
        }
        return known
            + Set(values.keys).subtracting(members.map(\.name)).sorted().map {
                APIFault(pointer: "\(pointer)/\(APIShape.escaped($0))", detail: "There is no member of this name.")
            }
    }

    private func fault(_ pointer: String) -> APIFault { APIFault(pointer: pointer, detail: "Send \(wanted).") }

    private var wanted: String {
        switch self {
        case .text(_, let length?): "text of \(length.lowerBound) to \(length.upperBound) characters"
        case .text: "text"
        case .pattern(_, let pattern, _) where pattern == APIShape.dayPattern: "a real day, such as 2026-12-01"
        case .pattern(_, let pattern, _): "text that matches \(pattern)"
        case .choice(_, let words): "one of \(words.joined(separator: ", "))"
        case .integer(_, let range?): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .integer: "a whole number"
        case .number: "a number"
        case .boolean: "true or false"
        case .optional(let shape): "\(shape.wanted), or null"
        case .maybe(let shape): shape.wanted
        case .list: "a list"
        case .object: "an object"
        }
    }

    /// As RFC 6901 writes a name into a pointer.
    private static func escaped(_ name: String) -> String {
        String(name.prefix(64).flatMap { $0 == "~" ? "~0" : $0 == "/" ? "~1" : String($0) })
    }
}
