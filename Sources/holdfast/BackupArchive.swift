import CArchive
import Crypto
import Foundation
import Kernel

#if canImport(Glibc)
import Glibc
#endif

/// Writes a backup as a tar archive into a pipe: `age --decrypt … | tar x` opens it without Holdfast.
enum ArchiveWriter {
    private static let ordinaryFile: UInt32 = 0o100000

    /// - Parameter isStopped: asked between pieces.
    static func write(
        _ manifest: BackupManifest, from folder: URL, to pipe: Int32, isStopped: () -> Bool
    ) throws {
        guard let archive = archive_write_new() else { throw Damage.broken }
        defer { archive_write_free(archive) }
        archive_write_set_format_pax_restricted(archive)
        archive_write_add_filter_none(archive)
        guard archive_write_open_fd(archive, pipe) == ARCHIVE_OK else { throw Damage.broken }
        let data = try manifest.data
        try header(BackupManifest.fileName, data.count, manifest, archive)
        try put(data, archive)
        for member in manifest.members {
            try header(member.name, member.bytes, manifest, archive)
            let handle = try FileHandle(forReadingFrom: folder.appendingPathComponent(member.name))
            defer { try? handle.close() }
            while let piece = try handle.read(upToCount: 1 << 20), !piece.isEmpty {
                guard !isStopped() else { throw CancellationError() }
                try put(piece, archive)
            }
        }
        guard archive_write_close(archive) == ARCHIVE_OK else { throw Damage.broken }
    }

    private static func header(
        _ name: String, _ bytes: Int, _ manifest: BackupManifest, _ archive: OpaquePointer
    ) throws {
        guard let entry = archive_entry_new() else { throw Damage.broken }
        defer { archive_entry_free(entry) }
        archive_entry_set_pathname(entry, name)
        archive_entry_set_size(entry, Int64(bytes))
        archive_entry_set_filetype(entry, ordinaryFile)
        archive_entry_set_perm(entry, 0o600)
        archive_entry_set_mtime(entry, time_t(manifest.made.milliseconds / 1000), 0)
        guard archive_write_header(archive, entry) == ARCHIVE_OK else { throw Damage.broken }
    }

    private static func put(_ data: Data, _ archive: OpaquePointer) throws {
        let written = data.withUnsafeBytes { archive_write_data(archive, $0.baseAddress, $0.count) }
        guard written == data.count else { throw Damage.broken }
    }
}

/// Reads the archive out of a pipe and writes its members to a folder of ours, each under one of our own names.
enum ArchiveReader {
    private static let longestManifest = 1 << 20

    static func read(from pipe: Int32, into folder: URL) throws -> BackupManifest {
        guard let archive = archive_read_new() else { throw Damage.broken }
        defer { archive_read_free(archive) }
        archive_read_support_format_tar(archive)
        guard archive_read_open_fd(archive, pipe, 1 << 16) == ARCHIVE_OK else { throw Damage.broken }
        guard try next(archive) == BackupManifest.fileName else { throw Damage.broken }
        var text = Data()
        try each(archive) { piece in
            text.append(contentsOf: piece)
            guard text.count <= longestManifest else { throw Damage.broken }
        }
        let manifest = try BackupManifest.read(text)
        for member in manifest.members {
            guard try next(archive) == member.name else { throw Damage.broken }
            try keep(member, archive, folder)
        }
        guard try next(archive) == nil else { throw Damage.broken }
        return manifest
    }

    /// Reads what is left, so that whoever writes is not cut short.
    static func drain(_ pipe: Int32) {
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while piece.withUnsafeMutableBytes({ Glibc.read(pipe, $0.baseAddress, $0.count) }) > 0 {}
    }

    private static func keep(_ member: BackupManifest.Member, _ archive: OpaquePointer, _ folder: URL) throws {
        let path = folder.appendingPathComponent(member.name).path
        let handle = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard handle >= 0 else { throw Damage.unwritten }
        defer { close(handle) }
        var (hash, count) = (SHA256(), 0)
        try each(archive) { piece in
            count += piece.count
            guard count <= member.bytes else { throw Damage.broken }
            hash.update(bufferPointer: piece)
            var written = 0
            while written < piece.count {
                let step = write(handle, piece.baseAddress.map { $0 + written }, piece.count - written)
                guard step > 0 else { throw Damage.unwritten }
                written += step
            }
        }
        guard fsync(handle) == 0 else { throw Damage.unwritten }
        guard count == member.bytes, BackupManifest.hexadecimal(hash.finalize()) == member.sha256 else {
            throw Damage.broken
        }
    }

    private static func next(_ archive: OpaquePointer) throws -> String? {
        var entry: OpaquePointer?
        let status = archive_read_next_header(archive, &entry)
        if status == ARCHIVE_EOF { return nil }
        guard status == ARCHIVE_OK, let entry, let name = archive_entry_pathname(entry) else { throw Damage.broken }
        return String(cString: name)
    }

    private static func each(_ archive: OpaquePointer, _ body: (UnsafeRawBufferPointer) throws -> Void) throws {
        var buffer = [UInt8](repeating: 0, count: 1 << 18)
        while true {
            let count = buffer.withUnsafeMutableBytes { archive_read_data(archive, $0.baseAddress, $0.count) }
            guard count >= 0 else { throw Damage.broken }
            guard count > 0 else { return }
            try buffer.withUnsafeBytes { try body(UnsafeRawBufferPointer(rebasing: $0[..<count])) }
        }
    }
}

/// What is wrong with a backup or the disk it is unpacked to.
enum Damage {
    static let broken = Problem(
        .refused, "This backup is damaged or cut short.", next: "Nothing was restored. Take another copy of it.")
    static let unwritten = Problem(
        .failed, "The backup could not be unpacked: the disk is full, or not yours to write to.",
        next: "Nothing was restored. Make room and try again.")
}
