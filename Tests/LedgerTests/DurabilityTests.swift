import Kernel
import Ledger
import StoreSQLite
import TestKit
import Testing

@Suite("What is acknowledged is durable")
struct DurabilityTests {
    /// No test that ends a process can see this: only a power cut would.
    @Test
    func `the writer flushes every commit to disk`() async throws {
        let store = try await TemporaryStore()
        let (full, wal) = try await store.ledger.upkeep { writing in
            (
                try writing.integer("PRAGMA synchronous"),
                try writing.rows("PRAGMA journal_mode").first?.text(0)
            )
        }
        #expect(full == 2, "2 is FULL; 1 would lose acknowledged commits at a power cut")
        #expect(wal == "wal")
        try await store.remove()
    }

    @Test("A second process is refused while the first has the data open, and let in afterwards")
    func processLock() async throws {
        let store = try await TemporaryStore()
        await #expect(throws: StorageError.self) { try await TemporaryStore(folder: store.folder) }
        try await store.ledger.close()
        let again = try await TemporaryStore(folder: store.folder)
        try await again.remove()
    }
}
