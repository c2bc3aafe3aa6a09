import Foundation
import HTTPTypes
import Ledger
import Pages

/// What needs no sign-in: whether the house stands, and the files its pages load.
enum OpenRoutes {
    static let all: [Route] = [
        .get("/healthz", .anybody { _ in .json(Array(#"{"status":"alive"}"#.utf8)) }),
        .get("/readyz", .anybody(ready)),
        .get("/assets/:name", .anybody(asset)),
        .get(
            "/robots.txt",
            .anybody { _ in
                Answer(
                    status: .ok, contentType: "text/plain; charset=utf-8",
                    body: Array("User-agent: *\nDisallow: /\n".utf8),
                    headers: [])
            }),
    ]

    /// Ready means that the store answers and can still write.
    @Sendable private static func ready(_ call: Call) async throws -> Answer {
        do {
            try await call.site.ledger.upkeep { _ in }
            return .json(Array(#"{"status":"ready"}"#.utf8))
        } catch {
            return .json(Array(#"{"status":"not ready"}"#.utf8), status: .serviceUnavailable)
        }
    }

    @Sendable private static func asset(_ call: Call) async throws -> Answer {
        guard let asset = Assets.named(call.parameter("name")) else {
            return Answer(status: .notFound, contentType: "text/plain; charset=utf-8", body: [], headers: [])
        }
        let isNamed = call.query["v"] == asset.digest
        return Answer(
            status: .ok, contentType: asset.contentType, body: asset.bytes,
            headers: [(.cacheControl, isNamed ? "public, max-age=31536000, immutable" : "no-cache")])
    }
}
