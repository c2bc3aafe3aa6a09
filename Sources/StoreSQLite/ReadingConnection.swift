import GRDB
import GRDBSQLite
import Ledger
import Synchronization

/// A connection that can neither write nor checkpoint. Confined to the thread that opened it.
final class ReadingConnection {
    private let queue: DatabaseQueue
    private let generation: Generation

    init(path: String, _ configuration: Configuration, _ generation: Generation) throws {
        self.generation = generation
        do {
            queue = try DatabaseQueue(path: path, configuration: configuration)
        } catch let error as DatabaseError {
            throw SQLiteFault.storageError(error.resultCode.rawValue, error.message ?? "")
        }
    }

    /// One view of the store for the whole body. GRDB's own `read` prepares four statements anew each time for this.
    func snapshot<Result>(_ body: (any Reading) throws -> Result) throws -> Result {
        // Before the snapshot begins: what is seen is at least as new as this.
        let known = generation.settled
        return try queue.unsafeRead { database in
            let connection = SQLiteConnection(database, generation: known)
            try connection.run("BEGIN")
            do {
                let result = try body(connection)
                try connection.run("COMMIT")
                return result
            } catch {
                if sqlite3_get_autocommit(database.sqliteConnection) == 0 { try connection.run("ROLLBACK") }
                throw error
            }
        }
    }
}

/// Counts the changes that the one writer makes. Audit entries do not count: every read makes one.
final class Generation: Sendable {
    private let begun = Atomic<Int>(0)
    private let ended = Atomic<Int>(0)

    /// Nil while a change is being made durable.
    var settled: Int? {
        let ended = ended.load(ordering: .acquiring)
        return begun.load(ordering: .acquiring) == ended ? ended : nil
    }

    func begin() { begun.add(1, ordering: .acquiringAndReleasing) }

    func end() { ended.add(1, ordering: .acquiringAndReleasing) }
}
