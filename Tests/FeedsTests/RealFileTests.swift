import Foundation
import Kernel
import Ledger
import TestKit
import Testing

@testable import Feeds

private let isHere = SharedData.folder != nil
private let absence: Comment = "the real data of data.police.uk is not beside the repository"

/// Each quirk of the real files, told in the data's own notes.
@Suite(.enabled(if: isHere, absence)) struct RealFileTests {
    private func path(_ name: String) throws -> String {
        try #require(SharedData.file("data/police.uk/\(name).csv.gz")).path
    }

    @Test func `stop and search stamps are local midnights, so every row lies in the month of its file`() async throws {
        let work = try await Workplace()
        for month in ["2023-01", "2023-03", "2023-04", "2023-10"] {
            let file = try #require(try await work.load(try path("\(month)-cleveland-stop-and-search")).files.first)
            #expect(file.month == month && file.rejected == 0 && file.duplicate == 0)
            #expect(file.force == "cleveland" && file.exactRepeats > 0 && !file.notices.isEmpty)
        }
        #expect(try await work.currentCells(.stopAndSearch) == 693 + 759 + 686 + 763)
        // Latitude comes first here, and longitude in the other files.
        #expect(try await work.integer("SELECT COUNT(*) FROM feed_stop WHERE lat < 54000000 OR lon > 0") == 0)
        try await work.remove()
    }

    @Test func `the double load of May 2025 is halved and said`() async throws {
        let work = try await Workplace()
        let file = try #require(try await work.load(try path("2025-05-cleveland-stop-and-search")).files.first)
        #expect(file.tally == [980, 490, 490, 0, 0])
        #expect(file.exactRepeats == 511)
        #expect(file.notices.contains { $0.contains("511 of 980 rows") && $0.contains("490 rows were left out") })
        try await work.remove()
    }

    @Test func `street crimes keep every row of anti-social behaviour, and both vintages of LSOA`() async throws {
        let work = try await Workplace()
        let report = try await work.load(
            try path("2023-05-cleveland-street"), try path("2023-06-cleveland-street"))
        #expect(report.totals.rejected == 0 && report.totals.duplicate == 0)
        #expect(report.totals.read == report.totals.accepted && report.isComplete)
        let blank = try await work.integer("SELECT COUNT(*) FROM feed_street WHERE crime_id IS NULL")
        let antisocial = try await work.integer(
            """
            SELECT SUM(c.n) FROM feed_street_cell c JOIN feed_word w ON w.id = c.crime_type
            WHERE w.word = 'Anti-social behaviour'
            """)
        #expect(blank == antisocial && blank > 2000)
        // Areas of the 2011 census that no longer exist come in May and not in June.
        #expect(report.files.allSatisfy { $0.notices.isEmpty })
        try await work.remove()
    }

    @Test func `a wrong copy of a real file is refused and the real one is not harmed`() async throws {
        let work = try await Workplace()
        let real = try path("2024-02-cleveland-street")
        let bytes = Array(try Data(contentsOf: URL(fileURLWithPath: real)))
        let cut = try work.file("2024-02-cleveland-street.csv.gz", bytes.prefix(bytes.count * 2 / 3))
        let report = try await work.load(cut, real)
        #expect(report.files[0].error?.contains("cut short") ?? false)
        #expect(report.files[1].error == nil && report.files[1].accepted > 6000)
        try await work.remove()
    }

    @Test func `thirty months load, load again with nothing changed, and reconcile`() async throws {
        let work = try await Workplace()
        let folder = try #require(SharedData.file("data/police.uk")).path
        let report = try await work.load(folder)
        #expect(report.files.count == 90 && report.isComplete && report.totals.rejected == 0)
        let street = report.files.filter { $0.kind == "street" }.reduce(0) { $0 + $1.accepted }
        let outcomes = report.files.filter { $0.kind == "outcomes" }
        #expect(street == 230_359)
        #expect(outcomes.reduce(0) { $0 + $1.read } == 189_197)
        #expect(outcomes.reduce(0) { $0 + $1.duplicate } == 4521)
        #expect(try await work.currentCells(.street) == 230_359)
        #expect(try await work.currentCells(.outcomes) == 189_197 - 4521)
        try await expectReconciliation(work)
        try await expectOutcomes(work)
        let before = try await work.rows("SELECT id, state, since, until, cells, stale FROM feed_part ORDER BY id")
        let again = try await work.load(folder)
        #expect(again.totals.accepted == 0 && again.totals.superseded == 0 && again.totals.read == report.totals.read)
        #expect(again.totals.duplicate == again.totals.read)
        let after = try await work.rows("SELECT id, state, since, until, cells, stale FROM feed_part ORDER BY id")
        #expect(before.map(\.values) == after.map(\.values))
        try await work.remove()
    }

    /// Street rows without anti-social behaviour, April 2024 to March 2025, as the data's notes have it.
    private func expectReconciliation(_ work: Workplace) async throws {
        let recorded = try await work.integer(
            """
            SELECT SUM(c.n) FROM feed_part p JOIN feed_street_cell c ON c.cells = p.cells
            JOIN feed_word w ON w.id = c.crime_type
            WHERE p.kind = 'street' AND p.state = 'current' AND p.month >= '2024-04' AND p.month <= '2025-03'
                AND w.word <> 'Anti-social behaviour'
            """)
        #expect(recorded == 72_391)
    }

    private func expectOutcomes(_ work: Workplace) async throws {
        let several = try await work.integer(
            """
            SELECT COUNT(*) FROM (
                SELECT crime_id FROM feed_outcome GROUP BY crime_id HAVING COUNT(DISTINCT outcome_type) > 1) t
            """)
        #expect(several == 893)
        let unknown = try await work.integer(
            """
            SELECT SUM(c.n) FROM feed_part p JOIN feed_outcome_cell c ON c.cells = p.cells
            WHERE p.state = 'current' AND c.lag = -1
            """)
        #expect(unknown == 1698)
        let sameMonth = try await work.integer(
            """
            SELECT SUM(c.n) FROM feed_part p JOIN feed_outcome_cell c ON c.cells = p.cells
            WHERE p.state = 'current' AND c.lag = 0
            """)
        #expect(sameMonth == 130_510)
    }

    @Test func `tables of people, of changed areas and of published figures are told by their headings`() async throws {
        let work = try await Workplace()
        let paths = [
            "data/deprivation/lsoa21_denominators_derived.csv", "data/geography/lsoa11_lsoa21_cleveland_derived.csv",
            "data/benchmarks/prc_2024_25_counts_selected_forces.csv",
        ].compactMap { SharedData.file($0)?.path }
        let report = try await work.feeds.importReference(paths.map { ImportInput(path: $0) }, as: work.analyst)
        #expect(report.files.map(\.kind) == ["population", "area-changes", "published-figures"])
        #expect(report.isComplete && report.files.allSatisfy { $0.notices.isEmpty })
        let hartlepool = try await work.integer(
            "SELECT SUM(people) FROM feed_population WHERE district = 'E06000001' AND vintage = '2022'")
        #expect((93_000...94_000).contains(hartlepool))
        #expect(
            try await work.integer(
                "SELECT SUM(n) FROM feed_published WHERE force = 'Cleveland' AND period = '2024-04/2025-03'") == 71_425)
        #expect(try await work.integer("SELECT COUNT(*) FROM feed_area_change WHERE change = 'U'") == 342)
        try await work.remove()
    }
}
