import Access
import Foundation
import Kernel
import TestKit
import Testing

@testable import Ledger

/// A person with a safe contact, for these tests. The field has a class of its own: who may see the record may not
/// therefore see the field.
struct Sheltered: SealedBody {
    static let kind = RecordKind("test.sheltered", .improvement)
    static let safeContact = SealedField("safe-contact", .account, longest: 200)
    static let sealedFields = [safeContact]
    var words: String

    var keys: [IndexKey] { [IndexKey("all", "x")] }
}

struct ShelteredStore {
    /// 30 November 2026: the reasons hold.
    static let day = Moment(milliseconds: 1_796_000_000_000)

    let store: TemporaryStore
    /// May see the record and the field.
    let keeper = TestActor.police([.inspectionLead, .administrator], user: "keeper")
    /// May see the record only.
    let colleague = TestActor.police([.inspectionLead], user: "colleague")

    static func open(_ body: (ShelteredStore) async throws -> Void) async throws {
        let store = try await TemporaryStore(at: day)
        try await body(ShelteredStore(store: store))
        #expect(try await store.ledger.verify().faults == [])
        try await store.remove()
    }

    func create() async throws -> Identifier<Sheltered> {
        let id = store.ledger.newIdentifier(Sheltered.self)
        try await store.ledger.commit([.create(id, Sheltered(words: "w"), owner: "police")], as: keeper)
        return id
    }

    func seal(_ text: String, _ id: Identifier<Sheltered>, seen: Int = 0, as actor: Actor? = nil) async throws {
        try await store.ledger.seal(
            Sealed.Plain(text), Sheltered.safeContact, of: id, expecting: seen, as: actor ?? keeper)
    }

    func reveal(
        _ id: Identifier<Sheltered>, because reason: RevealReason = .listed("safe-call"), as actor: Actor? = nil,
        at moment: Moment? = nil
    ) async throws -> String {
        try await store.ledger.reveal(
            Sheltered.safeContact, of: id, because: reason, as: actor ?? keeper, asKnownAt: moment
        ).exposed
    }
}

@Suite("Sealed fields")
struct SealedTests {
    @Test func `what was sealed is revealed to whoever may, now and as known before`() async throws {
        try await ShelteredStore.open { house in
            let id = try await house.create()
            try await house.seal("first", id)
            let before = house.store.ledger.now
            house.store.clock.advance(seconds: 60)
            try await house.seal("second", id, seen: 1)
            #expect(try await house.reveal(id) == "second")
            #expect(try await house.reveal(id, at: before) == "first")
            await #expect(throws: Problem.absent) { try await house.reveal(id, at: before.adding(seconds: -1)) }
            let mask = try await house.store.ledger.mask(Sheltered.safeContact, of: id, as: house.colleague)
            #expect(mask == Sealed.Mask(version: 2, setAt: before.adding(seconds: 60)))
        }
    }

    @Test func `it is set in the same transaction as its record, or not at all`() async throws {
        try await ShelteredStore.open { house in
            let (ledger, id) = (house.store.ledger, house.store.ledger.newIdentifier(Sheltered.self))
            let change = try Change.create(id, Sheltered(words: "w"), owner: "police")
                .sealing(Sealed.Plain("there"), Sheltered.safeContact, expecting: 0)
            await #expect(throws: Problem.absent) { try await ledger.commit([change], as: house.colleague) }
            #expect(try await ledger.glance { try SealedRows.counts($0) } == [:])
            try await ledger.commit([change], as: house.keeper)
            #expect(try await house.reveal(id) == "there")
            let stale = try Change.amend(id, expecting: 1, Sheltered(words: "v"))
                .sealing(Sealed.Plain("elsewhere"), Sheltered.safeContact, expecting: 0)
            await #expect(throws: Problem.self) { try await ledger.commit([stale], as: house.keeper) }
            #expect(try await ledger.read(Sheltered.self, id, as: house.keeper).version == 1)
        }
    }

