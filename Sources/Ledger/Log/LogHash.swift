import Crypto
import Foundation

/// A SHA-256 hash in the tree over the log (RFC 9162, section 2.1.1): of a leaf, of two nodes, or of the whole.
public struct LogHash: Sendable, Hashable {
    // Four words and no wider vector: what is aligned wider than 16 bytes upsets the memory of Swift's tasks.
    private let words: Words

    private struct Words: Hashable, BitwiseCopyable {
        let first: UInt64, second: UInt64, third: UInt64, fourth: UInt64
    }

    /// Nil unless there are 32 bytes.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count == 32 else { return nil }
        words = bytes.withUnsafeBytes { $0.loadUnaligned(as: Words.self) }
    }

    private init(_ digest: SHA256.Digest) {
        words = digest.withUnsafeBytes { $0.loadUnaligned(as: Words.self) }
    }

    public var bytes: [UInt8] { withUnsafeBytes(of: words) { Array($0) } }

    public var hexadecimal: String { Hexadecimal.text(bytes) }

    public var base64: String { Data(bytes).base64EncodedString() }

    /// Of a tree without leaves.
    public static let empty = LogHash(SHA256.hash(data: [UInt8]()))

    /// Of an entry: a zero byte stands before its bytes, so that no entry can pass for two nodes.
    public static func leaf(_ bytes: [UInt8]) -> LogHash { prefixed([0] + bytes) }

    /// Of bytes that begin with the zero byte of a leaf already.
    static func prefixed(_ bytes: [UInt8]) -> LogHash {
        bytes.withUnsafeBytes { bytes in
            var hash = SHA256()
            hash.update(bufferPointer: bytes)
            return LogHash(hash.finalize())
        }
    }

    /// Of two nodes.
    public static func node(_ left: LogHash, _ right: LogHash) -> LogHash {
        withUnsafeTemporaryAllocation(byteCount: 65, alignment: 8) { buffer in
            buffer[0] = 1
            buffer.storeBytes(of: left.words, toByteOffset: 1, as: Words.self)
            buffer.storeBytes(of: right.words, toByteOffset: 33, as: Words.self)
            var hash = SHA256()
            hash.update(bufferPointer: UnsafeRawBufferPointer(buffer))
            return LogHash(hash.finalize())
        }
    }
}

/// Bytes as small hexadecimal digits.
public enum Hexadecimal {
    private static let digits = Array("0123456789abcdef".utf8)

    public static func text(_ bytes: some Sequence<UInt8>) -> String {
        String(decoding: bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }, as: UTF8.self)
    }

    /// Nil unless `text` is pairs of digits.
    public static func bytes(_ text: String) -> [UInt8]? {
        let values = text.utf8.compactMap { byte -> UInt8? in
            switch byte {
            case 0x30...0x39: byte - 0x30
            case 0x61...0x66: byte - 0x57
            case 0x41...0x46: byte - 0x37
            default: nil
            }
        }
        guard values.count == text.utf8.count, values.count.isMultiple(of: 2) else { return nil }
        return stride(from: 0, to: values.count, by: 2).map { values[$0] << 4 | values[$0 + 1] }
    }
}
