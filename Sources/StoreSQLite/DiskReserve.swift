import Foundation
import Synchronization

#if canImport(Glibc)
import Glibc
#endif

/// A file of nothing, given up when the disk is full so that refusals and reads can still be logged.
final class DiskReserve: Sendable {
    private let file: URL
    private let bytes: Int
    private let released = Mutex(false)

    init(_ file: URL, bytes: Int) {
        (self.file, self.bytes) = (file, bytes)
    }

    var isReleased: Bool { released.withLock { $0 } }

    func release() {
        try? FileManager.default.removeItem(at: file)
        released.withLock { $0 = true }
    }

    /// Takes the space again when the disk has twice as much free; true when the reserve is held.
    @discardableResult
    func fill() -> Bool {
        let held = (try? FileManager.default.attributesOfItem(atPath: file.path)[.size] as? Int) == bytes
        let isHeld = held || (hasRoom && allocate())
        released.withLock { $0 = !isHeld }
        return isHeld
    }

    /// Held, while the disk has next to nothing left.
    var isNeeded: Bool { FileManager.default.fileExists(atPath: file.path) && free < 1 << 20 }

    private var hasRoom: Bool { free > bytes * 2 }

    private var free: Int {
        var facts = statvfs()
        guard statvfs(file.deletingLastPathComponent().path, &facts) == 0 else { return 0 }
        return Int(facts.f_bavail) * Int(facts.f_frsize)
    }

    private func allocate() -> Bool {
        let handle = open(file.path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard handle >= 0 else { return false }
        defer { close(handle) }
        if posix_fallocate(handle, 0, off_t(bytes)) == 0 { return true }
        try? FileManager.default.removeItem(at: file)
        return false
    }
}
