import Dispatch
import Ledger
import Synchronization

/// The readers, a thread for each connection. Whoever has read goes on with what waits.
final class PostgresReaders: Sendable {
    private struct State {
        var waiting: [@Sendable (PostgresSeat) -> Void] = []
        /// The last to rest is the first to be called: its connection is open and warm.
        var resting: [PostgresSeat]
    }

    private let state: Mutex<State>
    private let seats: [PostgresSeat]

    init(_ address: PostgresAddress, _ limits: PostgresLimits, readers: Int) {
        seats = (1...max(1, readers)).map { PostgresSeat("holdfast.reader.\($0)", address, limits) }
        state = Mutex(State(resting: seats.reversed()))
    }

    func read<Result: Sendable>(
        _ body: @escaping @Sendable (any Reading) throws -> Result
    ) async throws -> Result {
        try await withCheckedThrowingContinuation { continuation in
            submit { seat in
                continuation.resume(with: Swift.Result { try PostgresReaders.snapshot(seat, body) })
            }
        }
    }

    /// Closes the connections, each on its own thread.
    func close() async {
        for seat in seats {
            await withCheckedContinuation { continuation in
                seat.queue.async {
                    seat.drop()
                    continuation.resume()
                }
            }
        }
    }

    /// One view of the store for the whole body. Once it runs it is not begun again: it may have answered in part.
    private static func snapshot<Result>(
        _ seat: PostgresSeat, _ body: (any Reading) throws -> Result
    ) throws -> Result {
        defer { seat.release() }
        let connection = try seat.begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        do {
            let result = try body(PostgresTransaction(connection: connection))
            try connection.simple("COMMIT")
            return result
        } catch {
            if connection.isSound { _ = try? connection.simple("ROLLBACK") }
            throw error
        }
    }

    private func submit(_ job: @escaping @Sendable (PostgresSeat) -> Void) {
        let seat = state.withLock { state in
            state.waiting.append(job)
            return state.resting.popLast()
        }
        if let seat { seat.queue.async { self.work(seat) } }
    }

    private func work(_ seat: PostgresSeat) {
        while let job = next(seat) { job(seat) }
    }

    private func next(_ seat: PostgresSeat) -> (@Sendable (PostgresSeat) -> Void)? {
        state.withLock { state in
            guard state.waiting.isEmpty else { return state.waiting.removeFirst() }
            state.resting.append(seat)
            return nil
        }
    }
}