    @Test func `refused looks like absent: the value, the record, the field`() async throws {
        try await ShelteredStore.open { house in
            let id = try await house.create()
            let unknown = house.store.ledger.newIdentifier(Sheltered.self)
            await #expect(throws: Problem.absent) { try await house.reveal(id) }
            try await house.seal("there", id)
            let stranger = TestActor.partner([.administrator, .inspectionLead])
            for actor in [house.colleague, stranger] {
                await #expect(throws: Problem.absent) { try await house.reveal(id, as: actor) }
                await #expect(throws: Problem.absent) { try await house.seal("x", id, seen: 1, as: actor) }
            }
            await #expect(throws: Problem.absent) { try await house.reveal(unknown) }
            await #expect(throws: Problem.absent) {
                try await house.store.ledger.mask(Sheltered.safeContact, of: id, as: stranger)
            }
            await #expect(throws: Problem.absent) {
                try await house.store.ledger.reveal(
                    SealedField("other", .account), of: id, because: .listed("visit"), as: house.keeper)
            }
        }
    }

    @Test func `each reveal is in the log with its reason, before it is answered, and never the value`() async throws {
        try await ShelteredStore.open { house in
            let id = try await house.create()
            try await house.seal("plum orchard 7", id)
            _ = try await house.reveal(id)
            _ = try await house.reveal(id, because: .words(Sealed.Plain("her sister phoned the desk")))
            _ = try? await house.reveal(id, as: house.colleague)
            let log = try await house.store.log()
            #expect(
                log.map(\.about) == [
                    "", "seal safe-contact", "reveal safe-contact safe-call", "reveal safe-contact own-words",
                    "reveal safe-contact safe-call",
                ])
            #expect(log.map(\.wasAllowed) == [true, true, true, true, false])
            #expect(log.dropFirst().allSatisfy { $0.record == id.text })
            let files = try bytes(of: house.store.folder)
            #expect(files.range(of: Data("plum orchard".utf8)) == nil)
            #expect(files.range(of: Data("her sister".utf8)) == nil)
        }
    }

    @Test(arguments: ["", "because", "nothing"])
    func `without a reason nothing is revealed`(_ text: String) async throws {
        try await ShelteredStore.open { house in
            let id = try await house.create()
            try await house.seal("there", id)
            for reason in [
                RevealReason.listed(text), .words(Sealed.Plain(text)), .words(Sealed.Plain("            x")),
            ] {
                let problem = await #expect(throws: Problem.self) { try await house.reveal(id, because: reason) }
                #expect(problem?.code == .invalid)
            }
            #expect(try await house.store.log().count == 2)
        }
    }

    @Test func `a reason counts from its first day`() {
        let reason = RevealReason.listed("visit")
        let first = Day(daysSince1970: 20_454)
        #expect(first.description == "2026-01-01")
        #expect(throws: Problem.self) { try reason.checked(on: Day(daysSince1970: 20_453)) }
        #expect(throws: Never.self) { try reason.checked(on: first) }
    }

    @Test func `of two who set it at once, one is told`() async throws {
        try await ShelteredStore.open { house in
            let id = try await house.create()
            try await house.seal("a", id)
            try await house.seal("b", id, seen: 1)
            let problem = await #expect(throws: Problem.self) { try await house.seal("c", id, seen: 1) }
            #expect(problem?.code == .conflict)
            #expect(try await house.reveal(id) == "b")
        }
    }

    @Test func `what is erased is gone from the store with its key, and may be set anew`() async throws {
        try await ShelteredStore.open { house in
            let id = try await house.create()
            try await house.seal("a", id)
            await #expect(throws: Problem.absent) {
                try await house.store.ledger.eraseSealed(Sheltered.safeContact, of: id, as: house.colleague)
            }
            _ = try await house.reveal(id, because: .words(Sealed.Plain("for the weekly review")))
            try await house.store.ledger.eraseSealed(Sheltered.safeContact, of: id, as: house.keeper)
            await #expect(throws: Problem.absent) { try await house.reveal(id) }
            #expect(try await house.store.ledger.mask(Sheltered.safeContact, of: id, as: house.keeper) == nil)
            for table in ["sealed_key", "sealed_value"] {
                #expect(try await house.store.ledger.glance { try $0.integer("SELECT COUNT(*) FROM \(table)") } == 0)
            }
            try await house.seal("b", id)
            #expect(try await house.reveal(id) == "b")
        }
    }

    @Test func `a row moved in the database does not open, and the log still knows who asked`() async throws {
        try await ShelteredStore.open { house in
            let (one, two) = (try await house.create(), try await house.create())
            try await house.seal("of one", one)
            try await house.seal("of two", two)
            try await house.store.ledger.upkeep { writing in
                let moved = try writing.rows(
                    "SELECT sealed FROM sealed_value WHERE record = $1", [.text(one.text)])[0].blob(0)
                try writing.run(
                    "UPDATE sealed_value SET sealed = $2 WHERE record = $1", [.text(two.text), .blob(moved)])
            }
            let problem = await #expect(throws: Problem.self) { try await house.reveal(two) }
            #expect(problem?.code == .failed)
            #expect(try await house.store.log().last?.about == "reveal safe-contact safe-call")
        }
    }

    @Test func `the same with the whole record's key moved along`() async throws {
        try await ShelteredStore.open { house in
            let (one, two) = (try await house.create(), try await house.create())
            try await house.seal("of one", one)
            try await house.seal("of two", two)
            try await house.store.ledger.upkeep { writing in
                for (table, column) in [("sealed_value", "sealed"), ("sealed_key", "wrapped")] {
                    let moved = try writing.rows(
                        "SELECT \(column) FROM \(table) WHERE record = $1", [.text(one.text)])[0].blob(0)
                    try writing.run(
                        "UPDATE \(table) SET \(column) = $2 WHERE record = $1", [.text(two.text), .blob(moved)])
                }
            }
            await #expect(throws: Problem.self) { try await house.reveal(two) }
        }
    }

    @Test func `no nonce comes twice in ten thousand seals`() async throws {
        try await ShelteredStore.open { house in
            let id = try await house.create()
            let (vault, now) = (try house.store.ledger.vault(), house.store.ledger.now)
            let author = SealedAuthor(user: "u", agency: "a", purpose: "p")
            try await house.store.ledger.upkeep { writing in
                for number in 0..<10_000 {
                    let place = SealedPlace(record: number < 5_000 ? id.text : "r\(number)", field: "f")
                    try vault.put([1], place, by: author, at: now, writing)
                }
            }
            let nonces = try await house.store.ledger.glance { reading in
                try reading.rows("SELECT sealed FROM sealed_value").map { Array($0.blob(0).prefix(12)) }
                    + reading.rows("SELECT wrapped FROM sealed_key").map { Array($0.blob(0).prefix(12)) }
            }
            #expect(nonces.count == 15_001 && Set(nonces).count == nonces.count)
        }
    }

    @Test func `a plain value prints as dots`() {
        let plain = Sealed.Plain("there")
        var dumped = ""
        dump(plain, to: &dumped)
        #expect("\(plain)" == "•••" && String(reflecting: plain) == "•••" && !dumped.contains("there"))
    }

    private func bytes(of folder: URL) throws -> Data {
        try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
            .reduce(into: Data()) { $0 += try Data(contentsOf: $1) }
    }
}

