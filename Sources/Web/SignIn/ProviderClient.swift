public import Federation
import Foundation
import Synchronization

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// Speaks HTTP to providers: no redirect is followed, no cookie kept, no more read than the request allows, and nobody
/// waits longer than a few seconds.
public struct ProviderClient: ProviderConnection {
    private let seconds: Double

    /// - Parameter seconds: how long an answer may take in all.
    public init(seconds: Double = 8) { self.seconds = seconds }

    struct NoAnswer: Error {}

    public func send(_ request: ProviderRequest) async throws -> ProviderReply {
        guard let url = URL(string: request.address) else { throw NoAnswer() }
        var asked = URLRequest(url: url, timeoutInterval: seconds)
        for (name, value) in request.headers { asked.setValue(value, forHTTPHeaderField: name) }
        if let form = request.form {
            asked.httpMethod = "POST"
            asked.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
            asked.httpBody = Data(form.utf8)
        }
        return try await ProviderClient.reply(to: asked, limit: request.limit, seconds)
    }

    private static func reply(to request: URLRequest, limit: Int, _ seconds: Double) async throws -> ProviderReply {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpCookieStorage = nil
        configuration.urlCache = nil
        configuration.timeoutIntervalForRequest = seconds
        configuration.timeoutIntervalForResource = seconds
        let reception = Reception(limit: limit)
        let session = URLSession(configuration: configuration, delegate: reception, delegateQueue: nil)
        defer { session.invalidateAndCancel() }
        return try await withCheckedThrowingContinuation { continuation in
            reception.await(continuation)
            session.dataTask(with: request).resume()
        }
    }
}

/// What arrives for one request.
private final class Reception: NSObject, URLSessionDataDelegate {
    private struct State {
        var body: [UInt8] = []
        var waiting: CheckedContinuation<ProviderReply, any Error>?
    }

    private let limit: Int
    private let state = Mutex(State())

    init(limit: Int) { self.limit = limit }

    func await(_ continuation: CheckedContinuation<ProviderReply, any Error>) {
        state.withLock { $0.waiting = continuation }
    }

    private func end(_ result: Result<ProviderReply, any Error>) {
        let waiting = state.withLock { state in
            defer { state.waiting = nil }
            return state.waiting
        }
        waiting?.resume(with: result)
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        let isTooMuch = state.withLock { state in
            state.body.append(contentsOf: data)
            return state.body.count > limit
        }
        guard isTooMuch else { return }
        dataTask.cancel()
        end(.failure(ProviderClient.NoAnswer()))
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        guard error == nil, let status = (task.response as? HTTPURLResponse)?.statusCode else {
            return end(.failure(error ?? ProviderClient.NoAnswer()))
        }
        end(.success(ProviderReply(status: status, body: state.withLock { $0.body })))
    }
}
