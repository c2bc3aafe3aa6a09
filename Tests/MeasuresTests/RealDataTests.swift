import Access
import Feeds
import Foundation
import Kernel
import Ledger
import Statistics
import TestKit
import Testing

@testable import Measures

@Suite("Real files, counted by hand", .enabled(if: RealFiles.isHere, Comment(rawValue: RealFiles.absent)))
struct RealDataTests {
    private let analyst = TestActor.police([.analyst], user: "ana")

    private func shelf(_ names: [String], reference: [String] = []) async throws -> (TemporaryStore, MeasureShelf) {
        let store = try await TemporaryStore(FeedsSchema.migrations)
        let feeds = FeedStore(ledger: store.ledger)
        let report = try await feeds.importFiles(names.map { ImportInput(path: RealFiles.path($0)) }, as: analyst)
        #expect(report.files.count == names.count)
        if !reference.isEmpty {
            let inputs = reference.compactMap { SharedData.file("data/" + $0) }.map { ImportInput(path: $0.path) }
            _ = try await feeds.importReference(inputs, as: analyst)
        }
        return (store, MeasureShelf(ledger: store.ledger))
    }

    @Test("April 2024 to March 2025 is 72,391 against the Home Office's 71,425: 1.4% more")
    func reconciliation() async throws {
        let months = Period.financialYear(from: 2024).months.map { "\($0)-cleveland-street" }
        let (store, shelf) = try await shelf(months, reference: ["benchmarks/prc_2024_25_counts_selected_forces.csv"])
        let answer = try await shelf.reconcile(force: "Cleveland", financialYear: 2024, as: analyst)
        #expect(answer.total.ours == 72_391)
        #expect(answer.total.published == 71_425)
        #expect(((answer.total.percent ?? 0) * 10).rounded() / 10 == 1.4)
        #expect(answer.lines.count == 13 && answer.missing.isEmpty)
        let percents = answer.lines.filter { $0.crimeType != "Other crime" }.compactMap(\.percent)
        #expect(percents.allSatisfy { (-0.05...2.15).contains($0) })
        let other = answer.lines.first { $0.crimeType == "Other crime" }?.percent ?? 0
        #expect((other * 10).rounded() / 10 == 11.6)
        let year = try await shelf.series("recorded-crime", by: .financialYear, as: analyst)
        #expect(year.points.map(\.numerator) == [72_391])
        try await store.remove()
    }

