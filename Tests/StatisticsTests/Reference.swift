import Foundation

/// Values worked out elsewhere, in a folder beside the repository: `../shared/reference`, or under `HOLDFAST_SHARED`.
enum Reference {
    static let folder: URL? = {
        let told = ProcessInfo.processInfo.environment["HOLDFAST_SHARED"].map { URL(filePath: $0) }
        var place = URL(filePath: #filePath)
        var candidates = told.map { [$0] } ?? []
        while place.pathComponents.count > 1 {
            place.deleteLastPathComponent()
            candidates.append(place.appending(path: "shared"))
        }
        return candidates.map { $0.appending(path: "reference") }.first {
            FileManager.default.fileExists(atPath: $0.path)
        }
    }()

    static func has(_ name: String) -> Bool {
        folder.map { FileManager.default.fileExists(atPath: $0.appending(path: name).path) } ?? false
    }

    static func decode<T: Decodable>(_ type: T.Type, from name: String) throws -> T {
        guard let folder else { throw CocoaError(.fileNoSuchFile) }
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        return try decoder.decode(type, from: Data(contentsOf: folder.appending(path: name)))
    }
}

/// SplitMix64 (Steele, Lea and Flood 2014): the same draws on every machine.
struct Seeded: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

func isClose(_ a: Double, _ b: Double, within tolerance: Double = 1e-12) -> Bool {
    abs(a - b) <= tolerance * max(1, abs(a), abs(b))
}
