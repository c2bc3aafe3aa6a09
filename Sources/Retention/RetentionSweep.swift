import Access
public import Kernel
import Ledger

/// What one sweep did.
public struct SweepReport: Sendable, Equatable, Codable {
    /// Records that went because the agreement under which they were shared had ended.
    public var expired: Int
    /// Records that should have gone and are covered by a hold.
    public var held: Int
    /// Destructions that had been decided and not carried out.
    public var finished: Int
    /// Whether the files of the store were tidied up after erasures.
    public var tidied: Bool

    public init(expired: Int = 0, held: Int = 0, finished: Int = 0, tidied: Bool = false) {
        (self.expired, self.held, self.finished, self.tidied) = (expired, held, finished, tidied)
    }
}

extension RetentionDesk {
    private static let batch = 100

    /// The daily work that needs no decision: what a partner lent goes when the agreement ends, decisions that a stop
    /// left half done are carried out, and what erasures left in the files is overwritten. Reviews are never made here.
    /// - Returns: nil when another does it.
    public func sweep(_ progress: @escaping @Sendable (String) -> Void = { _ in }) async throws -> SweepReport? {
        try await ledger.aloneOrNot("retention-sweep") {
            try await index.catchUp { progress("The log was followed up to entry \($0).") }
            var report = SweepReport()
            report.finished = try await finishOrdered()
            (report.expired, report.held) = try await expire(progress)
            report.tidied = try await tidy(progress)
            let day = today.description
            try await ledger.upkeep { try RetentionRows.keep("swept", day, $0) }
            return report
        }
    }

    /// Whether today's sweep is still to be done.
    public func isSweepDue() async throws -> Bool {
        let day = today.description
        return try await ledger.glance { try RetentionRows.state("swept", $0) != day }
    }

    /// When something was last erased whose traces are not yet overwritten in the files; nil when there is none.
    public func untidySince() async throws -> Day? {
        try await ledger.glance { try RetentionRows.state("untidy", $0).flatMap { Day($0) } }
    }

    private func finishOrdered() async throws -> Int {
        let ordered = try await ledger.glance { reading in
            try RecordUpkeep.records(
                RetentionDecision.self, index: RetentionDecision.stateIndex,
                key: RetentionDecision.State.ordered.rawValue, reading)
        }
        var done = 0
        for decision in ordered {
            do {
                try await carryOut(decision.id, as: .house(for: decision.owner))
                done += 1
            } catch let problem as Problem where problem.code == .refused {
                // Given up, and that is on record.
            }
        }
        return done
    }

    /// A few at a time, whatever the number.
    private func expire(_ progress: @escaping @Sendable (String) -> Void) async throws -> (expired: Int, held: Int) {
        var (expired, held, position) = (0, 0, ListPosition?.none)
        let today = today
        while true {
            try Task.checkCancellation()
            let place = position
            let rows = try await ledger.glance {
                try RetentionRows.ended(before: today, after: place, limit: Self.batch, $0)
            }
            for row in rows {
                if try await expire(row, today) { expired += 1 } else { held += 1 }
            }
            guard rows.count == Self.batch, let last = rows.last else { return (expired, held) }
            position = last.position
            progress("\(expired) records shared by partners were erased, \(held) are covered by a hold.")
        }
    }

    /// For the agency that shared it, whose agreement this carries out.
    /// - Returns: false when a hold keeps it.
    private func expire(_ row: DueRow, _ today: Day) async throws -> Bool {
        guard let kind = kinds[row.kind],
            let record = try await ledger.glance({ try kind.current(row.record, $0) })
        else { return true }
        let rules = rules
        do {
            try await erase(row.record, kind, as: .house(for: record.owner)) { found in
                let due = rules.due(found.facts, today: today)
                return due.cause == .sharing && due.isOverdue ? nil : RetentionDesk.changed
            }
            return true
        } catch let problem as Problem where problem.code == .refused {
            return false
        }
    }

    /// Overwrites what erasures left in the files, once for all of them.
    private func tidy(_ progress: @escaping @Sendable (String) -> Void) async throws -> Bool {
        guard let since = try await untidySince() else { return false }
        try await ledger.scrub(["retention_due"] + kinds.tables, progress: progress)
        try await ledger.upkeep { writing in
            _ = try writing.run(
                "DELETE FROM retention_state WHERE name = 'untidy' AND content = $1", [.text(since.description)])
        }
        return true
    }
}

extension Actor {
    /// The house itself, carrying out for an agency what was decided or agreed before.
    static func house(for agency: String) -> Actor {
        Actor(user: "house", agency: agency, roles: [.recordsManager], purpose: .administration)
    }
}
