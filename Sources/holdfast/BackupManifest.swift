import Crypto
import Foundation
import Kernel
import Ledger

/// What a backup says of itself: the first member of its archive.
struct BackupManifest: Codable {
    static let fileName = "manifest.json"
    /// Names a member may have; nothing else is ever written.
    static let memberNames = ["holdfast.sqlite", KeyFile.usualName]

    struct Member: Codable, Equatable {
        let name: String
        let bytes: Int
        let sha256: String
    }

    var format = 1
    let program: String
    let made: Moment
    let members: [Member]
    let standing: Standing

    var data: Data {
        get throws {
            let encoder = JSONEncoder()
            encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
            return try encoder.encode(self)
        }
    }

    /// - Throws: `Problem` for one that is not ours or of a later form.
    static func read(_ data: Data) throws -> BackupManifest {
        guard let manifest = try? JSONDecoder().decode(BackupManifest.self, from: data) else {
            throw Problem(.refused, "This is not a backup of Holdfast.")
        }
        let names = manifest.members.map(\.name)
        guard manifest.format == 1, names.contains(memberNames[0]), Set(names).count == names.count,
            names.allSatisfy(memberNames.contains)
        else {
            throw Problem(
                .refused, "This backup has a form that this Holdfast does not know.", next: "Use a newer one.")
        }
        return manifest
    }

    static func members(in folder: URL) throws -> [Member] {
        try memberNames.compactMap { name in
            let file = folder.appendingPathComponent(name)
            guard FileManager.default.fileExists(atPath: file.path) else { return nil }
            let handle = try FileHandle(forReadingFrom: file)
            defer { try? handle.close() }
            var (hash, count) = (SHA256(), 0)
            while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty {
                hash.update(data: piece)
                count += piece.count
            }
            return Member(name: name, bytes: count, sha256: hexadecimal(hash.finalize()))
        }
    }

    static func hexadecimal(_ digest: SHA256.Digest) -> String {
        digest.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}
