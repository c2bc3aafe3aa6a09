import Dispatch
import Foundation
import Synchronization

#if canImport(FoundationNetworking)
import FoundationNetworking
#endif

/// Speaks HTTP to subscribers. Every address that the host's name leads to is judged first; no redirect is followed, no
/// cookie kept, nothing read that comes back, and nobody waits longer than a few seconds.
public struct WebhookClient: WebhookCarrier {
    private let egress: WebhookEgress
    private let seconds: Double

    /// - Parameter seconds: How long one message may take in all.
    public init(egress: WebhookEgress, seconds: Double = 10) { (self.egress, self.seconds) = (egress, seconds) }

    /// - Throws: `WebhookRefusal` when the host's name is not known or leads where nothing may be sent; whatever the
    ///   connection says when nothing came back.
    public func carry(_ delivery: WebhookDelivery) async throws -> Int {
        let host = delivery.target.host
        let addresses = try await WebhookClient.addresses(of: host.trimmingCharacters(in: ["[", "]"]))
        guard !addresses.isEmpty, let url = URL(string: delivery.target.text) else { throw WebhookRefusal.unknown }
        guard addresses.allSatisfy(egress.admits) else { throw WebhookRefusal.inside }
        var request = URLRequest(url: url, timeoutInterval: seconds)
        request.httpMethod = "POST"
        for (name, value) in delivery.headers { request.setValue(value, forHTTPHeaderField: name) }
        request.httpBody = Data(delivery.body)
        return try await WebhookClient.status(for: request, seconds)
    }

    private static func status(for request: URLRequest, _ seconds: Double) async throws -> Int {
        let configuration = URLSessionConfiguration.ephemeral
        configuration.httpCookieStorage = nil
        configuration.urlCache = nil
        configuration.timeoutIntervalForRequest = seconds
        configuration.timeoutIntervalForResource = seconds
        let reception = Reception()
        let session = URLSession(configuration: configuration, delegate: reception, delegateQueue: nil)
        defer { session.invalidateAndCancel() }
        return try await withCheckedThrowingContinuation { continuation in
            reception.await(continuation)
            session.dataTask(with: request).resume()
        }
    }

    // MARK: Looking a name up

    /// The bytes of each address, looked up on a thread that may wait.
    private static func addresses(of host: String) async throws -> [[UInt8]] {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result { try look(up: host) }) }
        }
    }

    private static func look(up host: String) throws -> [[UInt8]] {
        var (hints, list) = (addrinfo(), UnsafeMutablePointer<addrinfo>?.none)
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        guard getaddrinfo(host, nil, &hints, &list) == 0 else { throw WebhookRefusal.unknown }
        defer { freeaddrinfo(list) }
        var (found, next) = ([[UInt8]](), list)
        while let entry = next {
            found.append(bytes(entry.pointee))
            next = entry.pointee.ai_next
        }
        return found
    }

    /// None of an address of another family: nothing is sent there.
    private static func bytes(_ entry: addrinfo) -> [UInt8] {
        guard let pointer = entry.ai_addr else { return [] }
        switch entry.ai_family {
        case AF_INET:
            return pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { address in
                withUnsafeBytes(of: address.pointee.sin_addr) { Array($0) }
            }
        case AF_INET6:
            return pointer.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { address in
                withUnsafeBytes(of: address.pointee.sin6_addr) { Array($0) }
            }
        default: return []
        }
    }
}

/// Waits for the status of one request and for no more.
private final class Reception: NSObject, URLSessionDataDelegate {
    private struct NoAnswer: Error {}

    private let waiting = Mutex<CheckedContinuation<Int, any Error>?>(nil)

    func await(_ continuation: CheckedContinuation<Int, any Error>) { waiting.withLock { $0 = continuation } }

    private func end(_ task: URLSessionTask, _ error: (any Error)?) {
        let continuation = waiting.withLock { waiting in
            defer { waiting = nil }
            return waiting
        }
        guard error == nil, let status = (task.response as? HTTPURLResponse)?.statusCode else {
            continuation?.resume(throwing: error ?? NoAnswer())
            return
        }
        continuation?.resume(returning: status)
    }

    func urlSession(
        _ session: URLSession, task: URLSessionTask, willPerformHTTPRedirection response: HTTPURLResponse,
        newRequest request: URLRequest, completionHandler: @escaping @Sendable (URLRequest?) -> Void
    ) {
        completionHandler(nil)
    }

    func urlSession(_ session: URLSession, dataTask: URLSessionDataTask, didReceive data: Data) {
        end(dataTask, nil)
        dataTask.cancel()
    }

    func urlSession(_ session: URLSession, task: URLSessionTask, didCompleteWithError error: (any Error)?) {
        end(task, error)
    }
}
