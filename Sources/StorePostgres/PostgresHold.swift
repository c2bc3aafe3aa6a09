import Dispatch
import Ledger

/// A work that is kept for one by a lock that lasts as long as its connection: it lapses with this process.
final class PostgresHold: Hold {
    private let seat: PostgresSeat

    private init(_ seat: PostgresSeat) { self.seat = seat }

    /// - Returns: nil when somebody else has it.
    static func take(
        _ work: String, _ address: PostgresAddress, _ limits: PostgresLimits
    ) async throws -> PostgresHold? {
        let seat = PostgresSeat("holdfast.hold", address, limits)
        return try await withCheckedThrowingContinuation { continuation in
            seat.queue.async {
                continuation.resume(
                    with: Result {
                        let connection = try seat.begin("SELECT 1")
                        let answer = try connection.ask("SELECT pg_try_advisory_lock($1)", [.integer(number(of: work))])
                        guard answer.value(0, 0) == .integer(1) else {
                            seat.drop()
                            return nil
                        }
                        return PostgresHold(seat)
                    })
            }
        }
    }

    func letGo() async {
        await withCheckedContinuation { continuation in
            seat.queue.async { [seat] in
                seat.drop()
                continuation.resume()
            }
        }
    }

    /// The same number on every node: FNV-1a of the name (draft-eastlake-fnv), and never that of the writers' turns.
    private static func number(of work: String) -> Int64 {
        let hash = work.utf8.reduce(UInt64(0xCBF2_9CE4_8422_2325)) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return Int64(bitPattern: hash | 1 << 63)
    }
}
