import Federation
import HTTPTypes
import Kernel

/// Parameters of an address, each named by the route and of its shape; others are refused by name.
struct APIQuery {
    let parameters: [APIRoute.Parameter]

    init(_ parameters: [APIRoute.Parameter]) { self.parameters = parameters }

    func read(_ sent: FormValues) throws -> [String: StrictJSON] {
        var (values, faults) = ([String: StrictJSON](), [APIFault]())
        for (name, value) in sent.fields {
            guard let parameter = parameters.first(where: { $0.name == name }) else {
                faults.append(
                    APIFault(parameter: String(name.prefix(64)), detail: "There is no parameter of this name."))
                continue
            }
            let json = APIQuery.json(value, parameter.shape)
            if values.updateValue(json, forKey: name) != nil {
                faults.append(APIFault(parameter: name, detail: "Send it once."))
            }
            faults += parameter.shape.faults(in: json).map { APIFault(parameter: name, detail: $0.detail) }
        }
        guard faults.isEmpty else { throw APIProblem.unreadable(faults) }
        return values
    }

    /// Plain digits where a number is wanted: `1e2` and `+1` are other texts for it.
    private static func json(_ text: String, _ shape: APIShape) -> StrictJSON {
        guard case .integer = shape, let number = Int(text), String(number) == text else { return .text(text) }
        return .number(Double(number))
    }
}

/// A body of JSON, within a size and of the shape that its route has.
struct APIBody {
    /// Bytes; what people type is a hundredth of it.
    static let most = 256 << 10

    let shape: APIShape

    init(_ shape: APIShape) { self.shape = shape }

    func read(_ call: Call) async throws -> StrictJSON {
        let type = call.body.contentType.split(separator: ";").first.map { String($0).trimmed().lowercased() }
        guard type == "application/json" else { throw APIProblem.otherType }
        let json: StrictJSON
        do {
            json = try StrictJSON(try await call.body.bytes(limit: APIBody.most), limit: APIBody.most)
        } catch let problem as Problem where problem.code == .tooLarge {
            throw APIProblem.tooLarge
        } catch let fault as StrictJSON.Fault {
            throw APIProblem.unreadable([APIFault(pointer: "", detail: "The body is \(fault.rawValue).")])
        }
        let faults = shape.faults(in: json)
        guard faults.isEmpty else { throw APIProblem.unreadable(faults) }
        return json
    }
}

extension APIVisit {
    static let keyPattern = "^[A-Za-z0-9_.:-]{8,64}$"

    /// What the program calls this request: sent again with the same key, it is the same request.
    func onceKey() throws -> String {
        guard let key = call.headers[.idempotencyKey] else {
            throw APIProblem.unreadable([
                APIFault(parameter: "Idempotency-Key", detail: "Send a key of your own, such as a new UUID.")
            ])
        }
        let isPlain = key.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x3A, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
            default: false
            }
        }
        guard (8...64).contains(key.utf8.count), isPlain else {
            throw APIProblem.unreadable([
                APIFault(parameter: "Idempotency-Key", detail: "Send text that matches \(APIVisit.keyPattern).")
            ])
        }
        return key
    }

    /// - Throws: 412 with the version that stands, when it is not the one the program has.
    func requireVersion(_ version: Int) throws {
        guard call.headers[.ifMatch] == APIVisit.tag(version) else { throw APIProblem.movedOn(to: version) }
    }

    static func tag(_ version: Int) -> String { "\"\(version)\"" }
}

extension HTTPField.Name {
    /// IETF draft-ietf-httpapi-idempotency-key-header.
    static let idempotencyKey = HTTPField.Name("Idempotency-Key") ?? .ifMatch
    /// RFC 8288.
    static let link = HTTPField.Name("Link") ?? .location
}
