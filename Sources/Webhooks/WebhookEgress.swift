import Foundation
import Kernel

/// Where this house may send anything at all: what whoever runs it has listed, and nothing else.
public struct WebhookEgress: Sendable, Equatable {
    /// `host`, or `host:port` for another port than 443.
    public let hosts: Set<String>
    /// This machine itself, and there also without HTTPS: for trying things out.
    public let allowsLoopback: Bool
    /// Networks that are not reached from outside, such as a force's own.
    public let allowsPrivate: Bool

    public init(hosts: Set<String> = [], allowsLoopback: Bool = false, allowsPrivate: Bool = false) {
        self.hosts = Set(hosts.map { $0.lowercased() })
        (self.allowsLoopback, self.allowsPrivate) = (allowsLoopback, allowsPrivate)
    }

    /// Where nothing may be sent.
    public static let closed = WebhookEgress()

    /// An address that may be told.
    public struct Target: Sendable, Equatable {
        public let text: String
        public let host: String
        public let port: Int
        public let isSecure: Bool
    }

    private static let loopbacks: Set<String> = ["localhost", "127.0.0.1", "[::1]", "::1"]

    /// - Throws: `Problem.invalid` on `address`.
    public func target(_ text: String) throws -> Target {
        guard text.utf8.count <= 500, let parts = URLComponents(string: text), let host = parts.host?.lowercased(),
            !host.isEmpty, host.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }), parts.user == nil, parts.password == nil,
            parts.query == nil, parts.fragment == nil
        else {
            throw WebhookEgress.wrong("Enter an address such as https://board.example/changes, without ? or #")
        }
        let isLoopback = WebhookEgress.loopbacks.contains(host)
        guard parts.scheme == "https" || (parts.scheme == "http" && isLoopback && allowsLoopback) else {
            throw WebhookEgress.wrong("Enter an address that starts with https://")
        }
        let port = parts.port ?? (parts.scheme == "https" ? 443 : 80)
        let isListed = hosts.contains("\(host):\(port)") || (port == 443 && hosts.contains(host))
        guard isListed, !isLoopback || allowsLoopback else {
            throw WebhookEgress.wrong("This host is not on the list that Holdfast may send to. Ask whoever runs it")
        }
        return Target(text: text, host: host, port: port, isSecure: parts.scheme == "https")
    }

    private static func wrong(_ message: String) -> Problem { Problem.fields([.init("address", message)]) }

    /// Whether bytes of an address, 4 or 16, may be connected to. All that a name leads to must pass: one that leads
    /// inside as well is how a service is made to ask its neighbours.
    public func admits(_ address: [UInt8]) -> Bool {
        switch WebhookEgress.reach(address) {
        case .outside: true
        case .loopback: allowsLoopback
        case .inside: allowsPrivate
        case .nowhere: false
        }
    }

    enum Reach: Sendable, Equatable {
        case outside, inside, loopback, nowhere
    }

    /// The special purposes of the IANA registries for IPv4 and IPv6 (RFC 6890 and its updates).
    static func reach(_ address: [UInt8]) -> Reach {
        guard address.count == 4 else { return address.count == 16 ? reachOfSix(address) : .nowhere }
        switch (address[0], address[1]) {
        case (127, _): return .loopback
        case (10, _), (172, 16...31), (192, 168), (100, 64...127): return .inside
        case (0, _), (169, 254), (198, 18...19), (224..., _): return .nowhere
        case (192, 0), (192, 88), (198, 51), (203, 0):
            let third = (address[0], address[1], address[2])
            let reserved: [(UInt8, UInt8, UInt8)] = [
                (192, 0, 0), (192, 0, 2), (192, 88, 99), (198, 51, 100), (203, 0, 113),
            ]
            return reserved.contains { $0 == third } ? .nowhere : .outside
        default: return .outside
        }
    }

    private static func reachOfSix(_ address: [UInt8]) -> Reach {
        if address.dropLast().allSatisfy({ $0 == 0 }) { return address[15] == 1 ? .loopback : .nowhere }
        // An IPv4 address in another dress.
        if address[0..<10].allSatisfy({ $0 == 0 }), address[10] == 0xFF, address[11] == 0xFF {
            return reach(Array(address[12...]))
        }
        if address[0] & 0xFE == 0xFC { return .inside }
        guard address[0] & 0xE0 == 0x20 else { return .nowhere }
        // Tunnels carry other addresses inside: 2001::/23 (Teredo and others), 2002::/16; and 2001:db8::/32 is for books.
        if address[0] == 0x20, address[1] == 0x01, address[2] < 2 || (address[2] == 0x0D && address[3] == 0xB8) {
            return .nowhere
        }
        return address[0] == 0x20 && address[1] == 0x02 ? .nowhere : .outside
    }
}
