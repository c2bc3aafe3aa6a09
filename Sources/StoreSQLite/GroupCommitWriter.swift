import Dispatch
import Foundation
import GRDB
import GRDBSQLite
import Ledger
import Synchronization

/// The one writer. Whoever arrives while a commit is being made durable shares the next: a crowd of readers waiting
/// for their audit entries costs one flush to disk, not one each.
final class GroupCommitWriter: Sendable {
    private struct Job: Sendable {
        let urgency: Urgency
        /// Runs the body inside its own savepoint, keeping its result.
        let run: @Sendable (SQLiteConnection) -> Void
        /// Answers the caller; nil when the group is durable.
        let finish: @Sendable (StorageError?) -> Void
        /// Why the store itself could not run it, when it could not.
        let fault: @Sendable () -> StorageError?
    }

    private struct State {
        var waiting: [Job] = []
        var isRunning = false
        /// Set when the file system failed under a commit: what was kept is unknown until a restart.
        var failure: StorageError?
    }

    private static let groupLimit = 256
    private static let crowd = 4
    private static let gatheringMicroseconds: UInt32 = 3000
    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "holdfast.writer", qos: .userInitiated)
    private let main: DatabaseQueue
    private let reserve: DiskReserve
    private let generation: Generation

    init(_ main: DatabaseQueue, reserve: DiskReserve, _ generation: Generation) {
        (self.main, self.reserve, self.generation) = (main, reserve, generation)
        reserve.fill()
    }

    func write<Result: Sendable>(
        _ urgency: Urgency, _ body: @escaping @Sendable (any Writing) throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            submit(job(urgency, body, continuation))
        }
    }

    /// Returns once everything submitted before has been answered.
    func drain() async {
        await withCheckedContinuation { continuation in queue.async { continuation.resume() } }
    }

    private func job<Result: Sendable>(
        _ urgency: Urgency, _ body: @escaping @Sendable (any Writing) throws -> Result,
        _ continuation: CheckedContinuation<Result, any Error>
    ) -> Job {
        let outcome = Mutex<Swift.Result<Result, any Error>?>(nil)
        let box = OutcomeBox(outcome: outcome)
        return Job(
            urgency: urgency,
            run: { connection in
                let result = Savepoint.run(connection, body)
                box.outcome.withLock { $0 = result }
            },
            finish: { failure in
                if let failure { return continuation.resume(throwing: failure) }
                let result = box.outcome.withLock { $0 }
                continuation.resume(with: result ?? .failure(StorageError.unknownOutcome("not run")))
            },
            fault: {
                guard case .failure(let error) = box.outcome.withLock({ $0 }) else { return nil }
                return error as? StorageError
            })
    }

    private func submit(_ job: Job) {
        let (failure, mustStart) = state.withLock { state -> (StorageError?, Bool) in
            if let failure = state.failure { return (failure, false) }
            state.waiting.append(job)
            defer { state.isRunning = true }
            return (nil, !state.isRunning)
        }
        if let failure { return job.finish(failure) }
        if mustStart { queue.async { self.work() } }
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
            commit(group)
            gather(after: group)
        }
    }

    /// In a crowd a short wait lets more share the next flush, which leaves the processors to those who read. Somebody
    /// alone waits for nothing.
    private func gather(after group: [Job]) {
        if group.count >= Self.crowd { usleep(Self.gatheringMicroseconds) }
    }

    private func commit(_ group: [Job]) {
        // Those who were waiting when the file system failed: no commit may follow one whose outcome is unknown.
        if let failure = state.withLock({ $0.failure }) { return group.forEach { $0.finish(failure) } }
        let (allowed, refused) = reserve.isReleased ? split(group) : (group, [])
        refused.forEach { $0.finish(.diskFull) }
        guard !allowed.isEmpty else { return }
        switch attempt(allowed) {
        case nil: allowed.forEach { $0.finish(nil) }
        case .diskFull?: afterDiskFull(allowed)
        case let failure?:
            if case .unknownOutcome = failure { state.withLock { $0.failure = failure } }
            allowed.forEach { $0.finish(failure) }
        }
    }

    /// While the reserve is released only audit entries are taken, until there is room to fill it again.
    private func split(_ group: [Job]) -> (allowed: [Job], refused: [Job]) {
        if reserve.fill() { return (group, []) }
        return (group.filter { $0.urgency == .audit }, group.filter { $0.urgency == .change })
    }

    /// Changes are refused; audit entries get the reserve, so that reading goes on.
    private func afterDiskFull(_ group: [Job]) {
        let audits = group.filter { $0.urgency == .audit }
        group.filter { $0.urgency == .change }.forEach { $0.finish(.diskFull) }
        reserve.release()
        guard !audits.isEmpty else { return }
        let failure = attempt(audits)
        if case .unknownOutcome = failure { state.withLock { $0.failure = failure } }
        audits.forEach { $0.finish(failure) }
    }

    private func attempt(_ group: [Job]) -> StorageError? {
        let isChange = group.contains { $0.urgency == .change }
        if isChange { generation.begin() }
        defer { if isChange { generation.end() } }
        do {
            try main.writeWithoutTransaction { database in
                let connection = SQLiteConnection(database)
                try connection.run("BEGIN IMMEDIATE")
                do {
                    for job in group {
                        job.run(connection)
                        // A full or failing disk rolls the whole transaction back by itself.
                        if sqlite3_get_autocommit(database.sqliteConnection) != 0 { throw job.fault() ?? .diskFull }
                    }
                    try connection.run("COMMIT")
                } catch {
                    if sqlite3_get_autocommit(database.sqliteConnection) == 0 { try connection.run("ROLLBACK") }
                    throw error
                }
            }
            return nil
        } catch let error as StorageError {
            return error
        } catch let error as DatabaseError {
            return SQLiteFault.storageError(error.resultCode.rawValue, error.message ?? "")
        } catch {
            return .unknownOutcome("\(error)")
        }
    }
}

private final class OutcomeBox<Result: Sendable>: Sendable {
    let outcome: Mutex<Swift.Result<Result, any Error>?>

    init(outcome: consuming Mutex<Swift.Result<Result, any Error>?>) { self.outcome = outcome }
}

private enum Savepoint {
    static func run<Result>(
        _ connection: SQLiteConnection, _ body: (any Writing) throws -> Result
    ) -> Swift.Result<Result, any Error> {
        do {
            try connection.run("SAVEPOINT job")
            do {
                let result = try body(connection)
                try connection.run("RELEASE job")
                return .success(result)
            } catch {
                try connection.run("ROLLBACK TO job")
                try connection.run("RELEASE job")
                return .failure(error)
            }
        } catch {
            return .failure(error)
        }
    }
}
