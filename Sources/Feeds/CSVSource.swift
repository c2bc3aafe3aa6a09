import Crypto
import Foundation
import Kernel

/// The unpacked bytes of one file: checked to be text in UTF-8, its byte order mark taken off, its digest taken.
/// Used by one thread.
final class CSVSource {
    private let input: ArchiveInput
    private var hasher: SHA256?
    private var isFirst = true
    private var checksum: GzipChecksum?
    private(set) var bytes: Int64 = 0

    /// - Parameters:
    ///   - isChecked: Whether the checksum of a gzip file is to be taken, for `checkSum`.
    ///   - isDigested: Whether the digest is to be taken, for `digest`.
    init(_ input: ArchiveInput, isChecked: Bool = false, isDigested: Bool = true) {
        self.input = input
        hasher = isDigested ? SHA256() : nil
        checksum = isChecked && input.isGzip ? GzipChecksum() : nil
    }

    /// Fills `buffer`; 0 at the end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        let count = try input.read(into: buffer)
        let filled = UnsafeRawBufferPointer(rebasing: buffer[..<count])
        hasher?.update(bufferPointer: filled)
        checksum?.add(filled)
        bytes += Int64(count)
        guard isFirst, count > 0 else { return count }
        isFirst = false
        try CSVSource.check(filled.prefix(8192))
        guard filled.starts(with: [0xEF, 0xBB, 0xBF]), let base = buffer.baseAddress else { return count }
        memmove(base, base.advanced(by: 3), count - 3)
        return count > 3 ? count - 3 : try read(into: buffer)
    }

    /// SHA-256 of all that was read, in hexadecimal; empty where none is taken.
    func digest() -> String {
        hasher?.finalize().map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined() ?? ""
    }

    /// - Throws: `Problem` when the file's own checksum is another.
    func checkSum() throws {
        guard let checksum, try !checksum.agrees(with: input.path) else { return }
        throw ArchiveInput.damaged
    }

    private static func check(_ start: Slice<UnsafeRawBufferPointer>) throws {
        if start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF]) {
            throw Problem(
                .invalid, "This file is in UTF-16, and UTF-8 was expected.",
                next: "Use the file as it was downloaded, or save it again as “CSV UTF-8”.")
        }
        guard !start.contains(0) else {
            throw Problem(
                .invalid, "This is not a text file, and a CSV file was expected.",
                next: "Choose a .csv, .csv.gz or .zip file, with its text in UTF-8.")
        }
    }
}
