import Access
import Kernel
import Ledger
import TestKit
import Testing

@Suite("Signed heads and countersignatures")
struct HeadTests {
    let administrator = TestActor.police([.administrator], user: "ada")
    let signer: NoteSigner
    let partner: NoteSigner

    init() throws {
        signer = try NoteSigner(name: "holdfast.example/log", kind: .log, seed: Array(1...32))
        partner = try NoteSigner(name: "council.example/witness", kind: .countersignature, seed: Array(33...64))
    }

    private func withLog(_ body: (TemporaryStore) async throws -> Void) async throws {
        let store = try await TemporaryStore()
        try await grow(store, 5)
        try await body(store)
        #expect(try await store.ledger.verify(keys: [signer.key]).faults == [])
        try await store.remove()
    }

    private func grow(_ store: TemporaryStore, _ entries: Int) async throws {
        for _ in 0..<entries {
            try await store.ledger.note(
                Consultation(kind: "test", .fact, .consultation, about: "x"), as: administrator)
        }
    }

    private func countersigned(_ head: PublishedHead, by key: NoteSigner, at moment: Moment) throws -> String {
        var note = head.note
        note.signatures.append(try key.sign(note.body, at: moment))
        return note.text
    }

    @Test func `keys come back from their text, and a changed letter is no key`() throws {
        #expect(NoteKey(signer.key.text) == signer.key && NoteSigner(signer.text)?.key == signer.key)
        #expect(NoteSigner(partner.text + "\n")?.key == partner.key)
        #expect(NoteKey(signer.key.text.replacing("holdfast", with: "holdfasr")) == nil)
        #expect(NoteSigner(signer.key.text) == nil && NoteKey(signer.text) == nil)
        #expect(throws: Problem.self) { try NoteSigner(name: "a b", kind: .log, seed: Array(1...32)) }
    }

    @Test func `a head is signed when the log has grown, and only then`() async throws {
        try await withLog { store in
            let head = try #require(try await store.ledger.signHead(with: signer))
            #expect(head.head == (try await store.ledger.head()) && head.note.isSigned(by: signer.key))
            #expect(SignedNote(head.note.text) == head.note)
            #expect(head.note.body == "holdfast.example/log\n5\n\(head.head.root.base64)\n")
            #expect(try await store.ledger.signHead(with: signer) == nil)
            try await grow(store, 1)
            #expect(try await store.ledger.signHead(with: signer)?.head.size == 6)
            #expect(try await store.ledger.publishedHead()?.head.size == 6)
            #expect(try await store.ledger.publishedHead(size: 5) == head)
            #expect(try await store.ledger.publishedHead(size: 4) == nil)
            #expect(try await store.ledger.verify(keys: [signer.key]).heads == 2)
        }
    }

    @Test func `nothing is signed over a log that was changed`() async throws {
        let store = try await TemporaryStore()
        try await grow(store, 5)
        _ = try await store.ledger.signHead(with: signer)
        try await grow(store, 5)
        try await store.ledger.upkeep { _ = try $0.run("UPDATE audit SET person = 'eve' WHERE sequence = 3") }
        await #expect(throws: Problem.self) { try await store.ledger.signHead(with: signer) }
        let faults = try await store.ledger.verify(keys: [signer.key]).faults
        #expect(faults == ["The log of 5 entries is not what its signed head says."])
        try await store.remove()
    }

    @Test func `a log that was cut short is found by its heads`() async throws {
        let store = try await TemporaryStore()
        try await grow(store, 5)
        _ = try await store.ledger.signHead(with: signer)
        try await store.ledger.upkeep { _ = try $0.run("DELETE FROM audit WHERE sequence > 3") }
        let faults = try await store.ledger.verify(keys: [signer.key]).faults
        #expect(faults == ["A head was signed over 5 entries, and the log holds 3: entries are gone."])
        await #expect(throws: Problem.self) { try await store.ledger.signHead(with: signer) }
        try await store.remove()
    }

    @Test func `a signature by another key under a kept head is found`() async throws {
        let store = try await TemporaryStore()
        try await grow(store, 5)
        _ = try await store.ledger.signHead(
            with: try NoteSigner(name: signer.key.name, kind: .log, seed: Array(2...33)))
        #expect(
            try await store.ledger.verify(keys: [signer.key]).faults == [
                "The signature of the head over 5 entries does not hold."
            ])
        try await store.remove()
    }

    @Test func `a registered partner countersigns, and the published head says so`() async throws {
        try await withLog { store in
            let ledger = store.ledger
            try await ledger.trust(partner.key.text, of: "council", as: administrator)
            let head = try #require(try await ledger.signHead(with: signer))
            let text = try countersigned(head, by: partner, at: store.clock.source.now())
            let kept = try await ledger.countersign(text)
            #expect(kept.note.text == text && kept.agencies == ["council"])
            #expect(kept.note.isSigned(by: partner.key) && kept.note.isSigned(by: signer.key))
            #expect(try await ledger.countersign(text).note.signatures.count == 2, "twice is once")
            #expect(try await ledger.countersignedHead() == kept)
        }
    }

    @Test func `what is not a countersignature of ours is refused`() async throws {
        try await withLog { store in
            let (ledger, now) = (store.ledger, store.clock.source.now())
            try await ledger.trust(partner.key.text, of: "council", as: administrator)
            let head = try #require(try await ledger.signHead(with: signer))
            let stranger = try NoteSigner(
                name: partner.key.name, kind: .countersignature, seed: Array(repeating: 9, count: 32))
            let other = Checkpoint(
                origin: signer.key.name, head: LogHead(size: head.head.size, root: .leaf([1])))
            let invented = SignedNote(body: other.body, signatures: [try partner.sign(other.body, at: now)])
            let good = try countersigned(head, by: partner, at: now)
            for text in [
                "", "hello", head.note.text, try countersigned(head, by: stranger, at: now), invented.text,
                good.replacing("\n\(head.head.size)\n", with: "\n4\n"), String(good.dropLast(3)),
            ] {
                await #expect(throws: Problem.self, "\(text)") { try await ledger.countersign(text) }
            }
            try await ledger.distrust(partner.key.text, as: administrator)
            await #expect(throws: Problem.self) { try await ledger.countersign(good) }
            #expect(try await ledger.publishedHead()?.agencies == [])
        }
    }

    @Test func `only whoever administers agencies registers a key, and the log knows`() async throws {
        try await withLog { store in
            let lead = TestActor.police([.inspectionLead])
            await #expect(throws: Problem.absent) {
                try await store.ledger.trust(partner.key.text, of: "council", as: lead)
            }
            await #expect(throws: Problem.self) {
                try await store.ledger.trust(signer.key.text, of: "council", as: administrator)
            }
            try await store.ledger.trust(partner.key.text, of: "council", as: administrator)
            await #expect(throws: Problem.self) {
                try await store.ledger.trust(partner.key.text, of: "council", as: administrator)
            }
            let changes = try await store.log().filter { $0.kind == "log.witness" && $0.operation == .collection }
            #expect(changes.map(\.wasAllowed) == [false, true])
            #expect(try await store.ledger.witnesses(as: administrator).map(\.body.agency) == ["council"])
        }
    }
}
