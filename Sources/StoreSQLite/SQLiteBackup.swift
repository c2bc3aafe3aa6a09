import Dispatch
public import Foundation
import GRDB
public import Ledger

extension SQLiteEngine: BackupEngine {
    /// By `VACUUM INTO` on a connection that can only read: one moment of the store, without what was deleted. Writers
    /// go on; the log of what they write grows until it is done.
    public func copy(to file: URL) async throws {
        try await apart { [self] in
            try separateReader().unsafeRead { try $0.execute(sql: "VACUUM INTO ?", arguments: [file.path]) }
        }
    }

    public func settle() async throws {
        try await apart { [main] in
            try main.writeWithoutTransaction { database in
                _ = try Int.fetchOne(database, sql: "PRAGMA wal_checkpoint(TRUNCATE)")
            }
        }
    }

    /// Long work, on a thread that nobody else waits for.
    func apart<Result: Sendable>(_ work: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Result, any Error>) in
            DispatchQueue.global(qos: .utility).async {
                do {
                    continuation.resume(returning: try work())
                } catch let error as DatabaseError {
                    continuation.resume(
                        throwing: SQLiteFault.storageError(error.resultCode.rawValue, error.message ?? ""))
                } catch {
                    continuation.resume(throwing: error)
                }
            }
        }
    }
}
