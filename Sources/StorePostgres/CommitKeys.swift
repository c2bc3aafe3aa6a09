import Glibc
import Ledger
import Synchronization

/// Every commit writes a key of its own. When its answer is lost, the key tells whether it was kept: nothing is guessed.
final class CommitKeys: Sendable {
    struct Key {
        let id: String
        let at: Int64

        /// The lock first: what follows then sees all that any node has committed before.
        var beginning: String {
            "BEGIN; SELECT pg_advisory_xact_lock(\(CommitKeys.turn)); "
                + "INSERT INTO commit_key (id, at) VALUES ('\(id)', \(at))"
        }
    }

    /// The number of the nodes' lock: “holdfast” in ASCII.
    private static let turn: Int64 = 0x686F_6C64_6661_7374
    /// A lost answer is asked for within minutes.
    private static let keptFor: Int64 = 24 * 3600 * 1000
    private static let sweepEvery = 2000
    private let seat: PostgresSeat
    private let limits: PostgresLimits
    private let made = Mutex(0)

    init(seat: PostgresSeat, limits: PostgresLimits) { (self.seat, self.limits) = (seat, limits) }

    /// Makes the table. Nodes that start at once take turns.
    func prepare() throws {
        let connection = try seat.begin("BEGIN; SELECT pg_advisory_xact_lock(\(Self.turn))")
        defer { seat.release() }
        try connection.simple(
            """
            CREATE TABLE IF NOT EXISTS commit_key (id TEXT COLLATE "C" PRIMARY KEY, at BIGINT NOT NULL);
            COMMIT
            """)
    }

    func new() -> Key {
        let id = (0..<2).map { _ in String(UInt64.random(in: .min ... .max), radix: 36) }.joined(separator: "-")
        return Key(id: id, at: CommitKeys.now)
    }

    /// Commits, and finds out what became of it when the answer is lost.
    /// - Returns: nil when it is durable.
    func finish(_ key: Key, _ ending: String, on connection: PGConnection) -> StorageError? {
        let isSweeping = made.withLock { made in
            made += 1
            return made % Self.sweepEvery == 1
        }
        let sweep = isSweeping ? "DELETE FROM commit_key WHERE at < \(key.at - Self.keptFor); " : ""
        let warned = connection.warningCount
        do {
            // A statement's own time limit would end the wait for the standby, and let the commit pass without it.
            let command = try connection.simple(
                "\(ending)\(sweep)SET LOCAL statement_timeout = 0; COMMIT", within: limits.commitSeconds)
            guard command == "COMMIT" else { return .unavailable("the commit was refused") }
            // The one warning of a commit says that the standby was not waited for.
            if connection.warningCount == warned { return nil }
        } catch let refused as StorageError where connection.isSound {
            _ = try? connection.simple("ROLLBACK")
            return refused
        } catch {}
        seat.drop()
        return resolve(key)
    }

    /// Waits for the end of the transaction that holds the key, wherever it still runs: the lock is free only then.
    /// The commit of this one then carries all before it to the disk and to the standby.
    private func resolve(_ key: Key) -> StorageError? {
        do {
            let asking = new()
            let connection = try seat.begin(asking.beginning, within: limits.resolveSeconds)
            let isKept = try connection.ask("SELECT 1 FROM commit_key WHERE id = $1", [.text(key.id)]).rowCount == 1
            try connection.simple("SET LOCAL statement_timeout = 0")
            let warned = connection.warningCount
            let command = try connection.simple("COMMIT", within: limits.commitSeconds)
            guard command == "COMMIT", connection.warningCount == warned else {
                throw StorageError.unavailable("the standby was not reached")
            }
            return isKept ? nil : .unavailable("the connection was lost, and the commit with it")
        } catch {
            seat.drop()
            return .unknownOutcome("the answer to a commit was lost: \(error)")
        }
    }

    private static var now: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }
}
