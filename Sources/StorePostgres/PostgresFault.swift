import CLibPQ
import Ledger

/// From SQLSTATE to the errors of the storage contract (PostgreSQL 15, appendix A).
enum PostgresFault {
    /// - Parameter state: five characters, empty when the fault is libpq's own.
    static func storageError(_ state: String, _ message: String, _ sql: String) -> StorageError {
        switch state {
        case "53100": .diskFull
        case "": .unavailable(message)
        // Read only: it is a standby now. Serialization, deadlock, a lock or a statement that took too long.
        case "25006", "40001", "40P01", "55P03", "57014": .unavailable(message)
        case "XX001", "XX002": .notADatabase(message)
        case _ where isAway(state): .unavailable(message)
        default: .statement("\(message): \(sql)")
        }
    }

    /// The server goes, or has no room for a connection: classes 08, 53, 57 and an input or output error, 58.
    static func isAway(_ state: String) -> Bool {
        ["08", "53", "57P", "58"].contains { state.hasPrefix($0) }
    }

    /// After such a fault the connection is of no more use.
    static func isFatal(_ state: String) -> Bool {
        state.isEmpty || state == "25006" || state.hasPrefix("08") || state.hasPrefix("57P")
    }
}
