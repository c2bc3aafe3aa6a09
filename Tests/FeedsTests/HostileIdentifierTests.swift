import Kernel
import Testing

@testable import Feeds

/// Crime identifiers chosen to make an import slow. Comparing each row with every other would take many minutes.
@Suite(.timeLimit(.minutes(8))) struct HostileIdentifierTests {
    private static let count = 50_000

    private func digits(_ number: Int, _ width: Int) -> String {
        let text = String(number, radix: 16)
        return String(repeating: "0", count: width - text.count) + text
    }

    private func load(_ rows: [String]) async throws -> [Int] {
        let work = try await Workplace()
        let report = try await work.load(try work.file("2024-01-exshire-street.csv", Rows.file(.street, rows)))
        try await work.remove()
        return report.files[0].tally
    }

    @Test func `50,000 identifiers that begin alike are read like others`() async throws {
        let start = String(repeating: "a", count: 48)
        let rows = (0..<Self.count).map { Rows.street(start + digits($0, 16)) }
        #expect(try await load(rows) == [Self.count, Self.count, 0, 0, 0])
    }

    @Test func `50,000 identifiers that end alike are read like others`() async throws {
        let end = String(repeating: "b", count: 48)
        let rows = (0..<Self.count).map { Rows.street(digits($0, 16) + end) }
        #expect(try await load(rows) == [Self.count, Self.count, 0, 0, 0])
    }

    @Test func `one crime 20,000 times with other details, and as many outcomes, are read and joined`() async throws {
        let (work, count) = (try await Workplace(), 20_000)
        let streets = (0..<count).map { Rows.street(Rows.id(1), lon: "-1.\(200_000 + $0)") }
        let outcomes = (0..<count).map { Rows.outcome(Rows.id(1), type: "Outcome \($0 % 500)") }
        let street = try await work.load(try work.file("2024-01-exshire-street.csv", Rows.file(.street, streets)))
        #expect(street.files[0].tally == [count, count, 0, 0, 0])
        let read = try await work.load(try work.file("2024-01-exshire-outcomes.csv", Rows.file(.outcomes, outcomes)))
        #expect(read.files[0].read == count)
        #expect(try await work.integer("SELECT COUNT(*) FROM feed_outcome_cell WHERE lag < 0") == 0)
        #expect(try await work.currentCells(.outcomes) == work.currentRows(.outcomes))
        try await work.remove()
    }

    /// The mixing is public, so a file can be made whose keys are all one.
    @Test func `20,000 crimes with one key stay apart, and each outcome finds its own`() async throws {
        let types = ["Drugs", "Robbery", "Shoplifting"]
        let ids = (0..<20_000).map { meeting($0) }
        #expect(Set(ids.map(\.key)).count == 1)
        let work = try await Workplace()
        let streets = ids.enumerated().map { Rows.street(text($1), type: types[$0 % 3]) }
        let outcomes = ids.enumerated().map { Rows.outcome(text($1), type: types[$0 % 3]) }
        let street = try await work.load(try work.file("2024-01-exshire-street.csv", Rows.file(.street, streets)))
        #expect(street.files[0].tally == [ids.count, ids.count, 0, 0, 0])
        _ = try await work.load(try work.file("2024-01-exshire-outcomes.csv", Rows.file(.outcomes, outcomes)))
        // Here the outcome is named like the crime's type, so that a wrong match would show.
        let wrong = try await work.integer(
            """
            SELECT COUNT(*) FROM feed_outcome_cell c LEFT JOIN feed_word o ON o.id = c.outcome_type
            LEFT JOIN feed_word t ON t.id = c.crime_type WHERE c.lag <> 0 OR o.word <> t.word OR t.word IS NULL
            """)
        #expect(wrong == 0)
        #expect(try await work.currentCells(.outcomes) == ids.count)
        try await work.remove()
    }

    /// Stored keys are looked up years later: the mixing must stay as it is.
    @Test func `a key never changes`() {
        #expect(CrimeIdentifier(first: 0, second: 0, third: 0, fourth: 0).key == 2_391_539_541_053_276_776)
        #expect(CrimeIdentifier(first: 1, second: 2, third: 3, fourth: 4).key == -3_072_355_124_115_617_029)
    }

    @Test func `each of the 256 bits changes about half of the key`() {
        let start = CrimeIdentifier(first: 11, second: 22, third: 33, fourth: 44)
        for bit in 0..<256 {
            let flip = { (word: Int) in word == bit / 64 ? UInt64(1) << UInt64(bit % 64) : 0 }
            let other = CrimeIdentifier(
                first: start.first ^ flip(0), second: start.second ^ flip(1), third: start.third ^ flip(2),
                fourth: start.fourth ^ flip(3))
            #expect((12...52).contains((start.key ^ other.key).nonzeroBitCount), "bit \(bit)")
        }
    }

    /// The last word undoes what the first three made.
    private func meeting(_ number: Int) -> CrimeIdentifier {
        var state = CrimeIdentifier.spread(UInt64(number))
        state = CrimeIdentifier.spread(state ^ 7)
        state = CrimeIdentifier.spread(state ^ 9)
        return CrimeIdentifier(first: UInt64(number), second: 7, third: 9, fourth: state ^ 12_345)
    }

    private func text(_ identifier: CrimeIdentifier) -> String {
        identifier.bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
