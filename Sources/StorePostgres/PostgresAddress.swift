import CLibPQ
import Kernel

/// Where a database is: a `postgresql://` address as libpq reads it. It never holds a password, so that it may stand in a
/// list of processes; libpq takes that from the file named by `PGPASSFILE`, or from a service.
public struct PostgresAddress: Sendable, Equatable {
    /// Keywords of libpq with their values.
    let parts: [String: String]

    /// Whether a text is meant as such an address.
    public static func isOne(_ text: String) -> Bool {
        text.hasPrefix("postgresql://") || text.hasPrefix("postgres://")
    }

    /// - Throws: `Problem.invalid` when it cannot be read, holds a password, or asks for a standby.
    public init(_ text: String) throws {
        guard let options = PQconninfoParse(text, nil) else {
            // What libpq says of it may quote a password.
            throw Problem(
                .invalid, "The address of the database cannot be read.",
                next: "Write it like postgresql://user@host1,host2/holdfast.")
        }
        defer { PQconninfoFree(options) }
        var (parts, place) = ([String: String](), options)
        while let keyword = place.pointee.keyword {
            if let value = place.pointee.val { parts[String(cString: keyword)] = String(cString: value) }
            place += 1
        }
        guard parts["password"] == nil, parts["sslpassword"] == nil else {
            throw Problem(
                .invalid,
                "The address of the database holds a password, and others on this machine could read it there.",
                next: "Take it out, and put it in a file of your own that PGPASSFILE names. Then change the password.")
        }
        guard ["read-write", "primary", "any"].contains(parts["target_session_attrs"] ?? "any") else {
            throw Problem(
                .invalid, "Holdfast works on the primary only, and the address asks for a standby.",
                next: "Leave target_session_attrs out, or write read-write.")
        }
        self.parts = parts
    }

    /// The hosts and the database, for people.
    public var description: String {
        let host = parts["host"] ?? parts["hostaddr"] ?? (parts["service"].map { "service \($0)" } ?? "this machine")
        return "\(parts["dbname"] ?? "the database") on \(host)"
    }

    /// The database's name, where the address gives it.
    public var database: String? { parts["dbname"] }

    /// What libpq is given: bounded waits, the primary, and between machines nothing in the clear.
    func keywords(_ limits: PostgresLimits) -> [(String, String)] {
        var all = parts
        let needed = [
            "target_session_attrs": "read-write", "client_encoding": "UTF8", "application_name": "holdfast",
            "tcp_user_timeout": String(limits.statementSeconds.bounded(to: 20) * 1000),
        ]
        all.merge(needed) { $1 }
        let usual = [
            "connect_timeout": String(limits.connectSeconds), "keepalives_idle": "10", "keepalives_interval": "5",
            "keepalives_count": "3", "sslmode": isLocal ? "prefer" : "require",
        ]
        all.merge(usual) { given, _ in given }
        return all.sorted { $0.key < $1.key }
    }

    private var isLocal: Bool {
        let hosts = (parts["hostaddr"] ?? parts["host"] ?? "").split(separator: ",")
        return hosts.allSatisfy { $0.hasPrefix("/") || ["localhost", "127.0.0.1", "::1"].contains($0) }
    }
}

/// How long is waited for what, in seconds. Nothing is waited for without a bound.
public struct PostgresLimits: Sendable {
    /// For one host to answer.
    public var connectSeconds = 5
    /// For one statement; jobs of the command may need hours.
    public var statementSeconds = 120
    /// For the program between two statements of a transaction: a dead one must not hold up the others.
    public var idleSeconds = 60
    /// For the other nodes' turns at writing.
    public var lockSeconds = 20
    /// For a commit to be durable here and on a synchronous standby.
    public var commitSeconds = 20
    /// For a lost database to come back, as after a failover, before anything was begun on it.
    public var patienceSeconds = 25
    /// For learning what became of a commit whose answer was lost.
    public var resolveSeconds = 40

    public init() {}

    /// For jobs of the command: statements may take hours, and what is read may be written elsewhere meanwhile.
    public static var job: PostgresLimits {
        var limits = PostgresLimits()
        (limits.statementSeconds, limits.idleSeconds) = (6 * 3600, 6 * 3600)
        return limits
    }
}

extension Int {
    fileprivate func bounded(to most: Int) -> Int { Swift.min(self, most) }
}
