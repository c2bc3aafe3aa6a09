import Instruments
import Kernel
import Ledger

/// Every assessment that was sent, judged: what figures are made of. In memory, filled once from the store and kept true
/// by following the log, so that each server counts what the others wrote. It shows nobody anything.
actor QualityBoard {
    typealias Judge = @Sendable (Record<Assessment>) -> JudgedAssessment?

    private let follower: RecordFollower<Assessment>
    private let judge: Judge
    private var places: [String: Int] = [:]
    private var lines: [JudgedAssessment] = []
    /// Of the log; nil until it is filled.
    private var position: Int64?
    private var filling: Task<Void, any Error>?

    init(ledger: Ledger, judge: @escaping Judge) {
        follower = RecordFollower(ledger, index: Assessment.sentIndex, batch: 200)
        self.judge = judge
    }

    /// In no order.
    func judged() async throws -> [JudgedAssessment] {
        try await catchUp()
        return lines
    }

    private func catchUp() async throws {
        if position == nil {
            let task = filling ?? Task { try await self.fill() }
            filling = task
            defer { filling = nil }
            try await task.value
        }
        while let start = position {
            let (changed, through, isDone) = try await follower.changes(after: start)
            // Another call may have come first while this one waited.
            guard position == start else { continue }
            for (id, record) in changed { put(id, record) }
            position = through
            if isDone { return }
        }
    }

    private func fill() async throws {
        guard position == nil else { return }
        position = try await follower.all { for record in $0 { put(record.id.text, record) } }
    }

    private func put(_ id: String, _ record: Record<Assessment>?) {
        guard let line = record.flatMap(judge) else { return remove(id) }
        if let place = places[id] {
            lines[place] = line
        } else {
            places[id] = lines.count
            lines.append(line)
        }
    }

    private func remove(_ id: String) {
        guard let place = places.removeValue(forKey: id), let last = lines.popLast() else { return }
        guard place < lines.count else { return }
        lines[place] = last
        places[last.id] = place
    }
}
