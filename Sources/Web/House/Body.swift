import Foundation
import HTTPTypes
import Hummingbird
import Kernel
import NIOCore

/// The body of a request, read at most once, within a size and a time.
struct Body: Sendable {
    let stream: RequestBody
    let contentType: String
    /// What the token check has already read.
    let collected: FormValues?

    /// Fields of a form that carries no files.
    func form() async throws -> FormValues {
        if let collected { return collected }
        return try FormValues(urlEncoded: try await bytes(limit: Body.formLimit))
    }

    static let formLimit = 2 << 20

    /// - Throws: `Problem(.tooLarge)` beyond `limit` bytes; `Problem(.unavailable)` when it takes over half a minute.
    func bytes(limit: Int) async throws -> [UInt8] {
        try await Deadline.within(seconds: 30) {
            var bytes: [UInt8] = []
            for try await buffer in stream {
                guard bytes.count + buffer.readableBytes <= limit else { throw Body.tooLarge(limit) }
                bytes.append(contentsOf: buffer.readableBytesView)
            }
            return bytes
        }
    }

    static func tooLarge(_ limit: Int) -> Problem {
        Problem(
            .tooLarge, "What you sent is larger than \(limit >> 20) MB.",
            next: "Send less at a time, or use the command for large files.")
    }
}

/// Ends work that takes too long, such as a body that arrives one byte a second.
enum Deadline {
    static func within<Result: Sendable>(
        seconds: Int, _ work: @escaping @Sendable () async throws -> Result
    ) async throws -> Result {
        try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask { try await work() }
            group.addTask {
                try await Task.sleep(for: .seconds(seconds))
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let result = first else {
                throw Problem(.unavailable, "This took too long to arrive.", next: "Check your signal and try again.")
            }
            return result
        }
    }
}
