import Dispatch
import Glibc
import Ledger
import Synchronization

/// A thread of its own and the connection it uses, made when it is needed and made again when it was lost. The
/// connection is touched on `queue` only.
final class PostgresSeat: @unchecked Sendable {
    let queue: DispatchQueue
    private let address: PostgresAddress
    private let limits: PostgresLimits
    private var connection: PGConnection?
    /// Nothing answered for as long as patience lasts: until something does, nobody is kept waiting for it again.
    private var isAway = false

    init(_ label: String, _ address: PostgresAddress, _ limits: PostgresLimits) {
        queue = DispatchQueue(label: label, qos: .userInitiated)
        (self.address, self.limits) = (address, limits)
    }

    /// A connection on which `begin` was done. Both are tried again, with longer and longer pauses, while the database is
    /// away: nothing of the caller's has run yet.
    /// - Throws: `StorageError`.
    func begin(_ begin: String, within seconds: Int? = nil) throws -> PGConnection {
        let end = DispatchTime.now() + .seconds(isAway ? 0 : seconds ?? limits.patienceSeconds)
        var pause: UInt32 = 20_000
        while true {
            do {
                let connection = try open()
                try connection.simple(begin)
                isAway = false
                return connection
            } catch StorageError.unavailable(let reason) {
                // Also one that only waited too long for its turn: it is in a transaction that failed.
                drop()
                guard DispatchTime.now() < end else {
                    isAway = true
                    throw StorageError.unavailable(reason)
                }
                usleep(pause)
                pause = min(pause * 2, 1_000_000)
            }
        }
    }

    /// Lets go of a connection that is of no more use.
    func release() {
        if connection?.isSound != true { connection = nil }
    }

    /// Ends it whatever its state: the server then undoes what was not committed.
    func drop() { connection = nil }

    private func open() throws -> PGConnection {
        if let connection, connection.isSound { return connection }
        connection = nil
        let fresh = try PGConnection(address, limits)
        connection = fresh
        return fresh
    }
}
