import Access
import Kernel
import Ledger
import TestKit
import Testing

@testable import Measures

@Suite("Charts")
struct ChartTests {
    private let analyst = InventedHouse.analyst

    /// Twelve months about 40, then twelve about 80.
    private func house() async throws -> InventedHouse {
        let house = try await InventedHouse()
        let start = try #require(Month("2023-01"))
        for index in 0..<24 {
            let month = start.adding(months: index)
            let count = (index < 12 ? 40 : 80) + [0, 3, -2, 4, -3, 1][index % 6]
            try await house.load(
                "\(month)-testshire-street.csv",
                InventedCrimes.street("\(month)", [("Burglary", 0, count)], from: index * 100))
        }
        return house
    }

    @Test("limits start again only with a reason, and only the reason's months have the new ones")
    func rebase() async throws {
        let house = try await house()
        let plain = try await house.shelf.chart("crime-burglary", as: analyst)
        #expect(plain.segments.count == 1 && plain.segments.first?.method == "xmr-mean")
        #expect(plain.signals.contains { $0.rule == "run-on-one-side" })
        #expect(plain.series.points.first?.signal?.contains("below the centre line") == true)
        #expect(plain.summary.hasPrefix("December 2024: 81 crimes. Routine variation runs from "))
        let month = try #require(Month("2024-01"))
        await #expect(throws: Problem.self) {
            try await house.shelf.rebase("crime-burglary", from: month, reason: "  \n", as: analyst)
        }
        let id = try await house.shelf.rebase(
            "crime-burglary", from: month, reason: "Crimes are recorded by a new team", as: analyst)
        let moved = try await house.shelf.chart("crime-burglary", as: analyst)
        #expect(moved.segments.map(\.reason) == [nil, "Crimes are recorded by a new team"])
        #expect(moved.segments.map(\.from.label) == ["2023-01", "2024-01"])
        #expect((moved.segments[0].centre ?? 0) < 45 && (moved.segments[1].centre ?? 0) > 75)
        #expect(!moved.signals.contains { $0.rule == "run-on-one-side" })
        let kept = try await house.shelf.rebases(of: "crime-burglary", as: analyst)
        #expect(kept.map(\.author) == ["ana"] && kept.map(\.body.month) == [month])
        try await house.shelf.withdrawRebase(id, expecting: 1, reason: "The team came later", as: analyst)
        #expect(try await house.shelf.chart("crime-burglary", as: analyst).segments.count == 1)
        #expect(try await house.shelf.rebases(of: "crime-burglary", as: analyst).map(\.version) == [2])
        try await house.store.remove()
    }

    @Test(
        "numbers are written the British way",
        arguments: [
            (1_234_567.891, 2, "1,234,567.89"), (0.05, 1, "0.1"), (-3.5, 2, "-3.50"), (999, 0, "999"),
            (1000, 0, "1,000"),
        ])
    func figures(value: Double, places: Int, text: String) {
        #expect(Figures.decimals(value, places) == text)
    }

    @Test("a series too short for limits says so and raises nothing")
    func short() async throws {
        let house = try await InventedHouse()
        try await house.load("2023-01-testshire-street.csv", InventedCrimes.street("2023-01", [("Burglary", 0, 4)]))
        let chart = try await house.shelf.chart("recorded-crime", as: analyst)
        #expect(chart.latest == nil && chart.signals.isEmpty)
        #expect(chart.segments.first?.explanation.contains("no limits yet") == true)
        try await house.store.remove()
    }

    @Test("nothing loaded is an empty chart with a sentence, not an error")
    func empty() async throws {
        let house = try await InventedHouse()
        for id in ["recorded-crime", "recorded-crime-per-1000", "outcome-lag", "search-find-rate"] {
            let chart = try await house.shelf.chart(id, as: analyst)
            #expect(chart.series.points.isEmpty)
            #expect(chart.series.notes.contains { $0.contains("Load the files first") })
        }
        try await house.store.remove()
    }
}
