import Foundation
import Synchronization

#if canImport(Glibc)
import Glibc
#endif

/// Stands between a client and a server, and cuts the wire at a commit when told: before the server has it, or before
/// the client has the answer.
final class BrokenWire: Sendable {
    enum Cut: Sendable { case never, beforeCommit, afterCommit }

    let port: Int
    private let server: UInt16
    private let listener: Int32
    private let cut = Mutex(Cut.never)
    private let cuts = Mutex(0)
    /// Nobody gets through while it is set.
    private let isClosed = Mutex(false)

    init(to server: Int) throws {
        self.server = UInt16(server)
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = BrokenWire.loopback(0)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let handle = listener
        _ = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(handle, $0, length) == 0 && listen(handle, 16) == 0 && getsockname(handle, $0, &length) == 0
            }
        }
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [self] in
            while true {
                let client = accept(listener, nil, nil)
                guard client >= 0 else { return }
                join(client)
            }
        }
    }

    /// How often it was cut.
    var count: Int { cuts.withLock { $0 } }

    /// Cuts at the next commit, once.
    func cutNext(_ wanted: Cut) { cut.withLock { $0 = wanted } }

    func shut(_ isShut: Bool) { isClosed.withLock { $0 = isShut } }

    func end() { shutdown(listener, Int32(SHUT_RDWR)) }

    private func join(_ client: Int32) {
        let upstream = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = BrokenWire.loopback(server)
        let isJoined =
            !isClosed.withLock({ $0 })
            && withUnsafePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    connect(upstream, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
                }
            }
        guard isJoined else {
            close(client)
            close(upstream)
            return
        }
        Thread.detachNewThread { [self] in carry(from: client, to: upstream, watches: true) }
        Thread.detachNewThread { [self] in carry(from: upstream, to: client, watches: false) }
    }

    private func carry(from: Int32, to: Int32, watches: Bool) {
        var bytes = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(from, &bytes, bytes.count, 0)
            guard count > 0 else { break }
            let isCommit = watches && bytes[..<count].firstRange(of: Array("COMMIT".utf8)) != nil
            let now =
                isCommit
                ? cut.withLock { wanted in
                    defer { wanted = .never }
                    return wanted
                } : .never
            if now != .never { cuts.withLock { $0 += 1 } }
            if now == .beforeCommit { break }
            // The client hears nothing more; the server gets the commit and does it.
            if now == .afterCommit { shutdown(from, Int32(SHUT_RDWR)) }
            guard send(to, bytes, count, Int32(MSG_NOSIGNAL)) == count else { break }
            if now == .afterCommit {
                usleep(200_000)
                break
            }
        }
        shutdown(from, Int32(SHUT_RDWR))
        shutdown(to, Int32(SHUT_RDWR))
    }

    private static func loopback(_ port: UInt16) -> sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        return address
    }
}