    @Test("crime by month, type and district is what the lines of the files say, before and after the areas changed")
    func street() async throws {
        let names = ["2023-05-cleveland-street", "2023-06-cleveland-street"]
        let (store, shelf) = try await shelf(
            names,
            reference: ["deprivation/lsoa21_denominators_derived.csv", "geography/lsoa11_lsoa21_cleveland_derived.csv"])
        let rows = try names.map { try RealFiles.rows($0) }
        let crimes = rows.map { $0.filter { $0[9] != "Anti-social behaviour" } }
        let months = try await shelf.series("recorded-crime", as: analyst)
        #expect(months.points.map(\.numerator) == crimes.map(\.count))
        let nuisance = try await shelf.series("recorded-asb", as: analyst)
        #expect(nuisance.points.map(\.numerator) == zip(rows, crimes).map { $0.count - $1.count })
        let types = try await shelf.series("recorded-crime", by: .crimeType, as: analyst)
        let byType = Dictionary(grouping: crimes.joined(), by: { $0[9] }).mapValues(\.count)
        #expect(Dictionary(uniqueKeysWithValues: types.points.map { ($0.group ?? "", $0.numerator) }) == byType)
        let districts = try await shelf.series("recorded-crime-per-1000", by: .district, as: analyst)
        let byDistrict = Dictionary(grouping: crimes.joined(), by: { RealFiles.district($0[8]) }).mapValues(\.count)
        for name in ["Hartlepool", "Middlesbrough", "Redcar and Cleveland", "Stockton-on-Tees"] {
            let point = try #require(districts.points.first { $0.group == name })
            #expect(point.numerator == byDistrict[name], "\(name)")
        }
        #expect(districts.points.compactMap(\.numerator).reduce(0, +) == crimes.joined().count)
        let people = districts.points.compactMap { point in
            point.denominator.map { (point.group ?? "", ($0 / 100).rounded() / 10) }
        }
        #expect(people.map(\.1) == [93.4, 148.0, 136.3, 199.0])
        let small = try await shelf.series("recorded-crime-per-1000", by: .lsoa, as: analyst)
        #expect(
            small.points.compactMap(\.denominator).reduce(0, +).rounded()
                == districts.points.compactMap(\.denominator).reduce(0, +).rounded())
        #expect(small.points.compactMap(\.numerator).reduce(0, +) == crimes.joined().count)
        #expect(
            small.points.filter { $0.value == nil }.allSatisfy {
                $0.group == AreaMap.outside || $0.group == AreaMap.noLocation
            })
        try await store.remove()
    }

    @Test("outcomes, waits and searches are what the lines of the files say")
    func outcomesAndSearches() async throws {
        let names = ["2023-01-cleveland-street", "2023-01-cleveland-outcomes", "2023-07-cleveland-stop-and-search"]
        let (store, shelf) = try await shelf(names)
        let outcomes = try await shelf.series("outcome-unable-to-prosecute", as: analyst)
        let point = try #require(outcomes.points.first)
        let rows = Set(try RealFiles.rows(names[1]))
        let unable = rows.filter { $0[9] == "Unable to prosecute suspect" }.count
        #expect(point.numerator == unable && point.denominator == Double(rows.count))
        let interval = try #require(try WilsonInterval.around(try Proportion(events: unable, of: rows.count)))
        #expect(abs((point.low ?? 0) - interval.low) < 1e-12 && abs((point.high ?? 0) - interval.high) < 1e-12)
        let held = Set(try RealFiles.rows(names[0]).map { $0[0] }.filter { !$0.isEmpty })
        let wait = try #require(try await shelf.series("outcome-lag", as: analyst).points.first)
        #expect(wait.denominator == Double(rows.filter { held.contains($0[0]) }.count))
        #expect(wait.apart == rows.filter { !held.contains($0[0]) }.count)
        let searches = try RealFiles.rows(names[2])
        let count = try await shelf.series("searches", as: analyst)
        #expect(count.points.map(\.numerator) == [searches.count])
        let finds = try #require(try await shelf.series("search-find-rate", as: analyst).points.first)
        let recorded = searches.filter { !$0[12].isEmpty }
        #expect(finds.denominator == Double(recorded.count) && finds.apart == searches.count - recorded.count)
        #expect(finds.numerator == recorded.filter { $0[12] != "A no further action disposal" }.count)
        for id in ["outcome-lag", "outcome-unable-to-prosecute", "search-find-rate", "searches", "recorded-asb"] {
            try await rowsAgree(shelf, id)
        }
        try await store.remove()
    }

    /// The rows behind the first point are as many as its figures say, each once.
    private func rowsAgree(_ shelf: MeasureShelf, _ id: String) async throws {
        let series = try await shelf.series(id, as: analyst)
        let point = try #require(series.points.first)
        let isMean = id == "outcome-lag"
        let expected: [(RowRequest.Side, Int?)] = [
            (.numerator, isMean ? point.denominator.map { Int($0) } : point.numerator),
            (.denominator, point.denominator.map { Int($0) }), (.apart, point.apart),
        ]
        for (side, count) in expected {
            guard let count else { continue }
            var request = RowRequest(measure: id, period: point.period, side: side, limit: 500)
            var seen: Set<Int64> = []
            while true {
                let page = try await shelf.rows(behind: request, as: analyst)
                #expect(page.total == count, "\(id) \(side)")
                seen.formUnion(page.rows.map(\.id))
                guard let next = page.next else { break }
                request.after = next
            }
            #expect(seen.count == count, "\(id) \(side)")
        }
    }
}
