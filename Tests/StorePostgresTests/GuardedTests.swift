import Foundation
import Kernel
import Ledger
import StorePostgres
import TestKit
import Testing

/// A database that wants a password by SCRAM, over TLS only, on the server that the tests share.
private struct GuardedDatabase {
    let cluster: PostgresCluster
    let name: String
    let folder: URL

    init() async throws {
        cluster = try PostgresCluster.running()
        name = try #require(try await cluster.newDatabase().database)
        folder = cluster.folder.appending(path: "guarded-\(name)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for authority in ["ours", "other"] { try openssl(authority: authority) }
        try openssl(certificate: "server", by: "ours")
        try Data("*:*:\(name):guarded_\(name):a long password for tests\n".utf8).write(to: file("password"))
        try Data("*:*:\(name):guarded_\(name):not that password\n".utf8).write(to: file("wrong"))
        for name in ["password", "wrong"] { try shell("chmod 600 \(file(name).path)") }
        try shell("if [ $(id -u) = 0 ]; then chown postgres:postgres \(file("server.key").path); fi")
        try cluster.psql("CREATE ROLE guarded_\(name) LOGIN PASSWORD 'a long password for tests'")
        try cluster.psql("ALTER DATABASE \(name) OWNER TO guarded_\(name)")
        try cluster.psql("ALTER SYSTEM SET ssl_cert_file = '\(file("server.pem").path)'")
        try cluster.psql("ALTER SYSTEM SET ssl_key_file = '\(file("server.key").path)'")
        try cluster.psql("ALTER SYSTEM SET ssl = on")
        try guardDoor()
        try cluster.psql("SELECT pg_reload_conf()")
    }

    func file(_ name: String) -> URL { folder.appending(path: name) }

    /// The first rule that fits counts.
    private func guardDoor() throws {
        let rules = cluster.folder.appending(path: "data/pg_hba.conf")
        let own =
            "hostssl \(name) guarded_\(name) 127.0.0.1/32 scram-sha-256\nhost \(name) guarded_\(name) all reject\n"
        let handle = try FileHandle(forUpdating: rules)
        let known = try handle.readToEnd() ?? Data()
        try handle.seek(toOffset: 0)
        try handle.write(contentsOf: Data(own.utf8) + known)
        try handle.close()
    }

    private func openssl(authority name: String) throws {
        try shell(
            "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj '/CN=\(name)' -keyout \(file(name + ".key").path) "
                + "-out \(file(name + ".pem").path)")
    }

    /// For 127.0.0.1 and for no name.
    private func openssl(certificate name: String, by authority: String) throws {
        let (key, request, end) = (file(name + ".key").path, file(name + ".csr").path, file(name + ".ext").path)
        try Data("subjectAltName=IP:127.0.0.1\n".utf8).write(to: file(name + ".ext"))
        try shell("openssl req -newkey rsa:2048 -nodes -subj '/CN=holdfast-test' -keyout \(key) -out \(request)")
        try shell(
            "openssl x509 -req -days 2 -in \(request) -CA \(file(authority + ".pem").path) -CAkey "
                + "\(file(authority + ".key").path) -CAcreateserial -extfile \(end) -out \(file(name + ".pem").path)")
    }

    private func shell(_ command: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", command]
        process.standardError = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(command)")
    }

    func engine(
        host: String = "127.0.0.1", mode: String = "verify-full", root: String = "ours", password: String = "password"
    ) throws -> PostgresEngine {
        var limits = PostgresLimits()
        (limits.patienceSeconds, limits.connectSeconds) = (1, 3)
        let address = try PostgresAddress(
            "postgresql://guarded_\(name)@\(host):\(cluster.port)/\(name)?sslmode=\(mode)"
                + "&sslrootcert=\(file(root + ".pem").path)&passfile=\(file(password).path)")
        return PostgresEngine(address, readers: 1, limits: limits)
    }

    func remove() async throws {
        try cluster.psql("DROP DATABASE IF EXISTS \(name) WITH (FORCE)")
        try cluster.psql("DROP ROLE guarded_\(name)")
    }
}

@Suite(
    "A guarded database", .enabled(if: PostgresCluster.programs != nil, Comment(rawValue: PostgresCluster.absence)))
struct GuardedTests {
    private static let pebbles = [
        Migration("pebble", [.create(Table("pebble", [Column("id", .integer)], primaryKey: ["id"]))])
    ]

    @Test func `opens to its password over TLS that proves its host, and to nothing less`() async throws {
        let guarded = try await GuardedDatabase()
        let engine = try guarded.engine()
        try await engine.migrate(Self.pebbles)
        try await engine.write(.change) { _ = try $0.run("INSERT INTO pebble (id) VALUES ($1)", [.integer(7)]) }
        #expect(try await engine.read { try $0.integer("SELECT id FROM pebble") } == 7)
        let secured =
            "SELECT COUNT(*) FROM pg_stat_ssl s JOIN pg_stat_activity a USING (pid) "
            + "WHERE s.ssl AND a.usename = 'guarded_\(guarded.name)'"
        #expect(try Int(guarded.cluster.psql(secured).trimmingCharacters(in: .whitespacesAndNewlines)) ?? 0 > 0)
        try await engine.close()
        for (what, weaker) in [
            ("the wrong password", try guarded.engine(password: "wrong")),
            ("another authority", try guarded.engine(root: "other")),
            ("a host that the certificate does not name", try guarded.engine(host: "localhost")),
            ("no TLS", try guarded.engine(mode: "disable")),
        ] {
            await #expect(throws: (any Error).self, "\(what)") {
                try await weaker.read { try $0.integer("SELECT id FROM pebble") }
            }
            try await weaker.close()
        }
        try await guarded.remove()
    }

    @Test func `stays whole in every page and index after many writes, as amcheck sees it`() async throws {
        let cluster = try PostgresCluster.running()
        let database = try await cluster.newDatabase()
        let name = try #require(database.database)
        let engine = PostgresEngine(database, readers: 1)
        try await engine.migrate(LedgerSchema.all + Self.pebbles)
        for id: Int64 in 0..<200 {
            try await engine.write(.change) { writing in
                _ = try writing.run("INSERT INTO pebble (id) VALUES ($1)", [.integer(id)])
                _ = try writing.run("DELETE FROM pebble WHERE id = $1", [.integer(id / 2)])
            }
        }
        try await engine.close()
        try cluster.psql("CREATE EXTENSION amcheck", in: name)
        let tables = "FROM pg_class c WHERE c.relkind = '%' AND c.relnamespace = 'public'::regnamespace"
        let heap = "SELECT c.relname, h.msg " + tables.replacing(" WHERE", with: ", verify_heapam(c.oid) h WHERE")
        #expect(try cluster.psql(heap.replacing("%", with: "r"), in: name).isEmpty)
        let indexes = "SELECT bt_index_check(c.oid, true) " + tables.replacing("%", with: "i")
        let checked = try cluster.psql(indexes, in: name).split(separator: "\n", omittingEmptySubsequences: false)
        #expect(checked.count > 10)
        try await cluster.remove(database)
    }
}
