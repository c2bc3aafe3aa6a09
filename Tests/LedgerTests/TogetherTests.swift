import Access
import Kernel
import Ledger
import TestKit
import Testing

@Suite("What one answer consults goes into the log together", .onEveryEngine)
struct TogetherTests {
    private let lead = TestActor.police([.inspectionLead])

    private func consult(_ about: String, _ ledger: Ledger) async throws {
        let consultation = Consultation(kind: "test", .improvement, .consultation, about: about)
        try await ledger.note(consultation, as: lead)
    }

    private func told(_ store: TemporaryStore) async throws -> [String] { try await store.log().map(\.about) }

    @Test func `every entry is durable when the answer is given, in the order of the consultations`() async throws {
        let store = try await TemporaryStore()
        let answer = try await store.ledger.loggedTogether {
            try await consult("first", store.ledger)
            try await consult("second", store.ledger)
            return 7
        }
        #expect(answer == 7)
        #expect(try await told(store) == ["first", "second"])
        try await store.remove()
    }

    @Test func `an answer that is refused leaves what was consulted and what was refused`() async throws {
        let store = try await TemporaryStore()
        await #expect(throws: Problem.absent) {
            try await store.ledger.loggedTogether {
                try await consult("seen", store.ledger)
                try await store.ledger.note(
                    Consultation(kind: "test", .improvement, .consultation, about: "refused"), as: lead, allowed: false)
                throw Problem.absent
            }
        }
        #expect(try await told(store) == ["seen", "refused"])
        #expect(try await store.log().map(\.wasAllowed) == [true, false])
        try await store.remove()
    }

    @Test func `parts that are asked for at once are all there`() async throws {
        let store = try await TemporaryStore()
        try await store.ledger.loggedTogether {
            try await withThrowingTaskGroup { group in
                for number in 0..<40 { group.addTask { try await consult("\(number)", store.ledger) } }
                try await group.waitForAll()
            }
        }
        #expect(Set(try await told(store)) == Set((0..<40).map(String.init)))
        try await store.remove()
    }

    @Test func `work that goes on behind an answer waits for entries of its own`() async throws {
        let store = try await TemporaryStore()
        let (gate, opening) = AsyncStream.makeStream(of: Void.self)
        let behind = try await store.ledger.loggedTogether {
            try await consult("answer", store.ledger)
            return Task {
                for await _ in gate { break }
                try await consult("behind", store.ledger)
            }
        }
        #expect(try await told(store) == ["answer"])
        opening.yield()
        try await behind.value
        #expect(try await told(store) == ["answer", "behind"])
        try await store.remove()
    }

    @Test func `nothing is answered when the log cannot be written`() async throws {
        let store = try await TemporaryStore()
        try await store.ledger.upkeep { _ = try $0.run("ALTER TABLE audit RENAME TO gone", []) }
        await #expect(throws: (any Error).self) {
            try await store.ledger.loggedTogether {
                try await consult("never", store.ledger)
                return "shown"
            }
        }
        try? await store.remove()
    }
}
