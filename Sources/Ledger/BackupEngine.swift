public import Foundation
import Kernel

/// An engine whose whole store is one file on this machine, so that we can copy it ourselves. A server of databases has
/// tools of its own for that.
public protocol BackupEngine: Engine {
    /// Writes what the store holds at one moment to a new file, while others read and write. Nothing that was deleted is
    /// in it.
    func copy(to file: URL) async throws

    /// Moves what lies beside the main file into it and empties the rest, so that no older state lies about.
    func settle() async throws
}

extension Ledger {
    /// A consistent copy of the store in a new file.
    /// - Throws: `Problem.refused` where the engine cannot; `StorageError.diskFull`.
    public func copy(to file: URL) async throws {
        guard let engine = engine as? any BackupEngine else {
            throw Problem(
                .refused, "This store is not a file of ours.",
                next: "Use the database server's own tools: pg_basebackup or pg_dump.")
        }
        try await engine.copy(to: file)
    }

    /// Leaves no older state of the store's files behind, after secrets were taken out of them.
    public func settle() async throws { try await (engine as? any BackupEngine)?.settle() }
}
