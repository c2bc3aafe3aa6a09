import Foundation
import Kernel
import Ledger
import StoreSQLite
import Synchronization
import TestKit
import Testing

@Suite("Readers share their threads", .onEveryEngine)
struct ReaderTests {
    @Test
    func `five hundred reads at once are all answered, each with its own answer`() async throws {
        let store = try await TemporaryStore()
        let ledger = store.ledger
        let answers = try await withThrowingTaskGroup(of: Int64.self) { group in
            for number in 0..<500 {
                let value = Value.integer(Int64(number))
                group.addTask { try await ledger.glance { try $0.integer("SELECT $1", [value]) ?? -1 } }
            }
            return try await group.reduce(into: Set<Int64>()) { $0.insert($1) }
        }
        #expect(answers == Set(0..<500))
        try await store.remove()
    }

    @Test(.timeLimit(.minutes(3)))
    func `one long read keeps nobody else from reading`() async throws {
        let store = try await TemporaryStore()
        let (ledger, isFree) = (store.ledger, DispatchSemaphore(value: 0))
        let long = Task { try await ledger.glance { _ in isFree.wait() } }
        for _ in 0..<20 { #expect(try await ledger.glance { try $0.integer("SELECT 1") } == 1) }
        isFree.signal()
        try await long.value
        try await store.remove()
    }

    @Test
    func `a read that fails gives its own error and leaves its reader whole`() async throws {
        let store = try await TemporaryStore()
        for _ in 0..<12 {
            await #expect(throws: StorageError.self) {
                try await store.ledger.glance { try $0.rows("SELECT nonsense") }
            }
        }
        #expect(try await store.ledger.glance { try $0.integer("SELECT 7") } == 7)
        try await store.remove()
    }
}
