import Access
import Foundation
import Kernel
import StoreSQLite
import TestKit
import Testing

@testable import Ledger

@Suite("The log proves itself")
struct LogTests {
    let lead = TestActor.police([.inspectionLead])
    let officer = TestActor.police([.privacyOfficer], user: "pat")

    private func withLog(_ entries: Int, _ body: (TemporaryStore) async throws -> Void) async throws {
        let store = try await TemporaryStore()
        try await fill(store, entries)
        try await body(store)
        try await store.remove()
    }

    private func fill(_ store: TemporaryStore, _ entries: Int) async throws {
        let ledger = store.ledger
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<entries {
                let note = Consultation(kind: "test", .fact, .consultation, about: "entry \(number)")
                group.addTask { try? await ledger.note(note, as: lead) }
            }
        }
    }

    /// The tree by its definition, from all rows.
    private func naive(_ store: TemporaryStore, _ size: Int64) async throws -> LogHash {
        let leaves = try await store.ledger.glance { reading in
            try reading.rows(
                "SELECT \(AuditEntry.columns) FROM audit WHERE sequence <= $1 ORDER BY sequence", [.integer(size)]
            ).map { LogHash.leaf(LeafBytes.of(AuditEntry($0))) }
        }
        var frontier = TreeFrontier()
        leaves.forEach { frontier.add($0) }
        return frontier.root
    }

    @Test func `stored are only the nodes over 256 entries, and roots of every size come out right`() async throws {
        try await withLog(700) { store in
            let head = try await store.ledger.head()
            #expect(head.size == 700)
            for size in [1, 2, 255, 256, 257, 511, 512, 513, 699, 700] as [Int64] {
                let (found, expected) = (
                    try await store.ledger.consistency(from: size, size: 700).from.root, try await naive(store, size)
                )
                #expect(found == expected, "size \(size)")
            }
            let nodes = try await store.ledger.glance {
                try $0.rows("SELECT level, place FROM log_node ORDER BY level, place").map(\.values)
            }
            #expect(nodes == [[.integer(8), .integer(0)], [.integer(8), .integer(1)]])
        }
    }

    @Test func `an entry is proved by its own bytes alone`() async throws {
        try await withLog(600) { store in
            for (sequence, size) in [(1, 1), (1, 600), (256, 256), (257, 600), (600, 600), (300, 511)]
                as [(Int64, Int64)]
            {
                let proof = try await store.ledger.inclusion(of: sequence, size: size, as: officer)
                #expect(
                    MerkleTree.holds(
                        inclusion: proof.path, of: .leaf(LeafBytes.of(proof.entry)), leaf: sequence - 1,
                        size: proof.head.size, root: proof.head.root))
            }
            await #expect(throws: Problem.absent) { try await store.ledger.inclusion(of: 5000, as: officer) }
            await #expect(throws: Problem.self) { try await store.ledger.inclusion(of: 9, size: 8, as: officer) }
            await #expect(throws: Problem.self) { try await store.ledger.inclusion(of: 9, size: 9999, as: officer) }
            await #expect(throws: Problem.absent) { try await store.ledger.inclusion(of: 9, as: lead) }
            let last = try #require(try await store.log().last)
            #expect(last.about == "proof of entry 9" && !last.wasAllowed)
        }
    }

    @Test func `a body undone inside a shared commit leaves no entry and no node`() async throws {
        let store = try await TemporaryStore()
        let (ledger, moment) = (store.ledger, store.ledger.now)
        await withTaskGroup(of: Void.self) { group in
            for number in 0..<900 {
                group.addTask {
                    try? await ledger.upkeep { writing in
                        try AuditNote(at: moment, actor: lead, operation: .consultation, kind: "test").write(writing)
                        if number % 3 == 0 { throw Problem(.refused, "no") }
                    }
                }
            }
        }
        let found = try await ledger.verify()
        #expect(found.auditEntries == 600 && found.faults == [])
        try await store.remove()
    }

    @Test func `an older store gets its nodes and its index of lists at the next start`() async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("holdfast-\(UUID().uuidString)")
        let engine = try SQLiteEngine(folder: folder)
        let records = (0..<900).map { "rec-\($0)" }.joined(separator: " ")
        try await engine.migrate([LedgerSchema.migrations[0]])
        try await engine.write(.change) { writing in
            for number in 1...70_000 {
                let about = number % 1000 == 0 ? "list place: \(records)" : "entry"
                _ = try writing.run(
                    """
                    INSERT INTO audit (sequence, at, person, agency, purpose, operation, kind, record, about, allowed)
                    VALUES ($1, $1, 'ola', 'police', 'inspection', 'consultation', 'test', NULL, $2, 1)
                    """, [.integer(Int64(number)), .text(about)])
            }
        }
        try await engine.close()
        let store = try await TemporaryStore(folder: folder)
        let found = try await store.ledger.verify()
        #expect(found.faults == [] && found.auditEntries == 70_000)
        #expect(try await store.ledger.head() == found.head)
        let facts = try await store.ledger.glance { reading in
            try reading.row(
                """
                SELECT (SELECT COUNT(*) FROM log_node WHERE level = 8), (SELECT COUNT(*) FROM log_node WHERE level = 16),
                    (SELECT MAX(latest) FROM log_node WHERE level = 16)
                """)
        }
        #expect(facts?.values == [.integer(273), .integer(1), .integer(65_536)])
        let lists = try await store.ledger.audit(AuditQuery(record: "rec-899", limit: 1000), as: officer)
        #expect(lists.map(\.sequence) == (1...70).reversed().map { $0 * 1000 })
        try await store.remove()
    }

    @Test func `nodes that are gone are worked out, reported, and made again at the next start`() async throws {
        let store = try await TemporaryStore()
        try await fill(store, 800)
        let head = try await store.ledger.head()
        try await store.ledger.upkeep { _ = try $0.run("DELETE FROM log_node WHERE place = 1") }
        #expect(try await store.ledger.head() == head)
        #expect(try await store.ledger.verify().faults == ["The stored node 1 of level 8 is missing."])
        try await store.ledger.close()
        let again = try await TemporaryStore(folder: store.folder)
        #expect(try await again.ledger.verify().faults == [])
        try await again.remove()
    }
}