@Suite("A change of keys")
struct RotationTests {
    @Test func `while others seal and reveal, everything moves to the new key and stays readable`() async throws {
        try await ShelteredStore.open { house in
            let ids = try await sealed(150, house)
            let done = try await withThrowingTaskGroup(of: KeyRotation?.self) { group in
                group.addTask { try await house.store.ledger.rotateKeys(batch: 4, as: house.keeper) }
                for id in ids.prefix(60) {
                    group.addTask {
                        try await house.seal("again \(id)", id, seen: 1)
                        #expect(try await house.reveal(id) == "again \(id)")
                        return nil
                    }
                }
                return try await group.reduce(nil) { $0 ?? $1 }
            }
            #expect(done == KeyRotation(number: 2, moved: 150, left: 0))
            for id in ids { #expect(try await house.reveal(id).hasSuffix(id.text)) }
            let uses = try await house.store.ledger.keyUses(as: house.keeper)
            #expect(uses.map(\.records) == [0, 150] && uses[0].key.retiredAt != nil && uses[1].key.isPresent)
        }
    }

    @Test func `one that was stopped half way is finished by the next, with no third key`() async throws {
        try await ShelteredStore.open { house in
            let ids = try await sealed(10, house)
            let keys = try house.store.ledger.vault().keys
            _ = try keys.add(at: house.store.ledger.now)
            let vault = try house.store.ledger.vault()
            _ = try await house.store.ledger.upkeep { try vault.rewrap(to: 2, limit: 4, $0) }
            for id in ids { #expect(try await house.reveal(id) == id.text) }
            let done = try await house.store.ledger.rotateKeys(as: house.keeper)
            #expect(done == KeyRotation(number: 2, moved: 6, left: 0))
            #expect(try keys.all().count == 2)
        }
    }

    @Test func `only an administrator may, and the log says that she did`() async throws {
        try await ShelteredStore.open { house in
            await #expect(throws: Problem.absent) { try await house.store.ledger.rotateKeys(as: house.colleague) }
            _ = try await house.store.ledger.rotateKeys(as: house.keeper)
            #expect(try await house.store.log().map(\.about) == ["rotate", "rotate", "rotated to 2"])
        }
    }

    @Test func `a store opened with another store's keys says so`() async throws {
        let store = try await TemporaryStore()
        let house = ShelteredStore(store: store)
        _ = try await sealed(1, house)
        try await store.ledger.close()
        let file = store.folder.appendingPathComponent(KeyFile.usualName)
        try FileManager.default.moveItem(at: file, to: file.appendingPathExtension("kept"))
        let missing = await #expect(throws: Problem.self) { try await TemporaryStore(folder: store.folder) }
        #expect(missing?.message.contains("missing") == true)
        #expect(!FileManager.default.fileExists(atPath: file.path))
        try KeyFile(file).open(mayMake: true)
        let foreign = await #expect(throws: Problem.self) { try await TemporaryStore(folder: store.folder) }
        #expect(foreign?.code == .failed)
        try FileManager.default.removeItem(at: file)
        try FileManager.default.moveItem(at: file.appendingPathExtension("kept"), to: file)
        try await TemporaryStore(folder: store.folder).remove()
    }

    private func sealed(_ count: Int, _ house: ShelteredStore) async throws -> [Identifier<Sheltered>] {
        var ids: [Identifier<Sheltered>] = []
        for _ in 0..<count {
            let id = try await house.create()
            try await house.seal(id.text, id)
            ids.append(id)
        }
        return ids
    }
}
