import Dispatch
import GRDB
import GRDBSQLite
import Ledger
import Synchronization

/// The readers, a thread for each connection. Whoever has read goes on with what waits: under a crowd a read costs no
/// hand-over from thread to thread.
final class ReaderCrew: Sendable {
    private struct State {
        var waiting: [@Sendable () -> Void] = []
        /// The last to rest is the first to be called: its cache is warm.
        var resting: [DispatchQueue]
    }

    private let state: Mutex<State>
    private let pool: DatabasePool

    init(pool: DatabasePool, readers: Int) {
        self.pool = pool
        let queues = (1...max(1, readers)).map { DispatchQueue(label: "holdfast.reader.\($0)", qos: .userInitiated) }
        state = Mutex(State(resting: queues))
    }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Reading) throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            submit { [pool] in
                continuation.resume(
                    with: Swift.Result { try pool.unsafeRead { try ReaderCrew.snapshot(SQLiteConnection($0), body) } })
            }
        }
    }

    /// One view of the store for the whole body. GRDB's own `read` prepares four statements anew each time for this.
    private static func snapshot<Result>(
        _ connection: SQLiteConnection, _ body: (any Reading) throws -> Result
    ) throws -> Result {
        try connection.run("BEGIN")
        do {
            let result = try body(connection)
            try connection.run("COMMIT")
            return result
        } catch {
            if sqlite3_get_autocommit(connection.database.sqliteConnection) == 0 { try connection.run("ROLLBACK") }
            throw error
        }
    }

    private func submit(_ job: @escaping @Sendable () -> Void) {
        let queue = state.withLock { state in
            state.waiting.append(job)
            return state.resting.popLast()
        }
        if let queue { queue.async { self.work(queue) } }
    }

    private func work(_ queue: DispatchQueue) {
        while let job = next(queue) { job() }
    }

    private func next(_ queue: DispatchQueue) -> (@Sendable () -> Void)? {
        state.withLock { state in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
            state.resting.append(queue)
            return nil
        }
    }
}
