import Kernel
import Ledger

/// Keeps the index of what is due true, by following the log: each version that was written or erased since the last
/// time is looked at again. When other rules hold, because the dated data were changed or a line of them begins or ends,
/// the walk starts again from the first entry; what it has not reached yet keeps the place it had.
struct RetentionIndex: Sendable {
    static let batch = 500

    let ledger: Ledger
    let kinds: RetainedKinds
    let rules: RetentionRules

    /// - Parameter most: how many batches at once; nil until it is done.
    /// - Returns: false when there is more to do.
    @discardableResult
    func catchUp(most: Int? = nil, _ progress: @Sendable (Int64) -> Void = { _ in }) async throws -> Bool {
        let (index, today) = (self, LondonTime.day(of: ledger.now))
        // Nothing is written where there is nothing new: a page that only reads must open on a full disk too.
        guard try await ledger.glance({ try index.isBehind(today, $0) }) else { return true }
        for _ in 0..<(most ?? Int.max) {
            try Task.checkCancellation()
            let (through, isDone) = try await ledger.upkeep { try index.step(today, $0) }
            if isDone { return true }
            progress(through)
        }
        return false
    }

    private func isBehind(_ today: Day, _ reading: any Reading) throws -> Bool {
        guard try RetentionRows.state("rules", reading) == rules.mark(on: today) else { return true }
        return try RecordUpkeep.changes(after: try position(reading), limit: 1, reading).changes.isEmpty == false
    }

    private func position(_ reading: any Reading) throws -> Int64 {
        try RetentionRows.state("position", reading).flatMap { Int64($0) } ?? 0
    }

    /// One batch, in one transaction with the place it came to: two nodes that do it at once do it twice, and no harm.
    private func step(_ today: Day, _ writing: any Writing) throws -> (through: Int64, isDone: Bool) {
        let mark = rules.mark(on: today)
        let isSame = try RetentionRows.state("rules", writing) == mark
        let start = isSame ? try position(writing) : 0
        if !isSame { try RetentionRows.keep("rules", mark, writing) }
        let (changes, through) = try RecordUpkeep.changes(after: start, limit: Self.batch, writing)
        for (record, kind) in Dictionary(changes.map { ($0.record, $0.kind) }, uniquingKeysWith: { $1 }) {
            try look(at: record, of: kind, today, writing)
        }
        try RetentionRows.keep("position", String(through), writing)
        return (through, try RecordUpkeep.changes(after: through, limit: 1, writing).changes.isEmpty)
    }

    private func look(at record: String, of kind: String, _ today: Day, _ writing: any Writing) throws {
        if kind == RetentionDecision.kind.name {
            guard let decision = try RecordUpkeep.current(RetentionDecision.self, record, writing)?.body else { return }
            return try look(at: decision.record, of: decision.recordKind, today, writing)
        }
        guard let kind = kinds[kind] else { return }
        guard let found = try kind.current(record, writing) else { return try RetentionRows.remove(record, writing) }
        let due = rules.due(found.facts, keptOn: try RetentionIndex.keptOn(record, writing), today: today)
        try RetentionRows.put(found, due, writing)
    }

    static func keptOn(_ record: String, _ reading: any Reading) throws -> [Day] {
        try RecordUpkeep.records(
            RetentionDecision.self, index: RetentionDecision.recordIndex, key: record, reading
        ).map(\.body).filter { $0.outcome == .keep }.map(\.on)
    }
}
