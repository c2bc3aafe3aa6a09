/// Keeps what a room works out in memory from all records of one kind in step with the store: all of them once, in the
/// order of an index, and then whatever changes. It shows nobody anything.
public struct RecordFollower<Body: RecordBody>: Sendable {
    /// What became of some records; nil where one is gone.
    public typealias Changed = [(id: String, record: Record<Body>?)]

    private let ledger: Ledger
    private let index: String
    private let batch: Int

    public init(_ ledger: Ledger, _ type: Body.Type = Body.self, index: String, batch: Int) {
        (self.ledger, self.index, self.batch) = (ledger, index, batch)
    }

    /// Gives `take` every record, a batch at a time.
    /// - Returns: the place in the log from which changes have to be looked at. It is taken first: what changes during the
    ///   walk is looked at again.
    public func all(
        isolation: isolated (any Actor)? = #isolation, _ take: ([Record<Body>]) async throws -> Void
    ) async throws -> Int64 {
        let start = try await ledger.glance { try LedgerChange.last($0) }
        var place: ListPosition?
        repeat {
            let after = place
            let page = try await ledger.glance {
                try RecordUpkeep.page(of: Body.self, index: index, after: after, limit: batch, $0)
            }
            try await take(page.records)
            place = page.last
        } while place != nil
        return start
    }

    /// What changed after a place in the log.
    /// - Returns: with the place through which it is all there is, and whether that is the end.
    public func changes(after start: Int64) async throws -> (changed: Changed, through: Int64, isDone: Bool) {
        try await ledger.glance { reading in
            let (changes, through) = try RecordUpkeep.changes(after: start, limit: batch, reading)
            let ids = Set(changes.filter { $0.kind == Body.kind.name }.map(\.record)).sorted()
            let found = try ids.map { (id: $0, record: try RecordUpkeep.current(Body.self, $0, reading)) }
            return (found, through, changes.count < batch)
        }
    }
}
