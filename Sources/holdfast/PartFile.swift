import Foundation
import Kernel

#if canImport(Glibc)
import Glibc
#endif

/// A file that has its name only when it is whole.
struct PartFile {
    let handle: Int32
    private let part: String
    private let target: String

    /// - Throws: `Problem` when it cannot be written there, or somebody is writing it.
    init(_ target: URL) throws {
        (self.target, part) = (target.path, target.path + ".part")
        handle = open(part, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
        guard handle >= 0 else {
            throw Problem(
                .refused, "Nothing can be written at \(target.path).", next: "Choose a folder the server may write to.")
        }
        guard flock(handle, LOCK_EX | LOCK_NB) == 0, ftruncate(handle, 0) == 0 else {
            close(handle)
            throw Problem(.refused, "Another backup is being written to \(target.path).", next: "Wait for it.")
        }
    }

    func flush() throws {
        guard fsync(handle) == 0 else { throw Problem(.failed, "The disk failed. The backup was not kept.") }
    }

    func finish() throws {
        guard rename(part, target) == 0 else { throw Problem(.failed, "The backup could not be given its name.") }
        Disk.flush(URL(fileURLWithPath: target).deletingLastPathComponent())
        close(handle)
    }

    func abandon() {
        unlink(part)
        close(handle)
    }
}

enum Disk {
    /// Bytes free for us; nil when there is no such folder.
    static func free(at folder: URL) -> Int? {
        var facts = statvfs()
        guard statvfs(folder.path, &facts) == 0 else { return nil }
        return Int(facts.f_bavail) * Int(facts.f_frsize)
    }

    /// The disk that a folder is on; nil when there is no such folder.
    static func number(of folder: URL) -> Int? {
        (try? FileManager.default.attributesOfItem(atPath: folder.path)[.systemNumber]) as? Int
    }

    /// Makes what was renamed in a folder durable.
    static func flush(_ folder: URL) {
        let handle = open(folder.path, O_RDONLY | O_CLOEXEC)
        guard handle >= 0 else { return }
        fsync(handle)
        close(handle)
    }
}
