import Kernel
import Testing

@testable import Measures

@Suite("Small counts")
struct SuppressionTests {
    private let suppression = Suppression(SuppressionRule(threshold: 4))

    @Test("a count of 1 to 4 is withheld, and 0 and 5 are not, when there is enough else to hide among")
    func primary() {
        let found = suppression.withheld([3, 2, 0, 5, 60])
        #expect(found.counts == [true, true, false, false, false])
        #expect(!found.total)
    }

    @Test("one small count takes the smallest other with it, so that subtracting from the total tells nothing")
    func secondary() {
        #expect(suppression.withheld([3, 70, 20, 0]).counts == [true, false, true, false])
    }

    @Test("two ones are not left alone: their sum of two would give both away")
    func sumGivesAway() {
        #expect(suppression.withheld([1, 1, 30, 90]).counts == [true, true, true, false])
    }

    @Test("where nothing is left to hide behind, the total must go too")
    func total() {
        #expect(suppression.withheld([4, 4]) == (counts: [true, true], total: true))
        #expect(suppression.withheld([2]).total)
    }

    /// She knows the total, every figure shown, the rule, and which of the withheld counts are small.
    private func fits(_ counts: [Int], _ hidden: [Bool]) -> [Set<Int>] {
        let withheld = counts.indices.filter { hidden[$0] }
        let sum = withheld.reduce(0) { $0 + counts[$1] }
        var fits = counts.map { _ in Set<Int>() }
        func attempt(_ place: Int, _ left: Int, _ chosen: [Int]) {
            if place == withheld.count {
                guard left == 0 else { return }
                for (index, value) in zip(withheld, chosen) { fits[index].insert(value) }
                return
            }
            let count = counts[withheld[place]]
            let range = (1...4).contains(count) ? 1...4 : count == 0 ? 0...0 : 5...max(5, sum)
            for value in range where value <= left { attempt(place + 1, left - value, chosen + [value]) }
        }
        attempt(0, sum, [])
        return fits
    }

    @Test("an adversary who subtracts from the total never finds a small count", arguments: 0..<400)
    func adversary(seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let counts = (0..<(2 + generator.below(4))).map { _ in
            generator.below(3) == 0 ? generator.below(25) : generator.below(7)
        }
        let found = suppression.withheld(counts)
        for (index, count) in counts.enumerated() where (1...4).contains(count) {
            #expect(found.counts[index])
            if !found.total { #expect(fits(counts, found.counts)[index].count > 1, "\(counts) \(found.counts)") }
        }
    }

    @Test("the rule is dated and says where it comes from")
    func dated() throws {
        let day = try #require(Day(year: 2026, month: 11, day: 23))
        #expect(SuppressionRule.holding(on: day).threshold == 4)
        #expect(SuppressionRule.dated.allSatisfy { !$0.source.isEmpty })
    }
}
