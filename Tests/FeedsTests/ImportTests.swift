import Access
import Foundation
import Kernel
import Ledger
import TestKit
import Testing

@testable import Feeds

@Suite(.onEveryEngine) struct ImportTests {
    @Test func `a file is loaded, counted and can be read back`() async throws {
        let work = try await Workplace()
        let rows =
            (1...5).map { Rows.street(Rows.id($0)) } + [Rows.street("", type: "Anti-social behaviour", outcome: "")]
        let report = try await work.load(try work.file("2024-01-exshire-street.csv", Rows.file(.street, rows)))
        let file = try #require(report.files.first)
        #expect(file.kind == "street" && file.month == "2024-01" && file.force == "exshire" && file.error == nil)
        #expect(file.tally == [6, 6, 0, 0, 0])
        #expect(try await work.currentRows(.street) == 6)
        #expect(try await work.currentCells(.street) == 6)
        let january = try #require(Month("2024-01"))
        let query = FactQuery(kind: .street, months: january...january, matching: ["crime_type": ["Drugs"]])
        let facts = try await work.feeds.facts(query, as: work.analyst)
        #expect(facts.count == 5 && Set(facts.map(\.crime)) == Set((1...5).map { Rows.id($0) }))
        #expect(facts.first?.longitude == -1.212283 && facts.first?.areaName == "Hartlepool 009A")
        #expect(facts.first?.values["location"] == "On or near High Street")
        try await work.remove()
    }

    @Test func `the same file again changes nothing, however it is packed or named`() async throws {
        let work = try await Workplace()
        let text = Rows.file(.street, (1...20).map { Rows.street(Rows.id($0)) })
        let plain = try work.file("2024-01-exshire-street.csv", text)
        _ = try await work.load(plain)
        let zip = try work.file("site.zip", StoredZip.bytes([("2024-01/2024-01-exshire-street.csv", Array(text.utf8))]))
        let before = try await work.rows("SELECT id, state, since, until FROM feed_part")
        for again in [plain, try work.gzip(plain), zip, try work.file("download.csv", text)] {
            let file = try #require(try await work.load(again).files.first)
            #expect(file.tally == [20, 0, 20, 0, 0])
            #expect(file.month == "2024-01")
        }
        let after = try await work.rows("SELECT id, state, since, until FROM feed_part")
        #expect(before.map(\.values) == after.map(\.values))
        #expect(try await work.integer("SELECT COUNT(*) FROM feed_street") == 20)
        try await work.remove()
    }

    @Test func `a later file takes the place of the earlier, which stays knowable and does not come back`() async throws
    {
        let work = try await Workplace()
        let first = Rows.file(.street, (1...10).map { Rows.street(Rows.id($0)) })
        let second = Rows.file(.street, (1...12).map { Rows.street(Rows.id($0), outcome: "Local resolution") })
        let path = try work.file("a/2024-01-exshire-street.csv", first)
        _ = try await work.load(path)
        work.store.clock.advance(seconds: 60)
        let report = try await work.load(try work.file("b/2024-01-exshire-street.csv", second))
        #expect(report.totals.superseded == 10 && report.totals.accepted == 12)
        #expect(try await work.currentRows(.street) == 12)
        #expect(try await work.currentCells(.street) == 12)
        #expect(try await work.integer("SELECT COUNT(*) FROM feed_street") == 22)
        let parts = try await work.rows("SELECT state, until, superseded_by FROM feed_part ORDER BY id")
        #expect(parts[0].text(0) == "superseded" && parts[0].integer(1) > 0 && parts[0].integer(2) == 2)
        let old = try #require(try await work.load(path).files.first)
        #expect(old.duplicate == 10 && old.accepted == 0 && old.notices.contains { $0.contains("not brought back") })
        #expect(try await work.currentRows(.street) == 12)
        try await work.remove()
    }

    @Test func `exact repeats of a crime are left out, other details and blank identifiers are kept`() async throws {
        let limits = { () -> ImportLimits in
            var limits = ImportLimits()
            limits.runRows = 4
            return limits
        }()
        let work = try await Workplace(limits: limits)
        var rows = (1...10).map { Rows.street(Rows.id($0)) }
        rows += [rows[0], rows[9], Rows.street(Rows.id(3), outcome: "Local resolution")]
        rows += (0..<6).map { _ in Rows.street("", type: "Anti-social behaviour", outcome: "") }
        let report = try await work.load(try work.file("2024-01-exshire-street.csv", Rows.file(.street, rows)))
        let file = try #require(report.files.first)
        #expect(file.tally == [19, 17, 2, 0, 0])
        #expect(file.notices.contains { $0.contains("1 rows name a crime that came before") })
        #expect(try await work.integer("SELECT COUNT(*) FROM feed_street WHERE crime_id IS NULL") == 6)
        #expect(try await work.currentCells(.street) == 17)
        #expect(try await work.integer("SELECT COUNT(*) FROM feed_run") >= 4)
        try await work.remove()
    }

