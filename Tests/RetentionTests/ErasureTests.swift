import Access
import Foundation
import Kernel
import Ledger
import StorePostgres
import TestKit
import Testing

@testable import Retention

@Suite("What is erased is in no file", .onEveryEngine)
struct ErasureTests {
    /// Words that stand in every place of one record.
    private static func stem(_ number: Int) -> String { "zqcanary\(number)x\(number * 7919 + 104_729)" }

    @Test func `of sixty records of many versions thirty are destroyed, and no word of them is left`() async throws {
        try await RetentionHouse.open { house in
            var chance = SeededGenerator(seed: 7)
            var ids: [Identifier<CaseFile>] = []
            for number in 0..<60 { ids.append(try await plant(number, house)) }
            // In no order and of all lengths, so that rows move between pages.
            for _ in 0..<240 {
                let number = chance.below(60)
                try await amend(number, ids[number], length: chance.below(400), house)
            }
            let all = FileSearch(for: (0..<60).map(Self.stem))
            #expect(try !files(house, all).isEmpty)
            for number in 0..<30 {
                _ = try await house.desk.destroy(
                    "test.case", ids[number].text, reason: "no-longer-needed", as: house.manager)
            }
            #expect(try await house.desk.sweep()?.tidied == true)
            #expect(try files(house, FileSearch(for: (0..<30).map(Self.stem))) == [])
            #expect(try !files(house, FileSearch(for: (30..<60).map(Self.stem))).isEmpty)
            for id in ids.prefix(30) {
                #expect(try await house.ledger.glance { try RetentionRows.left(of: id.text, $0) } == 0)
            }
            try await proofsHold(ids, house)
        }
    }

    @Test func `the log still says who was written about and who looked, and nothing of what it said`() async throws {
        try await RetentionHouse.open { house in
            let id = try await plant(1, house)
            let head = try await house.ledger.head()
            let entry = try #require(try await house.store.log().first { $0.record == id.text })
            _ = try await house.desk.destroy("test.case", id.text, reason: "inaccurate", as: house.manager)
            let rows = try await house.ledger.glance { try $0.rows("SELECT person, capacity FROM record_subject") }
            #expect(rows.map { $0.text(0) } == ["person-1"] && rows.map { $0.text(1) } == ["other"])
            var query = AuditQuery()
            query.person = "person-1"
            let seen = try await house.ledger.audit(query, as: house.officer)
            #expect(seen.contains { $0.about == "reveal safe-contact own-words" })
            let log = try await house.store.log().map { "\($0)" }.joined()
            #expect(!log.contains("zqcanary"))
            // An old proof is a proof still.
            let proof = try await house.ledger.inclusion(of: entry.sequence, size: head.size, as: house.officer)
            #expect(proof.head == head && proof.entry == entry)
            #expect(try await house.ledger.consistency(from: head.size).from == head)
        }
    }

    @Test func `the command's own test finds its record before and nothing after`() async throws {
        try await RetentionHouse.open { house in
            let keeper = Actor.command(user: "test")
            let proof = try await house.desk.proveErasure(in: try folders(house), as: keeper)
            #expect(proof.wasFoundBefore && proof.holds)
            #expect(proof.left == [] && proof.rows == 0)
            #expect(proof.files > 2 && proof.bytes > 100_000)
        }
    }

    @Test func `and the search finds words in every form, also across the pieces it reads`() throws {
        let search = FileSearch(for: ["zqcanary-and-more"])
        let word = Array("zqcanary-and-more".utf8)
        #expect(search.holds(Array("…".utf8) + word))
        #expect(search.holds(Array(Data([1, 2] + word + [3]).base64EncodedString().utf8)))
        #expect(search.holds(word.flatMap { [$0, 0] }))
        #expect(!search.holds(Array(word.dropLast())))
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("search-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appendingPathComponent("a")
        try Data([UInt8](repeating: 0, count: (1 << 20) - 5) + word).write(to: file)
        #expect(try search.search(folder).found.count == 1)
    }

    private func plant(_ number: Int, _ house: RetentionHouse) async throws -> Identifier<CaseFile> {
        let (stem, ledger) = (Self.stem(number), house.ledger)
        let id = try await house.file("\(stem) first", daysAgo: 3000 + number)
        let keeper = house.manager
        try await ledger.seal(Sealed.Plain("\(stem) harbour"), CaseFile.safeContact, of: id, expecting: 0, as: keeper)
        _ = try await ledger.reveal(
            CaseFile.safeContact, of: id, because: .words(Sealed.Plain("\(stem) her sister asked")), as: keeper)
        try await ledger.upkeep { writing in
            _ = try writing.run(
                "INSERT INTO test_document (record, bytes) VALUES ($1, $2)",
                [.text(id.text), .blob(Array("\(stem) document".utf8))])
        }
        try await house.desk.keep(
            "test.case", id.text, reason: "vulnerable", words: "\(stem) is still at risk", as: keeper)
        return id
    }

    private func amend(_ number: Int, _ id: Identifier<CaseFile>, length: Int, _ house: RetentionHouse) async throws {
        let record = try await house.ledger.read(CaseFile.self, id, as: house.manager)
        var body = record.body
        body.words = (0...length / 8).map { "\(Self.stem(number))-\($0)" }.joined(separator: " ")
        try await house.ledger.commit([try .amend(id, expecting: record.version, body)], as: house.manager)
    }

    private func proofsHold(_ ids: [Identifier<CaseFile>], _ house: RetentionHouse) async throws {
        for sequence in [Int64(1), 17, 300] {
            let proof = try await house.ledger.inclusion(of: sequence, as: house.officer)
            #expect(proof.entry.sequence == sequence)
        }
        #expect(try await house.ledger.verify().faults == [])
    }

    /// The files of the store: the folder, and on PostgreSQL those of its own database, but for the server's log of
    /// writes.
    private func folders(_ house: RetentionHouse) throws -> [URL] {
        guard let name = house.store.address?.database else { return [house.store.folder] }
        let cluster = try PostgresCluster.running()
        try cluster.psql("CHECKPOINT", in: name)
        let number = try cluster.psql("SELECT oid FROM pg_database WHERE datname = '\(name)'").trimmed()
        return [house.store.folder, cluster.folder.appending(path: "data/base/\(number)")]
    }

    private func files(_ house: RetentionHouse, _ search: FileSearch) throws -> [String] {
        try folders(house).flatMap { try search.search($0).found }
    }
}
