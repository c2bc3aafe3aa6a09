public import Foundation
import StorePostgres
import Synchronization

#if canImport(Glibc)
import Glibc
#endif

/// A PostgreSQL of this test process alone: on loopback, as an unprivileged user, in a temporary folder. It ends and its
/// folder goes when this process ends, however it ends: a shell that waits for our end of a pipe sees to it.
public final class PostgresCluster: Sendable {
    /// Where Debian puts the server's programs; the newest there.
    public static let programs: String? = {
        let root = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        return versions.compactMap(Int.init).sorted().last.map { "\(root)/\($0)/bin" }
    }()

    public static let absence = "skipped: PostgreSQL is not on this machine; scripts/setup test installs it"

    /// Started when it is first asked for.
    public static let shared = Mutex<Result<PostgresCluster, any Error>?>(nil)

    public static func running() throws -> PostgresCluster {
        try shared.withLock { shared in
            let made = shared ?? Result { try PostgresCluster() }
            shared = made
            return try made.get()
        }
    }

    public let port: Int
    public let folder: URL
    private let made = Mutex(0)

    struct Silent: Error, CustomStringConvertible { let description: String }

    private init() throws {
        guard let programs = PostgresCluster.programs else { throw Silent(description: PostgresCluster.absence) }
        folder = FileManager.default.temporaryDirectory.appending(path: "holdfast-pg-\(UUID().uuidString)")
        port = try PostgresCluster.freePort()
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        if getuid() == 0 { try PostgresCluster.run("/usr/bin/chown", ["postgres:postgres", folder.path]) }
        let script = """
            as="$1" bin="$2" dir="$3" port="$4"
            trap '' INT TERM HUP
            $as "$bin/initdb" -D "$dir/data" -U postgres -A trust -E UTF8 --locale=C --no-sync >"$dir/initdb.log" 2>&1
            $as "$bin/postgres" -D "$dir/data" -p "$port" -c listen_addresses=127.0.0.1 \
                -c unix_socket_directories="$dir" -c fsync=off -c synchronous_commit=on -c full_page_writes=off \
                -c max_connections=400 -c shared_buffers=64MB -c autovacuum=off >"$dir/postgres.log" 2>&1 </dev/null &
            cat >/dev/null
            kill -QUIT "$!"
            wait "$!"
            rm -rf "$dir"
            """
        let account = getuid() == 0 ? "setpriv --reuid=postgres --regid=postgres --clear-groups" : ""
        try PostgresCluster.watched(["-c", script, "sh", account, programs, folder.path, String(port)])
        try waitUntilReady(programs)
    }

    /// An empty database, as an address.
    public func newDatabase() async throws -> PostgresAddress {
        let number = made.withLock { made in
            made += 1
            return made
        }
        try await aside { try $0.psql("CREATE DATABASE store_\(number) TEMPLATE template0") }
        return try PostgresAddress(address("store_\(number)"))
    }

    /// On a thread of its own: tests wait for many of these at once.
    private func aside(_ work: @escaping @Sendable (PostgresCluster) throws -> Void) async throws {
        try await withCheckedThrowingContinuation { continuation in
            Thread.detachNewThread { continuation.resume(with: Result { try work(self) }) }
        }
    }

    /// The same, as a text for the command.
    public func newAddress() async throws -> String { address(try await newDatabase().database ?? "") }

    public func address(_ database: String) -> String { "postgresql://postgres@127.0.0.1:\(port)/\(database)" }

    /// Removes a database, with whoever is still connected to it.
    public func remove(_ address: PostgresAddress) async throws {
        guard let name = address.database else { return }
        try await aside { try $0.psql("DROP DATABASE IF EXISTS \(name) WITH (FORCE)") }
    }

    /// One statement by the administrator.
    @discardableResult
    public func psql(_ statement: String, in database: String = "postgres") throws -> String {
        try PostgresCluster.run(
            "\(PostgresCluster.programs ?? "")/psql",
            ["-XqAt", "-v", "ON_ERROR_STOP=1", "-d", address(database), "-c", statement])
    }

    private func waitUntilReady(_ programs: String) throws {
        let end = Date().addingTimeInterval(60)
        while Date() < end {
            if (try? PostgresCluster.run("\(programs)/pg_isready", ["-q", "-h", "127.0.0.1", "-p", String(port)]))
                != nil
            {
                return
            }
            usleep(50_000)
        }
        let log = (try? String(contentsOf: folder.appending(path: "postgres.log"), encoding: .utf8)) ?? ""
        throw Silent(description: "PostgreSQL did not start: \(log.suffix(1000))")
    }

    @discardableResult
    private static func run(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        let (out, err) = (Pipe(), Pipe())
        (process.standardOutput, process.standardError) = (out, err)
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let (said, complaint) = (everything(out), everything(err))
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Silent(description: "\(program): \(String(decoding: complaint, as: UTF8.self))")
        }
        return String(decoding: said, as: UTF8.self)
    }

    /// A signal to this process, such as the end of another child, interrupts Foundation's own reading.
    private static func everything(_ pipe: Pipe) -> Data {
        var (found, piece) = (Data(), [UInt8](repeating: 0, count: 1 << 14))
        while true {
            let count = read(pipe.fileHandleForReading.fileDescriptor, &piece, piece.count)
            if count > 0 { found.append(contentsOf: piece[..<count]) }
            if count == 0 || (count < 0 && errno != EINTR) { return found }
        }
    }

    /// Our end of its standard input closes with this process: no other child may hold it.
    private static func watched(_ arguments: [String]) throws {
        var ends: [Int32] = [0, 0]
        guard pipe(&ends) == 0 else { throw Silent(description: "no pipe") }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = arguments
        process.standardInput = FileHandle(fileDescriptor: ends[0], closeOnDealloc: true)
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
    }

    private static func freePort() throws -> Int {
        let handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(handle) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(handle, $0, length) == 0 && getsockname(handle, $0, &length) == 0
            }
        }
        guard isBound else { throw Silent(description: "no free port") }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
