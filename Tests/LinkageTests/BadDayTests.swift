import Foundation
import Kernel
import Testing

@testable import Linkage

@Suite("Linking on bad days")
struct BadDayTests {
    private func right(_ invented: Invented) throws -> Accuracy {
        let linker = Linker.small(invented.table)
        let pairs = try linker.pairs(try linker.train().model, from: 0)
        return try #require(
            Accuracy.table(of: pairs, truth: invented.truth, firstFile: nil).first { $0.threshold == 0.5 })
    }

    private func isBounded(_ invented: Invented) -> Bool {
        var budget = BlockingPlan.Budget()
        (budget.atLeast, budget.perRecord) = (2000, 6)
        let plan = BlockingPlan.chosen(for: invented.table, budget: budget)
        let most = max(2000, 6 * invented.table.count)
        return !plan.rules.isEmpty && plan.rules.allSatisfy { $0.pairs <= most }
            && plan.rules.count <= BlockingPlan.maximumRules
    }

    @Test func `four dates of birth in ten are missing`() throws {
        let invented = Invented(persons: 2000) { row, chance in
            if chance.unit() < 0.4 { row[2] = "" }
        }
        #expect(try right(invented).f1 > 0.97)
        #expect(isBounded(invented))
    }

    @Test func `everybody was born on 1 January`() throws {
        let invented = Invented(persons: 2000) { row, _ in
            if row[2].count > 4 { row[2] = String(row[2].prefix(4)) + "-01-01" }
        }
        #expect(try right(invented).f1 > 0.95)
        #expect(isBounded(invented))
    }

    @Test func `a hostel of 900 at one address is no block of 404,550 pairs, nor one person`() throws {
        var placed = 0
        let invented = Invented(persons: 2000) { row, _ in
            placed += 1
            if placed <= 900 { (row[3], row[4]) = ("1 station road", "ts1 1aa") }
        }
        #expect(try right(invented).f1 > 0.97)
        #expect(isBounded(invented))
    }

    @Test func `twice the rows bring at most twice the pairs of each rule`() {
        var budget = BlockingPlan.Budget()
        budget.atLeast = 1
        for persons in [1000, 2000, 4000] {
            let invented = Invented(persons: persons) { row, _ in row[4] = "ts1 1aa" }
            let plan = BlockingPlan.chosen(for: invented.table, budget: budget)
            #expect(plan.rules.allSatisfy { $0.pairs <= 6 * invented.table.count })
        }
    }
}

@Suite("Weights from labels")
struct LabelTests {
    @Test func `labels on half of the persons teach what is right for the others`() throws {
        let invented = Invented(persons: 2000)
        let labels = invented.truth.map { $0 % 2 == 0 ? $0 + 1 : 0 }
        let linker = Linker.small(invented.table)
        let training = try linker.train(labels: labels)
        let pairs = try linker.pairs(training.model, from: 0)
        let others = pairs.filter { labels[Int($0.left)] == 0 && labels[Int($0.right)] == 0 }
        let wrong = others.count { invented.truth[Int($0.left)] != invented.truth[Int($0.right)] }
        let all = Accuracy.table(of: pairs, truth: invented.truth, firstFile: nil).first { $0.threshold == 0.5 }
        #expect(try #require(all).f1 > 0.99)
        #expect(others.count > 500 && wrong * 100 < others.count)
    }

    @Test func `one label on everybody is weighted up, not squared`() {
        let table = Invented(persons: 500).table
        let labels = [Int](repeating: 1, count: table.count)
        let matches = LabelledPairs(table: table, nicknames: .packaged, labels: labels).matches()
        let pairs = Double(table.count * (table.count - 1) / 2)
        #expect(abs(matches.values.reduce(0, +) / pairs - 1) < 1e-9)
    }

    @Test func `what a threshold costs is worked out from the model alone, and is near the truth`() throws {
        let invented = Invented(persons: 2000)
        let training = try Linker.small(invented.table).train()
        let (low, high) = (training.expectedErrors(0.1), training.expectedErrors(0.99))
        #expect(low.found >= high.found && low.wrong >= high.wrong && low.missed <= high.missed)
        #expect(training.expectedErrors(0.5).wrong < 0.05)
        #expect(LinkageThresholds.packaged.dated == "2026-11-26" && LinkageSettings().threshold == 0.5)
    }
}

@Suite("Where postcodes lie")
struct PostcodePlacesTests {
    private func level(_ places: PostcodePlaces?, _ one: String, _ other: String) -> UInt8 {
        var comparison = ValueComparison(nicknames: .none)
        comparison.places = places
        return Array(one.utf8).withUnsafeBufferPointer { one in
            Array(other.utf8).withUnsafeBufferPointer {
                comparison.level(.postcode, one, $0, soundsAlike: false, mayBeNicknames: false)
            }
        }
    }

    @Test func `metres count where both places are known, and letters where one is not`() {
        let places = PostcodePlaces(near: 1000, nearby: 5000)
        #expect(places.add("TS1 1AA", latitude: 54.5760, longitude: -1.2350))
        #expect(places.add("DL9 9ZZ", latitude: 54.5805, longitude: -1.2350))
        #expect(places.add("TS1 9XY", latitude: 54.6100, longitude: -1.2350))
        #expect(places.add("TS1 1XY", latitude: 50.0000, longitude: -1.2350))
        #expect(!places.add("TS1 1AA", latitude: 1, longitude: 1) && !places.add("XX1 1XX", latitude: 91, longitude: 0))
        // Half a kilometre north, under another district's letters.
        #expect(level(places, "ts11aa", "dl99zz") == 3 && level(nil, "ts11aa", "dl99zz") == 5)
        #expect(level(places, "ts11aa", "ts19xy") == 4)
        #expect(level(places, "ts11aa", "ts11xy") == 5 && level(nil, "ts11aa", "ts11xy") == 3)
        #expect(level(places, "ts11aa", "ts11qq") == 3)
    }

    @Test func `degrees and grid metres give the same distance`() throws {
        let (globe, grid) = (PostcodePlaces(), PostcodePlaces())
        _ = (globe.add("a1 1aa", latitude: 54, longitude: -1), globe.add("b2 2bb", latitude: 54.01, longitude: -1))
        _ = (grid.add("a1 1aa", easting: 0, northing: 0), grid.add("b2 2bb", easting: 0, northing: 1112))
        func metres(_ places: PostcodePlaces) -> Double? {
            Array("a11aa".utf8).withUnsafeBufferPointer { one in
                Array("b22bb".utf8).withUnsafeBufferPointer { places.metres(one, $0) }
            }
        }
        #expect(abs(try #require(metres(globe)) - 1112) < 3)
        #expect(metres(grid) == 1112)
    }
}
