import Foundation
import GRDB
public import Ledger

#if canImport(Glibc)
import Glibc
#endif

extension SQLiteEngine: ScrubbingEngine {
    private static let tries = 60

    /// `secure_delete` overwrites what is deleted, but not what lies where a row was before its page was split: only a
    /// file that is written anew has nothing of it. So the whole file is, whatever the tables; readers go on, writers
    /// wait.
    public func scrub(_ tables: [String], _ progress: @escaping @Sendable (String) -> Void) async throws {
        try requireRoom()
        progress("Writing the database anew: whoever saves waits meanwhile.")
        try await apart { [main] in try main.writeWithoutTransaction { try $0.execute(sql: "VACUUM") } }
        progress("Emptying the log of what was written.")
        for _ in 0..<SQLiteEngine.tries {
            if try await emptyLog() { return }
            try await Task.sleep(for: .seconds(1))
        }
        throw StorageError.unavailable(
            "somebody read for so long that the log of what was written could not be emptied")
    }

    /// What is committed is in the database or in the log beside it, and both are files of the store.
    public func settle() {}

    /// False while a reader needs what is in it.
    private func emptyLog() async throws -> Bool {
        try await apart { [main] in
            try main.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA wal_checkpoint(TRUNCATE)") == 0 }
        }
    }

    /// The new file goes through the log, so that for a while there are two more of it.
    private func requireRoom() throws {
        var facts = statvfs()
        let size = (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? nil
        guard let size, statvfs(path, &facts) == 0 else { return }
        guard Int(facts.f_bavail) * Int(facts.f_frsize) > size * 2 + (16 << 20) else { throw StorageError.diskFull }
    }
}
