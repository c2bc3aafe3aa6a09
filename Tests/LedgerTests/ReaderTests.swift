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

    @Test(.timeLimit(.minutes(5)))
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

@Suite("Work beside the store")
struct CrewTests {
    @Test
    func `work beside the store reads on the thread it stands on`() async throws {
        let store = try await TemporaryStore()
        let (outside, before, inside) = try await store.ledger.beside {
            let before = CrewTests.thread
            let inside = try await store.ledger.glance { _ in CrewTests.thread }
            return (try await CrewTests.elsewhere(store), before, inside)
        }
        #expect(before == inside)
        #expect(outside != inside, "a task without the preference has a thread of the crew only while it reads")
        try await store.remove()
    }

    @Test(.timeLimit(.minutes(5)))
    func `three who read for long keep nobody else from reading or from going on`() async throws {
        let store = try await TemporaryStore()
        let (ledger, isFree) = (store.ledger, DispatchSemaphore(value: 0))
        let long = (0..<3).map { _ in Task { try await ledger.glance { _ in isFree.wait() } } }
        for _ in 0..<20 {
            let found = try await ledger.beside { try await ledger.glance { try $0.integer("SELECT 1") } }
            #expect(found == 1)
        }
        for _ in long { isFree.signal() }
        for task in long { try await task.value }
        try await store.remove()
    }

    @Test(.timeLimit(.minutes(5)))
    func `work that goes on after the store is closed ends, and its reads are refused`() async throws {
        let store = try await TemporaryStore()
        await store.ledger.beside {
            await #expect(throws: Never.self) { try await store.remove() }
            await #expect(throws: StorageError.self) { try await store.ledger.glance { try $0.integer("SELECT 1") } }
        }
    }

    @Test
    func `what is kept between readings stands while only the log grows, and falls with any change`() async throws {
        let store = try await TemporaryStore()
        let first = try await store.ledger.glance { $0.generation }
        _ = try await store.log()
        #expect(try await store.ledger.glance { $0.generation } == first)
        try await store.ledger.upkeep { _ in }
        #expect(try await store.ledger.glance { $0.generation } != first)
        try await store.remove()
    }

    private static var thread: String { "\(Unmanaged.passUnretained(Thread.current).toOpaque())" }

    private static func elsewhere(_ store: TemporaryStore) async throws -> String {
        try await Task.detached { CrewTests.thread }.value
    }
}
