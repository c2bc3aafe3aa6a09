/// An engine that can overwrite what deleted rows leave behind in its files.
public protocol ScrubbingEngine: Engine {
    /// Rewrites what holds these tables, so that its files hold what there is and nothing that was. Long, and others wait
    /// for parts of it.
    /// - Parameter progress: told what it is about to do, as a sentence.
    /// - Throws: `StorageError`; `StorageError.unavailable` when it could not be finished and must be repeated.
    func scrub(_ tables: [String], _ progress: @escaping @Sendable (String) -> Void) async throws
    /// Puts what is committed into the files of the tables, so that whoever searches them sees it. Does nothing where this
    /// user may not ask for it: then the search finds nothing, and says so.
    func settle() async
}

extension Ledger {
    /// Tables of our own that hold something of what a record says.
    static let telling = ["record_version", "record_key", "record_subject", "sealed_value", "sealed_key"]

    /// Overwrites what erased rows left behind in the files of the store.
    /// - Parameter others: tables of other rooms from which something was erased.
    public func scrub(
        _ others: [String] = [], progress: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws {
        try await (engine as? any ScrubbingEngine)?.scrub(Ledger.telling + others, progress)
    }

    /// Puts what is committed into the files of the store, for a search of them.
    public func settleFiles() async { await (engine as? any ScrubbingEngine)?.settle() }
}
