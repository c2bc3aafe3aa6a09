import Access
import Foundation
import Kernel
import Ledger
import Statistics
import TestKit
import Testing

@testable import Measures

@Suite("Series of invented files", .onEveryEngine)
struct InventedSeriesTests {
    private let analyst = InventedHouse.analyst

    @Test("a missing month is a gap with nothing in it, never a zero, and an empty month is a zero")
    func gap() async throws {
        let house = try await InventedHouse()
        try await house.load("2023-01-testshire-street.csv", InventedCrimes.street("2023-01", [("Burglary", 0, 7)]))
        try await house.load(
            "2023-03-testshire-street.csv", InventedCrimes.street("2023-03", [("Anti-social behaviour", 0, 2)]))
        let series = try await house.shelf.series("recorded-crime", as: analyst)
        #expect(series.points.map(\.period.label) == ["2023-01", "2023-02", "2023-03"])
        let gap = try #require(series.point("2023-02"))
        #expect(gap.isGap && gap.value == nil && gap.low == nil && gap.denominator == nil)
        #expect(gap.signal == "no data")
        #expect(series.point("2023-01")?.numerator == 7)
        #expect(series.point("2023-03")?.numerator == 0)
        #expect(series.point("2023-03")?.value == 0)
        #expect(series.notes.contains { $0.contains("February 2023") && $0.contains("not zero") })
        let json = try await house.shelf.json("recorded-crime", as: analyst)
        let object = try #require(try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any])
        let points = try #require(object["points"] as? [[String: Any]])
        for name in ["numerator", "denominator", "value", "low", "high", "group"] {
            #expect(points[1][name] is NSNull, "\(name)")
        }
        #expect(points[1]["signal"] as? String == "no data")
        #expect(object["limits"] is [String: Any])
        try await house.store.remove()
    }

    @Test("a year that is not whole has its count and no figure")
    func partYear() async throws {
        let house = try await InventedHouse()
        try await house.load("2023-01-testshire-street.csv", InventedCrimes.street("2023-01", [("Burglary", 0, 7)]))
        let series = try await house.shelf.series("recorded-crime", by: .year, as: analyst)
        let year = try #require(series.point("2023"))
        #expect(year.numerator == 7 && year.value == nil)
        #expect(year.signal == "only 1 of 12 months held")
        try await house.store.remove()
    }

    @Test("areas are read from the names of LSOAs, and a row without one is shown as such")
    func districts() async throws {
        let house = try await InventedHouse()
        try await house.load(
            "2023-01-testshire-street.csv",
            InventedCrimes.street(
                "2023-01", [("Burglary", 0, 3), ("Robbery", 1, 2), ("Robbery", 2, 6), ("Drugs", -1, 1)]))
        let series = try await house.shelf.series("recorded-crime", by: .district, as: analyst)
        #expect(series.points.map(\.group) == ["No location", "Northby", "Southby"])
        #expect(series.points.map(\.numerator) == [1, 5, 6])
        let robbery = SeriesFilter(keeping: [.crimeType: "Robbery"])
        let kept = try await house.shelf.series("recorded-crime", by: .district, filter: robbery, as: analyst)
        #expect(kept.points.map(\.numerator) == [2, 6])
        let north = try await house.shelf.series(
            "recorded-crime", filter: SeriesFilter(keeping: [.district: "Northby"]), as: analyst)
        #expect(north.points.map(\.numerator) == [5])
        try await house.store.remove()
    }

