public import Crypto
import Foundation
import Kernel

/// AES-256-GCM with its place as associated data, so that a ciphertext moved to another row does not open.
enum SealedCipher {
    static let keyLength = 32
    static let nonceLength = 12
    /// Values are filled up to a multiple of this, so that length says little.
    private static let block = 64

    /// The place of a ciphertext. Each part goes before its own length: no two places have the same bytes.
    static func place(_ parts: String..., number: Int) -> [UInt8] {
        var bytes: [UInt8] = []
        for part in parts { bytes += bigEndian(UInt32(part.utf8.count)) + Array(part.utf8) }
        return bytes + bigEndian(UInt64(number))
    }

    /// - Parameter nonce: 12 random bytes, never a counter: a copy brought back would repeat it.
    /// - Returns: nonce, ciphertext and tag.
    static func close(_ bytes: [UInt8], _ key: SymmetricKey, nonce: [UInt8], place: [UInt8]) throws -> [UInt8] {
        let box = try AES.GCM.seal(bytes, using: key, nonce: AES.GCM.Nonce(data: nonce), authenticating: place)
        return nonce + Array(box.ciphertext) + Array(box.tag)
    }

    /// - Throws: `SealedProblem.broken` when it was changed, moved or cut, or the key is another.
    static func open(_ bytes: [UInt8], _ key: SymmetricKey, place: [UInt8]) throws -> [UInt8] {
        guard let box = try? AES.GCM.SealedBox(combined: bytes),
            let plain = try? AES.GCM.open(box, using: key, authenticating: place)
        else { throw SealedProblem.broken }
        return Array(plain)
    }

    static func padded(_ value: [UInt8]) -> [UInt8] {
        let bytes = bigEndian(UInt32(value.count)) + value
        return bytes + [UInt8](repeating: 0, count: (block - bytes.count % block) % block)
    }

    static func unpadded(_ bytes: [UInt8]) throws -> [UInt8] {
        guard bytes.count >= 4 else { throw SealedProblem.broken }
        let count = bytes[..<4].reduce(0) { $0 << 8 | Int($1) }
        guard count <= bytes.count - 4 else { throw SealedProblem.broken }
        return Array(bytes[4..<4 + count])
    }

    private static func bigEndian(_ number: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: number.bigEndian) { Array($0) }
    }
}

enum SealedProblem {
    static let broken = Problem(
        .failed,
        "A sealed value cannot be opened: it was changed or moved, or the key is not the one it was sealed with.",
        next: "Tell your administrator. Put back the key file that belongs to this data.")
    static let noKeys = Problem(
        .failed, "This store was opened without its keys.", next: "Start it again with its key file.")
}
