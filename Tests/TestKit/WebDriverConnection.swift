import Foundation

/// What chromedriver refused, in its own words.
public struct WebDriverError: Error, CustomStringConvertible {
    public let description: String
}

/// Exchanges JSON with a W3C WebDriver server: <https://www.w3.org/TR/webdriver2/>.
struct WebDriverConnection: Sendable {
    private struct Answer<Value: Decodable>: Decodable {
        let value: Value
    }

    private struct Refusal: Decodable {
        let error: String
        let message: String
    }

    let port: UInt16
    /// `/session/…`, or nothing before there is a session.
    let prefix: String

    func send<Value: Decodable>(
        _ method: String, _ path: String, _ body: [String: Any]? = nil, as _: Value.Type
    ) async throws -> Value {
        let data = try body.map { try JSONSerialization.data(withJSONObject: $0) } ?? Data()
        let answer = try await WebDriverSocket.exchange(port: port, method: method, path: prefix + path, body: data)
        guard answer.status == 200 else { throw Self.refusal(answer.body, path) }
        return try JSONDecoder().decode(Answer<Value>.self, from: answer.body).value
    }

    func order(_ path: String, _ body: [String: Any] = [:]) async throws {
        _ = try await send("POST", path, body, as: Ignored.self)
    }

    private static func refusal(_ data: Data, _ path: String) -> WebDriverError {
        let refusal = try? JSONDecoder().decode(Answer<Refusal>.self, from: data).value
        let said = refusal.map { "\($0.error): \($0.message)" } ?? String(decoding: data, as: UTF8.self)
        return WebDriverError(description: "\(path): \(said.prefix(600))")
    }
}

/// An answer whose content does not matter.
struct Ignored: Decodable {
    init(from decoder: any Decoder) throws {}
}
