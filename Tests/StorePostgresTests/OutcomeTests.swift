import Foundation
import Kernel
import Ledger
import StorePostgres
import TestKit
import Testing

/// One table that tells what was kept.
private let pebbles = [
    Migration("pebble", [.create(Table("pebble", [Column("id", .integer), Column("s", .text)], primaryKey: ["id"]))])
]

@Suite(
    "What became of a write is known, whatever happens to the wire",
    .enabled(if: PostgresCluster.programs != nil, Comment(rawValue: PostgresCluster.absence)))
struct OutcomeTests {
    private func withWire(
        _ limits: PostgresLimits = PostgresLimits(), _ body: (PostgresEngine, BrokenWire, String) async throws -> Void
    ) async throws {
        let cluster = try PostgresCluster.running()
        let database = try await cluster.newDatabase()
        let name = try #require(database.database)
        let wire = try BrokenWire(to: cluster.port)
        let address = try PostgresAddress("postgresql://postgres@127.0.0.1:\(wire.port)/\(name)?sslmode=disable")
        let engine = PostgresEngine(address, readers: 2, limits: limits)
        try await engine.migrate(pebbles)
        try await body(engine, wire, name)
        try await engine.close()
        wire.end()
        try await cluster.remove(database)
    }

    private func put(_ id: Int64, _ engine: PostgresEngine) async throws {
        try await engine.write(.change) { writing in
            _ = try writing.run("INSERT INTO pebble (id, s) VALUES ($1, 'x')", [.integer(id)])
        }
    }

    private func kept(_ engine: PostgresEngine) async throws -> [Int64] {
        try await engine.read { try $0.rows("SELECT id FROM pebble ORDER BY id").map { $0.integer(0) } }
    }

    @Test func `a commit whose answer was lost is found to be kept, and is answered as kept, once`() async throws {
        try await withWire { engine, wire, _ in
            try await put(1, engine)
            wire.cutNext(.afterCommit)
            try await put(2, engine)
            #expect(wire.count == 1)
            #expect(try await kept(engine) == [1, 2])
        }
    }

    @Test func `a commit that never arrived is found not to be kept, and may be tried again`() async throws {
        try await withWire { engine, wire, _ in
            try await put(1, engine)
            wire.cutNext(.beforeCommit)
            let fault = await #expect(throws: StorageError.self) { try await put(2, engine) }
            guard case .unavailable = fault else { return #expect(Bool(false), "\(String(describing: fault))") }
            #expect(wire.count == 1)
            #expect(try await kept(engine) == [1])
            try await put(2, engine)
            #expect(try await kept(engine) == [1, 2])
        }
    }

    @Test func `what cannot be found out is said to be unknown`() async throws {
        var limits = PostgresLimits()
        (limits.resolveSeconds, limits.patienceSeconds) = (1, 1)
        try await withWire(limits) { engine, wire, _ in
            try await put(1, engine)
            wire.cutNext(.afterCommit)
            wire.shut(true)
            let fault = await #expect(throws: StorageError.self) { try await put(2, engine) }
            guard case .unknownOutcome = fault else { return #expect(Bool(false), "\(String(describing: fault))") }
            wire.shut(false)
            try await put(3, engine)
            #expect(try await kept(engine) == [1, 2, 3])
        }
    }

    @Test func `connections that the server ended are made again before anything is begun`() async throws {
        try await withWire { engine, _, name in
            try await put(1, engine)
            for round in 2...5 {
                try PostgresCluster.running().psql(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '\(name)'")
                try await put(Int64(round), engine)
                #expect(try await kept(engine).count == round)
            }
        }
    }

    @Test func `two nodes number without gaps and without waiting for ever`() async throws {
        try await withWire { first, _, name in
            let second = PostgresEngine(try PostgresAddress(PostgresCluster.running().address(name)), readers: 1)
            await withTaskGroup(of: Void.self) { group in
                for index in 0..<200 {
                    let engine = index.isMultiple(of: 2) ? first : second
                    group.addTask {
                        try? await engine.write(.change) { writing in
                            _ = try writing.run(
                                "INSERT INTO pebble (id, s) SELECT COALESCE(MAX(id), 0) + 1, $1 FROM pebble",
                                [.text("\(index)")])
                        }
                    }
                }
            }
            #expect(try await kept(first) == Array(1...200))
            #expect(try await first.read { try $0.integer("SELECT COUNT(DISTINCT s) FROM pebble") } == 200)
            try await second.close()
        }
    }

    @Test func `two nodes that start at once make one store`() async throws {
        let database = try await PostgresCluster.running().newDatabase()
        let engines = (0..<4).map { _ in PostgresEngine(database, readers: 1) }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for engine in engines { group.addTask { try await engine.migrate(pebbles) } }
            try await group.waitForAll()
        }
        #expect(try await engines[0].read { try $0.integer("SELECT COUNT(*) FROM migration") } == 1)
        for engine in engines { try await engine.close() }
        try await PostgresCluster.running().remove(database)
    }

    @Test func `a work is done by one node at a time, and is free again when that one goes`() async throws {
        try await withWire { first, _, name in
            let second = PostgresEngine(try PostgresAddress(PostgresCluster.running().address(name)), readers: 1)
            let hold = try #require(try await first.hold("import"))
            #expect(try await second.hold("import") == nil)
            #expect(try await second.hold("other") != nil)
            await hold.letGo()
            var again: (any Hold)?
            for _ in 0..<50 where again == nil {
                again = try await second.hold("import")
                try await Task.sleep(for: .milliseconds(20))
            }
            #expect(again != nil)
            try await second.close()
        }
    }

    @Test func `text with NUL is refused by its own name, also in bulk, and leaves nothing`() async throws {
        try await withWire { engine, _, _ in
            let nul = StorageError.statement("a text holds the character NUL, which cannot be stored")
            await #expect(throws: nul) {
                try await engine.write(.change) { writing in
                    _ = try writing.run("INSERT INTO pebble (id, s) VALUES (1, $1)", [.text("a\u{0}b")])
                }
            }
            await #expect(throws: nul) {
                try await engine.write(.change) { writing in
                    try writing.bulk(into: "pebble", columns: ["id", "s"], count: 3) { index, row in
                        row.integer(Int64(index))
                        row.text(index == 2 ? "\u{0}" : "x")
                    }
                }
            }
            let left = try await kept(engine)
            #expect(left.isEmpty)
        }
    }

    @Test func `a body that passes over a failed statement is told, and its neighbours are kept`() async throws {
        try await withWire { engine, _, _ in
            await #expect(throws: StorageError.self) {
                try await engine.write(.change) { writing in
                    _ = try writing.run("INSERT INTO pebble (id, s) VALUES (1, 'x')", [])
                    _ = try? writing.run("INSERT INTO pebble (id, s) VALUES (1, 'again')", [])
                }
            }
            try await put(2, engine)
            #expect(try await kept(engine) == [2])
        }
    }

    @Test func `more statements than a connection keeps are prepared, each with its own answer`() async throws {
        try await withWire { engine, _, _ in
            let answers = try await engine.read { reading -> [Int64?] in
                try (0..<450).map { try reading.integer("SELECT $1 + \($0 % 300)", [.integer(1)]) }
            }
            let expected = (0..<450).map { Int64($0 % 300 + 1) }
            #expect(answers == expected)
        }
    }
}