    @Test("without population there is no rate and no made-up number; with it the interval is the exact Poisson one")
    func rates() async throws {
        let house = try await InventedHouse()
        try await house.load(
            "2023-01-testshire-street.csv", InventedCrimes.street("2023-01", [("Burglary", 0, 12), ("Robbery", 2, 6)]))
        let bare = try await house.shelf.series("recorded-crime-per-1000", as: analyst)
        #expect(bare.points.map(\.value) == [nil] && bare.points.map(\.denominator) == [nil])
        #expect(bare.notes.contains { $0.contains("No population is loaded") })
        try await house.loadReference("people.csv", InventedPeople.csv)
        let series = try await house.shelf.series("recorded-crime-per-1000", as: analyst)
        let point = try #require(series.points.first)
        #expect(point.denominator == 4500)
        #expect(point.value == 4)
        let interval = try PoissonInterval.around(count: 18)
        #expect(
            abs((point.low ?? 0) - interval.low / 4.5) < 1e-9 && abs((point.high ?? 0) - interval.high / 4.5) < 1e-9)
        let small = try await house.shelf.series("recorded-crime-per-1000", by: .lsoa, as: analyst)
        #expect(small.points.map(\.group) == ["E01900001", "E01900002", "E01900003"])
        #expect(small.points.map(\.numerator) == [12, 0, 6])
        #expect(small.points.map(\.denominator) == [1000, 1500, 2000])
        #expect(small.points[1].value == 0)
        #expect(series.notes.contains { $0.contains("estimates for 2022") })
        try await house.store.remove()
    }

    @Test("a share has Wilson's interval, and outcomes whose crime is not held are a group of their own")
    func shares() async throws {
        let house = try await InventedHouse()
        try await house.load(
            "2023-01-testshire-street.csv", InventedCrimes.street("2023-01", [("Burglary", 0, 20), ("Drugs", 0, 20)]))
        let unable = (1...29).map { (crime: $0, outcome: "Unable to prosecute suspect") }
        let charged = (30...40).map { (crime: $0, outcome: "Suspect charged") }
        let strangers = (900..<910).map { (crime: $0, outcome: "Suspect charged") }
        try await house.load(
            "2023-02-testshire-outcomes.csv", InventedCrimes.outcomes("2023-02", unable + charged + strangers))
        let series = try await house.shelf.series("outcome-unable-to-prosecute", as: analyst)
        let point = try #require(series.points.first)
        #expect(point.numerator == 29 && point.denominator == 50)
        #expect(abs((point.low ?? 0) - 0.442) < 0.0005 && abs((point.high ?? 0) - 0.706) < 0.0005)
        let types = try await house.shelf.series("outcome-unable-to-prosecute", by: .crimeType, as: analyst)
        #expect(types.points.map(\.group) == ["Burglary", "Crime not held", "Drugs"])
        #expect(types.points.map(\.denominator) == [20, 10, 20])
        #expect(types.points.map(\.numerator) == [20, 0, 9])
        let lag = try await house.shelf.series("outcome-lag", as: analyst)
        #expect(lag.points.map(\.value) == [nil])
        #expect(
            lag.points.map(\.apart) == [10] && lag.points.map(\.numerator) == [40]
                && lag.points.map(\.denominator) == [40])
        #expect(lag.points.first?.signal?.hasPrefix("too early") == true)
        try await house.store.remove()
    }

    @Test("after a later file for the month, the figure is the new one and the old one is still known as of its day")
    func superseded() async throws {
        let house = try await InventedHouse()
        try await house.load("2023-01-testshire-street.csv", InventedCrimes.street("2023-01", [("Burglary", 0, 7)]))
        let before = house.store.ledger.now
        #expect(try await house.shelf.series("recorded-crime", as: analyst).points.map(\.numerator) == [7])
        house.store.clock.advance(seconds: 60)
        try await house.load("2023-01-testshire-street.csv", InventedCrimes.street("2023-01", [("Burglary", 0, 9)]))
        #expect(try await house.shelf.series("recorded-crime", as: analyst).points.map(\.numerator) == [9])
        let then = try await house.shelf.series(
            "recorded-crime", filter: SeriesFilter(asKnownAt: before), as: analyst)
        #expect(then.points.map(\.numerator) == [7])
        try await house.store.remove()
    }

    @Test("an unknown measure, an impossible dimension and a bad range are refused in words")
    func refusals() async throws {
        let house = try await InventedHouse()
        await #expect(throws: Problem.self) { try await house.shelf.series("no-such", as: analyst) }
        await #expect(throws: Problem.self) { try await house.shelf.series("searches", by: .ward, as: analyst) }
        try await house.load("2023-01-testshire-street.csv", InventedCrimes.street("2023-01", [("Burglary", 0, 7)]))
        let strange: [MeasureDimension: String] = [.district: "Nowhere", .crimeType: "Burglry", .lsoa: "E0"]
        for (dimension, name) in strange {
            // Zeros here would be figures about nothing.
            await #expect(throws: Problem.self) {
                try await house.shelf.series(
                    "recorded-crime", filter: SeriesFilter(keeping: [dimension: name]), as: analyst)
            }
        }
        let listed = SeriesFilter(keeping: [.crimeType: "Robbery"])
        #expect(
            try await house.shelf.series("recorded-crime", filter: listed, as: analyst).points.map(\.numerator) == [0])
        let filter = SeriesFilter(from: Month("2024-01"), until: Month("2023-01"))
        await #expect(throws: Problem.self) { try await house.shelf.series("searches", filter: filter, as: analyst) }
        await #expect(throws: Problem.self) {
            try await house.shelf.chart("recorded-crime", by: .district, as: analyst)
        }
        try await house.store.remove()
    }
}

enum InventedPeople {
    static let csv = """
        lsoa21_code,LSOA21NM,LADCD,area_km2,households_2021,pop_2022_derived,income_domain_numerator,Income_score
        E01900001,Northby 001A,E06900001,1.0,400.0,1000.0,10.0,0.1
        E01900002,Northby 001B,E06900001,1.0,600.0,1500.0,10.0,0.1
        E01900003,Southby 001A,E06900002,1.0,800.0,2000.0,10.0,0.1

        """
}
