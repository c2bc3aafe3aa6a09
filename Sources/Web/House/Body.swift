import Foundation
import HTTPTypes
import Hummingbird
import Kernel
import NIOCore
import Synchronization

/// The body of a request, read at most once, within a size and a time.
struct Body: Sendable {
    let stream: RequestBody
    let contentType: String
    /// What the sender says is the size; nil for a body in chunks.
    let length: Int?
    /// What the token check has already read.
    private(set) var collected: FormValues?

    init(_ request: Request) {
        (stream, contentType) = (request.body, request.headers[.contentType] ?? "")
        length = request.headers[.contentLength].flatMap { Int($0) }
    }

    func with(_ form: FormValues) -> Body {
        var copy = self
        copy.collected = form
        return copy
    }

    /// Fields of a form that carries no files.
    func form() async throws -> FormValues {
        if let collected { return collected }
        return try FormValues(urlEncoded: try await bytes(limit: Body.formLimit))
    }

    static let formLimit = 2 << 20

    /// - Throws: `Problem(.tooLarge)` beyond `limit` bytes; `Problem(.unavailable)` when it takes over half a minute.
    func bytes(limit: Int) async throws -> [UInt8] {
        guard length ?? 0 <= limit else { throw Body.tooLarge(limit) }
        return try await Deadline.within(seconds: 30) {
            var bytes: [UInt8] = []
            for try await buffer in stream {
                guard bytes.count + buffer.readableBytes <= limit else { throw Body.tooLarge(limit) }
                bytes.append(contentsOf: buffer.readableBytesView)
            }
            try checkWhole(bytes.count)
            return bytes
        }
    }

    /// A connection that breaks ends the stream as its last byte would: half of what was typed must not be saved.
    func checkWhole(_ received: Int) throws {
        guard let length, received < length else { return }
        throw Problem(.invalid, "What you sent did not arrive whole.", next: "Check your connection and send it again.")
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
            guard let first = try await group.next(), let result = first else { throw Deadline.tooSlow }
            return result
        }
    }

    private static let tooSlow = Problem(
        .unavailable, "This took too long to arrive.", next: "Check your signal and try again.")

    /// As long as it takes, while bytes come: in every span at least `least` of them.
    static func whileMoving<Result: Sendable>(
        span: Duration = .seconds(30), least: Int = 16 << 10,
        _ work: @escaping @Sendable (_ moved: Arrived) async throws -> Result
    ) async throws -> Result {
        let arrived = Arrived()
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask { try await work(arrived) }
            group.addTask {
                var before = 0
                repeat {
                    before = arrived.bytes
                    try await Task.sleep(for: span)
                } while arrived.bytes - before >= least
                return nil
            }
            defer { group.cancelAll() }
            guard let first = try await group.next(), let result = first else { throw Deadline.tooSlow }
            return result
        }
    }
}

/// How many bytes of a body have come.
final class Arrived: Sendable {
    private let count = Mutex(0)

    var bytes: Int { count.withLock { $0 } }

    /// - Returns: all so far.
    @discardableResult
    func add(_ bytes: Int) -> Int {
        count.withLock { count in
            count += bytes
            return count
        }
    }
}
