import Foundation
import Ledger
import Synchronization

#if canImport(Glibc)
import Glibc
#endif

/// Held while a process has the data open. The kernel lets go of it when the process ends, however it ends.
final class ProcessLock: Sendable {
    private let handle: Mutex<Int32>

    init(_ file: URL) throws {
        let opened = open(file.path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard opened >= 0 else { throw StorageError.unknownOutcome("cannot open \(file.lastPathComponent)") }
        guard flock(opened, LOCK_EX | LOCK_NB) == 0 else {
            let holder = (try? String(contentsOf: file, encoding: .utf8)).flatMap { Int($0) }
            close(opened)
            throw StorageError.locked(by: holder)
        }
        ftruncate(opened, 0)
        let text = Array(String(getpid()).utf8)
        _ = text.withUnsafeBytes { Glibc.write(opened, $0.baseAddress, $0.count) }
        handle = Mutex(opened)
    }

    func release() {
        handle.withLock { handle in
            guard handle >= 0 else { return }
            // A child that is being started has this handle too until it becomes another program: closing alone would
            // leave the lock with it.
            flock(handle, LOCK_UN)
            close(handle)
            handle = -1
        }
    }

    deinit { release() }
}
