import Foundation
import HTTPTypes
import Kernel
import Ledger

/// What partners need to check the log: hashes, keys and signatures. Open to anybody, as text for programs.
enum LogHeadRoutes {
    static let all: [Route] = [
        .get("/log/head", .anybody { try await head($0, size: nil) }),
        .get("/log/heads/:size", .anybody { try await head($0, size: $0.parameter("size")) }),
        .get("/log/key", .anybody(key)),
        .get("/log/consistency/:from/:to", .anybody(consistency)),
        .post("/log/head/countersignature", .anybody(countersign)),
    ]

    private static let noteLimit = 64 << 10

    private static func head(_ call: Call, size text: String?) async throws -> Answer {
        let size = text.map { Int64($0) ?? 0 }
        guard let head = try await call.site.ledger.publishedHead(size: size) else {
            return plain("There is no such head.\n", .notFound)
        }
        return plain(head.note.text)
    }

    @Sendable private static func key(_ call: Call) async throws -> Answer {
        guard let key = call.site.settings.logKey else { return plain("This log signs no heads.\n", .notFound) }
        return plain(key.text + "\n")
    }

    @Sendable private static func consistency(_ call: Call) async throws -> Answer {
        do {
            let sizes = [call.parameter("from"), call.parameter("to")].map { Int64($0) ?? 0 }
            return .json(try json(try await call.site.ledger.consistency(from: sizes[0], size: sizes[1])))
        } catch let problem as Problem {
            return plain("\(problem)\n", Failures.status(of: problem.code))
        }
    }

    /// Who sends it does not matter: the signature under it does.
    @Sendable private static func countersign(_ call: Call) async throws -> Answer {
        do {
            let text = String(decoding: try await call.body.bytes(limit: noteLimit), as: UTF8.self)
            return plain(try await call.site.ledger.countersign(text).note.text)
        } catch let problem as Problem {
            return plain("\(problem)\n", Failures.status(of: problem.code))
        }
    }

    static func json(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return Array(try encoder.encode(value)) + [0x0A]
    }

    private static func plain(_ text: String, _ status: HTTPResponse.Status = .ok) -> Answer {
        Answer(
            status: status, contentType: "text/plain; charset=utf-8", body: Array(text.utf8),
            headers: [(.cacheControl, "no-store")])
    }
}
