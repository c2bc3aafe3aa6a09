import Foundation
import Kernel
import Ledger
import TestKit
import Testing

@testable import Feeds

@Suite(.onEveryEngine) struct RecoveryTests {
    /// What a kill in the middle leaves: a batch that runs, a part that loads, rows without a published part.
    @Test func `a stop in the middle leaves nothing that counts, and the next start takes it away`() async throws {
        let work = try await Workplace()
        let first = Rows.file(.street, (1...30).map { Rows.street(Rows.id($0)) })
        _ = try await work.load(try work.file("2024-01-exshire-street.csv", first))
        try await work.store.ledger.upkeep { writing in
            try writing.run(
                "INSERT INTO feed_batch (id, started, person, agency, state) VALUES (2, 1, 'a', 'b', 'running')")
            try writing.run(
                """
                INSERT INTO feed_file (id, batch, path, kind, named, months, force, digest, bytes, state, rows_read,
                    accepted, duplicate, superseded, rejected, repeats, notices, error)
                VALUES (2, 2, 'half.csv', 'street', '', '', '', 'd', 1, 'loading', 0, 0, 0, 0, 0, 0, '', '')
                """)
            let month = Month(index: 2024 * 12)
            let key = PartKey(kind: .street, force: "exshire", month: month)
            let part = try PartRows.start(key, file: 2, writing)
            var run = Run(key: key)
            run.rows = (0..<20_000).map { FactRow(line: Int32($0)) }
            try FactWriter.run(run, part: part.id, words: [0], writing)
            try FactWriter.cells(.street, set: part.cells, [([0, 0, 0], 20_000)], writing)
        }
        #expect(try await work.currentRows(.street) == 30)
        #expect(try await work.feeds.recover(as: work.analyst) == ["half.csv"])
        #expect(try await work.integer("SELECT COUNT(*) FROM feed_street") == 30)
        #expect(try await work.integer("SELECT SUM(n) FROM feed_street_cell") == 30)
        #expect(try await work.integer("SELECT COUNT(*) FROM feed_part") == 1)
        #expect(try await work.integer("SELECT COUNT(*) FROM feed_run") == 1)
        let batch = try await work.feeds.batch(2, as: work.analyst)
        #expect(batch.state == .interrupted && batch.files[0].state == .interrupted)
        #expect(try await work.feeds.recover(as: work.analyst).isEmpty)
        try await work.remove()
    }

    @Test func `an import that is cancelled leaves nothing half there`() async throws {
        var limits = ImportLimits()
        limits.runRows = 50
        let work = try await Workplace(limits: limits)
        let text = Rows.file(.street, (1...20_000).map { Rows.street(Rows.id($0)) })
        let path = try work.file("2024-01-exshire-street.csv", text)
        let (feeds, analyst) = (work.feeds, work.analyst)
        let task = Task {
            try await feeds.importFiles([ImportInput(path: path)], as: analyst) { progress in
                if progress.rows > 1000 { withUnsafeCurrentTask { $0?.cancel() } }
            }
        }
        await #expect(throws: CancellationError.self) { try await task.value }
        #expect(try await work.integer("SELECT COUNT(*) FROM feed_part WHERE state = 'current'") == 0)
        try await work.feeds.recover(as: work.analyst)
        #expect(try await work.integer("SELECT COUNT(*) FROM feed_street") == 0)
        limits.runRows = 32_768
        let again = FeedStore(ledger: work.store.ledger, limits: limits)
        let report = try await again.importFiles([ImportInput(path: path)], as: work.analyst)
        #expect(report.totals.accepted == 20_000)
        try await work.remove()
    }

    @Test func `two imports at once wait for each other and both are whole`() async throws {
        let work = try await Workplace()
        let paths = try (1...4).map { number in
            try work.file(
                "2024-0\(number)-exshire-street.csv",
                Rows.file(.street, (1...300).map { Rows.street(Rows.id($0 * 10 + number), month: "2024-0\(number)") }))
        }
        let (feeds, analyst) = (work.feeds, work.analyst)
        try await withThrowingTaskGroup(of: Int.self) { group in
            for path in paths {
                group.addTask {
                    try await feeds.importFiles([ImportInput(path: path)], as: analyst).totals.accepted
                }
            }
            for try await accepted in group { #expect(accepted == 300) }
        }
        #expect(try await work.currentRows(.street) == 1200)
        try await work.remove()
    }

    @Test func `words are numbered again when there are too many to remember`() async throws {
        var limits = ImportLimits()
        (limits.words, limits.runRows, limits.cells) = (100, 64, 40)
        let work = try await Workplace(limits: limits)
        let rows = (1...1000).map {
            Rows.street(Rows.id($0), location: "On or near \($0 % 400)", lsoa: "E0101\(1000 + $0 % 90),A \($0 % 90)")
        }
        let report = try await work.load(try work.file("2024-01-exshire-street.csv", Rows.file(.street, rows)))
        #expect(report.totals.accepted == 1000)
        #expect(try await work.integer("SELECT COUNT(*) FROM feed_word WHERE kind = 1") == 400)
        #expect(try await work.integer("SELECT COUNT(DISTINCT location) FROM feed_street") == 400)
        #expect(try await work.currentCells(.street) == 1000)
        #expect(try await work.integer("SELECT COUNT(*) FROM feed_street_cell") == 90)
        try await work.remove()
    }
}
