import Synchronization

/// Entries of the log about one answer, which are made durable together before anything of it leaves.
final class HeldEntries: Sendable {
    typealias Entry = @Sendable (any Writing) throws -> Void

    @TaskLocal static var current: HeldEntries?
    /// Nil once it was closed.
    private let entries = Mutex<[Entry]?>([])

    /// - Returns: false when it is closed: what goes on behind an answer waits for its own entries.
    func take(_ entry: @escaping Entry) -> Bool {
        entries.withLock { entries in
            entries?.append(entry)
            return entries != nil
        }
    }

    func close() -> [Entry] {
        entries.withLock { entries in
            defer { entries = nil }
            return entries ?? []
        }
    }
}

extension Ledger {
    /// Runs `body`, which shows nobody anything while it runs: what it consults goes into the log in one write, durable
    /// before its result or error is given back. A page consults some ten things; each would wait for the disk by itself.
    /// - Throws: what `body` throws, or a `StorageError` when its entries could not be written.
    public func loggedTogether<Result>(_ body: () async throws -> Result) async throws -> Result {
        let held = HeldEntries()
        do {
            let result = try await HeldEntries.$current.withValue(held) { try await body() }
            try await write(held)
            return result
        } catch {
            try await write(held)
            throw error
        }
    }

    private func write(_ held: HeldEntries) async throws {
        let entries = held.close()
        guard !entries.isEmpty else { return }
        try await engine.write(.audit) { writing in for entry in entries { try entry(writing) } }
    }

    /// Makes an entry durable, or leaves it with those of the answer that is being made.
    func log(_ entry: @escaping @Sendable (any Writing) throws -> Void) async throws {
        if HeldEntries.current?.take(entry) == true { return }
        try await engine.write(.audit, entry)
    }
}
