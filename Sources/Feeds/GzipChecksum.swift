import Foundation
import Kernel

/// Checks what libarchive does not: the checksum and length at the end of a gzip file (RFC 1952, 2.3.1).
struct GzipChecksum {
    private var sum: UInt32 = 0xFFFF_FFFF
    private var length: UInt32 = 0

    mutating func add(_ bytes: UnsafeRawBufferPointer) {
        length &+= UInt32(truncatingIfNeeded: bytes.count)
        GzipChecksum.tables.withUnsafeBufferPointer { tables in
            var index = 0
            while index + 4 <= bytes.count {
                let word = bytes.loadUnaligned(fromByteOffset: index, as: UInt32.self).littleEndian ^ sum
                sum = tables[768 + Int(word & 0xFF)] ^ tables[512 + Int(word >> 8 & 0xFF)]
                sum ^= tables[256 + Int(word >> 16 & 0xFF)] ^ tables[Int(word >> 24)]
                index += 4
            }
            while index < bytes.count {
                sum = sum >> 8 ^ tables[Int((sum ^ UInt32(bytes[index])) & 0xFF)]
                index += 1
            }
        }
    }

    /// False when the file at `path` says otherwise. A file of several packed pieces says it of the last only, and
    /// cannot be checked.
    func agrees(with path: String) throws -> Bool {
        guard let file = FileHandle(forReadingAtPath: path) else { throw ArchiveInput.unreadable(path) }
        defer { try? file.close() }
        let size = try file.seekToEnd()
        guard size >= 18 else { return false }
        try file.seek(toOffset: size - 8)
        let trailer = [UInt8](try file.readToEnd() ?? Data())
        guard trailer.count == 8 else { return false }
        let number = { (start: Int) in (0..<4).reduce(UInt32(0)) { $0 | UInt32(trailer[start + $1]) << (8 * $1) } }
        if number(4) == length { return number(0) == ~sum }
        return try GzipChecksum.hasSeveralPieces(file)
    }

    private static func hasSeveralPieces(_ file: FileHandle) throws -> Bool {
        try file.seek(toOffset: 1)
        let start = Data([0x1F, 0x8B, 0x08])
        var kept = Data()
        while let piece = try file.read(upToCount: 1 << 20), !piece.isEmpty {
            let bytes = kept + piece
            if bytes.range(of: start) != nil { return true }
            kept = bytes.suffix(2)
        }
        return false
    }

    /// Four tables of the reversed polynomial, for four bytes at a time (Kounavis and Berry 2005).
    private static let tables: [UInt32] = {
        var tables = [UInt32](repeating: 0, count: 1024)
        for byte in 0..<256 {
            var value = UInt32(byte)
            for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
            tables[byte] = value
        }
        for index in 256..<1024 { tables[index] = tables[index - 256] >> 8 ^ tables[Int(tables[index - 256] & 0xFF)] }
        return tables
    }()
}
