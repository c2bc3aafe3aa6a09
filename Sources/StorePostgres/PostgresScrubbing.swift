import Dispatch
public import Ledger

extension PostgresEngine: ScrubbingEngine {
    /// How long one table may take to be written anew.
    private static let seconds = 4 * 3600
    /// How long it waits until nobody uses the table; others wait behind it meanwhile.
    private static let lockSeconds = 5
    private static let tries = 12

    /// `VACUUM FULL`: a plain one leaves the bytes of what was in its pages. It locks each table while it writes it anew.
    /// With `ANALYZE`, because the statistics quote values; those of before go with the catalogue's own table, where this
    /// user may do that. What the server's own log of writes and its archive hold is the administrator's.
    public func scrub(_ tables: [String], _ progress: @escaping @Sendable (String) -> Void) async throws {
        try await onOwnSeat { seat in
            for table in tables {
                progress("Writing \(table) anew: whoever uses it waits meanwhile.")
                try PostgresEngine.rewrite("VACUUM (FULL, ANALYZE) \(table)", seat)
            }
            try? PostgresEngine.rewrite("VACUUM (FULL) pg_catalog.pg_statistic", seat)
            PostgresEngine.checkpoint(seat)
        }
    }

    /// The server keeps what was just written in its memory until its next checkpoint, minutes later.
    public func settle() async { try? await onOwnSeat { PostgresEngine.checkpoint($0) } }

    /// Only superusers and members of `pg_checkpoint` may.
    private static func checkpoint(_ seat: PostgresSeat) {
        _ = try? seat.begin("SELECT 1").simple("CHECKPOINT", within: seconds)
    }

    private func onOwnSeat(_ work: @escaping @Sendable (PostgresSeat) throws -> Void) async throws {
        let seat = PostgresSeat("holdfast.scrub", address, limits)
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            seat.queue.async {
                continuation.resume(
                    with: Result {
                        defer { seat.drop() }
                        try work(seat)
                    })
            }
        }
    }

    private static func rewrite(_ statement: String, _ seat: PostgresSeat) throws {
        for attempt in 1... {
            do {
                let connection = try seat.begin(
                    "SET statement_timeout = '\(seconds)s'; SET lock_timeout = '\(lockSeconds)s'")
                try connection.simple(statement, within: seconds)
                return
            } catch StorageError.unavailable(let reason) {
                seat.drop()
                guard attempt < tries else { throw StorageError.unavailable(reason) }
            }
        }
    }
}
