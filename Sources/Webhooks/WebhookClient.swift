import AsyncHTTPClient
import Dispatch
import Foundation
import NIOCore
import NIOHTTP1

/// Speaks HTTP to subscribers. The name is looked up once, every address it leads to is judged, and the connection goes
/// to one of those and no other; no redirect is followed, nothing that comes back is read.
public struct WebhookClient: WebhookCarrier {
    private let egress: WebhookEgress

    public init(egress: WebhookEgress) { self.egress = egress }

    public func carry(_ delivery: WebhookDelivery) async throws -> Int {
        let host = delivery.target.host
        let bare = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        let addresses = try await WebhookClient.addresses(of: bare)
        guard let first = addresses.first else { throw WebhookRefusal.unknown }
        guard addresses.allSatisfy({ egress.admits($0.bytes) }) else { throw WebhookRefusal.inside }
        var settings = HTTPClient.Configuration()
        settings.redirectConfiguration = .disallow
        settings.timeout = .init(connect: .seconds(5), read: .seconds(10))
        settings.dnsOverride = [bare: first.text]
        settings.httpVersion = .http1Only
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: settings)
        do {
            var request = HTTPClientRequest(url: delivery.target.text)
            request.method = .POST
            for (name, value) in delivery.headers { request.headers.add(name: name, value: value) }
            request.body = .bytes(ByteBuffer(bytes: delivery.body))
            let response = try await client.execute(request, timeout: .seconds(15))
            let status = Int(response.status.code)
            try await client.shutdown()
            return status
        } catch {
            try? await client.shutdown()
            throw error
        }
    }

    private struct Found: Sendable {
        let bytes: [UInt8]
        let text: String
    }

    /// Looked up on a thread that may wait.
    private static func addresses(of host: String) async throws -> [Found] {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue.global().async { continuation.resume(with: Result { try look(up: host) }) }
        }
    }

    private static func look(up host: String) throws -> [Found] {
        var (hints, list) = (addrinfo(), UnsafeMutablePointer<addrinfo>?.none)
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        guard getaddrinfo(host, nil, &hints, &list) == 0 else { throw WebhookRefusal.unknown }
        defer { freeaddrinfo(list) }
        var (found, next) = ([Found](), list)
        while let entry = next {
            if let one = address(entry.pointee) { found.append(one) }
            next = entry.pointee.ai_next
        }
        return found
    }

    private static func address(_ entry: addrinfo) -> Found? {
        guard let pointer = entry.ai_addr else { return nil }
        var bytes: [UInt8]
        switch entry.ai_family {
        case AF_INET:
            bytes = pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { address in
                withUnsafeBytes(of: address.pointee.sin_addr) { Array($0) }
            }
        case AF_INET6:
            bytes = pointer.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { address in
                withUnsafeBytes(of: address.pointee.sin6_addr) { Array($0) }
            }
        default: return nil
        }
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(entry.ai_family, &bytes, &text, socklen_t(text.count)) != nil else { return nil }
        let end = text.firstIndex(of: 0) ?? text.endIndex
        return Found(bytes: bytes, text: String(decoding: text[..<end].map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }
}
