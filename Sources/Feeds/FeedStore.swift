public import Access
import Kernel
public import Ledger

/// Bulk facts from data.police.uk: their import and what is known of it.
///
/// An import is streamed, in bounded memory and in transactions of tens of milliseconds. What is loaded counts from one
/// last small transaction per file on; killed before it, nothing of the file counts and `recover` takes it away.
public struct FeedStore: Sendable {
    let ledger: Ledger
    let limits: ImportLimits
    /// One import at a time, on whatever node.
    private static let work = "feed.import"

    public init(ledger: Ledger, limits: ImportLimits = .standard) {
        (self.ledger, self.limits) = (ledger, limits)
    }

    /// Imports files, folders and zips. A bad file is refused, said in the report, and leaves nothing; the others load.
    /// A file that is held already changes nothing; a later file for a month replaces the earlier, which stays
    /// knowable.
    /// - Parameters:
    ///   - inputs: Paths on this machine, in the order in which later files replace earlier ones.
    ///   - progress: Called now and then from the importing task.
    /// - Throws: `Problem.absent` when `actor` may not, `Problem` when a path does not exist (nothing is loaded then)
    ///   or when the disk is full.
    public func importFiles(
        _ inputs: [ImportInput], as actor: Actor, options: ImportOptions = ImportOptions(),
        progress: @escaping @Sendable (ImportProgress) -> Void = { _ in }
    ) async throws -> ImportReport {
        let about = "import of \(inputs.count) paths"
        let permit = try await ledger.permit(
            Consultation(kind: "feed.import", .fact, .collection, about: about), as: actor)
        let discovery = try Discovery(inputs, limits: limits)
        do {
            return try await ledger.alone(FeedStore.work) {
                // An import that met a full disk could not clear up after itself, and the server has gone on since.
                if try await isUnfinished() { _ = try await putRight(permit) }
                var importing = Importing(
                    discovery: discovery, options: options, actor: actor, permit: permit, ledger: ledger,
                    limits: limits, progress: progress)
                return try await importing.run()
            }
        } catch {
            throw FeedStore.told(error)
        }
    }

    /// Puts right what a stop in the middle of an import left: takes away what was half loaded, counts again what was
    /// to be counted. Called once at start; harmless at any time, silent when there is nothing to put right, and nothing
    /// while somebody imports.
    /// - Returns: the names of files that were interrupted.
    @discardableResult
    public func recover(as actor: Actor) async throws -> [String] {
        guard try await isUnfinished() else { return [] }
        do {
            return try await ledger.aloneOrNot(FeedStore.work) { try await recovered(as: actor) } ?? []
        } catch {
            throw FeedStore.told(error)
        }
    }

    private func recovered(as actor: Actor) async throws -> [String] {
        // Looked at again: it may have been the import of another node, which has ended.
        guard try await isUnfinished() else { return [] }
        let permit = try await ledger.permit(
            Consultation(kind: "feed.import", .fact, .alteration, about: "recovery"), as: actor)
        return try await putRight(permit)
    }

    /// While nobody imports.
    private func putRight(_ permit: Permit) async throws -> [String] {
        let interrupted = try await BatchRows.interrupt(permit, at: ledger.now)
        try await Clearance.clear(permit)
        try await Settlement(permit: permit, limits: limits).renewStale { _, _ in }
        return interrupted
    }

    private func isUnfinished() async throws -> Bool {
        let count = try await ledger.glance { reading in
            try reading.integer(
                """
                SELECT (SELECT COUNT(*) FROM feed_batch WHERE state = 'running')
                    + (SELECT COUNT(*) FROM feed_file WHERE state = 'loading')
                    + (SELECT COUNT(*) FROM feed_part WHERE state IN ('loading', 'abandoned')
                        OR (kind = 'outcomes' AND state = 'current' AND stale = 1))
                """)
        }
        return (count ?? 0) > 0
    }

    static func told(_ error: any Error) -> any Error {
        guard let storage = error as? StorageError, storage == .diskFull else { return error }
        return Problem(
            .unavailable, "The disk is full, so the import stopped. What was loaded before is safe.",
            next: "Make room and load the files again: those that are held already take no time.")
    }
}