@Suite("Verify finds what was changed behind the ledger's back")
struct TamperTests {
    let lead = TestActor.police([.inspectionLead])

    /// Two records, one of them amended, a list that showed both, and 300 entries around them.
    private func faults(after statements: [String]) async throws -> [String] {
        let store = try await TemporaryStore()
        let first = try #require(Identifier<Note>("note-1"))
        let second = try #require(Identifier<Note>("note-2"))
        try await store.ledger.commit([.create(first, Note(words: "one"), owner: "police")], as: lead)
        try await store.ledger.commit([.create(second, Note(words: "two"), owner: "police")], as: lead)
        try await store.ledger.commit([.amend(first, expecting: 1, Note(words: "uno"))], as: lead)
        _ = try await store.ledger.list(Note.self, index: "place", key: "a", as: lead)
        for number in 0..<300 {
            try await store.ledger.note(
                Consultation(kind: "test", .fact, .consultation, about: "entry \(number)"), as: lead)
        }
        #expect(try await store.ledger.verify().faults == [])
        try await store.ledger.upkeep { writing in
            for statement in statements { _ = try writing.run(statement) }
        }
        let faults = try await store.ledger.verify().faults
        try await store.remove()
        return faults
    }

    @Test(arguments: [
        ("UPDATE audit SET person = 'nobody' WHERE sequence = 7", "Entries 1 to 256 do not match"),
        ("UPDATE audit SET about = 'x' WHERE sequence = 256", "Entries 1 to 256 do not match"),
        ("UPDATE audit SET recipient = 'x' WHERE sequence = 9", "Entries 1 to 256 do not match"),
        ("UPDATE log_node SET hash = zeroblob(32)", "Entries 1 to 256 do not match"),
        ("DELETE FROM log_node", "The stored node 0 of level 8 is missing"),
        ("DELETE FROM audit WHERE sequence = 20", "The log holds 303 entries but its numbers run from 1 to 304"),
        ("UPDATE log_shown SET shown = zeroblob(0)", "Entries 1 to 256 showed other records"),
        ("UPDATE log_node SET latest = 0", "Entries 1 to 256 have other times"),
        ("UPDATE audit SET digest = zeroblob(32) WHERE sequence = 3", "Entry 3 commits to version 2 of record note-1"),
        ("UPDATE audit SET version = NULL, digest = NULL WHERE sequence = 3", "Entry 3 changed record note-1"),
        (
            "UPDATE audit SET version = 1, digest = (SELECT digest FROM audit WHERE sequence = 1) WHERE sequence = 3",
            "2 entries commit to version 1 of record note-1"
        ),
        ("UPDATE audit SET operation = 'consultation' WHERE sequence = 2", "Record note-2 holds 1 versions"),
        (
            "UPDATE record_version SET body = '', salt = zeroblob(0) WHERE record = 'note-2'",
            "the log tells of no erasure"
        ),
        ("DELETE FROM record_version WHERE record = 'note-1' AND version = 1", "Record note-1 says version 2"),
    ])
    func `one statement`(_ statement: String, _ words: String) async throws {
        let found = try await faults(after: [statement])
        #expect(found.contains { $0.contains(words) }, "\(found)")
    }

