import Access
import Foundation
import Kernel
import Ledger
import TestKit
import Testing

/// A small record of its own, so that these tests depend on no slice.
struct Note: RecordBody {
    static let kind = RecordKind("test.note", .improvement)
    var words: String
    var place = "a"
    var holder: String?

    var keys: [IndexKey] { [IndexKey("place", place)] }
    var subjects: [RecordSubject] { [RecordSubject(person: "person-1", capacity: .victim)] }
    var assignees: Set<String> { Set([holder].compactMap(\.self)) }
}

@Suite("Ledger: the behaviour of storage, for every engine", .onEveryEngine)
struct LedgerTests {
    let lead = TestActor.police([.inspectionLead])
    let stranger = TestActor.partner([.inspectionLead])

    private func withStore(_ body: (TemporaryStore) async throws -> Void) async throws {
        let store = try await TemporaryStore()
        try await body(store)
        #expect(try await store.ledger.verify().faults == [])
        try await store.remove()
    }

    private func create(_ store: TemporaryStore, _ note: Note) async throws -> Identifier<Note> {
        let id = store.ledger.newIdentifier(Note.self)
        try await store.ledger.commit([.create(id, note, owner: "police")], as: lead)
        return id
    }

    @Test("What was committed is read back, with its version, owner, author and time")
    func readBack() async throws {
        try await withStore { store in
            let id = try await create(store, Note(words: "first"))
            let record = try await store.ledger.read(Note.self, id, as: lead)
            #expect(record.body == Note(words: "first"))
            #expect(record.version == 1 && record.owner == "police" && record.author == "ola")
            #expect(record.at == TestClock.start)
        }
    }

