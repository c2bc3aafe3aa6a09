import Dispatch
import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// One HTTP/1.1 exchange with this machine, over a socket of our own: chromedriver's headers have no space after the
/// colon, which URLSession on Linux refuses.
enum WebDriverSocket {
    struct Answer: Sendable {
        let status: Int
        let body: Data
    }

    private static let queue = DispatchQueue(label: "holdfast.webdriver", attributes: .concurrent)

    static func exchange(port: UInt16, method: String, path: String, body: Data) async throws -> Answer {
        let head = """
            \(method) \(path) HTTP/1.1\r
            Host: 127.0.0.1:\(port)\r
            Content-Type: application/json\r
            Content-Length: \(body.count)\r
            Connection: close\r
            \r\n
            """
        let request = Array(head.utf8) + Array(body)
        return try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try exchange(port, request) }) }
        }
    }

    private static func exchange(_ port: UInt16, _ request: [UInt8]) throws -> Answer {
        let descriptor = try connected(to: port)
        defer { close(descriptor) }
        var sent = 0
        while sent < request.count {
            let count = request[sent...].withUnsafeBytes {
                send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw failure("sending") }
            sent += count
        }
        return try answer(from: descriptor)
    }

    private static func connected(to port: UInt16) throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw failure("opening a socket") }
        // A browser that hangs must fail a test, not the whole run.
        var limit = timeval(tv_sec: 90, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            let error = failure("connecting")
            close(descriptor)
            throw error
        }
        return descriptor
    }

    /// Reads the head, then as many bytes as it promises; chromedriver may keep the connection open.
    private static func answer(from descriptor: Int32) throws -> Answer {
        var received = Data()
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            if let answer = parsed(received) { return answer }
            let count = recv(descriptor, &buffer, buffer.count, 0)
            guard count > 0 else { throw failure("waiting for an answer") }
            received.append(contentsOf: buffer[..<count])
        }
    }

    private static func parsed(_ received: Data) -> Answer? {
        guard let end = received.range(of: Data("\r\n\r\n".utf8)) else { return nil }
        let lines = String(decoding: received[..<end.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        let length = lines.first { $0.lowercased().hasPrefix("content-length:") }
            .flatMap { Int($0.dropFirst(15).trimmingCharacters(in: .whitespaces)) }
        let status = lines.first?.split(separator: " ").dropFirst().first.flatMap { Int($0) }
        let body = received[end.upperBound...]
        guard let length, let status, body.count >= length else { return nil }
        return Answer(status: status, body: Data(body.prefix(length)))
    }

    private static func failure(_ doing: String) -> WebDriverError {
        WebDriverError(description: "\(doing): \(String(cString: strerror(errno)))")
    }
}
