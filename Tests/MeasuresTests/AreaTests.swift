import Feeds
import Foundation
import Kernel
import TestKit
import Testing

@testable import Measures

@Suite("Areas and forces", .onEveryEngine)
struct AreaTests {
    private let analyst = InventedHouse.analyst
    private static let changes = """
        LSOA11CD,LSOA11NM,LSOA21CD,LSOA21NM,LADCD,CHNGIND_derived,share_of_lsoa21_area
        E01800009,Northby 001Z,E01900001,Northby 001A,E06900001,C,1.0
        E01800009,Northby 001Z,E01900002,Northby 001B,E06900001,C,0.99
        E01800003,Southby 001X,E01900003,Southby 001A,E06900002,C,0.6
        E01800004,Southby 001Y,E01900003,Southby 001A,E06900002,C,0.4

        """

    /// January in areas of 2011, February in areas of 2021.
    private func house() async throws -> InventedHouse {
        let house = try await InventedHouse()
        try await house.loadReference("people.csv", InventedPeople.csv)
        try await house.loadReference("changes.csv", AreaTests.changes)
        try await house.load(
            "2023-01-testshire-street.csv",
            InventedCrimes.street("2023-01", [("Burglary", 3, 9), ("Burglary", 4, 4), ("Burglary", 5, 2)]))
        try await house.load(
            "2023-02-testshire-street.csv",
            InventedCrimes.street("2023-02", [("Burglary", 0, 5), ("Burglary", 1, 6), ("Burglary", 2, 3)], from: 500))
        return house
    }

    @Test("an area that was split is one area with its people while the earlier one occurs; a merged one is the later")
    func vintages() async throws {
        let house = try await house()
        let series = try await house.shelf.series("recorded-crime-per-1000", by: .lsoa, as: analyst)
        #expect(series.points.map(\.group) == ["E01800009", AreaMap.outside, "E01900003"])
        #expect(series.points.map(\.numerator) == [20, 2, 7])
        #expect(series.points.map(\.denominator) == [2500, nil, 2000])
        #expect(series.notes.contains { $0.contains("split in 2021") })
        let february = SeriesFilter.only(.month(try #require(Month("2023-02"))))
        let later = try await house.shelf.series("recorded-crime-per-1000", by: .lsoa, filter: february, as: analyst)
        #expect(later.points.map(\.numerator) == [5, 6, 3])
        #expect(later.points.map(\.denominator) == [1000, 1500, 2000])
        try await house.store.remove()
    }

    @Test("a change of boundary is no change of crime: one small area's months are those of the same ground")
    func sameGround() async throws {
        let house = try await house()
        let kept = SeriesFilter(keeping: [.lsoa: "E01900001"])
        let series = try await house.shelf.series("recorded-crime-per-1000", filter: kept, as: analyst)
        #expect(series.points.map(\.numerator) == [9, 11])
        #expect(series.points.map(\.denominator) == [2500, 2500])
        let request = RowRequest(
            measure: "recorded-crime-per-1000", series: SeriesRequest(filter: kept),
            period: .month(try #require(Month("2023-02"))))
        let page = try await house.shelf.rows(behind: request, as: analyst)
        #expect(page.total == 11 && page.rows.count == 11)
        try await house.store.remove()
    }

    @Test("wards come from the areas placed, with the people of their small areas")
    func wards() async throws {
        let house = try await house()
        let placed = [
            ("E01900001", "W1"), ("E01900002", "W2"), ("E01900003", "W2"),
        ].map { AreaPlacement(code: $0.0, kind: "lsoa", vintage: 2021, name: "", ward: $0.1) }
        let wards = [("W1", "Mill"), ("W2", "Harbour")].map {
            AreaPlacement(code: $0.0, kind: "ward", vintage: 2025, name: $0.1)
        }
        try await house.feeds.place(placed + wards, as: analyst)
        let february = SeriesFilter.only(.month(try #require(Month("2023-02"))))
        let series = try await house.shelf.series("recorded-crime-per-1000", by: .ward, filter: february, as: analyst)
        #expect(series.points.map(\.groupName) == ["Harbour", "Mill"])
        #expect(series.points.map(\.numerator) == [9, 5])
        #expect(series.points.map(\.denominator) == [3500, 1000])
        try await house.store.remove()
    }

    @Test("files of a second force change nothing until that force is asked for, and the note says so")
    func twoForces() async throws {
        let house = try await house()
        let other = InventedCrimes.street("2023-01", [("Burglary", 2, 8)], from: 9000)
            .split(separator: "Testshire").joined(separator: "Othershire")
        try await house.load("2023-01-othershire-street.csv", other)
        let main = try await house.shelf.series("recorded-crime", as: analyst)
        #expect(main.points.map(\.numerator) == [15, 14])
        #expect(main.notes.contains { $0.contains("testshire") && $0.contains("othershire") })
        let stray = try await house.shelf.series(
            "recorded-crime", filter: SeriesFilter(keeping: [.force: "othershire"]), as: analyst)
        #expect(stray.points.map(\.numerator) == [8])
        let one = try await house.shelf.series(
            "recorded-crime", filter: SeriesFilter(keeping: [.force: "testshire"]), as: analyst)
        #expect(one.points.map(\.numerator) == [15, 14])
        let forces = try await house.shelf.series("recorded-crime", by: .force, as: analyst)
        #expect(forces.points.map(\.group) == ["othershire", "testshire"])
        #expect(forces.points.map(\.numerator) == [8, 29])
        try await house.store.remove()
    }

    @Test("after an import only the new month's counts are read")
    func incremental() async throws {
        let house = try await house()
        _ = try await house.shelf.series("recorded-crime", as: analyst)
        #expect(house.shelf.caches.tallies.partsRead == 2)
        _ = try await house.shelf.series("recorded-crime", as: analyst)
        #expect(house.shelf.caches.tallies.partsRead == 2)
        try await house.load(
            "2023-03-testshire-street.csv", InventedCrimes.street("2023-03", [("Burglary", 0, 5)], from: 700))
        let series = try await house.shelf.series("recorded-crime", as: analyst)
        #expect(series.points.map(\.numerator) == [15, 14, 5])
        #expect(house.shelf.caches.tallies.partsRead == 3)
        try await house.store.remove()
    }
}