    @Test func `outcomes find their crime, its type and the months between`() async throws {
        let work = try await Workplace()
        let january = Rows.file(.street, [Rows.street(Rows.id(1), type: "Burglary"), Rows.street(Rows.id(2))])
        let rows = [
            Rows.outcome(Rows.id(1), month: "2024-03"), Rows.outcome(Rows.id(1), month: "2024-03"),
            Rows.outcome(Rows.id(1), month: "2024-03", type: "Suspect charged"),
            Rows.outcome(Rows.id(9), month: "2024-03"),
        ]
        let outcomes = try work.file("2024-03-exshire-outcomes.csv", Rows.file(.outcomes, rows))
        let report = try await work.load(outcomes)
        #expect(report.totals.accepted == 3 && report.totals.duplicate == 1)
        let unsettled = try await lags(work)
        #expect(unsettled == ["0/-1": 3])
        #expect(report.files[0].notices.contains { $0.hasPrefix("3 outcomes belong to crimes that are not held") })
        _ = try await work.load(try work.file("2024-01-exshire-street.csv", january))
        let settled = try await lags(work)
        #expect(settled == ["Burglary/2": 2, "0/-1": 1])
        #expect(try await work.currentCells(.outcomes) == 3)
        #expect(try await work.integer("SELECT SUM(n) FROM feed_outcome_cell") == 3)
        try await work.remove()
    }

    private func lags(_ work: Workplace) async throws -> [String: Int64] {
        let rows = try await work.rows(
            """
            SELECT COALESCE(w.word, '0'), c.lag, SUM(c.n) FROM feed_part p JOIN feed_outcome_cell c ON c.cells = p.cells
            LEFT JOIN feed_word w ON w.id = c.crime_type WHERE p.state = 'current' GROUP BY 1, 2
            """)
        return Dictionary(uniqueKeysWithValues: rows.map { ("\($0.text(0))/\($0.integer(1))", $0.integer(2)) })
    }

    @Test func `several months in one file are parts of their own`() async throws {
        let work = try await Workplace()
        let rows = (1...9).map { Rows.street(Rows.id($0), month: "2024-0\(1 + $0 % 3)") }
        let report = try await work.load(try work.file("all.csv", Rows.file(.street, rows)))
        #expect(report.files[0].month == "2024-01/2024-03" && report.files[0].force == "exshire")
        let later = try await work.load(try work.file("2024-02-exshire-street.csv", Rows.file(.street, [rows[0]])))
        #expect(later.totals.superseded == 3 && later.totals.accepted == 1)
        #expect(try await work.currentRows(.street) == 7)
        #expect(later.files[0].notices.contains { $0.contains("less than half") })
        try await work.remove()
    }

