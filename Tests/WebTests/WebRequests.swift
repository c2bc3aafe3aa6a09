import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Pages
import Synchronization

@testable import Web

/// What came back.
struct Reply: Sendable {
    let status: Int
    let headers: HTTPFields
    let body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }
    var location: String? { headers[.location] }
    var cookies: [String] { headers[values: .setCookie] }

    func header(_ name: String) -> String? { HTTPField.Name(name).flatMap { headers[$0] } }

    static func reading(_ response: Response) async throws -> Reply {
        let kept = KeptBody()
        try await response.body.write(KeptWriter(kept: kept))
        return Reply(status: response.status.code, headers: response.headers, body: kept.bytes)
    }

    /// A body as a request carries it: whole, or in pieces.
    static func body(_ bytes: [UInt8], pieceSize: Int? = nil) -> RequestBody {
        guard let pieceSize else { return RequestBody(buffer: ByteBuffer(bytes: bytes)) }
        return RequestBody(
            asyncSequence: AsyncStream { stream in
                for start in stride(from: 0, to: bytes.count, by: pieceSize) {
                    stream.yield(ByteBuffer(bytes: bytes[start..<min(start + pieceSize, bytes.count)]))
                }
                stream.finish()
            })
    }
}

private final class KeptBody: Sendable {
    private let kept = Mutex<[UInt8]>([])

    var bytes: [UInt8] { kept.withLock { $0 } }

    func add(_ buffer: ByteBuffer) { kept.withLock { $0 += Array(buffer.readableBytesView) } }
}

private struct KeptWriter: ResponseBodyWriter {
    let kept: KeptBody

    mutating func write(_ buffer: ByteBuffer) async throws { kept.add(buffer) }

    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}

/// Fields or headers in order, written as a dictionary; a name may come twice.
struct Pairs: ExpressibleByDictionaryLiteral, Sendable {
    var all: [(String, String)]

    init(_ all: [(String, String)]) { self.all = all }

    init(dictionaryLiteral elements: (String, String)...) { all = elements }

    static func + (left: Pairs, right: Pairs) -> Pairs { Pairs(left.all + right.all) }

    /// As the site writes a value into a query.
    static func encodedPath(_ text: String) -> String {
        encoded(text).replacingOccurrences(of: "%2d", with: "-").replacingOccurrences(of: "%2f", with: "%2F")
    }

    static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let isPlain = (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
            let hex = String(byte, radix: 16)
            return isPlain ? String(UnicodeScalar(byte)) : byte < 16 ? "%0\(hex)" : "%\(hex)"
        }.joined()
    }
}

/// Which token a form carries.
enum SentToken: Sendable {
    /// That of the session it is sent with.
    case own
    case none
    case text(String)

    func fields(_ person: WebPerson?) -> [(String, String)] {
        switch self {
        case .own: person.map { [(FormToken.field, $0.visitor.formToken)] } ?? []
        case .none: []
        case .text(let text): [(FormToken.field, text)]
        }
    }
}

struct SentFile: Sendable {
    var field = "files"
    var name: String
    var bytes: [UInt8]

    init(_ name: String, _ text: String, field: String = "files") {
        (self.name, bytes, self.field) = (name, Array(text.utf8), field)
    }

    init(_ name: String, bytes: [UInt8], field: String = "files") {
        (self.name, self.bytes, self.field) = (name, bytes, field)
    }
}

/// `multipart/form-data` as a browser writes it.
struct SentForm: Sendable {
    var fields: [(String, String)] = []
    var files: [SentFile] = []
    var boundary = "----WebKitFormBoundary7MA4YWxkTrZu0gW"

    var contentType: String { "multipart/form-data; boundary=\(boundary)" }

    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        for (name, value) in fields {
            bytes += Array("--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8)
        }
        for file in files {
            let head = "Content-Disposition: form-data; name=\"\(file.field)\"; filename=\"\(file.name)\""
            bytes += Array("--\(boundary)\r\n\(head)\r\nContent-Type: application/octet-stream\r\n\r\n".utf8)
            bytes += file.bytes + Array("\r\n".utf8)
        }
        return bytes + Array("--\(boundary)--\r\n".utf8)
    }
}

/// What was written to a logger.
final class LogLines: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }

    func add(_ line: String) { lines.withLock { $0.append(line) } }
}

struct LineHandler: LogHandler {
    let lines: LogLines
    var logLevel = Logger.Level.notice
    var metadata: Logger.Metadata = [:]

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    init(lines: LogLines) { self.lines = lines }

    func log(event: LogEvent) {
        lines.add("\(event.level): \(event.message) \(event.metadata ?? [:])")
    }
}
