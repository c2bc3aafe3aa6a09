import CArchive
import Foundation
import Kernel

/// One file inside a container. A plain or gzip file is a container of one.
struct ArchiveMember: Sendable, Hashable {
    let index: Int
    let name: String
    let isFolder: Bool
}

/// Reads `.csv`, `.csv.gz` and `.zip` through libarchive, in bounded memory, unpacking nothing to disk. What is packed
/// inside a member stays packed.
///
/// Used by one thread at a time.
final class ArchiveInput {
    private let archive: OpaquePointer
    let path: String
    let isGzip: Bool
    private let limits: ImportLimits
    private let isZip: Bool
    private var next = 0
    private var memberStart: Int64 = 0
    private var unpacked: Int64 = 0
    private var isEmpty = false

    /// - Throws: `Problem` when it is no ordinary file or cannot be opened.
    init(path: String, limits: ImportLimits) throws {
        let container = try Container(path: path)
        guard let archive = archive_read_new() else { throw ArchiveInput.unreadable(path) }
        (self.archive, self.path, self.limits, self.isZip) = (archive, path, limits, container == .zip)
        isGzip = container == .gzip
        archive_read_support_filter_none(archive)
        switch container {
        case .zip: archive_read_support_format_zip(archive)
        case .gzip:
            archive_read_support_filter_gzip(archive)
            archive_read_support_format_raw(archive)
        case .plain:
            archive_read_support_format_raw(archive)
            archive_read_support_format_empty(archive)
        }
        guard archive_read_open_filename(archive, path, 1 << 20) == ARCHIVE_OK else { throw damage() }
        // A gzip file cut within its first bytes is not recognised as one, and would be read as it stands.
        guard container != .gzip || archive_filter_count(archive) > 1 else { throw ArchiveInput.damaged }
        guard archive_filter_count(archive) <= 2 else {
            throw Problem(
                .refused, "This file is packed more than once.", next: "Unpack it, and choose the CSV file inside.")
        }
    }

    deinit { archive_read_free(archive) }

    /// The next member, or nil at the end.
    func nextMember() throws -> ArchiveMember? {
        var entry: OpaquePointer?
        let status = archive_read_next_header(archive, &entry)
        guard status != ARCHIVE_EOF else { return nil }
        guard status == ARCHIVE_OK || status == ARCHIVE_WARN, let entry else { throw damage() }
        defer { next += 1 }
        memberStart = archive_filter_bytes(archive, -1)
        unpacked = 0
        guard isZip else { return ArchiveMember(index: next, name: path, isFolder: false) }
        let bytes = archive_entry_pathname_utf8(entry) ?? archive_entry_pathname(entry)
        let name = bytes.map { String(decoding: UnsafeRawBufferPointer(start: $0, count: strlen($0)), as: UTF8.self) }
        let isFolder = name?.hasSuffix("/") ?? false
        return ArchiveMember(index: next, name: name ?? "file \(next + 1)", isFolder: isFolder)
    }

    /// Goes to member `index`. False when it lies behind, and the file must be opened again.
    func advance(to index: Int) throws -> Bool {
        guard index >= next else { return false }
        while next <= index {
            guard try nextMember() == nil else { continue }
            guard !isZip else { throw damage() }
            (isEmpty, next) = (true, next + 1)
        }
        return true
    }

    /// Fills `buffer` from the present member; 0 at its end.
    func read(into buffer: UnsafeMutableRawBufferPointer) throws -> Int {
        guard !isEmpty else { return 0 }
        let count = archive_read_data(archive, buffer.baseAddress, buffer.count)
        guard count >= 0 else { throw damage() }
        unpacked += Int64(count)
        try guardExpansion()
        return count
    }

    private func guardExpansion() throws {
        guard unpacked <= limits.fileBytes else {
            throw Problem(
                .tooLarge,
                "Unpacked, this file is larger than \(limits.fileBytes >> 20) MiB, which is more than is read.",
                next: "Split it by month.")
        }
        guard unpacked > limits.ratioFreeBytes else { return }
        let packed = max(archive_filter_bytes(archive, -1) - memberStart, 1)
        guard unpacked / packed <= limits.ratio else {
            throw Problem(
                .refused,
                "This file unpacks to more than \(limits.ratio) times its size. Tables of rows do not do that, so it was "
                    + "not read further.", next: "Check where the file came from.")
        }
    }

    private func damage() -> Problem {
        let text = archive_error_string(archive).map { String(cString: $0).lowercased() } ?? ""
        if text.contains("truncated") {
            return Problem(
                .invalid, "This file is cut short: it ends in the middle of its packed data.",
                next: "Download it again.")
        }
        if text.contains("passphrase") || text.contains("encrypt") {
            return Problem(.refused, "This zip file is locked with a password.", next: "Unlock it first.")
        }
        return ArchiveInput.damaged
    }

    static let damaged = Problem(
        .invalid, "This file is damaged or cut short, and cannot be unpacked.", next: "Download it again.")

    static func unreadable(_ path: String) -> Problem {
        Problem(.absent, "The file “\(path)” cannot be read.", next: "Check that it exists and that you may read it.")
    }
}

/// How a file is packed, told by its first bytes (RFC 1952, 2.3.1; APPNOTE.TXT, 4.3).
enum Container: Sendable {
    case plain, gzip, zip

    init(path: String) throws {
        var facts = stat()
        guard stat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFREG, let file = fopen(path, "rb") else {
            throw ArchiveInput.unreadable(path)
        }
        defer { fclose(file) }
        var start = [UInt8](repeating: 0, count: 4)
        let count = fread(&start, 1, 4, file)
        switch start.prefix(count) {
        case let bytes where bytes.starts(with: [0x1F, 0x8B]): self = .gzip
        case [0x50, 0x4B, 0x03, 0x04], [0x50, 0x4B, 0x05, 0x06]: self = .zip
        default: self = .plain
        }
    }
}