    @Test("A second writer on the same version is shown all three texts, and nothing is overwritten")
    func lostUpdate() async throws {
        try await withStore { store in
            let id = try await create(store, Note(words: "base"))
            try await store.ledger.commit([.amend(id, expecting: 1, Note(words: "hers"))], as: lead)
            let conflict = await #expect(throws: Conflict.self) {
                try await store.ledger.commit([.amend(id, expecting: 1, Note(words: "his"))], as: lead)
            }
            let bodies = try #require(try conflict?.bodies(Note.self))
            #expect(bodies.base?.words == "base" && bodies.stored.words == "hers" && bodies.sent.words == "his")
            #expect(try await store.ledger.read(Note.self, id, as: lead).body.words == "hers")
        }
    }

    @Test("A record is shown as it was known at a moment, and absent before it was known")
    func asKnownAt() async throws {
        try await withStore { store in
            let id = try await create(store, Note(words: "monday"))
            store.clock.advance(seconds: 86_400)
            try await store.ledger.commit([.amend(id, expecting: 1, Note(words: "tuesday"))], as: lead)
            let then = TestClock.start.adding(seconds: 3600)
            #expect(try await store.ledger.read(Note.self, id, as: lead, asKnownAt: then).body.words == "monday")
            await #expect(throws: Problem.absent) {
                try await store.ledger.read(Note.self, id, as: lead, asKnownAt: TestClock.start.adding(seconds: -1))
            }
            #expect(try await store.ledger.history(Note.self, id, as: lead).map(\.body.words) == ["monday", "tuesday"])
        }
    }

    @Test("Refused and absent are the same answer, and the refusal is in the log")
    func deniedIsAbsent() async throws {
        try await withStore { store in
            let id = try await create(store, Note(words: "secret"))
            await #expect(throws: Problem.absent) { try await store.ledger.read(Note.self, id, as: stranger) }
            let unknown = store.ledger.newIdentifier(Note.self)
            await #expect(throws: Problem.absent) { try await store.ledger.read(Note.self, unknown, as: stranger) }
            await #expect(throws: Problem.absent) {
                try await store.ledger.commit([.amend(id, expecting: 1, Note(words: "x"))], as: stranger)
            }
            let log = try await store.log()
            #expect(log.map(\.wasAllowed) == [true, false, false, false])
            #expect(log.last?.operation == .alteration && log.last?.record == id.text)
            #expect(!log.contains { $0.about.contains("secret") })
        }
    }

    @Test("Each read and write leaves exactly one entry, in order")
    func auditEntries() async throws {
        try await withStore { store in
            let id = try await create(store, Note(words: "x"))
            _ = try await store.ledger.read(Note.self, id, as: lead)
            _ = try await store.ledger.list(Note.self, index: "place", key: "a", as: lead)
            let log = try await store.log()
            #expect(log.map(\.operation) == [.collection, .consultation, .consultation])
            #expect(log.map(\.sequence) == [1, 2, 3])
            #expect(log[2].about == "list place: \(id.text)")
        }
    }

    @Test("All changes of a commit are kept, or none")
    func allOrNothing() async throws {
        try await withStore { store in
            let kept = try await create(store, Note(words: "kept"))
            let fresh = store.ledger.newIdentifier(Note.self)
            await #expect(throws: Conflict.self) {
                try await store.ledger.commit(
                    [
                        .create(fresh, Note(words: "new"), owner: "police"),
                        .amend(kept, expecting: 9, Note(words: "y")),
                    ],
                    as: lead)
            }
            await #expect(throws: Problem.absent) { try await store.ledger.read(Note.self, fresh, as: lead) }
        }
    }

    @Test("A list goes on where it stopped, passes over what she may not see, and follows a changed key")
    func lists() async throws {
        try await withStore { store in
            var ids: [Identifier<Note>] = []
            for number in 0..<25 { ids.append(try await create(store, Note(words: "\(number)", place: "b"))) }
            let first = try await store.ledger.list(Note.self, index: "place", key: "b", limit: 10, as: lead)
            let rest = try await store.ledger.list(
                Note.self, index: "place", key: "b", after: first.next, limit: 50, as: lead)
            #expect(first.records.count == 10 && rest.records.count == 15 && rest.next == nil)
            #expect(Set((first.records + rest.records).map(\.id)) == Set(ids))
            let hidden = try await store.ledger.list(Note.self, index: "place", key: "b", as: stranger)
            #expect(hidden.records.isEmpty)
            try await store.ledger.commit([.amend(ids[0], expecting: 1, Note(words: "m", place: "c"))], as: lead)
            #expect(
                try await store.ledger.list(Note.self, index: "place", key: "c", as: lead).records.map(\.id) == [ids[0]]
            )
        }
    }

    @Test("Whoever was given a record may read and change it, and nobody else of her agency")
    func assigned() async throws {
        try await withStore { store in
            let id = try await create(store, Note(words: "x", holder: "housing-1"))
            let holder = TestActor.partner([.partnerPractitioner])
            #expect(try await store.ledger.read(Note.self, id, as: holder).version == 1)
            let colleague = TestActor.partner([.partnerPractitioner], user: "housing-2")
            await #expect(throws: Problem.absent) { try await store.ledger.read(Note.self, id, as: colleague) }
        }
    }

    @Test("A hundred writers of one record: one wins each version, and every other is told")
    func manyWriters() async throws {
        try await withStore { store in
            let id = try await create(store, Note(words: "0"))
            let won = await withTaskGroup(of: Bool.self) { group in
                for number in 0..<100 {
                    group.addTask {
                        (try? await store.ledger.commit([.amend(id, expecting: 1, Note(words: "\(number)"))], as: lead))
                            != nil
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(won == 1)
            #expect(try await store.ledger.read(Note.self, id, as: lead).version == 2)
        }
    }

    @Test("A body changed behind the ledger's back is found by verify")
    func tampering() async throws {
        let store = try await TemporaryStore()
        let id = try await create(store, Note(words: "true"))
        try await store.ledger.upkeep { writing in
            _ = try writing.run("UPDATE record_version SET body = '{\"place\":\"a\",\"words\":\"false\"}'")
        }
        #expect(try await store.ledger.verify().faults == ["Version 1 of record \(id.text) does not match its digest."])
        try await store.remove()
    }

    @Test("Everything is there after closing and opening again")
    func reopen() async throws {
        let store = try await TemporaryStore()
        let id = try await create(store, Note(words: "kept"))
        try await store.ledger.close()
        let again = try await store.opened()
        #expect(try await again.ledger.read(Note.self, id, as: lead).body.words == "kept")
        try await again.remove()
    }
}

@Suite("Engine: the SQL that all engines share", .onEveryEngine)
struct EngineTests {
    @Test("Placeholders are bound by their number, whatever order they appear in, and may repeat")
    func placeholders() async throws {
        let store = try await TemporaryStore()
        let row = try await store.ledger.glance { reading in
            try reading.row("SELECT $2, $1, $2", [.text("a"), .text("b")])
        }
        #expect(row?.values == [.text("b"), .text("a"), .text("b")])
        try await store.remove()
    }

    @Test("Every kind of value comes back as it went in, with empty text and empty bytes")
    func values() async throws {
        let store = try await TemporaryStore([
            Migration(
                "t",
                [
                    .create(
                        Table(
                            "t",
                            [
                                Column("id", .integer), Column("r", .real), Column("s", .text),
                                Column("b", .blob), Column("n", .integer, nullable: true),
                            ], primaryKey: ["id"]))
                ])
        ])
        let samples: [[Value]] = [
            [.integer(.min), .real(-0.5), .text(""), .blob([]), .null],
            [.integer(.max), .real(1e300), .text("é🏠"), .blob([0, 255]), .integer(1)],
        ]
        try await store.ledger.upkeep { writing in
            for sample in samples {
                _ = try writing.run("INSERT INTO t (id, r, s, b, n) VALUES ($1, $2, $3, $4, $5)", sample)
            }
        }
        let rows = try await store.ledger.glance { try $0.rows("SELECT id, r, s, b, n FROM t ORDER BY id") }
        #expect(rows.map(\.values) == samples)
        try await store.remove()
    }

    @Test("A body that throws is undone alone: its neighbours in the same commit are kept")
    func savepoints() async throws {
        let store = try await TemporaryStore([
            Migration("t", [.create(Table("t", [Column("id", .integer)], primaryKey: ["id"]))])
        ])
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<200 {
                group.addTask {
                    try? await store.ledger.upkeep { writing in
                        _ = try writing.run("INSERT INTO t (id) VALUES ($1)", [.integer(Int64(number))])
                        if number % 3 == 0 { throw Problem(.refused, "no") }
                    }
                }
            }
        }
        let kept = try await store.ledger.glance { try $0.rows("SELECT id FROM t ORDER BY id").map { $0.integer(0) } }
        #expect(kept == (0..<200).filter { $0 % 3 != 0 })
        try await store.remove()
    }

    @Test("Bulk rows arrive in order, and a failed bulk leaves nothing")
    func bulk() async throws {
        let store = try await TemporaryStore([
            Migration("t", [.create(Table("t", [Column("id", .integer), Column("s", .text)], primaryKey: ["id"]))])
        ])
        try await store.ledger.upkeep { writing in
            try writing.bulk(into: "t", columns: ["id", "s"], count: 1000) { index, row in
                row.integer(Int64(index))
                row.text("row \(index)")
            }
        }
        await #expect(throws: StorageError.self) {
            try await store.ledger.upkeep { writing in
                try writing.bulk(into: "t", columns: ["id", "s"], count: 10) { index, row in
                    row.integer(Int64(1995 - index))
                    row.text("again")
                    if index == 9 { throw StorageError.statement("stop") }
                }
            }
        }
        let facts = try await store.ledger.glance { try $0.row("SELECT COUNT(*), MAX(s) FROM t") }
        #expect(facts?.values == [.integer(1000), .text("row 999")])
        try await store.remove()
    }

    @Test("Sums, counts and comparisons are whole numbers, and text is ordered by its bytes")
    func answers() async throws {
        let store = try await TemporaryStore([
            Migration("t", [.create(Table("t", [Column("s", .text), Column("n", .integer)], primaryKey: ["s"]))])
        ])
        try await store.ledger.upkeep { writing in
            for (index, text) in ["a", "B", "é", "Z", "b"].enumerated() {
                try writing.run("INSERT INTO t (s, n) VALUES ($1, $2)", [.text(text), .integer(Int64(index) - 3)])
            }
        }
        let (row, order) = try await store.ledger.glance { reading in
            (
                try reading.row(
                    "SELECT SUM(n), COUNT(*), SUM(n * 100000), MAX(s), SUM(n) < 0, 7 / 2, SUM(n * 0) FROM t"),
                try reading.rows("SELECT s FROM t ORDER BY s").map { $0.text(0) }
            )
        }
        let expected: [Value] = [
            .integer(-5), .integer(5), .integer(-500_000), .text("é"), .integer(1), .integer(3), .integer(0),
        ]
        #expect(row?.values == expected)
        #expect(order == ["B", "Z", "a", "b", "é"])
        try await store.remove()
    }

    @Test("An answer is read row by row, may be left early, and lets other statements run meanwhile")
    func streams() async throws {
        let store = try await TemporaryStore([
            Migration("t", [.create(Table("t", [Column("id", .integer)], primaryKey: ["id"]))])
        ])
        try await store.ledger.upkeep { writing in
            try writing.bulk(into: "t", columns: ["id"], count: 3000) { index, row in row.integer(Int64(index)) }
        }
        let (all, few, nested) = try await store.ledger.glance { reading in
            var (all, few, nested): (Int64, Int, Int64) = (0, 0, 0)
            try reading.each("SELECT id FROM t ORDER BY id", []) { cursor in
                all += cursor.integer(0)
                return true
            }
            try reading.each("SELECT id FROM t ORDER BY id", []) { _ in
                few += 1
                return few < 10
            }
            try reading.each("SELECT id FROM t WHERE id < $1 ORDER BY id", [.integer(20)]) { cursor in
                let id = cursor.integer(0)
                nested += try reading.integer("SELECT id FROM t WHERE id = $1", [.integer(id)]) ?? -1
                return true
            }
            return (all, few, nested)
        }
        #expect(all == 4_498_500 && few == 10 && nested == 190)
        try await store.remove()
    }
}
