import Access
import Kernel
import Ledger
import TestKit
import Testing

@testable import Measures

@Suite("Rows, log and access", .onEveryEngine)
struct GatewayTests {
    private let analyst = InventedHouse.analyst

    private func house() async throws -> InventedHouse {
        let house = try await InventedHouse()
        for (index, month) in ["2023-01", "2023-02"].enumerated() {
            try await house.load(
                "\(month)-testshire-street.csv",
                InventedCrimes.street(
                    month, [("Burglary", 0, 70), ("Anti-social behaviour", 0, 30), ("Robbery", 2, 3)],
                    from: index * 1000))
        }
        return house
    }

    private func every(_ request: RowRequest, _ house: InventedHouse) async throws -> (rows: [FactRowView], total: Int)
    {
        var (rows, request, total) = ([FactRowView](), request, 0)
        for _ in 0..<100 {
            let page = try await house.shelf.rows(behind: request, as: analyst)
            rows += page.rows
            total = page.total
            guard let next = page.next else { break }
            request.after = next
        }
        return (rows, total)
    }

    @Test("the rows behind a point are as many as its figure says, each once, fifty at a time")
    func rowsOfMonth() async throws {
        let house = try await house()
        let request = RowRequest(measure: "recorded-crime", period: .month(try #require(Month("2023-02"))))
        let first = try await house.shelf.rows(behind: request, as: analyst)
        #expect(first.rows.count == 50 && first.total == 73 && first.next != nil)
        let all = try await every(request, house)
        #expect(all.rows.count == 73 && Set(all.rows.map(\.id)).count == 73)
        #expect(all.rows.allSatisfy { $0.cells[0] == "2023-02" && $0.cells[1] != "Anti-social behaviour" })
        #expect(Set(all.rows.map(\.file)) == ["2023-02-testshire-street.csv"])
        try await house.store.remove()
    }

    @Test("the rows behind a group of an area and of a kept type are that group's")
    func rowsOfGroup() async throws {
        let house = try await house()
        let series = SeriesRequest(by: .district, filter: SeriesFilter(keeping: [.crimeType: "Robbery"]))
        let figures = try await house.shelf.series("recorded-crime", by: .district, filter: series.filter, as: analyst)
        let point = try #require(figures.points.first { $0.group == "Southby" })
        let request = RowRequest(measure: "recorded-crime", series: series, period: point.period, group: "Southby")
        let all = try await every(request, house)
        #expect(point.numerator == 6 && all.rows.count == 6 && all.total == 6)
        #expect(all.rows.allSatisfy { $0.cells[1] == "Robbery" && $0.cells[4] == "Southby 001A" })
        try await house.store.remove()
    }

    @Test("outcomes are shown with their crime, and kept to its type")
    func rowsOfOutcomes() async throws {
        let house = try await house()
        let known = (1...60).map { (crime: $0, outcome: "Unable to prosecute suspect") }
        let others = [(crime: 101, outcome: "Suspect charged"), (crime: 102, outcome: "Unable to prosecute suspect")]
        let strangers = (900..<903).map { (crime: $0, outcome: "Unable to prosecute suspect") }
        try await house.load(
            "2023-02-testshire-outcomes.csv", InventedCrimes.outcomes("2023-02", known + others + strangers))
        let month = Period.month(try #require(Month("2023-02")))
        let robbery = SeriesRequest(filter: SeriesFilter(keeping: [.crimeType: "Robbery"]))
        let point = try await house.shelf.series("outcome-unable-to-prosecute", filter: robbery.filter, as: analyst)
            .points
        #expect(point.map(\.numerator) == [1] && point.map(\.denominator) == [2])
        var request = RowRequest(measure: "outcome-unable-to-prosecute", series: robbery, period: month)
        #expect(try await every(request, house).rows.count == 1)
        request.side = .denominator
        let both = try await every(request, house)
        #expect(both.rows.count == 2 && both.rows.allSatisfy { $0.cells[3] == "Robbery" && $0.cells[2] == "2023-01" })
        let apart = try await every(RowRequest(measure: "outcome-lag", period: month, side: .apart), house)
        #expect(apart.rows.count == 3 && apart.total == 3 && apart.rows.allSatisfy { $0.cells[2] == "not held" })
        try await house.store.remove()
    }

    @Test("a page of rows follows the file that counts now, not the one that counted before")
    func rowsOfLaterFile() async throws {
        let house = try await house()
        var request = RowRequest(measure: "recorded-crime", period: .month(try #require(Month("2023-02"))))
        #expect(try await house.shelf.rows(behind: request, as: analyst).total == 73)
        try await house.load(
            "2023-02-testshire-street.csv", InventedCrimes.street("2023-02", [("Robbery", 2, 4)], from: 9000))
        let later = try await house.shelf.rows(behind: request, as: analyst)
        #expect(later.total == 4 && later.rows.count == 4)
        #expect(later.rows.allSatisfy { $0.cells[1] == "Robbery" })
        request.period = .month(try #require(Month("2023-03")))
        let empty = try await house.shelf.rows(behind: request, as: analyst)
        try await house.load(
            "2023-03-testshire-street.csv", InventedCrimes.street("2023-03", [("Robbery", 2, 5)], from: 9900))
        #expect(try await house.shelf.rows(behind: request, as: analyst).total == empty.total + 5)
        try await house.store.remove()
    }

    @Test("each question leaves exactly its own entry in the log")
    func log() async throws {
        let house = try await house()
        let before = try await house.store.log().count
        _ = try await house.shelf.series("recorded-crime", by: .district, as: analyst)
        _ = try await house.shelf.chart("recorded-crime", as: analyst)
        let month = Period.month(try #require(Month("2023-02")))
        let request = RowRequest(measure: "recorded-crime", period: month)
        let page = try await house.shelf.rows(behind: request, as: analyst)
        var second = request
        second.after = page.next
        _ = try await house.shelf.rows(behind: second, as: analyst)
        let entries = try await house.store.log().dropFirst(before)
        let said = Set(entries.map { "\($0.user) \($0.operation.rawValue) \($0.kind): \($0.about)" })
        #expect(entries.count == 5)
        #expect(
            said == [
                "ana consultation measure: recorded-crime by district",
                "ana consultation measure: recorded-crime by month",
                "ana consultation measure.rebase: list measure: ",
                "ana consultation feed.street: recorded-crime 2023-02 after 0",
                "ana consultation feed.street: recorded-crime 2023-02 after \(page.next ?? -1)",
            ])
        try await house.store.remove()
    }

    @Test("every measure at once says what each says alone, from one reading of each kind of count")
    func overview() async throws {
        let house = try await house()
        let outcomes = [(crime: 1, outcome: "Suspect charged"), (crime: 901, outcome: "Suspect charged")]
        try await house.load("2023-02-testshire-outcomes.csv", InventedCrimes.outcomes("2023-02", outcomes))
        let before = try await house.store.log().count
        let all = try await house.shelf.overview(as: analyst)
        #expect(try await house.store.log().dropFirst(before).map(\.kind).sorted() == ["measure", "measure.rebase"])
        // Two months of crimes by type; one of outcomes by outcome, and by wait.
        #expect(house.shelf.caches.tallies.partsRead == 4)
        #expect(all.map(\.series.definition) == (try await house.shelf.definitions(as: analyst)))
        for chart in all where !chart.series.points.isEmpty {
            #expect(try await house.shelf.chart(chart.series.definition.id, as: analyst) == chart)
        }
        #expect(all.first { $0.series.definition.id == "recorded-asb" }?.series.points.map(\.numerator) == [30, 30])
        try await house.store.remove()
    }

    @Test("what somebody typed as a measure does not reach the log")
    func typed() async throws {
        let house = try await house()
        let typed = "Jane Doe, 3 High Street"
        await #expect(throws: Problem.self) { try await house.shelf.series(typed, as: analyst) }
        let request = RowRequest(measure: typed, period: .month(Month(index: 24_000)))
        await #expect(throws: Problem.self) { try await house.shelf.rows(behind: request, as: analyst) }
        #expect(try await house.store.log().allSatisfy { !$0.about.contains("Jane") })
        try await house.store.remove()
    }

    @Test("a partner may read figures and may neither publish them nor move limits; both refusals are logged")
    func access() async throws {
        let house = try await house()
        let partner = TestActor.partner([.partnerPractitioner])
        #expect(try await house.shelf.series("recorded-crime", as: partner).points.count == 2)
        await #expect(throws: Problem.absent) {
            try await house.shelf.csv("recorded-crime", by: .district, for: .publication, as: partner)
        }
        await #expect(throws: Problem.absent) {
            try await house.shelf.rebase(
                "recorded-crime", from: Month(index: 24_277), reason: "New system", as: partner)
        }
        let refused = try await house.store.log().filter { !$0.wasAllowed }
        #expect(refused.map(\.operation) == [.disclosure, .collection])
        try await house.store.remove()
    }

    @Test("a publication withholds small counts and what would give them away, and is logged as a disclosure")
    func publication() async throws {
        let house = try await house()
        let filter = SeriesFilter.only(.month(try #require(Month("2023-02"))))
        let text = try await house.shelf.csv(
            "recorded-crime", by: .district, filter: filter, for: .publication, as: analyst)
        let lines = text.split(separator: "\r\n").map(String.init)
        #expect(lines[1] == "2023-02,Northby,,suppressed,,,,,suppressed,")
        #expect(lines[2] == "2023-02,Southby,,suppressed,,,,,suppressed,")
        #expect(text.contains("Counts of 1 to 4 are suppressed"))
        let whole = try await house.shelf.csv("recorded-crime", by: .district, filter: filter, for: .house, as: analyst)
        #expect(whole.contains("2023-02,Northby,,70,,70,"))
        #expect(
            try await house.store.log().filter { $0.operation == .disclosure }.map(\.about) == [
                "recorded-crime by district from 2023-02 until 2023-02"
            ])
        try await house.store.remove()
    }
}
