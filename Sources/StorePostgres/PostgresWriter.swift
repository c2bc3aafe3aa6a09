import Dispatch
import Ledger
import Synchronization

/// The one writer of this node. Whoever arrives while a commit is being made durable shares the next. The nodes of a
/// cluster take turns by a lock that lasts as long as a transaction, so that each group sees all that was written
/// before it and numbers without gaps.
final class PostgresWriter: Sendable {
    struct Job: Sendable {
        /// Runs the body, keeping its result; true when its effect is to be kept.
        let run: @Sendable (PostgresTransaction) -> Bool
        /// Tells why the effect is not kept although the body gave a result.
        let refuse: @Sendable (StorageError) -> Void
        /// Answers the caller; nil when the group is durable.
        let finish: @Sendable (StorageError?) -> Void
    }

    private struct State {
        var waiting: [Job] = []
        var isRunning = false
    }

    private static let groupLimit = 256
    private let state = Mutex(State())
    private let seat: PostgresSeat
    private let keys: CommitKeys
    private let limits: PostgresLimits

    init(_ address: PostgresAddress, _ limits: PostgresLimits) {
        seat = PostgresSeat("holdfast.writer", address, limits)
        keys = CommitKeys(seat: seat, limits: limits)
        self.limits = limits
    }

    func write<Result: Sendable>(
        _ body: @escaping @Sendable (any Writing) throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in submit(job(body, continuation)) }
    }

    /// Makes the table that each commit writes its key into.
    func prepare() async throws {
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            seat.queue.async { [keys] in continuation.resume(with: Result { try keys.prepare() }) }
        }
    }

    /// Returns once everything submitted before has been answered.
    func close() async {
        await withCheckedContinuation { continuation in
            seat.queue.async { [seat] in
                seat.drop()
                continuation.resume()
            }
        }
    }

    private func job<Result: Sendable>(
        _ body: @escaping @Sendable (any Writing) throws -> Result,
        _ continuation: CheckedContinuation<Result, any Error>
    ) -> Job {
        let box = ResultBox<Result>()
        return Job(
            run: { transaction in
                let result = Swift.Result { try body(transaction) }
                box.keep(result)
                if case .success = result { return true }
                return false
            },
            refuse: { box.keep(.failure($0)) },
            finish: { failure in
                if let failure { return continuation.resume(throwing: failure) }
                continuation.resume(with: box.result ?? .failure(StorageError.unavailable("not run")))
            })
    }

    private func submit(_ job: Job) {
        let mustStart = state.withLock { state in
            state.waiting.append(job)
            defer { state.isRunning = true }
            return !state.isRunning
        }
        if mustStart { seat.queue.async { self.work() } }
    }

    private func work() {
        while true {
            let group = state.withLock { state -> [Job] in
                let group = Array(state.waiting.prefix(Self.groupLimit))
                state.waiting.removeFirst(group.count)
                if group.isEmpty { state.isRunning = false }
                return group
            }
            guard !group.isEmpty else { return }
            let failure = commit(group)
            group.forEach { $0.finish(failure) }
        }
    }
}

extension PostgresWriter {
    private func commit(_ group: [Job]) -> StorageError? {
        defer { seat.release() }
        let key = keys.new()
        do {
            let connection = try seat.begin(key.beginning)
            let ending: String
            do {
                ending = try run(group, on: connection)
            } catch {
                // Not committed, and known not to be: a commit was not asked for.
                if connection.isSound { _ = try? connection.simple("ROLLBACK") }
                throw error
            }
            return keys.finish(key, ending, on: connection)
        } catch let error as StorageError {
            return error
        } catch {
            return .unavailable("\(error)")
        }
    }

    /// Each body inside a savepoint of its own.
    /// - Returns: how the last savepoint is to be ended.
    private func run(_ group: [Job], on connection: PGConnection) throws -> String {
        let transaction = PostgresTransaction(connection: connection)
        var ending = ""
        for job in group {
            try connection.simple("\(ending)SAVEPOINT job")
            var isKept = job.run(transaction)
            guard connection.isSound else { throw StorageError.unavailable("the connection was lost") }
            if isKept, connection.hasFailed {
                job.refuse(.statement("a statement failed, and what it was part of went on"))
                isKept = false
            }
            ending = isKept ? "RELEASE SAVEPOINT job; " : "ROLLBACK TO SAVEPOINT job; RELEASE SAVEPOINT job; "
        }
        return ending
    }
}

private final class ResultBox<Success: Sendable>: Sendable {
    private let kept = Mutex<Result<Success, any Error>?>(nil)

    var result: Result<Success, any Error>? { kept.withLock { $0 } }

    func keep(_ result: Result<Success, any Error>) { kept.withLock { $0 = result } }
}
