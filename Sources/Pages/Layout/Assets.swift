import Foundation

/// A file that pages load: stylesheet, script, icon.
public struct Asset: Sendable {
    public let name: String
    public let contentType: String
    public let bytes: [UInt8]
    /// Sixteen hexadecimal digits that change with the content; an answer under `address` may be cached for ever.
    public let digest: String

    public var address: WebAddress { "/assets/\(name)?v=\(digest)" }
}

/// The files of `Assets/`, read once. A file that is not there is left out, and a test says so.
public enum Assets {
    public static let all: [Asset] = [
        ("holdfast.css", "text/css; charset=utf-8"),
        ("holdfast.js", "text/javascript; charset=utf-8"),
        ("assessment.js", "text/javascript; charset=utf-8"),
        ("pack.css", "text/css; charset=utf-8"),
        ("icon.svg", "image/svg+xml"),
    ].compactMap { read($0.0, $0.1) }

    private static let byName: [String: Asset] = Dictionary(all.map { ($0.name, $0) }) { first, _ in first }
    private static let addresses: [String: WebAddress] = byName.mapValues { $0.address }

    public static func named(_ name: String) -> Asset? { byName[name] }

    static func address(of name: String) -> WebAddress { addresses[name] ?? "/assets/\(name)" }

    private static func read(_ name: String, _ contentType: String) -> Asset? {
        guard let folder = Bundle.module.resourceURL,
            let data = try? Data(contentsOf: folder.appendingPathComponent("Assets/\(name)"))
        else { return nil }
        let bytes = [UInt8](data)
        return Asset(name: name, contentType: contentType, bytes: bytes, digest: digest(bytes))
    }

    /// FNV-1a, 64 bits (Fowler, Noll and Vo): it tells versions apart and proves nothing.
    static func digest(_ bytes: [UInt8]) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        let text = String(hash, radix: 16)
        return String(repeating: "0", count: 16 - text.count) + text
    }
}