    /// Somebody who can write the file can make a body and its digest match; the log still tells.
    @Test func `a body with a digest that fits it`() async throws {
        let body = #"{"place":"a","words":"other"}"#
        let digest = BodyCoding.digest(salt: [], record: "note-2", version: 1, schema: 1, body: body)
        let found = try await faults(after: [
            """
            UPDATE record_version SET body = '\(body)', salt = zeroblob(0), digest = X'\(Hexadecimal.text(digest))'
            WHERE record = 'note-2'
            """
        ])
        #expect(found == ["Entry 2 commits to version 1 of record note-2, which is another now or is gone."])
    }
}

/// A record that an administrator may erase.
private struct Account: RecordBody {
    static let kind = RecordKind("test.account", .account)
    var words: String
    var keys: [IndexKey] { [IndexKey("all", "all")] }
    var subjects: [RecordSubject] { [RecordSubject(person: "person-7", capacity: .victim)] }
}

@Suite("Erasure and combination in the log")
struct ErasureTests {
    let administrator = TestActor.police([.administrator], user: "ada")
    let lead = TestActor.police([.inspectionLead])

    @Test func `an erased record is gone from the file, absent for everybody, and the log still verifies`() async throws
    {
        let store = try await TemporaryStore()
        let (ledger, id) = (store.ledger, store.ledger.newIdentifier(Account.self))
        try await ledger.commit([.create(id, Account(words: "canary-one"), owner: "police")], as: administrator)
        try await ledger.commit([.amend(id, expecting: 1, Account(words: "canary-two"))], as: administrator)
        try await ledger.erase(Account.self, id, as: administrator)
        await #expect(throws: Problem.absent) { try await ledger.read(Account.self, id, as: administrator) }
        await #expect(throws: Problem.absent) { try await ledger.history(Account.self, id, as: administrator) }
        await #expect(throws: Problem.absent) {
            try await ledger.commit([.amend(id, expecting: 2, Account(words: "back"))], as: administrator)
        }
        await #expect(throws: Problem.absent) { try await ledger.erase(Account.self, id, as: administrator) }
        #expect(try await ledger.list(Account.self, index: "all", as: administrator).records.isEmpty)
        let left = try await ledger.glance { try $0.rows("SELECT body FROM record_version").map { $0.text(0) } }
        #expect(left == ["", ""])
        let erasures = try await store.log().filter { $0.operation == .erasure }
        #expect(erasures.map(\.version) == [1, 2, nil] && erasures.map(\.wasAllowed) == [true, true, false])
        #expect(try await ledger.verify().faults == [])
        try await store.remove()
    }

    @Test func `whoever may not erase or combine is refused, and the log says what she tried`() async throws {
        let store = try await TemporaryStore()
        let (ledger, id) = (store.ledger, store.ledger.newIdentifier(Note.self))
        try await ledger.commit([.create(id, Note(words: "x"), owner: "police")], as: lead)
        await #expect(throws: Problem.absent) { try await ledger.erase(Note.self, id, as: lead) }
        let other = try #require(Identifier<Note>("note-9"))
        await #expect(throws: Problem.absent) {
            try await ledger.commit([.combine(id, expecting: 1, Note(words: "xy"), with: [other])], as: lead)
        }
        let log = try await store.log().suffix(2)
        #expect(log.map(\.operation) == [.erasure, .combination] && log.allSatisfy { !$0.wasAllowed })
        #expect(log.last?.about == "with note-9")
        #expect(try await ledger.read(Note.self, id, as: lead).body.words == "x")
        #expect(try await ledger.verify().faults == [])
        try await store.remove()
    }
}
