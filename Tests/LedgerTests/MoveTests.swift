import Access
import Kernel
import Ledger
import TestKit
import Testing

@Suite("A store is moved whole, whatever the engines")
struct MoveTests {
    static let ways = TestEngine.present.flatMap { from in TestEngine.present.map { (from, $0) } }
    private let rooms = [
        Migration(
            "stone",
            [
                .create(
                    Table(
                        "stone",
                        [
                            Column("name", .text), Column("n", .integer), Column("weight", .real, nullable: true),
                            Column("mark", .blob, nullable: true),
                        ], primaryKey: ["name", "n"]))
            ])
    ]

    private func store(on engine: TestEngine) async throws -> TemporaryStore {
        try await TestEngine.$current.withValue(engine) { try await TemporaryStore(rooms) }
    }

    private func fill(_ store: TemporaryStore, rows: Int) async throws {
        try await store.ledger.upkeep { writing in
            try writing.bulk(into: "stone", columns: ["name", "n", "weight", "mark"], count: rows) { index, row in
                row.text(index.isMultiple(of: 2) ? "é\(index)" : "Z\(index)")
                row.integer(Int64(index) - 7)
                if index.isMultiple(of: 3) { row.null() } else { row.real(0.1 * Double(index)) }
                if index.isMultiple(of: 5) {
                    row.null()
                } else {
                    [UInt8](repeating: UInt8(index % 256), count: index % 9).withUnsafeBytes { row.blob($0) }
                }
            }
        }
        let lead = TestActor.police([.inspectionLead])
        let id = store.ledger.newIdentifier(Note.self)
        try await store.ledger.commit([.create(id, Note(words: "kept"), owner: "police")], as: lead)
    }

    @Test(arguments: ways)
    func `every row arrives, and the digests of both sides are the same`(
        _ from: TestEngine, _ to: TestEngine
    ) async throws {
        let (source, target) = (try await store(on: from), try await store(on: to))
        try await fill(source, rows: 5000)
        let proofs = try await StoreMove(from: source.ledger, to: target.ledger, rooms: rooms).run()
        #expect(proofs.filter { !$0.isEqual }.isEmpty)
        #expect(proofs.first { $0.source.table == "stone" }?.target.rows == 5000)
        #expect(try await target.ledger.verify().faults == [])
        #expect(try await StoreMove.isUnfinished(target.ledger) == false)
        try await source.remove()
        try await target.remove()
    }

    @Test(arguments: TestEngine.present)
    func `a place that holds data is refused and keeps what it has`(_ engine: TestEngine) async throws {
        let (source, target) = (try await store(on: .sqlite), try await store(on: engine))
        try await fill(source, rows: 10)
        try await fill(target, rows: 3)
        let problem = await #expect(throws: Problem.self) {
            try await StoreMove(from: source.ledger, to: target.ledger, rooms: rooms).run()
        }
        #expect(problem?.code == .refused)
        #expect(try await target.ledger.glance { try $0.integer("SELECT COUNT(*) FROM stone") } == 3)
        try await source.remove()
        try await target.remove()
    }

    @Test(arguments: TestEngine.present)
    func `a move that was stopped half way begins again`(_ engine: TestEngine) async throws {
        let (source, target) = (try await store(on: .sqlite), try await store(on: engine))
        try await fill(source, rows: 4000)
        try await target.ledger.upkeep { writing in
            try writing.run("INSERT INTO migration (name) VALUES ('move-unfinished')")
            try writing.run("INSERT INTO stone (name, n) VALUES ('left', 1)")
        }
        #expect(try await StoreMove.isUnfinished(target.ledger))
        let proofs = try await StoreMove(from: source.ledger, to: target.ledger, rooms: rooms).run()
        #expect(proofs.filter { !$0.isEqual }.isEmpty)
        #expect(try await StoreMove.isUnfinished(target.ledger) == false)
        try await source.remove()
        try await target.remove()
    }

    @Test func `one value changed on one side changes its table's digest alone`() async throws {
        let (one, other) = (try await store(on: .sqlite), try await store(on: .sqlite))
        for store in [one, other] {
            try await store.ledger.upkeep { writing in
                _ = try writing.run("INSERT INTO stone (name, n, weight) VALUES ('a', 1, 0.5), ('b', 1, 0.5)")
            }
        }
        let before = try await (one.ledger.tableDigests(rooms), other.ledger.tableDigests(rooms))
        #expect(before.0 == before.1)
        try await other.ledger.upkeep { _ = try $0.run("UPDATE stone SET weight = 0.25 WHERE name = 'b'") }
        let digests = try await (one.ledger.tableDigests(rooms), other.ledger.tableDigests(rooms))
        #expect(zip(digests.0, digests.1).filter { $0 != $1 }.map(\.0.table) == ["stone"])
        try await one.remove()
        try await other.remove()
    }
}