    @Test func `rejected rows come back with line and reason, and the rest is loaded`() async throws {
        let work = try await Workplace()
        let good = (1...20).map { Rows.street(Rows.id($0)) }
        let bad = [
            (Rows.street("abc"), "Crime ID"), (Rows.street(Rows.id(30), month: "2023-13"), "month is not like"),
            (Rows.street(Rows.id(31), month: "2024-02"), "name of the file says"),
            (Rows.street(Rows.id(32), lon: "54.5", lat: "-1.2"), "wrong way round"),
            (Rows.street(Rows.id(33), lon: "99999999999999999999"), "longitude is not a number"),
            (Rows.street(Rows.id(34), lon: ""), "only one of"),
            (Rows.street(Rows.id(35), lat: "12.0"), "British Isles"),
            ("a,b,c", "3 values and 12"), (Rows.street(Rows.id(36), location: "\"open"), "not closed"),
        ]
        let text = Rows.file(.street, good + bad.map(\.0))
        let report = try await work.load(try work.file("2024-01-exshire-street.csv", text))
        let file = try #require(report.files.first)
        #expect(file.tally == [29, 20, 0, 0, 9])
        let rows = try await work.feeds.rejectedRows(.batch(report.batch), as: work.analyst)
        #expect(rows.map(\.line) == Array(22...30))
        for (row, expected) in zip(rows, bad) { #expect(row.reason.contains(expected.1)) }
        var csv = ""
        try await work.feeds.rejectsCSV(.file(try #require(file.file)), as: work.analyst) { csv += $0 }
        #expect(csv.hasPrefix("File,Line,Reason,Crime ID,Month"))
        #expect(csv.contains(",22,the Crime ID is not 64 digits and letters a to f,abc,2024-01,Exshire Police"))
        try await work.remove()
    }

    @Test func `a file of mostly unusable rows is refused whole and says why`() async throws {
        let work = try await Workplace()
        let rows = [Rows.street(Rows.id(1))] + (0..<5).map { _ in Rows.street("x") }
        let report = try await work.load(try work.file("2024-01-exshire-street.csv", Rows.file(.street, rows)))
        let error = try #require(report.files[0].error)
        #expect(error.contains("5 of 6 rows cannot be used") && error.contains("Line 3: the Crime ID"))
        #expect(!report.isComplete && report.totals.accepted == 0 && report.totals.rejected == 6)
        #expect(try await work.integer("SELECT COUNT(*) FROM feed_street") == 0)
        #expect(try await work.integer("SELECT COUNT(*) FROM feed_part") == 0)
        try await work.remove()
    }

    @Test func `a month still to come is not accepted`() async throws {
        let work = try await Workplace()
        let report = try await work.load(
            try work.file("f.csv", Rows.file(.street, [Rows.street(Rows.id(1), month: "2031-01")])))
        #expect(report.files[0].error?.contains("has not come yet") ?? false)
        try await work.remove()
    }

    @Test func `one bad file is refused and the others load`() async throws {
        let work = try await Workplace()
        let good = try work.file("2024-01-exshire-street.csv", Rows.file(.street, [Rows.street(Rows.id(1))]))
        let bad = try work.file("2024-02-exshire-street.csv", "Name,Age\nA,1\n")
        let report = try await work.load(bad, good)
        #expect(report.files[0].error?.contains("Name,Age") ?? false)
        #expect(report.files[1].accepted == 1 && report.totals.accepted == 1)
        try await work.remove()
    }

    @Test func `a path that does not exist stops everything before it starts`() async throws {
        let work = try await Workplace()
        let good = try work.file("2024-01-exshire-street.csv", Rows.file(.street, [Rows.street(Rows.id(1))]))
        await #expect(throws: Problem.self) { try await work.load(good, "/nowhere/at-all.csv") }
        #expect(try await work.integer("SELECT COUNT(*) FROM feed_batch") == 0)
        try await work.remove()
    }

    @Test func `an empty month is a zero and not a gap`() async throws {
        let work = try await Workplace()
        let report = try await work.load(try work.file("2024-01-exshire-street.csv", Rows.file(.street, [])))
        #expect(report.isComplete && report.files[0].month == "2024-01")
        #expect(try await work.integer("SELECT COUNT(*) FROM feed_part WHERE state = 'current'") == 1)
        let unnamed = try await work.load(try work.file("empty.csv", Rows.file(.outcomes, [])))
        #expect(unnamed.files[0].error?.contains("no rows") ?? false)
        try await work.remove()
    }

    @Test func `who loaded what and when is kept, and the log has it`() async throws {
        let work = try await Workplace()
        let report = try await work.load(
            try work.file("2024-01-exshire-street.csv", Rows.file(.street, [Rows.street(Rows.id(1))])))
        let batch = try await work.feeds.batch(report.batch, as: work.analyst)
        #expect(batch.person == work.analyst.user && batch.state == .done && batch.totals.accepted == 1)
        #expect(batch.files[0].digest.count == 64 && batch.files[0].state == .loaded)
        let log = try await work.store.log()
        #expect(log.first?.kind == "feed.import" && log.first?.operation == .collection)
        try await work.remove()
    }

    @Test func `a person who may not import changes nothing, and the log has the attempt`() async throws {
        let work = try await Workplace()
        let path = try work.file("2024-01-exshire-street.csv", Rows.file(.street, [Rows.street(Rows.id(1))]))
        let officer = TestActor.police([.responseOfficer])
        await #expect(throws: Problem.absent) {
            try await work.feeds.importFiles([ImportInput(path: path)], as: officer)
        }
        #expect(try await work.integer("SELECT COUNT(*) FROM feed_batch") == 0)
        #expect(try await work.store.log().last?.wasAllowed == false)
        try await work.remove()
    }

    @Test func `progress rises to all of the bytes`() async throws {
        let work = try await Workplace()
        let text = Rows.file(.street, (1...500).map { Rows.street(Rows.id($0)) })
        let path = try work.file("2024-01-exshire-street.csv", text)
        let seen = ProgressLog()
        _ = try await work.feeds.importFiles([ImportInput(path: path)], as: work.analyst) { seen.add($0) }
        let loading = seen.all.filter { $0.stage == .loading }
        #expect(seen.all.first?.stage == .checking)
        #expect(loading.last?.bytesRead == Int64(text.utf8.count) && loading.last?.rows == 500)
        #expect(loading.last?.bytesTotal == Int64(text.utf8.count))
        try await work.remove()
    }

    @Test func `the report keeps the names that other programs read`() async throws {
        let work = try await Workplace()
        let report = try await work.load(
            try work.file("2024-01-exshire-street.csv", Rows.file(.street, [Rows.street(Rows.id(1))])))
        let json = try JSONSerialization.jsonObject(with: JSONEncoder().encode(report)) as? [String: Any]
        let file = (json?["files"] as? [[String: Any]])?.first
        let counts = ["read", "accepted", "duplicate", "superseded", "rejected"]
        #expect(Set(counts + ["path", "kind", "month"]).isSubset(of: Set(file?.keys.map(\.self) ?? [])))
        #expect(Set((json?["totals"] as? [String: Any])?.keys.map(\.self) ?? []) == Set(counts))
        try await work.remove()
    }
}

final class ProgressLog: @unchecked Sendable {
    private let lock = NSLock()
    private var seen: [ImportProgress] = []

    func add(_ progress: ImportProgress) { lock.withLock { seen.append(progress) } }

    var all: [ImportProgress] { lock.withLock { seen } }
}
